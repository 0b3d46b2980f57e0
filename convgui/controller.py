"""From what the user does to what the panels show: session, request, job, comparison, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QObject, QTimer, Signal

import cyconv
from convgui import tasks
from convgui.explain import explain
from convgui.jobs import Failure, Jobs
from convgui.model import edit, published
from convgui.model.compute import Comparison
from convgui.model.history import History
from convgui.model.image import Image
from convgui.model.numbers import seconds
from convgui.model.session import Session
from convgui.model.shown import shown
from convgui.pace import Pace
from cyconv.bands import cores

DIM_AFTER_MS, WEIGHTS_AFTER_MS = 120, 20
RUN, PUBLISHED, WEIGHTS, EXPORT, OPEN = "run", "published", "weights", "export", "open"


class Controller(QObject):
    """Holds the session's history, the image and the last whole comparison.

    Panels never meet each other here: their signals end in the methods below, and what they
    show comes from the signals below.
    """

    session_changed = Signal(object, object)
    weights_changed = Signal(object, int)
    image_changed = Signal(object)
    compared = Signal(object)
    stale = Signal(bool)
    progressed = Signal(object)
    measured = Signal(object)
    failed = Signal(str, str, str)
    settled = Signal(str)
    threads_changed = Signal(str, int)
    state_changed = Signal()

    def __init__(self, jobs: Jobs, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._history = History(session)
        self._filter, self._measured_shown = 0, False
        self._experiment: Session | None = None
        self.image: Image | None = None
        self.allow: Callable[[Session, Image], bool] = lambda *_: True
        self.comparison: Comparison | None = None
        # A run that is over at once must not make the window flicker.
        self._dim = self._timer(DIM_AFTER_MS, self._show_stale)
        # Showing a large image and starting to compare it are two steps, lest the window pause.
        self._soon = self._timer(0, self.run)
        # Weights are drawn after the parameters, not with them: both at once keep events waiting.
        self._weights_soon = self._timer(WEIGHTS_AFTER_MS, self._tell_weights)
        self.pace = Pace(self, self._after_change)
        self.pace.finished.connect(self._seal)
        jobs.progressed.connect(self._job_progressed)
        jobs.finished.connect(self._job_finished)
        jobs.failed.connect(self._job_failed)
        jobs.cancelled.connect(self._give_up)

    def _timer(self, milliseconds: int, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=milliseconds)
        timer.timeout.connect(slot)
        return timer

    @property
    def session(self) -> Session:
        """All parameters as they are now."""
        return self._history.current

    def states(self) -> set[str]:
        """Gives the states that hold, as the table of actions names them."""
        holds = {
            "image": self.image is not None,
            "open": self.image is not None or self._jobs.busy(OPEN),
            "comparison": self.comparison is not None,
            "running": self._jobs.busy(),
            "free": not self._jobs.busy(EXPORT),
            "undo": self._history.can_undo,
            "redo": self._history.can_redo,
            "changed": self.session != Session(),
        }
        return {name for name, held in holds.items() if held}

    def summary(self) -> str:
        """Gives one line on the image and the last whole comparison; "" before there is one."""
        if self.image is None or self.comparison is None:
            return ""
        channels, height, width = self.comparison.request.image.shape
        taken = sum(outcome.result.seconds for outcome in self.comparison.outcomes)
        return self.tr("{name} · {width} × {height} × {channels} · compared in {time}").format(
            name=self.image.name, width=width, height=height, channels=channels,
            time=seconds(taken),
        )  # fmt: skip

    def show_all(self) -> None:
        """Tells the panels everything, as at the start."""
        self.image_changed.emit(self.image)
        self._tell_session()
        self._tell_weights()

    def set_image(self, image: Image) -> None:
        """Takes another image and compares it."""
        self._replace_image(image)
        self._soon.start()

    def close_image(self) -> None:
        """Puts the image and all that is known of it away; the parameters stay."""
        self._soon.stop()
        self._dim.stop()
        self._replace_image(None)
        self.stale.emit(False)
        for topic in (RUN, PUBLISHED):
            self.settled.emit(topic)

    def _replace_image(self, image: Image | None) -> None:
        # What is known of the old image, or comes late, must not be shown under the new one.
        for kind in (RUN, PUBLISHED):
            self._jobs.drop(kind)
        self._show_measured(None)
        self.image, self.comparison = image, None
        self._filter = 0
        self.image_changed.emit(image)
        self._tell_session()
        self.state_changed.emit()

    def change(self, key: str, value: object) -> None:
        """Changes one parameter; all changes of one drag are one step of undo."""
        self._push(edit.change(self.session, key, value), key)

    def reset(self, key: str) -> None:
        """Brings one parameter back to its default."""
        self._push(edit.reset(self.session, key))

    def reset_all(self) -> None:
        """Brings every parameter back to its default."""
        self._push(Session())

    def take(self, session: Session, *, fresh: bool = False) -> None:
        """Takes all parameters at once: as one step of undo, or afresh, with none before it."""
        if fresh:
            self._history = History(session)
            self._after_change()
        else:
            self._push(session)

    def edit_weights(self, text: str) -> None:
        """Takes weights that were typed, rows on lines."""
        try:
            session = edit.typed_weights(self.session, text)
        except ValueError as error:
            self.failed.emit(str(error), "", WEIGHTS)
            self._tell_weights()
            return
        self.settled.emit(WEIGHTS)
        self._push(session)

    def load_weights(self, path: str) -> None:
        """Takes weights from a file."""
        self._jobs.submit(WEIGHTS, tasks.load_weights, self.session, path)

    def load_experiment(self, technique: str) -> None:
        """Loads the report's settings and shows its claims beside what is measured."""
        self._experiment = published.experiment(self.session, technique)
        self._push(self._experiment)
        if self.image is None:
            text = self.tr("The report's settings are loaded. Open an image to run them.")
            self.failed.emit(text, "", PUBLISHED)

    def undo(self) -> None:
        """Takes the last change back."""
        self._history.undo()
        self._after_change()

    def redo(self) -> None:
        """Makes the change again that was taken back."""
        self._history.redo()
        self._after_change()

    def show_filter(self, index: int) -> None:
        """Shows the weights of another filter of the bank."""
        self._filter = index
        self._tell_weights()

    def run(self) -> None:
        """Compares the techniques; a run that is under way gives way to this one."""
        if self.image is None:
            return
        if not self.allow(self.session, self.image):
            self._give_up(RUN)
            return
        self._dim.start()
        self._jobs.submit(RUN, tasks.run, self.session, self.image)
        if self.session == self._experiment:
            self._jobs.submit(PUBLISHED, tasks.measure_published, self.image)
        else:
            self._jobs.drop(PUBLISHED)
            self._show_measured(None)
        self._tell_states()

    def cancel(self) -> None:
        """Gives up everything that runs; the last whole result stays."""
        self.pace.catch_up()
        self._jobs.cancel()

    def _push(self, session: Session, key: str = "") -> None:
        if session == self.session:
            # The editor may show a value that the session did not take.
            self._tell_session()
            return
        self._history.push(session, self.pace.step(key))
        if not self.pace.put_off(self._jobs.busy(RUN)):
            self._after_change()

    def _after_change(self) -> None:
        self._tell_session()
        self._tell_states()
        self.run()

    def _seal(self) -> None:
        self._history.seal()

    def _tell_states(self) -> None:
        if self.pace.is_news((self.states(), shown(self.session))):
            self.state_changed.emit()

    def _tell_session(self) -> None:
        self.session_changed.emit(self.session, self.image)
        self.threads_changed.emit(cyconv.isa(), self.session.threads or cores())
        # A drag must not put them off until it ends.
        if not self._weights_soon.isActive():
            self._weights_soon.start()

    def _tell_weights(self) -> None:
        try:
            weights = edit.shown_weights(self.session, self._filter)
        except ValueError:
            # The run says what is wrong with these parameters; the grid keeps the last weights.
            return
        self._filter = min(self._filter, weights.count - 1)
        self.weights_changed.emit(weights, self._filter)

    def _show_stale(self) -> None:
        self.stale.emit(True)

    def _job_progressed(self, kind: str, report: object) -> None:
        if kind == RUN:
            self.progressed.emit(report)

    def _job_finished(self, kind: str, value: object) -> None:
        takers: dict[str, Callable[[object], None]] = {
            RUN: self._take_comparison, PUBLISHED: self._show_measured, WEIGHTS: self._take_weights,
        }  # fmt: skip
        if kind in takers:
            self.settled.emit(kind)
            takers[kind](value)
        self._tell_states()

    def _take_comparison(self, comparison: object) -> None:
        # The next run begins before this one's result is shown; who hears may close the image.
        self.pace.catch_up()
        self.comparison = taken = cast(Comparison, comparison)
        self._dim.stop()
        self.compared.emit(taken)
        unlike = self.comparison is taken and taken.request.session != self.session
        self.stale.emit(unlike and not self._jobs.busy(RUN))
        if self._jobs.busy(RUN):
            self._dim.start()

    def _show_measured(self, rows: object) -> None:
        if rows is not None or self._measured_shown:
            self._measured_shown = rows is not None
            self.measured.emit(rows)

    def _take_weights(self, session: object) -> None:
        """Takes only the weights: other parameters may have changed since."""
        loaded = cast(Session, session)
        self._push(replace(self.session, filter_name=loaded.filter_name, weights=loaded.weights))

    def _job_failed(self, kind: str, failure: Failure) -> None:
        if kind in (RUN, PUBLISHED, WEIGHTS):
            text, details = explain(failure)
            self.failed.emit(text, details, kind)
        self._give_up(kind)

    def _give_up(self, kind: str) -> None:
        """Leaves the last result, dimmed, for it is not that of the parameters shown."""
        if kind == RUN:
            self._dim.stop()
            self.stale.emit(True)
        self.state_changed.emit()
