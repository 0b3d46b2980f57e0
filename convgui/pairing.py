"""Prepares what the tab "A and B" shows, off the window's thread and only while it is seen."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model.look import Look
from convgui.recorder import Recorder
from convgui.sessions.pair import Choice, Pair, choose

PAIR = "pair"


class Pairer(QObject):
    """Works out two outputs, their levels and their difference whenever one of them is another.

    Signals
    -------
    pair_ready(Pair)
    reason_changed(str)
        Why there is none, as :meth:`convgui.panels.pair.PairPanel.show_reason` takes it.
    """

    pair_ready = Signal(object)
    reason_changed = Signal(str)

    def __init__(self, jobs: Jobs, recorder: Recorder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._recorder = jobs, recorder
        self._choice: Choice | None = None
        self._look = Look()
        self._seen = False
        self._done: tuple[object, ...] = ()
        self._shows = False
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def set_seen(self, seen: bool) -> None:
        """Works from now on, or no longer."""
        self._seen = seen
        self.follow()

    def set_choice(self, choice: Choice) -> None:
        """Takes other techniques, or another filter."""
        self._choice = choice
        self.follow()

    def set_look(self, look: Look) -> None:
        """Takes another look; most of them need nothing new."""
        self._look = look
        self.follow()

    def follow(self, *_: object) -> None:
        """Brings what is shown up to date with what is pinned."""
        if not self._seen:
            return
        pins, (one, other) = self._recorder.journal.pinned, self._recorder.outputs()
        if one is None or other is None:
            self._jobs.drop(PAIR)
            self._done, self._shows = (), False
            self.reason_changed.emit("pins" if 0 in pins else "gone")
            return
        held = one, other
        choice = choose(held, self._choice)
        wanted = pins, held, choice, self._look.error_mode, self._look.shown
        if wanted == self._done:
            return
        self._done = wanted
        if not self._shows:
            self.reason_changed.emit("working")
        self._jobs.submit(
            PAIR, tasks.prepare_pair, pins, held, choice, self._look.error_mode, self._look.shown
        )

    def let_go(self) -> None:
        """Holds no outputs any more, unless they are still held elsewhere."""
        self._jobs.drop(PAIR)
        self._done, self._shows = (), False
        self.reason_changed.emit("gone")
        self.follow()

    def _finished(self, kind: str, value: object) -> None:
        if kind == PAIR:
            self._shows = True
            self.pair_ready.emit(cast(Pair, value))

    def _failed(self, kind: str, failure: Failure) -> None:
        if kind == PAIR:
            self._give_up(explain(failure)[0])

    def _cancelled(self, kind: str) -> None:
        if kind == PAIR:
            self._give_up(self.tr("Cancelled. Pin A or B again to see them."))

    def _give_up(self, words: str) -> None:
        self._done, self._shows = (), False
        self.reason_changed.emit(words)
