"""Puts on the clipboard what a report of a fault needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QT_TRANSLATE_NOOP, QObject, Signal
from PySide6.QtGui import QGuiApplication

from convgui import diagnosis
from convgui.action_spec import ActionSpec
from convgui.part import Part, Piece

if TYPE_CHECKING:
    from convgui.main_window import MainWindow

TOPIC = "diagnostics"


class Diagnostics(QObject, Piece):
    """Gathers versions, settings and the log's last lines.

    Signals
    -------
    copied(str)
        The text is on the clipboard.
    """

    copied = Signal(str)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def copy(self) -> None:
        """Puts the text on the clipboard, and says so."""
        window = self._window
        kept = {
            "theme": window.view.theme,
            "linked": window.view.linked,
            **window.view.look.to_plain(),
            **{
                f"{name}.{key}": value
                for name, piece in window.pieces.items()
                for key, value in piece.kept().items()
            },
        }
        text = diagnosis.now(window.controller.session, window.controller.image, kept)
        QGuiApplication.clipboard().setText(text)
        window.messages.show_info(
            self.tr("What a report of a fault needs is on the clipboard, without private paths."),
            topic=TOPIC,
        )
        self.copied.emit(text)


PART = Part(
    "diagnostics", Diagnostics,
    entries=(
        ActionSpec(
            "diagnostics", QT_TRANSLATE_NOOP("Actions", "Copy &diagnostics"),
            QT_TRANSLATE_NOOP(
                "Actions", "Copy versions, settings and the last lines of the log, to report a "
                "fault; neither file names nor anything of files is in it."
            ),
            "Help", "diagnostics.copy", icon="mdi6.clipboard-text-outline",
        ),
    ),
)  # fmt: skip
