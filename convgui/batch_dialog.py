"""The dialog that a batch is set up in; the batch itself runs in the window's status bar."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFileDialog, QVBoxLayout, QWidget

from convgui.dialogs import ask_once, open_dialog
from convgui.model import formats
from convgui.panels.batch_form import BatchForm
from convgui.style import GRID

WIDTH = 64 * GRID
SUFFIXES = " ".join(f"*{suffix}" for suffix in formats.SUFFIXES)


class BatchDialog(QDialog):
    """Lets the user say which images, in which format, and where to.

    Signals
    -------
    chosen(sources, folder, format)
    """

    chosen = Signal(object, str, str)

    def __init__(self, parent: QWidget, sources: Iterable[str], folder: str, format: str) -> None:
        super().__init__(parent)
        ask_once(self)
        self.setWindowTitle(self.tr("Export a batch"))
        self.form = BatchForm(
            self.tr("Every image is compared with the parameters, and drawn with the choices of "
                    "the figure, as they are now. What is there already is not written over.")
        )  # fmt: skip
        self.form.target.setText(folder)
        self.form.format.set_value(format)
        self.form.changed.connect(self._follow)
        self.form.files_wanted.connect(self._choose_files)
        self.form.folder_wanted.connect(self._choose_folder)
        self.form.target_wanted.connect(self._choose_target)
        self.buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self.start = self.buttons.addButton(self.tr("Export"), roles.AcceptRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self._accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(self.form, 1)
        column.addWidget(self.buttons)
        self.setMinimumWidth(WIDTH)
        self.form.list.add(sources)
        self.form.list.setFocus()

    def _follow(self) -> None:
        problem = self.form.problem()
        self.start.setEnabled(not problem)
        self.start.setToolTip(problem)

    def _choose_files(self) -> None:
        images = self.tr("Images ({patterns})").format(patterns=SUFFIXES)
        dialog = open_dialog(
            self, self.tr("Add images"), [images, self.tr("All files (*)")], ""
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self.form.list.add)
        dialog.open()

    def _choose_folder(self) -> None:
        self._folder_dialog(self.tr("Add a folder of images")).filesSelected.connect(
            self.form.list.add
        )

    def _choose_target(self) -> None:
        dialog = self._folder_dialog(self.tr("Folder for the figures"))
        dialog.fileSelected.connect(self.form.target.setText)

    def _folder_dialog(self, title: str) -> QFileDialog:
        dialog = open_dialog(self, title, [], self.form.target.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.open()
        return dialog

    def _accept(self) -> None:
        form = self.form
        self.chosen.emit(
            form.list.sources(), form.target.text().strip(), form.format.currentData()
        )
        self.accept()
