"""The threads that runs share, kept from run to run."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from ._native import probe

FEW_CORES = 8

_pool: ThreadPoolExecutor | None = None
_lock = threading.Lock()
_threads: dict[int, frozenset[int]] = {}
"""The pool's threads by their native number, and the cores that each was put on last."""


def shared_pool() -> ThreadPoolExecutor:
    """Gives the pool, one thread a core and at least two."""
    global _pool
    with _lock:
        if _pool is None:
            _pool = ThreadPoolExecutor(
                max(2, os.cpu_count() or 1), "cyconv", initializer=_begin
            )
        return _pool


def _begin() -> None:
    """Lets the program's other threads go first, so that a window answers beside full cores."""
    if sys.platform != "linux":
        return
    thread = threading.get_native_id()
    with suppress(OSError):
        nice = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, min(19, nice + 10))
    _threads[thread] = frozenset()


def use_cores(beside_caller: bool) -> None:
    """Says which cores the pool's threads may use: all, or all but the calling thread's.

    Linux likes to wake a thread on the core of the one that woke it. If that one then computes
    itself, the other waits behind it for milliseconds, longer than a small run takes. Among
    many cores it finds an idle one; there nothing is said.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError):
        cores = frozenset(os.sched_getaffinity(0))
        if len(cores) > FEW_CORES:
            return
        if beside_caller:
            cores = cores - {probe.core()} or cores
        for thread, before in list(_threads.items()):
            if before != cores:
                os.sched_setaffinity(thread, cores)
                _threads[thread] = cores


def _forget() -> None:
    global _pool, _lock
    _pool, _lock = None, threading.Lock()
    _threads.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
