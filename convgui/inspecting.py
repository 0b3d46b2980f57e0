"""Between the Inspect tab and the jobs: which output is explained, of a run or of the lesson."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model import inspection, lesson
from convgui.model.compute import Comparison
from convgui.model.inspect_window import Place
from convgui.model.inspection import Inspection
from convgui.model.lesson import Lesson
from convgui.model.session import Session

INSPECT, LESSON = "inspect", "lesson"


class Inspector(QObject):
    """Explains one output at a time, and only while somebody sees it.

    Signals
    -------
    inspected(Inspection or None)
    lesson_changed(Lesson or None)
    failed(str, str, str), settled(str)
        As the message bar takes them.
    stopped()
        An answer will not come.
    state_changed()
    """

    inspected = Signal(object)
    lesson_changed = Signal(object)
    failed = Signal(str, str, str)
    settled = Signal(str)
    stopped = Signal()
    state_changed = Signal()

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._comparison: Comparison | None = None
        self._place: Place | None = None
        self._lesson: Lesson | None = None
        self._kept: Place | None = None
        self._seen = False
        self.inspection: Inspection | None = None
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is open."""
        return self._lesson

    @property
    def waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._jobs.busy(INSPECT)

    def want(self, seen: bool) -> None:
        """Explains from now on, or no longer: nobody sees it."""
        self._seen = seen
        shown = self.inspection.comparison if self.inspection is not None else None
        if seen and shown is not self._current():
            self._submit()

    def show_comparison(self, comparison: Comparison) -> None:
        """Takes another result; the lesson, where it is open, stays."""
        self._comparison = comparison
        if self._lesson is None:
            if not self._seen and self.inspection is not None:
                # What nobody sees must not hold the outputs of a run that is over.
                self._tell(None)
            self._submit()

    def forget(self, image: object = None) -> None:
        """Holds no result from now on; there is another image, or none."""
        self._comparison, self._kept = None, None
        if self._lesson is None:
            self._place = None
            self._jobs.drop(INSPECT)
            self._tell(None)

    def go(self, place: Place) -> None:
        """Explains another output."""
        self._place = place
        self._submit()

    def show_filter(self, index: int) -> None:
        """Explains the same place of another filter of the bank."""
        if self._lesson is None and self._place is not None:
            self.go(replace(self._place, index=index))

    def start_lesson(self, session: Session) -> None:
        """Opens the example that was worked by hand, with a session's techniques."""
        self._jobs.submit(LESSON, lesson.make, session)

    def end_lesson(self) -> None:
        """Goes back to the run."""
        if self._lesson is not None:
            self._lesson, self._place = None, self._kept
            self.lesson_changed.emit(None)
            self._tell(None)
            self._submit()

    def _current(self) -> Comparison | None:
        return self._comparison if self._lesson is None else self._lesson.comparison

    def _submit(self) -> None:
        comparison = self._current()
        if comparison is None or not self._seen:
            return
        if self._place is None:
            height, width = comparison.request.output_size
            self._place = Place(0, height // 2, width // 2)
        self._jobs.submit(
            INSPECT, inspection.inspect, comparison, self._place, self.inspection
        )

    def _finished(self, kind: str, value: object) -> None:
        if kind == LESSON:
            self._lesson = cast(Lesson, value)
            self._kept, self._place = self._place, Place()
            self.lesson_changed.emit(self._lesson)
            self._submit()
        elif kind == INSPECT and cast(Inspection, value).comparison is self._current():
            self.settled.emit(INSPECT)
            found = cast(Inspection, value)
            if not self._jobs.busy(INSPECT):
                self._place = found.place
            self._tell(found)

    def _tell(self, found: Inspection | None) -> None:
        told = (found is None) != (self.inspection is None)
        self.inspection = found
        self.inspected.emit(found)
        if told:
            self.state_changed.emit()

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind in (INSPECT, LESSON):
            self.failed.emit(*explain(failure), kind)
        self._give_up(kind)

    def _cancelled(self, kind: str) -> None:
        self._give_up(kind)

    def _give_up(self, kind: str) -> None:
        """Goes back to what was explained last, unless that is of another result."""
        if kind == INSPECT:
            found = self.inspection
            if found is not None and found.comparison is not self._current():
                found = None
            if found is not None:
                self._place = found.place
            self.stopped.emit()
            self._tell(found)
