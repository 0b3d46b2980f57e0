"""The windows that the Help menu opens."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMainWindow, QVBoxLayout

from convgui import about
from convgui.commands import BETWEEN, commands
from convgui.dialogs import ask_once
from convgui.panels.gestures import gestures
from convgui.panels.shortcut_sheet import ShortcutSheet
from convgui.style import GRID, set_role


class Help(QObject):
    """Opens the dialogs; each is gone for good when it is closed."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._sheet: ShortcutSheet | None = None

    def show_shortcuts(self) -> None:
        """Lists every key and movement of the mouse; asked again, puts the list away."""
        if self._sheet is not None:
            self._sheet.close()
            return
        self._sheet = ShortcutSheet([*self._keys(), *gestures()], self._window)
        self._sheet.destroyed.connect(self._forget_sheet)
        self._sheet.show()

    def _keys(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Gives the menus, and the entries of each that have keys."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for command in commands(self._window):
            if command.keys:
                menu, _, submenu = command.path.partition(BETWEEN)
                text = f"{submenu}: {command.text}" if submenu else command.text
                groups.setdefault(menu, []).append((", ".join(command.keys), text))
        return list(groups.items())

    def _forget_sheet(self) -> None:
        self._sheet = None

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
        ask_once(dialog)
        dialog.setWindowTitle(title)
        column = QVBoxLayout(dialog)
        column.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(dialog.reject)
        column.addWidget(buttons)
        return dialog, column
