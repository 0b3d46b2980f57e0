"""The threads that runs share, kept from run to run."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from ._native import probe
from .shift import Shift

CORES = os.cpu_count() or 1
"""Asked for once: the system reads a file to tell."""

FEW_CORES = 8

LOOKS = 12_000
"""Looks for more work before a thread sleeps: some 300 microseconds, what lies between a layer and
the next. Waking one takes 50, and as much again where it must wait for the interpreter."""

LET_GO = 1200
"""Looks from a call for work to where who called has let go of the interpreter."""

_shifts: queue.SimpleQueue[Shift] = queue.SimpleQueue()
"""Who of the pool's threads has nothing to do takes the next."""

_calls = np.zeros(1, np.intp)
"""How often somebody has called for work; who looks out for it need not be woken."""

_lock = threading.Lock()
_crew: list[threading.Thread] = []
_threads: dict[int, frozenset[int]] = {}
"""The pool's threads by their native number, and the cores that each was put on last."""


def crew() -> int:
    """Starts the pool's threads if need be and gives their number: one a core, at least two.

    None where the system has none to give, or the interpreter ends.
    """
    if sys.is_finalizing():
        return 0
    with _lock, suppress(RuntimeError):
        for number in range(len(_crew), max(2, CORES)):
            thread = threading.Thread(target=_serve, name=f"cyconv_{number}", daemon=True)
            thread.start()
            _crew.append(thread)
    return len(_crew)


def offer(shift: Shift, places: int) -> None:
    """Lets so many threads of the pool join in, once they are free."""
    for _ in range(places):
        _shifts.put(shift)


def together(work: Callable[[int], None], threads: int) -> None:
    """Runs work on the calling thread and on some of the pool's; returns when all have ended.

    Parameters
    ----------
    work : callable
        Called once a thread with its number, ``threads - 1`` on the calling one. If others never
        get to it, that one must do it all.
    threads : int

    Raises
    ------
    BaseException
        The first that comes out of the work.
    """
    places = min(threads - 1, crew())
    shift = Shift(work, places, brisk=True)
    try:
        offer(shift, places)
        if places:
            use_cores(beside_caller=True)
            probe.call(_calls)
        work(threads - 1)
        # Who has not begun by now would find nothing left.
        shift.close()
        shift.wait(busily=True)
    finally:
        # Whatever interrupts this thread, nobody writes any more once it goes on.
        shift.close()
        shift.wait()
    if shift.failed is not None:
        raise shift.failed


def _serve() -> None:
    _begin()
    while True:
        shift = _shifts.get()
        calls = int(_calls[0])
        done = shift.join()
        looks = LOOKS if shift.brisk and _shifts.empty() else 0
        probe.look_out(shift.ended if done else None, _calls, calls, looks, LET_GO)
        del shift


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
    global _shifts, _lock
    _shifts, _lock = queue.SimpleQueue(), threading.Lock()
    _crew.clear()
    _threads.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)
