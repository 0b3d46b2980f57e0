"""What the machine could do at best: arithmetic in registers, and copying in memory."""

from __future__ import annotations

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


def _compute(_: int) -> int:
    return int(kernels().peak.fused(np.array([0.5, 1.0], np.float32), ROUNDS))


class Gauge:
    """Measures the limits again and again, between the cases, as the rivals are measured."""

    def __init__(self, threads: int) -> None:
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads)
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

    def limits(self) -> Limits:
        """Gives the best of what was measured: threads are not always put on cores at once."""
        return Limits(max(self._arithmetic), max(self._bandwidth))
