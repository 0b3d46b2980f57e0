"""How much damage a file may have, as a choice in the File menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject

from convgui.action_spec import ActionSpec
from convgui.model.damage import ANYTHING, LEVELS, STRICT, TRUNCATED, WARN
from convgui.part import Part, Piece, Plain

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

_CHOICES = (
    (STRICT, QT_TRANSLATE_NOOP("Actions", "&Refuse them"),
     QT_TRANSLATE_NOOP("Actions", "Open only files of which nothing is missing or wrong.")),
    (WARN, QT_TRANSLATE_NOOP("Actions", "Show what is &decoded, marked"),
     QT_TRANSLATE_NOOP("Actions", "Show damaged pictures with a warning, and refuse files that "
                                  "hold no whole picture.")),
    (TRUNCATED, QT_TRANSLATE_NOOP("Actions", "Show &cut off files, too"),
     QT_TRANSLATE_NOOP("Actions", "Also show what is left of files that end too early.")),
    (ANYTHING, QT_TRANSLATE_NOOP("Actions", "Show &whatever there is"),
     QT_TRANSLATE_NOOP("Actions", "Show whatever a decoder makes of a file, with a warning.")),
)  # fmt: skip


class Damage(QObject, Piece):
    """Tells the opener what was chosen, and keeps it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._opener = window.opener

    def choose(self, level: str) -> None:
        """Settles how much damage files may have."""
        self._opener.set_damage(level)

    def chosen(self) -> set[str]:
        """The entry that is ticked."""
        return {f"damage-{self._opener.damage}"}

    def kept(self) -> dict[str, Plain]:
        """The level."""
        return {"level": self._opener.damage}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        """Takes the level back if it is one."""
        if kept.get("level") in LEVELS:
            self.choose(str(kept["level"]))


PART = Part(
    "damage", Damage,
    entries=tuple(
        ActionSpec(
            f"damage-{level}", text, tip, "File/Damaged", "damage.choose", level,
            choice="damage", checkable=True,
        )
        for level, text, tip in _CHOICES
    ),
    menus={"File/Damaged": QT_TRANSLATE_NOOP("Actions", "&Damaged files")},
)  # fmt: skip
