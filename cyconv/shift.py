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

    brisk : bool
        Whether more such work is likely to follow at once, as it does where the one that waits
        takes part in it: a thread that has worked then looks out for that before it sleeps.

    Attributes
    ----------
    brisk : bool
    failed : BaseException or None
        The first that came out of the work.
    ended : 1, intc
        Set once all is done. Left to the last thread that works: it had better not hold the
        interpreter when the waiting one sees that.
    """

    def __init__(self, work: Callable[[int], None], places: int, *, brisk: bool = False) -> None:
        self._work, self._left, self._busy, self._done = work, places, 0, False
        self.brisk = brisk
        self.failed: BaseException | None = None
        self._guard, self._over = threading.Lock(), threading.Lock()
        self._over.acquire()
        self.ended = np.zeros(1, np.intc)

    def join(self) -> bool:
        """Works in a place, if one is left; tells whether all is done, so that ``ended`` is due."""
        with self._guard:
            if self._left == 0:
                return False
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
            return self._end_if_done()

    def close(self) -> None:
        """Lets nobody join any more."""
        with self._guard:
            self._left = 0
            if self._end_if_done():
                self.ended[0] = 1

    def wait(self, timeout: float | None = None, *, busily: bool = False) -> bool:
        """Waits until all places are done with, at the most so many seconds, and tells if so."""
        if busily and probe.wait_busily(self.ended, LOOKS):
            return True
        over = self._over.acquire(timeout=-1 if timeout is None else timeout)
        if over:
            self._over.release()
        return over

    def _end_if_done(self) -> bool:
        """Lets a sleeper go on, once, if nobody works nor will; tells whether it was now."""
        if self._left or self._busy or self._done:
            return False
        self._done = True
        self._over.release()
        return True
