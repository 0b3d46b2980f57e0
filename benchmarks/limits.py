"""What the machine could do at best: arithmetic in registers, and copying in memory."""

from __future__ import annotations

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cyconv.isa import kernels

ROUNDS = 4_000_000
COPIED = 1 << 25


@dataclass(frozen=True)
class Limits:
    """Measured limits of so many threads together.

    Attributes
    ----------
    arithmetic : float
        Float32 multiplications and additions a second, in GFLOP/s.
    bandwidth : float
        Bytes read and written by a copy that fits no cache, in GB/s.
    """

    arithmetic: float
    bandwidth: float

    def bound(self, operations: int, traffic: int) -> tuple[str, float]:
        """Gives which limit binds, and the least seconds it allows."""
        computing = operations / self.arithmetic / 1e9
        moving = traffic / self.bandwidth / 1e9
        return ("arithmetic", computing) if computing >= moving else ("bandwidth", moving)


def _settle(cores: list[int]) -> None:
    """Keeps the calling thread on a core of its own, where the system allows it."""
    if cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {cores.pop()})


def _cores(threads: int) -> list[int]:
    cores = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else []
    return cores[:threads] if threads > 1 else []


def _compute(_: int) -> int:
    return int(kernels().peak.fused(np.array([0.5, 1.0], np.float32), ROUNDS))


class Gauge:
    """Measures the limits again and again, between the cases, as the rivals are measured.

    Its threads keep to a core each. Where these are virtual, they may be one real core's for a
    while, or somebody else may use them too: then they compute less, as all that is measured does.
    """

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(
            threads, initializer=_settle, initargs=(_cores(threads),)
        )
        self._arithmetic: list[float] = []
        self._bandwidth: list[float] = []
        self._source = np.ones((threads, COPIED // threads), np.uint8)
        self._target = np.empty_like(self._source)
        # The first time threads start and memory is touched: no measure of the machine.
        self.measure()
        self._arithmetic.clear()
        self._bandwidth.clear()

    def measure(self) -> None:
        """Adds one measurement of each."""
        start = time.perf_counter()
        made = sum(self._pool.map(_compute, range(self._threads)))
        self._arithmetic.append(made / (time.perf_counter() - start) / 1e9)
        start = time.perf_counter()
        list(self._pool.map(np.copyto, self._target, self._source))
        self._bandwidth.append(2 * COPIED / (time.perf_counter() - start) / 1e9)

    def part(self, last: int) -> float:
        """Gives what part of its best the machine computed when it was last measured so often."""
        return statistics.median(self._arithmetic[-last:]) / max(self._arithmetic)

    def limits(self) -> Limits:
        """Gives the best of what was measured."""
        return Limits(max(self._arithmetic), max(self._bandwidth))
