"""Dialogs that wait for the user without holding up the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget


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
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return dialog
