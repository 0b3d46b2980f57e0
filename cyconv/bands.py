"""Work split into bands, run on a pool of threads, with progress and a way to stop.

A job is a function that works on its own share of the output and returns what it executed.
Jobs of one stage may run in any order on any thread; what they give must not depend on it.
"""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from .cost import Operations, Part
from .memory import CACHE_LINE
from .pool import crew, offer, together, use_cores
from .shift import Shift

Stop = NDArray[np.intc]
Job = Callable[[Stop], list[Part]]
Unit = Callable[[NDArray[np.intp], NDArray[np.intp], Stop], None]
Progress = Callable[[float, Operations], object]

TICK = 0.03
"""Seconds between two calls of ``progress``."""

NEARLY_ALL = math.nextafter(1.0, 0.0)
"""The most that is told of a run before its end, so that 1 is told once."""

BAND_OPERATIONS = 200_000_000
"""Multiplications in a band, at the most, unless one row has more."""

BAND_BYTES = 256 * 1024
"""Bytes of padded rows in a band, at the most, unless one row needs more: measured on caches of
48 KB and 2 MB, less and more are slower."""

LEAST_ROWS = 8
"""Rows of a band at the least where there are enough for four bands a thread: what windows of two
bands have in common is made ready for each of them."""

INLINE = 2_000_000
"""A stage of fewer multiplications runs on the calling thread: a pool would cost more."""

SHORT = 20_000_000
"""The same where somebody is told the progress. That one has work of its own, a window to draw:
a job that waits for the core which that takes makes a stage of milliseconds twice as long."""

MOST_THREADS = 256
"""More jobs at once than this would but wait for each other."""


class Cancelled(Exception):
    """Raised by a ``progress`` callback to end a run."""


_forced: int | None = None


def height_forced() -> int | None:
    """The rows that every band has for a while, or None."""
    return _forced


@contextmanager
def forced_height(rows: int | None) -> Iterator[None]:
    """Makes every band ``rows`` high for a while (for tests: it must change no result)."""
    global _forced
    before, _forced = _forced, rows
    try:
        yield
    finally:
        _forced = before


def cores() -> int:
    """The number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def split(
    rows: int, operations_per_row: int, bytes_per_row: int, threads: int, each: int = 2
) -> list[range]:
    """Splits output rows into bands, small enough for the cache and for a quick cancel.

    Parameters
    ----------
    rows : int
        Rows to split.
    operations_per_row, bytes_per_row : int
        Multiplications, and scratch memory, that one output row takes.
    threads, each : int
        Bands are at least so many times as many as threads, where the work is worth it.
    """
    height = most = min(
        max(1, BAND_OPERATIONS // max(1, operations_per_row)),
        max(1, BAND_BYTES // max(1, bytes_per_row)),
    )
    if threads > 1 and rows * operations_per_row > INLINE:
        least = LEAST_ROWS if rows >= 4 * threads * LEAST_ROWS else 1
        height = min(height, max(least, -(-rows // (each * threads))))
    # Kernels work on four rows at a time; a band that is no multiple leaves a slow rest.
    if height > 4:
        lower, higher = height // 4 * 4, -(-height // 4) * 4
        fits = higher <= most and _longest(rows, higher, threads) < _longest(rows, lower, threads)
        height = higher if fits else lower
    if _forced is not None:
        height = max(1, _forced)
    return [range(start, min(rows, start + height)) for start in range(0, rows, height)]


def _longest(rows: int, height: int, threads: int) -> int:
    """Gives the rows of the thread that has most to do, where all are equally fast."""
    return -(-rows // height // threads) * height


class Runner:
    """Runs the stages of one convolution and tells how far it is.

    Parameters
    ----------
    threads : int
        Jobs that run at once, at the most; :data:`MOST_THREADS` if there are more.
    expected : int
        Operations of the whole run, to tell the fraction done.
    progress : callable or None
        Called on the calling thread with the fraction done and the operations so far.
    """

    def __init__(self, threads: int, expected: int, progress: Progress | None) -> None:
        self.threads = min(threads, MOST_THREADS)
        self._expected = max(1, expected)
        self.progress = progress
        self._short = INLINE if progress is None else SHORT
        self._told = 0.0
        self._due = time.monotonic() + TICK if progress else 0.0
        self.executed = Operations()

    def expect(self, operations: int) -> None:
        """Corrects the operations expected, once the data have shown them."""
        self._expected = max(1, operations)

    def run(self, jobs: Iterable[Job], weight: int) -> None:
        """Runs one stage of ``weight`` multiplications; returns when all jobs are done.

        Raises
        ------
        Exception
            Whatever a job or the progress callback raises, once every job has stopped.
        """
        stop: Stop = np.zeros(1, np.intc)
        left = iter(jobs)
        if (self.threads == 1 and self.progress is None) or self.inline(weight):
            for job in left:
                self._add(job(stop))
                self._tell()
            return
        lock = threading.Lock()

        def work(_: int) -> None:
            while not stop[0]:
                with lock:
                    job = next(left, None)
                if job is None:
                    return
                parts = job(stop)
                with lock:
                    self._add(parts)

        self._on_threads(work, self.threads, stop, list)
        self._tell()

    def inline(self, weight: int) -> bool:
        """Tells whether a stage of so many multiplications is left to the calling thread."""
        return weight < self._short

    def sharing(self, units: int, weight: int) -> int:
        """Gives how many threads share a stage of so many units and multiplications."""
        return 1 if self.inline(weight) else min(self.threads, units)

    def share(
        self, work: Unit, units: int, parts: Callable[..., list[Part]], weight: int,
        counts: int = 1,
    ) -> list[int]:
        """Runs one stage whose units any thread may take, until none is left.

        Parameters
        ----------
        work : callable
            Called once a thread as ``work(following, made, stop)``: takes units by counting
            ``following`` up, and counts what it made in ``made``, outputs as a rule.
        units : int
            No more threads than this are of use.
        parts : callable
            Gives what it took to make so many.
        weight : int
            Multiplications of the stage.
        counts : int
            Counts in ``made``, 8 at the most; ``parts`` is called with as many.

        Returns
        -------
        list of int
            What all threads made.

        Raises
        ------
        Exception
            As :meth:`run` says.
        """
        threads = self.sharing(units, weight)
        stop: Stop = np.zeros(1, np.intc)
        # The next unit, and what each thread made: counts that share no cache line.
        following, *made = np.zeros((threads + 1, CACHE_LINE // 8), np.intp)

        def unit(index: int) -> None:
            work(following, made[index], stop)

        def so_far() -> list[int]:
            return [sum(each.item(count) for each in made) for count in range(counts)]

        if threads == 1 and (self.progress is None or self.inline(weight)):
            unit(0)
        else:
            self._on_threads(unit, threads, stop, lambda: parts(*so_far()))
        done = so_far()
        self._add(parts(*done))
        self._tell()
        return done

    def _on_threads(
        self, work: Callable[[int], None], threads: int, stop: Stop,
        unfinished: Callable[[], list[Part]],
    ) -> None:
        """Runs a stage on the pool's threads; the calling one works or tells the progress."""

        def watched(index: int) -> None:
            try:
                work(index)
            except BaseException:
                stop[0] = 1
                raise

        if self.progress is None:
            together(watched, threads)
            return
        places = min(threads, crew())
        shift = Shift(watched, places)
        try:
            offer(shift, places)
            if places:
                use_cores(beside_caller=False)
            else:
                work(threads - 1)
                shift.close()
            while not shift.wait(self._until_due()):
                self._tell(unfinished())
            if shift.failed is not None:
                raise shift.failed
        finally:
            stop[0] = 1
            shift.close()
            shift.wait()

    def _until_due(self) -> float | None:
        return max(0.0, self._due - time.monotonic()) if self.progress else None

    def count(self, parts: list[Part]) -> None:
        """Counts what was done outside of any stage, before it is known how much is left."""
        self._add(parts)

    def finish(self) -> None:
        """Tells the last of the progress: all done."""
        if self.progress is not None:
            self.progress(1.0, self.executed)

    def _add(self, parts: list[Part]) -> None:
        self.executed = Operations.summed([*self.executed.parts, *parts])

    def _tell(self, unfinished: list[Part] | None = None) -> None:
        """Tells how far the run is, unless that was told just now."""
        if self.progress is not None and time.monotonic() >= self._due:
            executed = self.executed
            if unfinished:
                executed = Operations.summed([*executed.parts, *unfinished])
            done = min(NEARLY_ALL, executed.total / self._expected)
            self._told = max(self._told, done)
            self.progress(self._told, executed)
            self._due = time.monotonic() + TICK
