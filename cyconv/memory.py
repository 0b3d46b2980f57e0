"""Memory that a run takes, counted as it is taken, and refused before it is too much."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

CACHE_LINE = 64

SPARE_BYTES = 24 * 2**20
"""Bytes that are kept for the next run, at the most; they are no run's own."""

SMALL = 16 * 2**20
"""Bytes that are had without asking what the machine has left: asking takes time."""


LIMITS = (
    ("/sys/fs/cgroup/memory.max", "memory.current", "inactive_file"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"),
)
"""Where Linux tells how much a container may take (control groups 2 and 1); in files beside it, how
much it takes, and how much of that are files kept for a next reader, which make room at once."""


def available() -> int | None:
    """Bytes of memory that could still be had here, or None where nothing says so."""
    known = [limit for limit in (_machine(), _container()) if limit is not None]
    return min(known, default=None)


def _container() -> int | None:
    """Bytes that the container may still take, or None where it has no limit."""
    for path, usage, files in LIMITS:
        try:
            with open(path, encoding="ascii") as limit:
                most = int(limit.read())
        except (OSError, ValueError):
            continue
        taken = _stated(Path(path).with_name(usage), "")
        return max(0, most - max(0, taken - _stated(Path(path).with_name("memory.stat"), files)))
    return None


def _stated(path: Path, name: str) -> int:
    """Gives the number in a file, or in the line that begins with ``name``; 0 without one."""
    try:
        with open(path, encoding="ascii") as lines:
            for line in lines:
                words = line.split()
                if words[:-1] == name.split():
                    return int(words[-1])
    except (OSError, ValueError):
        pass
    return 0


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


class Spare:
    """Blocks that were given back, kept for whoever asks next.

    A block fresh from the system costs a page fault every 4 KiB when it is first written, as
    much as a fast kernel takes to work on it.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._blocks: list[NDArray[np.uint8]] = []

    def take(self, count: int) -> NDArray[np.uint8]:
        """Gives a block of at least ``count`` bytes, and at most twice as many, that begins at a
        cache line."""
        with self._lock:
            for index, block in enumerate(self._blocks):
                if count <= block.size <= 2 * count:
                    return self._blocks.pop(index)
        return _aligned(count)

    def give(self, block: NDArray[np.uint8]) -> None:
        """Takes a block back; lets the oldest go where they are too much."""
        with self._lock:
            self._blocks.append(block)
            while sum(each.size for each in self._blocks) > SPARE_BYTES:
                self._blocks.pop(0)

    def clear(self) -> None:
        """Lets all blocks go."""
        with self._lock:
            self._blocks.clear()


SPARE = Spare()


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
        count = self.asked(shape, dtype)
        return _aligned(count).view(dtype).reshape(shape)

    def asked(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> int:
        """Counts an array before it is made, and gives its bytes."""
        size = math.prod(shape) if isinstance(shape, tuple) else shape
        count = size * np.dtype(dtype).itemsize
        require(count, "what the technique keeps")
        self.count(count + CACHE_LINE)
        return count

    def borrow(self, shape: int | tuple[int, ...], dtype: DTypeLike) -> Loan:
        """Gives an array, in a ``with``, that is held until the block ends; its memory is used
        again."""
        return Loan(self, shape, dtype)

    @contextmanager
    def holding(self, nbytes: int) -> Iterator[None]:
        """Counts bytes that somebody else made, until the block ends."""
        self.count(nbytes)
        try:
            yield
        finally:
            self.count(-nbytes)


class Loan:
    """An array lent until the end of a ``with`` block."""

    __slots__ = ("_block", "_count", "_dtype", "_ledger", "_shape")

    def __init__(
        self, ledger: Ledger, shape: int | tuple[int, ...], dtype: DTypeLike
    ) -> None:
        self._ledger, self._shape, self._dtype = ledger, shape, dtype

    def __enter__(self) -> NDArray[Any]:
        self._count = self._ledger.asked(self._shape, self._dtype)
        self._block = SPARE.take(self._count)
        return self._block[: self._count].view(self._dtype).reshape(self._shape)

    def __exit__(self, *_: object) -> None:
        SPARE.give(self._block)
        self._ledger.count(-self._count - CACHE_LINE)


def _aligned(count: int) -> NDArray[np.uint8]:
    """Gives a block of ``count`` bytes that begins at a cache line."""
    block = np.empty(count + CACHE_LINE, np.uint8)
    start = -block.ctypes.data % CACHE_LINE
    return block[start : start + count]
