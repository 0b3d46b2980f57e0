"""The arithmetic of one part of a window: grids side by side, bars, terms, words, tables."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.compute import EXACT
from convgui.model.inspect_window import running_sum
from convgui.model.inspection import Inspection
from convgui.widgets.flow import Flow
from convgui.widgets.projection_bars import ProjectionBars, Projections
from convgui.widgets.running_sum import RunningSum
from convgui.widgets.sheet import Sheet
from convgui.widgets.tap_cells import Tap
from convgui.widgets.tap_grid import TapGrid

from . import inspect_words
from .inspect_parts import GRIDS, Part, Shown, shown


class Board(QWidget):
    """Shows one technique's way to an output, for one channel or summed over all."""

    tap_pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = style.LIGHT
        self._name = EXACT
        self._tap: Tap | None = None
        self._columns = 1
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        style.set_role(self.words, "caption")
        self.bars = ProjectionBars()
        self.grids = {name: TapGrid("") for name in GRIDS}
        # One stop for the keyboard: the tap is outlined in all of them.
        self.grids["window"].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        holder = QWidget()
        # Arithmetic is read from left to right everywhere.
        holder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._flow = Flow(holder, gap=style.GRID)
        for grid in self.grids.values():
            self._flow.addWidget(grid)
            grid.pointed.connect(self.set_tap)
        self._holder = holder
        self.terms = RunningSum()
        self.sums = Sheet(self.tr("Sums"))
        self.corrections = Sheet(self.tr("Correction"))
        self.figures = Sheet(self.tr("Recomputed and kernel's output"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, style.GRID)
        column.setSpacing(style.GRID)
        for each in (self.words, self.bars, holder, self.terms, self.sums, self.corrections,
                     self.figures):  # fmt: skip
            column.addWidget(each)
        column.addStretch(1)

    @property
    def tap(self) -> Tap | None:
        """The tap that is pointed at."""
        return self._tap

    def show_inspection(self, found: Inspection, name: str, part: Part) -> None:
        """Shows a technique's way, in a part of the window."""
        if name != self._name:
            self._name = name
            self.apply_theme(self._theme)
        self._show_words(found, name, part)
        made = shown(found, name, part)
        self._flow.set_order([self.grids[each.key] for each in made])
        for each in made:
            self.grids[each.key].show_cells(each.cells, each.title, each.sign)
        self._holder.setVisible(bool(made))
        self._show_terms(found, name, part, made)
        self.figures.show_lines(inspect_words.figure_lines(found, name))
        self.set_tap(self._tap)

    def _show_words(self, found: Inspection, name: str, part: Part) -> None:
        story = found.reuse.get(name)
        text = ""
        span = None
        if name == "differential" and found.differential is not None:
            text = inspect_words.differential_words(found.differential)
        elif story is not None:
            span = story.spans[part.span]
            height, width = found.comparison.request.output_size
            text = inspect_words.cluster_words(story, span, height * width)
            text = f"{text} {inspect_words.cut_words(found, name, span)}".rstrip()
            self.bars.show_projections(Projections(
                span.projections, span.standing_projections, span.origins, span.steps, span.codes
            ))
            self.corrections.show_lines(
                inspect_words.correction_lines(span) if len(span.coefficients) else ()
            )
        self.words.setText(text)
        self.words.setVisible(bool(text))
        self.bars.setVisible(span is not None)
        self.corrections.setVisible(span is not None and bool(len(span.coefficients)))

    def _show_terms(
        self, found: Inspection, name: str, part: Part, made: tuple[Shown, ...]
    ) -> None:
        whole = part.channel is None
        self.sums.setVisible(whole and len(part.names) > 1)
        if whole:
            sums = np.array(part.sums)
            self.sums.show_lines(inspect_words.sum_lines(list(part.names), list(part.sums)))
            self.terms.show_terms(self.tr("Sum"), sums, np.cumsum(sums))
            return
        products = made[-1].cells
        self._columns = products.values.shape[1]
        values = products.values
        if products.absent is not None:
            values = np.where(products.absent, 0.0, values)
        self.terms.show_terms(self.tr("Products"), values, running_sum(values))

    def set_tap(self, tap: Tap | None) -> None:
        """Outlines a tap in every grid, and tells the sum up to it."""
        self._tap = tap
        for grid in self.grids.values():
            grid.set_tap(tap)
        grids = not self._holder.isHidden()
        self.terms.set_term(None if tap is None or not grids else tap[0] * self._columns + tap[1])
        self.tap_pointed.emit(tap)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws all of it faintly while it is out of date."""
        for each in (*self.grids.values(), self.bars, self.terms, self.sums, self.corrections,
                     self.figures):  # fmt: skip
            each.set_dimmed(dimmed)
        self.words.setEnabled(not dimmed)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme, in the technique's colour."""
        self._theme = theme
        colour = TECHNIQUE_COLOURS[self._name]
        for each in (*self.grids.values(), self.bars, self.terms):
            each.set_colours(theme, colour)
        for sheet in (self.sums, self.corrections, self.figures):
            sheet.apply_theme(theme)
