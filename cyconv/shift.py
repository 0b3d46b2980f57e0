"""Work that threads do together, each its share, and that one waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np

from ._native import probe

LOOKS = 2000
"""Looks for the end before one sleeps: some 50 microseconds, what being woken takes."""


class Shift:
    """Work that threads join in, once each, as long as there are places.

    Parameters
    ----------
    work : callable
        Called with the number of the place, counted from 0.
    places : int

    Attributes
    ----------
    failed : BaseException or None
        The first that came out of the work.
    """

    def __init__(self, work: Callable[[int], None], places: int) -> None:
        self._work, self._left, self._busy = work, places, 0
        self.failed: BaseException | None = None
        self._guard, self._over = threading.Lock(), threading.Lock()
        self._over.acquire()
        self._ended = np.zeros(1, np.intc)

    def join(self) -> None:
        """Works in a place, if one is left."""
        with self._guard:
            if self._left == 0:
                return
            self._left -= 1
            self._busy += 1
            place = self._left
        failed: BaseException | None = None
        try:
            self._work(place)
        except BaseException as error:
            failed = error
        with self._guard:
            self._busy -= 1
            self.failed = self.failed or failed
            self._end_if_done()

    def close(self) -> None:
        """Lets nobody join any more."""
        with self._guard:
            self._left = 0
            self._end_if_done()

    def wait(self, timeout: float | None = None, *, busily: bool = False) -> bool:
        """Waits until all places are done with, at the most so many seconds, and tells if so."""
        if busily and probe.wait_busily(self._ended, LOOKS):
            return True
        over = self._over.acquire(timeout=-1 if timeout is None else timeout)
        if over:
            self._over.release()
        return over

    def _end_if_done(self) -> None:
        if not (self._left or self._busy or self._ended[0]):
            self._ended[0] = 1
            self._over.release()
