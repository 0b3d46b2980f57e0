"""Dialogs that wait for the user without holding up the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from convgui.style import own_sheet


class _Farewell(QObject):
    """Takes a dialog out of what Qt notes of its widgets, once it is answered.

    The style sheet's rules for a widget are forgotten with it if Qt dresses it. The list of a combo
    box, the line of a number and what is scrolled are not dressed, yet something is noted of them
    when they are made: 2 kB of every dialog that was ever open. With a sheet of its own it is.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        dialog.finished.connect(self._take_out)

    def _take_out(self, result: int) -> None:
        for each in self.parent().findChildren(QWidget):
            if not each.testAttribute(Qt.WidgetAttribute.WA_StyleSheet):
                own_sheet(each)


def ask_once(dialog: QDialog) -> None:
    """Has a dialog deleted when it is closed, and nothing of it left."""
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _Farewell(dialog)


def open_dialog(
    parent: QWidget, title: str, filters: Sequence[str], folder: str
) -> QFileDialog:
    """Gives a dialog for a file that exists; connect ``fileSelected`` and open it."""
    dialog = _file_dialog(parent, title, filters, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return dialog


def save_dialog(
    parent: QWidget, title: str, filters: Sequence[str], folder: str, name: str, suffix: str
) -> QFileDialog:
    """Gives a dialog for a file to write, that asks before it takes an old one's place."""
    dialog = _file_dialog(parent, title, filters, folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return dialog


def _file_dialog(
    parent: QWidget, title: str, filters: Sequence[str], folder: str
) -> QFileDialog:
    dialog = QFileDialog(parent, title, folder)
    dialog.setNameFilters(list(filters))
    ask_once(dialog)
    return dialog
