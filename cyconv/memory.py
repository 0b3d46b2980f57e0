"""Memory that a run takes, counted as it is taken, and refused before it is too much."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CACHE_LINE = 64

SMALL = 16 * 2**20
"""Bytes that are had without asking what the machine has left: asking takes time."""


LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
"""Where Linux tells how much a container may take (control groups 2 and 1)."""


def available() -> int | None:
    """Bytes of memory that could still be had here, or None where nothing says so."""
    known = [limit for limit in (_machine(), _container()) if limit is not None]
    return min(known, default=None)


def _container() -> int | None:
    """Bytes that the container may take in all, or None where it has no limit."""
    for path in LIMITS:
        try:
            with open(path, encoding="ascii") as limit:
                return int(limit.read())
        except (OSError, ValueError):
            continue
    return None


def _machine() -> int | None:
    """Bytes that the machine could still give, or None where it does not say."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            for line in lines:
                if line.startswith("MemAvailable:"):
                    return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None


def require(count: int, what: str) -> None:
    """Raises MemoryError if ``count`` bytes for ``what`` can't be had."""
    if count <= SMALL:
        return
    limit = available()
    if count > np.iinfo(np.intp).max or (limit is not None and count > limit):
        free = "" if limit is None else f", only {limit / 2**20:,.0f} MiB are free"
        raise MemoryError(f"{what} would take {count / 2**20:,.0f} MiB{free}")


class Ledger:
    """Hands out arrays and remembers the most that was held at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = 0
        self.most = 0

    def count(self, nbytes: int) -> None:
        """Notes that ``nbytes`` more are held (fewer, where negative)."""
        with self._lock:
            self._held += nbytes
            self.most = max(self.most, self._held)

    def array(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
        """Gives an array, aligned to a cache line, that is held to the end of the run."""
        size = math.prod(shape) if isinstance(shape, tuple) else shape
        count = size * np.dtype(dtype).itemsize
        require(count, "what the technique keeps")
        self.count(count + CACHE_LINE)
        room = np.empty(count + CACHE_LINE, np.uint8)
        start = -room.ctypes.data % CACHE_LINE
        return room[start : start + count].view(dtype).reshape(shape)

    @contextmanager
    def borrow(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> Iterator[NDArray[Any]]:
        """Gives an array that is held until the block ends."""
        array = self.array(shape, dtype)
        try:
            yield array
        finally:
            self.count(-array.nbytes - CACHE_LINE)
