"""Between the look and the panels: what has to be worked out first is, off the window's thread."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QObject, Signal

from convgui import tasks
from convgui.jobs import Failure, Jobs
from convgui.model import planes
from convgui.model.compute import Comparison
from convgui.model.look import Look

LOOK = "look"


class Looker(QObject):
    """Holds what is looked at, and tells the panels once its planes are at hand.

    Signals
    -------
    look_ready(Look)
        The panels can show this look without delay.
    planes_ready(Planes)
        Those of the filter and of the kind of error that are shown now.
    """

    look_ready = Signal(object)
    planes_ready = Signal(object)

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._comparison: Comparison | None = None
        self._look = Look()
        self._filter = 0
        jobs.finished.connect(self._finished)
        jobs.failed.connect(self._failed)
        jobs.cancelled.connect(self._cancelled)

    def show_comparison(self, comparison: Comparison) -> None:
        """Takes another result; the panels have its planes from the run."""
        self._comparison = comparison
        self._filter = min(self._filter, comparison.filter_count - 1)
        self._tell()

    def forget(self) -> None:
        """Holds no result from now on."""
        self._comparison = None
        self._filter = 0
        self._jobs.drop(LOOK)

    def show_filter(self, index: int) -> None:
        """Takes another filter of the bank, which the panel shows already."""
        self._filter = index
        self._tell()

    def show_look(self, look: Look) -> None:
        """Takes another look; planes that it needs are worked out by a job."""
        self._look = look
        if self._comparison is None or self._is_ready():
            self._jobs.drop(LOOK)
            self._tell()
        else:
            self._jobs.submit(
                LOOK, tasks.prepare_planes, self._comparison, self._filter, look.error_mode
            )

    def _is_ready(self) -> bool:
        comparison = self._comparison
        return comparison is not None and planes.ready(
            comparison, self._filter, self._look.error_mode
        )

    def _tell(self) -> None:
        self.look_ready.emit(self._look)
        if self._comparison is not None and self._is_ready():
            self.planes_ready.emit(
                planes.prepare(self._comparison, self._filter, self._look.error_mode)
            )

    def _finished(self, kind: str, value: object) -> None:
        if kind == LOOK and cast(planes.Planes, value).mode == self._look.error_mode:
            self._tell()

    def _failed(self, kind: str, failure: Failure) -> None:
        # The panel then finds out itself, and what is wrong is told as for any fault.
        if kind == LOOK:
            self._tell()

    def _cancelled(self, kind: str) -> None:
        if kind == LOOK:
            self._tell()
