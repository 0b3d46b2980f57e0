"""The command palette: everything that the menus can do, found by a few letters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from convgui.action_spec import ActionSpec
from convgui.commands import Command, commands
from convgui.panels.palette import Choice, Palette, no_reason
from convgui.part import Part, Piece, Plain
from convgui.style import Theme

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

MOST_RECENT = 8
KEY = "commander"


class Commander(QObject, Piece):
    """Opens the palette over a window and does what is chosen in it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._recent: list[str] = []
        self._commands: dict[str, Command] = {}
        self._back: QWidget | None = None
        self.palette = Palette(window)
        self.palette.chosen.connect(self._run)
        self.palette.closed.connect(self._leave)

    def ask(self) -> None:
        """Shows the palette, or puts it away."""
        if self.palette.isVisible():
            self.palette.close_down()
            return
        self._back = self._window.focusWidget()
        self._commands = {each.key: each for each in commands(self._window) if each.key != KEY}
        self.palette.ask([_choice(each) for each in self._commands.values()], self._recent)

    def apply_theme(self, theme: Theme) -> None:
        self.palette.apply_theme(theme)

    def kept(self) -> dict[str, Plain]:
        return {"recent": "\n".join(self._recent)}

    def restore(self, kept: Mapping[str, Plain]) -> None:
        lines = str(kept.get("recent", "")).split("\n")
        self._recent = [each for each in lines if each][:MOST_RECENT]

    def _run(self, key: str) -> None:
        others = [each for each in self._recent if each != key]
        self._recent = [key, *others][:MOST_RECENT]
        action = self._commands[key].action
        # A menu such as that of recent files may have been made anew meanwhile.
        if isValid(action):
            action.trigger()

    def _leave(self) -> None:
        # As if the palette had never been: keys go on where they went before.
        if self._back is not None and isValid(self._back) and self._back.isVisible():
            self._back.setFocus()
        self._back = None


def _choice(command: Command) -> Choice:
    reason = "" if command.action.isEnabled() else command.words or no_reason()
    return Choice(
        command.key, command.text, command.path, ", ".join(command.keys[:1]), reason, command.words
    )


PART = Part(
    KEY,
    Commander,
    entries=(
        ActionSpec(
            KEY, QT_TRANSLATE_NOOP("Actions", "&Find a command…"),
            QT_TRANSLATE_NOOP("Actions", "Find anything that the menus can do by a few letters."),
            "Help", "commander.ask", icon="mdi6.text-search", shortcut="Ctrl+Shift+P",
        ),
    ),
)  # fmt: skip
