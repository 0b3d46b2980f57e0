"""The dialogs of the Help menu."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from convgui import about
from convgui.style import GRID, set_role


class Help(QObject):
    """Opens the dialogs; each is gone for good when it is closed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def show_shortcuts(self) -> None:
        """Lists every key that does something."""
        dialog, column = self._dialog(self.tr("Keyboard shortcuts"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        rows = [
            (action.shortcut(), action.text().replace("&", "").rstrip("…"))
            for action in self._window.findChildren(QAction)
            if not action.shortcut().isEmpty()
        ]
        for number, (keys, text) in enumerate(rows):
            key = QLabel(keys.toString(QKeySequence.SequenceFormat.NativeText))
            set_role(key, "muted")
            line, side = number % ((len(rows) + 1) // 2), number // ((len(rows) + 1) // 2)
            grid.addWidget(key, line, 2 * side)
            grid.addWidget(QLabel(text), line, 2 * side + 1)
        column.insertLayout(0, grid)
        dialog.open()

    def show_about(self) -> None:
        """Tells what the program is, and the versions that a report of a fault needs."""
        dialog, column = self._dialog(self.tr("About convgui"))
        title = QLabel(f"convgui {about.version()}")
        set_role(title, "title")
        text = QLabel(
            self.tr(
                "Convolves an image exactly, by differences and by locality-sensitive hashing, "
                "and shows what each gives, what it costs and where it errs."
            )
        )
        text.setWordWrap(True)
        text.setMinimumWidth(50 * GRID)
        versions = QLabel(about.info())
        set_role(versions, "fixed")
        versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for place, label in enumerate((title, text, versions)):
            column.insertWidget(place, label)
        dialog.open()

    def _dialog(self, title: str) -> tuple[QDialog, QVBoxLayout]:
        dialog = QDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(title)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.reject)
        column.addWidget(buttons)
        return dialog, column
