"""Taking results away: the figure, the numbers, the picture on the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from convgui import tasks
from convgui.dialogs import save_dialog
from convgui.explain import explain
from convgui.export.batch import figure_stem
from convgui.export.figure_options import FigureChoices, FigureOptions
from convgui.figure_dialog import FigureDialog
from convgui.jobs import Failure, Jobs
from convgui.model.compute import Comparison
from convgui.model.look import Look
from convgui.panels.figure_preview import image_of

EXPORT = "export"
PNG = "image/png"


class Exporter(QObject):
    """Writes the last whole comparison in a job; a failed export leaves the old file."""

    written = Signal(str, str, str)
    noted = Signal(str, str, str)
    failed = Signal(str, str, str)
    busy = Signal(str)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, window: QWidget) -> None:
        super().__init__(window)
        self._jobs = jobs
        self._window = window
        self._comparison: Comparison | None = None
        self._restricted: Comparison | None = None
        self._path = ""
        self._closing = False
        self.folder = ""
        self._seen = FigureOptions()
        self.choices = FigureChoices()
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def show_comparison(self, comparison: Comparison) -> None:
        """Notes what there is to export."""
        self._comparison = comparison
        self.set_filter_index(min(self._seen.filter_index, comparison.filter_count - 1))

    def show_restricted(self, restricted: Comparison | None, wanted: bool) -> None:
        """Notes the comparison with the accuracies of a region; None exports those of all."""
        self._restricted = restricted if wanted else None

    def forget(self) -> None:
        """Notes that there is nothing to export."""
        self._comparison = self._restricted = None
        self.set_filter_index(0)

    def set_choices(self, choices: FigureChoices) -> None:
        """Takes what the user chose of the figure."""
        self.choices = choices

    def set_filter_index(self, index: int) -> None:
        """Shows this filter of the bank in the figure."""
        self._seen = replace(self._seen, filter_index=index)

    def set_look(self, look: Look) -> None:
        """Shows errors in the figure as in the window; exposure and gamma are for the window."""
        self._seen = replace(
            self._seen, error_mode=look.error_mode, error_map=look.error_map.name,
            error_levels=look.error_levels, output_levels=look.output_levels,
        )  # fmt: skip

    def options(self) -> FigureOptions:
        """Gives how the figure is made: as chosen, and seen as in the window."""
        return self.choices.options(self._seen)

    def choose_figure(self) -> None:
        """Lets the user choose what the figure is like, shows it, and asks where it goes."""
        if self._comparison is None:
            return
        dialog = FigureDialog(
            self._window, self._jobs, self._comparison, self._seen, self.choices
        )
        dialog.chosen.connect(self.set_choices)
        dialog.export_requested.connect(self._choose_file)
        dialog.copy_requested.connect(self.copy_figure)
        dialog.open()

    def _choose_file(self) -> None:
        """Lets the user say where the figure goes."""
        kinds = [
            self.tr("PDF, vector (*.pdf)"), self.tr("SVG, vector (*.svg)"),
            self.tr("PNG, {dpi} dpi (*.png)").format(dpi=self.choices.dpi),
        ]  # fmt: skip
        parent = self.sender()
        dialog = self._dialog(self.tr("Export the figure"), kinds, tasks.FIGURE_SUFFIXES)
        if isinstance(parent, FigureDialog):
            dialog.setParent(parent, dialog.windowFlags())
            dialog.accepted.connect(parent.accept)
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
        self._submit(path, tasks.export_figure, self.options())

    def export_numbers(self, path: str) -> None:
        """Writes the numbers to a file whose ending says in which format."""
        self._submit(path, tasks.export_numbers, numbers=True)

    def copy_figure(self) -> None:
        """Copies the figure as a picture."""
        if self._comparison is not None:
            self._jobs.submit(EXPORT, _picture, self._comparison, self.options())
            self.busy.emit(self.tr("Drawing the figure"))
            self.state_changed.emit()

    def may_close(self) -> bool:
        """Tells whether the window may close now; closes it after what is being written."""
        self._closing = self._jobs.busy(EXPORT)
        return not self._closing

    def accept(self, topic: str) -> None:
        """Shows the folder of the file that was written."""
        if topic == EXPORT:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._path).parent)))

    def default_name(self) -> str:
        """Gives a file name, without its ending, that says what is in the file."""
        if self._comparison is None:
            return "comparison"
        request = self._comparison.request
        return figure_stem(request.image_name, request.filter_name)

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

    def _submit(
        self, path: str, task: Callable[..., str], *args: Any, numbers: bool = False
    ) -> None:
        comparison = (self._restricted if numbers else None) or self._comparison
        if comparison is None:
            return
        self.folder = str(Path(path).parent)
        self._jobs.submit(EXPORT, task, comparison, path, *args)
        self.busy.emit(self.tr("Writing {name}").format(name=Path(path).name))
        self.state_changed.emit()

    def _finished(self, kind: str, value: object) -> None:
        if kind != EXPORT:
            return
        if isinstance(value, str):
            self._path = value
            text = self.tr("Written to {path}.").format(path=self._path)
            self.written.emit(text, self.tr("Show the folder"), EXPORT)
        elif isinstance(value, tuple):
            _to_clipboard(*value)
            self.noted.emit(self.tr("The figure is on the clipboard."), "", EXPORT)
        self.state_changed.emit()
        if self._closing:
            self._window.close()

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind == EXPORT:
            self._closing = False
            self.failed.emit(*explain(failure), EXPORT)
            self.state_changed.emit()

    def _cancelled(self, kind: str) -> None:
        if kind == EXPORT:
            self._closing = False
            self.state_changed.emit()


def _picture(
    comparison: Comparison, options: FigureOptions, progress: Any
) -> tuple[bytes, QImage]:
    """Gives the figure as a file and as a picture: unpacking that file would keep events waiting,
    even here, for Qt lets no other thread run meanwhile."""
    drawn = tasks.draw_figure(comparison, options, progress)
    if drawn.raster is None:
        raise RuntimeError("a figure was drawn without its picture")
    return drawn.data, image_of(drawn.raster)


def _to_clipboard(png: bytes, picture: QImage) -> None:
    """Puts a picture there in an object of Qt's own.

    The clipboard is taken down after the interpreter, which crashes over an object of Python's.
    """
    clipboard = QGuiApplication.clipboard()
    clipboard.setImage(picture)
    # As it was drawn: whoever asks for a file need not wait until it is packed again.
    clipboard.mimeData().setData(PNG, png)
