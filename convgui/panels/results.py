"""The results dock: how near each technique comes, what it executes, holds and takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from convgui import style
from convgui.model import numbers
from convgui.panels.names import step_text
from convgui.widgets import scrolled
from convgui.widgets.break_even import BreakEven
from convgui.widgets.sheet import Sheet

from . import cluster_lines, result_lines
from .live_operations import LiveOperations, raised
from .published_lines import published_lines, reasons
from .saved_lines import saved_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from convgui.model.compute import Comparison, Progress
    from convgui.model.image import Image
    from convgui.model.look import Look
    from convgui.model.published import Row

NARROWEST = 42 * style.GRID
"""Points in which every number and name has room."""


class ResultsPanel(QScrollArea):
    """Tables one below the other; they never ask the controller for anything.

    Signals
    -------
    region_only_changed(bool)
        Accuracies are wanted of the region only, or of all.
    """

    region_only_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison: Comparison | None = None
        self._live = LiveOperations()
        self.accuracy = Sheet(self.tr("Accuracy"))
        self.region_only = QCheckBox(self.tr("Only the region"))
        self.region_only.setToolTip(
            self.tr("Measure accuracies in the region that is framed in the pictures.")
        )
        self.region_only.clicked.connect(self.region_only_changed)
        self.where = _caption("")
        self.where.hide()
        self._awaits = False
        self.saved = Sheet(self.tr("Saved against exact"))
        self.operations = Sheet(self.tr("Operations"))
        self.cost = Sheet(self.tr("Time and memory"))
        self.published = Sheet(self.tr("The report's experiment"))
        self.clusters = Sheet(self.tr("Clusters"))
        self.break_even = BreakEven(result_lines.colour(result_lines.LSH))
        self.sheets = (
            self.accuracy, self.saved, self.operations, self.cost, self.clusters, self.published,
        )  # fmt: skip
        self._invitation = self.tr("What each technique gives and costs will stand here.")
        self.empty = _caption(self._invitation)
        self.total = _caption("")
        self.total.setAccessibleName(self.tr("Operations and memory of the run"))
        self.why = _caption("")
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(style.GRID, style.GRID, style.GRID, style.GRID)
        self._column.setSpacing(0)
        self._column.addWidget(self.empty)
        # First, where it is seen at once: these figures are what was asked for.
        self._claims = self._section(
            (self.tr("The report's experiment"), self.published), (None, self.why)
        )
        self._results = self._section(
            (self.tr("Accuracy"), self.accuracy), (None, self.where), (None, self.region_only),
            (self.tr("Saved against exact"), self.saved),
            (self.tr("Operations"), self.operations),
            (None, self.total),
            (self.tr("Time and memory"), self.cost),
        )
        self._clusters = self._section(
            (self.tr("Clusters of LSH"), self.break_even), (None, self.clusters)
        )
        self._column.addStretch(1)
        body = QWidget()
        body.setLayout(self._column)
        style.set_role(body, "panel")
        scrolled.fill(self, body)
        self.setAccessibleName(self.tr("Results"))
        for section in (self._results, self._clusters, self._claims):
            section.hide()

    def _section(self, *parts: tuple[str | None, QWidget]) -> QWidget:
        """Stacks parts, each under its title if it has one."""
        section = QWidget()
        column = QVBoxLayout(section)
        column.setContentsMargins(0, 0, 0, style.GRID)
        column.setSpacing(style.GRID // 2)
        for title, widget in parts:
            if title is not None:
                label = QLabel(title)
                label.setContentsMargins(0, style.GRID, 0, 0)
                style.set_role(label, "title")
                column.addWidget(label)
            column.addWidget(widget)
        self._column.addWidget(section)
        return section

    def show_comparison(self, comparison: Comparison) -> None:
        """Shows all the figures of a comparison."""
        self._comparison = comparison
        self._live.forget()
        if not self._awaits:
            self.accuracy.show_lines(result_lines.accuracy_lines(comparison))
        self.saved.show_lines(saved_lines(comparison))
        self.operations.show_lines(result_lines.operation_lines(comparison))
        self.cost.show_lines(result_lines.cost_lines(comparison))
        executed = sum(each.result.executed.total for each in comparison.outcomes)
        self.total.setText(self.tr("All techniques: {0} operations").format(numbers.si(executed)))
        self._show_clusters(comparison)
        self.show_dimmed(False)
        self.accuracy.set_dimmed(self._awaits)
        self.empty.hide()
        self._results.show()

    def show_look(self, look: Look) -> None:
        """Shows whether accuracies of the region are asked for; emits nothing."""
        only = look.region_only
        self.region_only.setChecked(only)
        if only and self.where.isHidden():
            self._say_where(self.tr("No region is framed: the figures are of all."))
        elif not only:
            self._say_where("")

    def show_restricted(self, restricted: Comparison | None, wanted: bool) -> None:
        """Shows accuracies of a region; until they are known, the last ones, dimmed."""
        self._awaits = wanted
        self.accuracy.set_dimmed(wanted and restricted is None)
        if wanted and restricted is not None:
            left, top, right, bottom = restricted.region or (0, 0, 0, 0)
            words = self.tr("Of the region x {0}–{1}, y {2}–{3}, all filters")
            self._say_where(words.format(left, right - 1, top, bottom - 1))
        elif not wanted and self.region_only.isChecked():
            self._say_where(self.tr("No region is framed: the figures are of all."))
        shown = restricted if wanted else self._comparison
        if shown is not None:
            self.accuracy.show_lines(result_lines.accuracy_lines(shown))

    def _say_where(self, words: str) -> None:
        self.where.setText(words)
        self.where.setVisible(bool(words))

    def _show_clusters(self, comparison: Comparison) -> None:
        outcome = cluster_lines.clustered(comparison)
        self._clusters.setVisible(outcome is not None)
        if outcome is not None:
            self.clusters.show_lines(cluster_lines.cluster_lines(outcome))
            self.break_even.show_crossing(cluster_lines.crossing(comparison, outcome))

    def show_image(self, image: Image | None) -> None:
        """Puts all figures away where there is no image; another one leaves them till its own."""
        if image is None:
            self._comparison = None
            self._live.forget()
            self._results.hide()
            self._clusters.hide()
            self.empty.setText(self._invitation)
            self.empty.show()

    def show_progress(self, progress: Progress) -> None:
        """Raises the counts while a run goes on."""
        counts = self._live.take(progress)
        text = self.tr("{0}: {1} operations so far, {2} held").format(
            step_text(progress),
            numbers.si(progress.operations.total),
            numbers.bytes_(progress.held_bytes),
        )
        self.total.setText(text)
        if self._comparison is None:
            self.empty.setText(text)
        else:
            most = result_lines.reach(self._comparison)
            for line in self.operations.lines:
                if line.key in counts:
                    self.operations.update_part(line.key, raised(line, counts[line.key], most))

    def show_dimmed(self, dimmed: bool) -> None:
        """Draws the last results faintly while they are out of date."""
        # A run that was given up leaves no half-counted figures behind.
        if dimmed and self._comparison is None:
            self.empty.setText(self._invitation)
        elif dimmed:
            self._live.forget()
            self.operations.show_lines(result_lines.operation_lines(self._comparison))
        for sheet in self.sheets[:-1]:
            sheet.set_dimmed(dimmed)

    def show_published(self, rows: Sequence[Row] | None) -> None:
        """Shows the report's claims beside what is measured, or nothing of it."""
        self.published.show_lines(published_lines(rows or ()))
        self.why.setText(reasons(rows or ()))
        self._claims.setVisible(bool(rows))
        if rows:
            self.verticalScrollBar().setValue(0)

    def minimumSizeHint(self) -> QSize:
        return QSize(NARROWEST, super().minimumSizeHint().height())

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        for sheet in self.sheets:
            sheet.apply_theme(theme)
        self.break_even.apply_theme(theme)


def _caption(text: str) -> QLabel:
    """Gives a label for words that wrap."""
    label = QLabel(text)
    style.set_role(label, "caption")
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label
