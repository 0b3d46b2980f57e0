"""The dialog of the figure: choices at the left, the figure as it will be at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from convgui import tasks
from convgui.dialogs import ask_once
from convgui.explain import explain
from convgui.export.figure_apart import DRAWER
from convgui.export.figure_options import FigureChoices, FigureOptions
from convgui.jobs import Failure, Jobs
from convgui.model.compute import Comparison
from convgui.panels.figure_form import FigureForm
from convgui.panels.figure_preview import FigurePreview
from convgui.style import GRID

PREVIEW = "figure-preview"
DEBOUNCE_MS = 150
SIZE = (118 * GRID, 78 * GRID)
DPIS = 50, 300


class FigureDialog(QDialog):
    """Lets the user choose what the figure is like, and shows it.

    Signals
    -------
    chosen(FigureChoices)
        After every change.
    export_requested(), copy_requested()
    """

    chosen = Signal(object)
    export_requested = Signal()
    copy_requested = Signal()

    def __init__(
        self, parent: QWidget, jobs: Jobs, comparison: Comparison, seen: FigureOptions,
        choices: FigureChoices,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        ask_once(self)
        self.setWindowTitle(self.tr("Export the figure"))
        self._jobs, self._comparison, self._seen, self._choices = jobs, comparison, seen, choices
        self.form = FigureForm(comparison, seen.error_mode)
        self.form.show_choices(choices)
        self.form.changed.connect(self._changed)
        self.preview = FigurePreview()
        self.buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        self.export = self.buttons.addButton(self.tr("Export…"), roles.AcceptRole)
        self.copy = self.buttons.addButton(self.tr("Copy"), roles.ActionRole)
        self.defaults = self.buttons.addButton(self.tr("Defaults"), roles.ResetRole)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Close)
        self.export.clicked.connect(self.export_requested)
        self.copy.clicked.connect(self.copy_requested)
        self.defaults.clicked.connect(self._reset)
        self.buttons.rejected.connect(self.reject)
        self.form.setFixedWidth(38 * GRID)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.form)
        row.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(row, 1)
        column.addWidget(self.buttons)
        # Only now: a button that is in no dialog yet is not the one that Enter presses there.
        self.export.setDefault(True)
        room = parent.screen().availableSize()
        next(iter(self.form.panels.values())).setFocus()
        self.resize(min(SIZE[0], room.width()), min(SIZE[1], room.height()))
        # What is typed and dragged is drawn when it pauses.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(DEBOUNCE_MS)
        self._soon.timeout.connect(self._draw)
        self._soon.start()
        # It takes as long as the user's first look at the choices.
        DRAWER.start()
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        self.finished.connect(self._give_up)

    def _changed(self, choices: FigureChoices) -> None:
        self._choices = choices
        self.chosen.emit(choices)
        self._soon.start()

    def _reset(self) -> None:
        self.form.show_choices(FigureChoices())
        self._changed(FigureChoices())

    def _draw(self) -> None:
        options = self._choices.options(self._seen)
        dpi = round(min(max(self.preview.wanted_dpi(options.width_mm), DPIS[0]), DPIS[1]))
        options = replace(options, dpi=dpi)
        self._jobs.submit(PREVIEW, tasks.draw_figure, self._comparison, options)

    def _finished(self, kind: str, drawn: Any) -> None:
        if kind == PREVIEW:
            self.preview.show_figure(drawn.raster, drawn.width_mm, drawn.height_mm)
            self.export.setEnabled(True)
            self.copy.setEnabled(True)

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind == PREVIEW:
            self.preview.show_problem(explain(failure)[0])
            self.export.setEnabled(False)
            self.copy.setEnabled(False)

    def _give_up(self) -> None:
        self._soon.stop()
        self._jobs.drop(PREVIEW)
