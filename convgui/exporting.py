"""Taking results away: the figure, the numbers, the picture on the clipboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from convgui import tasks
from convgui.dialogs import save_dialog
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model.compute import Comparison

EXPORT, COPY = "export", "copy"
PNG = "image/png"


class Exporter(QObject):
    """Writes the last whole comparison in a job; a failed export leaves the old file."""

    written = Signal(str, str, str)
    noted = Signal(str, str, str)
    failed = Signal(str, str, str)
    writing = Signal(str)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._comparison: Comparison | None = None
        self._path = ""
        self.folder = ""
        self.options: Any = None
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Notes what there is to export."""
        self._comparison = comparison

    def choose_figure(self) -> None:
        """Lets the user say where the figure goes."""
        kinds = [
            self.tr("PDF, vector (*.pdf)"), self.tr("SVG, vector (*.svg)"),
            self.tr("PNG, 300 dpi (*.png)"),
        ]  # fmt: skip
        dialog = self._dialog(self.tr("Export the figure"), kinds, tasks.FIGURE_SUFFIXES)
        dialog.fileSelected.connect(self.export_figure)
        dialog.open()

    def choose_numbers(self) -> None:
        """Lets the user say where the numbers go."""
        kinds = [self.tr("Table (*.csv)"), self.tr("JSON (*.json)")]
        dialog = self._dialog(self.tr("Export the numbers"), kinds, tasks.NUMBER_SUFFIXES)
        dialog.fileSelected.connect(self.export_numbers)
        dialog.open()

    def export_figure(self, path: str) -> None:
        """Writes the figure to a file whose ending says in which format."""
        self._submit(path, tasks.export_figure, self.options)

    def export_numbers(self, path: str) -> None:
        """Writes the numbers to a file whose ending says in which format."""
        self._submit(path, tasks.export_numbers)

    def copy_figure(self) -> None:
        """Copies the figure as a picture."""
        if self._comparison is not None:
            self._jobs.submit(COPY, tasks.render_figure, self._comparison, self.options)
            self.writing.emit(self.tr("Drawing the figure"))
            self.state_changed.emit()

    def accept(self, topic: str) -> None:
        """Shows the folder of the file that was written."""
        if topic == EXPORT:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._path).parent)))

    def default_name(self) -> str:
        """Gives a file name, without its ending, that says what is in the file."""
        if self._comparison is None:
            return "comparison"
        request = self._comparison.request
        words = f"{Path(request.image_name).stem}-{request.filter_name}"
        return re.sub(r"[^\w-]+", "-", words).strip("-")

    def _dialog(self, title: str, kinds: list[str], suffixes: tuple[str, ...]) -> QFileDialog:
        dialog = save_dialog(
            self._window, title, kinds, self.folder, self.default_name(), suffixes[0]
        )
        dialog.filterSelected.connect(self._follow_filter)
        return dialog

    def _follow_filter(self, kind: str) -> None:
        """Puts the ending of the kind that was chosen where none is typed."""
        dialog = self.sender()
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix(kind.rpartition("*")[2].rstrip(")"))

    def _submit(self, path: str, task: Callable[..., str], *args: Any) -> None:
        if self._comparison is None:
            return
        self.folder = str(Path(path).parent)
        self._jobs.submit(EXPORT, task, self._comparison, path, *args)
        self.writing.emit(self.tr("Writing {name}").format(name=Path(path).name))
        self.state_changed.emit()

    def _finished(self, kind: str, value: object) -> None:
        if kind == EXPORT:
            self._path = str(value)
            text = self.tr("Written to {path}.").format(path=self._path)
            self.written.emit(text, self.tr("Show the folder"), EXPORT)
        elif kind == COPY and isinstance(value, bytes):
            _to_clipboard(value)
            self.noted.emit(self.tr("The figure is on the clipboard."), "", COPY)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind in (EXPORT, COPY):
            self.failed.emit(*explain(failure), kind)
            self.state_changed.emit()

    def _cancelled(self, kind: str) -> None:
        if kind in (EXPORT, COPY):
            self.state_changed.emit()


def _to_clipboard(png: bytes) -> None:
    data = QMimeData()
    data.setData(PNG, png)
    data.setImageData(QImage.fromData(png))
    QGuiApplication.clipboard().setMimeData(data)
