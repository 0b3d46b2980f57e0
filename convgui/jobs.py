"""Work off the window's thread: the newest request of a kind wins, and any can be cancelled.

The only file with threads. A job never touches Qt: it leaves its progress and its outcome in
attributes that a timer of the window's thread looks at. So no event can arrive after
:meth:`Jobs.close`, and no thread can meet a Qt object that is gone.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from convgui import heap
from convgui.explain import log_unwanted
from cyconv import Cancelled

LOOK_MS = 2
HAND_OVER_SECONDS = 0.0005
"""After so long a thread of Python lets another one go on that waits; 0.005 is Python's own.

The window's thread lets go at every call of Qt, some dozens of times to show a result, and then
waits so long each time beside a job that is in Python. A dragged slider shows as many results with
0.005; whether the longest of many turns gain could not be told from chance.
"""
PROGRESS_SECONDS, QUIET_SECONDS = 0.05, 0.1
NEVER = float("inf")
THREAD = "convgui-"
"""What the names of all threads begin with that do jobs."""


@dataclass(frozen=True)
class Failure:
    """An exception that ended a job, with its traceback as text for who unfolds the details."""

    error: BaseException
    details: str


class _Hand:
    """A thread that does the jobs of one kind, one after the other, until it is sent away.

    Who starts a thread waits until that runs: a tenth of a second where all cores are taken.
    """

    def __init__(self, kind: str) -> None:
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        # A daemon: a job that won't stop must not keep a closed program alive.
        self.thread = threading.Thread(target=self._serve, name=THREAD + kind, daemon=True)

    def give(self, job: _Job) -> None:
        """Has a job done; raises RuntimeError or MemoryError if the system gives no thread."""
        if self.thread.ident is None:
            self.thread.start()
        self._jobs.put(job)

    def gone(self) -> bool:
        """Tells whether the thread has ended."""
        return self.thread.ident is not None and not self.thread.is_alive()

    def send_away(self) -> None:
        """Lets the thread end after what it does now."""
        self._jobs.put(None)

    def join(self, seconds: float) -> bool:
        """Waits for its end, at most so long; gives whether it came."""
        if self.thread.ident is not None:
            self.thread.join(max(0.0, seconds))
        return not self.thread.is_alive()

    def _serve(self) -> None:
        while True:
            job = self._jobs.get()
            if job is None:
                return
            job.work()
            # It holds what came of it, which is not to outlast the one who takes that.
            del job


def _send_away(hands: Mapping[str, _Hand], gone: object = None) -> None:
    for hand in hands.values():
        hand.send_away()


class _Job:
    """One call on another thread; everything it says is read by the window's thread."""

    def __init__(self, kind: str, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
        self.kind = kind
        self.latest: Any = None
        self.outcome: tuple[str, Any] | None = None
        self.superseded = False
        self.abandoned = False
        self._function, self._args = function, args
        self._stop_at = NEVER
        self._started = NEVER
        self._hand: _Hand | None = None

    def start(self, hand: _Hand) -> None:
        self._started = time.monotonic()
        self._hand = hand
        try:
            hand.give(self)
        except (RuntimeError, MemoryError) as error:
            # The system gives no more threads.
            self.outcome = ("failed", Failure(error, traceback.format_exc()))

    def look(self) -> tuple[str, Any] | None:
        """Gives what came of it, None while it runs."""
        ended = self._hand is None or self._hand.gone()
        if self.outcome is None and ended:
            # Lest its kind counts as busy for ever.
            error = RuntimeError("a job ended without a word")
            self.outcome = ("failed", Failure(error, ""))
        return self.outcome

    def supersede(self, grace: float) -> None:
        self.superseded = True
        self._stop_at = min(self._stop_at, self._started + grace)

    def abandon(self) -> None:
        self.abandoned = True
        self._stop_at = 0.0

    def _tell(self, report: Any) -> None:
        if time.monotonic() >= self._stop_at:
            raise Cancelled
        self.latest = report

    def work(self) -> None:
        """Does it; for the thread of its kind."""
        outcome: tuple[str, Any]
        try:
            outcome = ("finished", self._function(*self._args, self._tell))
        except Cancelled:
            outcome = ("cancelled", None)
        except BaseException as error:
            details = traceback.format_exc()
            # Their frames hold images and this job; the text says all that is shown.
            error.__context__ = error.__cause__ = None
            outcome = ("failed", Failure(error.with_traceback(None), details))
        self._args = ()
        self.outcome = outcome


class Jobs(QObject):
    """Runs functions on threads, one at a time for each kind, and tells what becomes of them.

    A function is called as ``function(*args, progress)``. It should call ``progress(report)``
    every 50 ms at least, and let the :class:`cyconv.Cancelled` pass that this raises when
    the job is no longer wanted.

    Parameters
    ----------
    grace : mapping of str to float
        Seconds that a job of a kind may have in all when a newer one waits. A short run then
        still shows its result, without which a slider that is dragged would show none.
    """

    started = Signal(str)
    progressed = Signal(str, object)
    finished = Signal(str, object)
    failed = Signal(str, object)
    cancelled = Signal(str)

    def __init__(
        self, grace: Mapping[str, float] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(HAND_OVER_SECONDS)
        heap.tidy()
        self._grace = dict(grace or {})
        self._running: dict[str, _Job] = {}
        self._waiting: dict[str, _Job] = {}
        self._told: dict[str, float] = {}
        self._hands: dict[str, _Hand] = {}
        # Should it be deleted unclosed, its threads end all the same.
        self.destroyed.connect(partial(_send_away, self._hands))
        self._closed = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)

    def submit(self, kind: str, function: Callable[..., Any], *args: Any) -> None:
        """Runs ``function(*args, progress)`` soon, in place of any older job of that kind."""
        if self._closed:
            return
        job = _Job(kind, function, args)
        running = self._running.get(kind)
        if running is None:
            self._start(job)
        else:
            running.supersede(self._grace.get(kind, 0.0))
            self._waiting[kind] = job

    def busy(self, kind: str | None = None) -> bool:
        """Tells whether an answer is still to come, of a kind or of any."""
        kinds = set(self._running) | set(self._waiting) if kind is None else {kind}
        return any(
            each in self._waiting
            or (each in self._running and not self._running[each].abandoned)
            for each in kinds
        )

    def alive(self) -> bool:
        """Tells whether any thread still runs, wanted or not."""
        return any(job.look() is None for job in self._running.values())

    def cancel(self, kind: str | None = None) -> None:
        """Gives up the jobs of a kind, or all; their answers never come."""
        for each in list(self._running) if kind is None else [kind]:
            if self.drop(each):
                self.cancelled.emit(each)

    def drop(self, kind: str) -> bool:
        """Gives up the jobs of a kind without a word; gives whether there were any."""
        if not self.busy(kind):
            return False
        self._waiting.pop(kind, None)
        self._running[kind].abandon()
        return True

    def stop(self) -> None:
        """Asks every job to stop, and takes no more; no signal comes from here on."""
        self._closed = True
        self._timer.stop()
        self._waiting.clear()
        for job in self._running.values():
            job.abandon()
        _send_away(self._hands)

    def close(self, timeout: float = 2.0) -> bool:
        """Asks every job to stop and waits for them, at most so many seconds.

        Gives whether all have ended; one that has not is left to itself, it holds nothing of the
        window.
        """
        self.stop()
        deadline = time.monotonic() + timeout
        ended = [hand.join(deadline - time.monotonic()) for hand in self._hands.values()]
        self._running.clear()
        self._hands.clear()
        return all(ended)

    def _start(self, job: _Job) -> None:
        self._running[job.kind] = job
        hand = self._hands.get(job.kind)
        if hand is None or hand.gone():
            hand = self._hands[job.kind] = _Hand(job.kind)
        # What is over at once must not make a progress bar flicker, at every step of a drag.
        self._told[job.kind] = time.monotonic() + QUIET_SECONDS - PROGRESS_SECONDS
        job.start(hand)
        self._timer.start()
        self.started.emit(job.kind)

    def _look(self) -> None:
        for kind, job in list(self._running.items()):
            # Read before the progress, so that an end is never told ahead of the last step.
            outcome = job.look()
            self._tell_progress(kind, job)
            if outcome is not None and self._running.get(kind) is job:
                self._end(kind, job, *outcome)
        if not self._running:
            self._timer.stop()

    def _tell_progress(self, kind: str, job: _Job) -> None:
        now = time.monotonic()
        if job.latest is None or job.abandoned or now - self._told[kind] < PROGRESS_SECONDS:
            return
        report, job.latest = job.latest, None
        self._told[kind] = now
        self.progressed.emit(kind, report)

    def _end(self, kind: str, job: _Job, what: str, value: Any) -> None:
        del self._running[kind]
        waiting = self._waiting.pop(kind, None)
        if waiting is not None:
            self._start(waiting)
        stale = job.superseded and (what != "finished" or not self._grace.get(kind))
        if job.abandoned or stale:
            # Nobody is shown what came of it, but a fault is one all the same.
            if what == "failed":
                log_unwanted(kind, value)
            return
        if what == "finished":
            self.finished.emit(kind, value)
        elif what == "failed":
            self.failed.emit(kind, value)
        else:
            self.cancelled.emit(kind)
