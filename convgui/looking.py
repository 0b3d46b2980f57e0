"""Between the look and the panels: what has to be worked out first is, off the window's thread."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.jobs import Failure, Jobs
from convgui.model import planes
from convgui.model.compute import Comparison
from convgui.model.histogram import Histogram
from convgui.model.look import Look
from convgui.model.region import Region

LOOK, ERRORS, MARK, REGION, PART = "look", "errors", "mark", "region", "part"


class Looker(QObject):
    """Holds what is looked at, and tells the panels once its planes are at hand.

    Signals
    -------
    filter_ready(int)
        The panels can show this filter without delay.
    look_ready(Look)
        The panels can show this look without delay.
    planes_ready(Planes)
        Those of the filter and of the kind of error that are shown now.
    measured(Histogram or None)
        How the errors are spread.
    marked(dict)
        Which pixels are counted in the bin that was chosen, by technique.
    region_measured(Region or None, dict)
        What is in the region that is framed, by picture.
    restricted(Comparison or None, bool)
        The comparison with the accuracies of the region only, and whether such are wanted: None
        while they are not known.
    """

    filter_ready = Signal(int)
    look_ready = Signal(object)
    planes_ready = Signal(object)
    measured = Signal(object)
    marked = Signal(object)
    region_measured = Signal(object, object)
    restricted = Signal(object, bool)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._comparison: Comparison | None = None
        self._look = Look()
        self._filter = 0
        self._planes: planes.Planes | None = None
        self._histogram: Histogram | None = None
        self._wanted = False
        self._counted: tuple[object, ...] = ()
        self._region: Region | None = None
        self._parts: tuple[Any, ...] | None = None
        self._asked: tuple[Any, ...] | None = None
        self._region_wanted = False
        self._restricted_of: tuple[object, ...] = (None, None)
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def show_comparison(self, comparison: Comparison) -> None:
        """Takes another result; the panels have its planes from the run."""
        self._comparison = comparison
        self._filter = min(self._filter, comparison.filter_count - 1)
        self._tell()
        self._restrict()

    def forget(self) -> None:
        """Holds no result from now on."""
        self._comparison = None
        self._filter = 0
        self._planes = None
        for kind in (LOOK, ERRORS):
            self._jobs.drop(kind)
        self._set_histogram(None)
        self._restrict()

    def want_histogram(self, wanted: bool) -> None:
        """Counts errors from now on, or no longer: nobody sees them."""
        self._wanted = wanted
        self._count()
        if not wanted:
            self.mark(-1)

    def want_region(self, wanted: bool) -> None:
        """Measures the region from now on, or no longer: nobody sees it."""
        self._region_wanted = wanted
        self._measure()

    def show_region(self, region: Region | None, parts: object, exact: object) -> None:
        """Takes another region, or the same one of other pictures."""
        self._region = region
        self._parts = (parts, exact)
        self._measure()
        self._restrict()

    def _restrict(self) -> None:
        """Measures accuracies of the region, unless they are known or nobody asks for them."""
        region = self._region if self._look.region_only else None
        wanted = self._comparison, region
        if wanted[0] is self._restricted_of[0] and region == self._restricted_of[1]:
            return
        asked, before = None not in wanted, self._restricted_of
        self._restricted_of = wanted
        if not asked and region is None and before[1] is None:
            # Nobody asked before, either: what is shown is of all.
            return
        self._jobs.drop(PART)
        self.restricted.emit(None, asked)
        if asked:
            self._jobs.submit(PART, tasks.restrict, *wanted)

    def _measure(self) -> None:
        if self._region is None:
            self._jobs.drop(REGION)
            self._asked = None
            self.region_measured.emit(None, {})
        elif self._region_wanted and self._parts is not None:
            self._jobs.submit(REGION, tasks.measure_region, *self._parts)
            # Measured once, unless it fails; the next pictures are told anew.
            self._asked, self._parts = self._parts, None

    def mark(self, index: int) -> None:
        """Finds the pixels that are counted in a bin; -1 for none."""
        self._jobs.drop(MARK)
        if index < 0 or self._planes is None or self._histogram is None:
            self.marked.emit({})
        else:
            span = self._histogram.span
            self._jobs.submit(MARK, tasks.mark_errors, self._planes, span, index)

    def show_filter(self, index: int) -> None:
        """Takes another filter of the bank; planes that it needs are worked out by a job."""
        self._filter = index
        self._prepare()

    def show_look(self, look: Look) -> None:
        """Takes another look; planes that it needs are worked out by a job."""
        self._look = look
        self._restrict()
        self._prepare()

    def _prepare(self) -> None:
        if self._comparison is None or self._is_ready():
            self._jobs.drop(LOOK)
            self._tell()
        else:
            self._jobs.submit(
                LOOK, tasks.prepare_planes, self._comparison, self._filter, self._look.error_mode,
                self._look.shown,
            )  # fmt: skip

    def _is_ready(self) -> bool:
        comparison = self._comparison
        return comparison is not None and planes.ready(
            comparison, self._filter, self._look.error_mode, self._look.shown
        )

    def _tell(self) -> None:
        self.filter_ready.emit(self._filter)
        self.look_ready.emit(self._look)
        if self._comparison is not None and self._is_ready():
            self._planes = planes.prepare(
                self._comparison, self._filter, self._look.error_mode, self._look.shown
            )
            self.planes_ready.emit(self._planes)
            self._count()

    def _count(self) -> None:
        """Counts the errors of what is shown, unless that is what was counted last."""
        wanted = self._planes, self._look.error_levels
        if self._wanted and self._planes is not None and wanted != self._counted:
            self._counted = wanted
            self._jobs.submit(ERRORS, tasks.measure_errors, *wanted)

    def _set_histogram(self, histogram: Histogram | None) -> None:
        if histogram is None:
            self._counted = ()
        self._histogram = histogram
        self.mark(-1)
        self.measured.emit(histogram)

    def _finished(self, kind: str, value: object) -> None:
        if kind == LOOK and self._is_of_now(cast(planes.Planes, value)):
            self._tell()
        elif kind == ERRORS:
            self._set_histogram(cast(Histogram, value))
        elif kind == REGION:
            self._asked = None
            if self._region is not None:
                self.region_measured.emit(self._region, value)
        elif kind == PART:
            self.restricted.emit(value, True)
        elif kind == MARK:
            self.marked.emit(value)

    def _is_of_now(self, ready: planes.Planes) -> bool:
        wanted = self._filter, self._look.error_mode, self._look.shown
        return (ready.index, ready.mode, ready.shown) == wanted

    def _failed(self, kind: str, failure: Failure) -> None:
        # The panel then finds out itself, and what is wrong is told as for any fault.
        self._give_up(kind)

    def _cancelled(self, kind: str) -> None:
        self._give_up(kind)

    def _give_up(self, kind: str) -> None:
        if kind == LOOK:
            self._tell()
        elif kind == ERRORS:
            self._set_histogram(None)
        elif kind == MARK:
            self.marked.emit({})
        elif kind == REGION:
            self._parts, self._asked = self._parts or self._asked, None
            self.region_measured.emit(self._region, {})
        elif kind == PART:
            # Not what is wanted, so that the next look asks again.
            self._restricted_of = None, self._restricted_of[1]
