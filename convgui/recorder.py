"""The history of a session: what becomes of every finished run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.jobs import Failure, Jobs
from convgui.model.compute import Comparison
from convgui.model.session import Session
from convgui.sessions import values
from convgui.sessions.document import Run
from convgui.sessions.journal import Journal
from convgui.sessions.outputs import Held, Outputs
from convgui.sessions.recording import record
from cyconv import Accuracy

VERSUS, DELETED = "versus", "history-deleted"


@dataclass(frozen=True, eq=False)
class Versus:
    """How near B's outputs are to A's.

    Attributes
    ----------
    pair : (int, int)
        Numbers of the runs.
    found : dict of str to Accuracy
        By technique.
    held : bool
        Whether the outputs of both are still held.
    """

    pair: tuple[int, int] = (0, 0)
    found: dict[str, Accuracy] = field(default_factory=dict)
    held: bool = True


class Recorder(QObject):
    """Keeps a run for every comparison; all of one drag become its last.

    Signals
    -------
    changed(Journal)
        There is something else to show.
    revised()
        The user named, pinned, deleted or brought back a run.
    recorded(Run)
        A run was added.
    versus_changed(Versus)
        A and B are others, or were measured.
    asked(str, str, str)
        A run is gone and can be brought back.
    """

    changed = Signal(object)
    revised = Signal()
    recorded = Signal(object)
    versus_changed = Signal(object)
    asked = Signal(str, str, str)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._outputs = Outputs()
        self._dragging = False
        self._dragged: list[Session] = []
        self._drag_run = 0
        self._latest: Comparison | None = None
        self._opened = False
        self._deleted: Run | None = None
        self._versus = Versus()
        self.journal = Journal()
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def begin_drag(self) -> None:
        """Notes that what is run from here on is one drag."""
        self._dragging = True
        self._latest = None
        self._dragged = []
        self._drag_run = 0

    def end_drag(self) -> None:
        """Notes that the drag is over; its last results may be still to come."""
        self._dragging = False
        latest, self._latest = self._latest, None
        if latest is not None:
            self.take(latest)
        last = self.journal.find(self._drag_run)
        if last is not None:
            self._end_with(last.session)

    def note_session(self, session: Session, image: object) -> None:
        """Notes the parameters as they are now."""
        if self._dragging:
            self._dragged.append(session)
        elif self._dragged and self._dragged[-1] is not session:
            self._dragged = []

    def take(self, comparison: Comparison) -> None:
        """Keeps what stays of a finished run."""
        session = comparison.request.session
        in_drag = any(each is session for each in self._dragged)
        if in_drag and self._dragging:
            # Only the last one is kept, and a slider that is dragged has no time for the others.
            self._latest = comparison
            return
        if self._opened:
            self._opened = False
            known = self._known(comparison)
            if known is not None:
                # It was opened as it was kept; this is the same run, its outputs at hand again.
                self._hold(known.number, comparison)
                self._set(self.journal)
                return
        last = self._drag_run if in_drag else 0
        number = last if self.journal.may_go(last) else self.journal.last + 1
        run = record(comparison, number)
        journal = self.journal.added(run, instead=last)
        if in_drag:
            self._drag_run = number
        if not self._dragging:
            self._end_with(session)
        self._hold(number, comparison)
        self._set(journal)
        self.recorded.emit(run)

    def _end_with(self, session: Session) -> None:
        """Ends the drag for good if this is where it ended: what is run next is another run."""
        if self._dragged and self._dragged[-1] is session:
            self._dragged = []

    def load(self, runs: tuple[Run, ...], pinned: tuple[int, int]) -> None:
        """Takes the history of another session; the first run to finish may be one of it."""
        self._opened = True
        self._dragged, self._drag_run, self._deleted = [], 0, None
        self._latest = None
        self._outputs.forget()
        self._set(Journal.of(runs, pinned))

    def rename(self, number: int, name: str) -> None:
        """Names a run, or takes its name away."""
        run = self.journal.find(number)
        name = values.clean(name)
        if run is not None and name != run.name:
            self._revise(self.journal.with_run(replace(run, name=name)))

    def delete(self, number: int) -> None:
        """Takes a run out of the history; it can be brought back."""
        run = self.journal.find(number)
        if run is None:
            return
        self._deleted = run
        self._revise(self.journal.without(number))
        text = self.tr("Run {number} is no longer in the history.").format(number=number)
        self.asked.emit(text, self.tr("Bring it back"), DELETED)

    def accept(self, topic: str) -> None:
        """Brings the run back that was deleted last."""
        if topic == DELETED and self._deleted is not None:
            run, self._deleted = self._deleted, None
            self._revise(self.journal.with_run(run))

    def pin(self, place: int, number: int) -> None:
        """Compares a run as A (0) or B (1), or no longer if it is that."""
        if self.journal.find(number) is not None:
            self._revise(self.journal.with_pin(place, number))

    def outputs(self) -> tuple[Held | None, Held | None]:
        """Gives the outputs of A and of B, as far as they are held."""
        one, other = (self._outputs.find(number) for number in self.journal.pinned)
        return one, other

    def let_go(self) -> None:
        """Lets the outputs of all runs but the last go, to make room."""
        self._outputs.forget((self.journal.last,))

    def _known(self, comparison: Comparison) -> Run | None:
        """Gives the latest run of the same settings and an image of the same name and size."""
        request = comparison.request
        wanted = request.session, values.clean(request.image_name), request.image.shape
        runs = reversed(self.journal.runs)
        return next((each for each in runs if (each.session, each.image_name, each.size) == wanted),
                    None)  # fmt: skip

    def _hold(self, number: int, comparison: Comparison) -> None:
        self._outputs.keep(number, comparison, self.journal.pinned)
        self._versus = Versus() if number in self._versus.pair else self._versus

    def _revise(self, journal: Journal) -> None:
        self._set(journal)
        self.revised.emit()

    def _set(self, journal: Journal) -> None:
        self.journal = journal
        self._outputs.forget(run.number for run in journal.runs)
        self._outputs.trim(journal.pinned)
        self.changed.emit(journal)
        self._measure()

    def _measure(self) -> None:
        """Measures B against A, unless that is what was measured last."""
        pair = self.journal.pinned
        if pair == self._versus.pair:
            return
        self._jobs.drop(VERSUS)
        one, other = (self._outputs.find(number) for number in pair)
        both = one is not None and other is not None
        self._versus = Versus(pair, held=both or 0 in pair)
        self.versus_changed.emit(self._versus)
        if one is not None and other is not None:
            self._jobs.submit(VERSUS, tasks.measure_versus, pair, one.planes, other.planes)

    def _finished(self, kind: str, value: object) -> None:
        if kind == VERSUS:
            pair, found = cast(tuple[tuple[int, int], dict[str, Accuracy]], value)
            if pair == self.journal.pinned:
                self._versus = Versus(pair, found)
                self.versus_changed.emit(self._versus)

    def _failed(self, kind: str, failure: Failure) -> None:
        self._cancelled(kind)

    def _cancelled(self, kind: str) -> None:
        if kind == VERSUS:
            # Measured when one of them is pinned again.
            self._versus = Versus((-1, -1))
