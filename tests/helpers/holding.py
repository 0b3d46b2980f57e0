"""What a test of the window could leave behind, listed in a few milliseconds."""

from __future__ import annotations

import gc
import os
import re
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from patience import WAIT_SECONDS
from PySide6.QtCore import QAbstractAnimation, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from convgui.export.figure_apart import DRAWER
from convgui.fence import FENCE
from cyconv import pool

# The pool of the kernels stays for the next run; it belongs to no window.
POOLS = ("cyconv",)
SHARED = re.compile(r"/dev/shm/\S+|/memfd:\S+|/SYSV\w+")
TICKING = (QTimer, QAbstractAnimation)


def held() -> dict[str, list[Any]]:
    """Gives all of each kind that is there now."""
    return {
        "widget": [each for each in QApplication.topLevelWidgets() if isValid(each)],
        "thread": [
            each for each in threading.enumerate() if not each.name.startswith(POOLS)
        ],
        "job of a pool": _pooled(),
        "ticking": [each for each in _of_python(TICKING) if _ticks(each)],
        "process": _processes(),
        "shared memory": _shared(),
    }  # fmt: skip


def _pooled() -> list[str]:
    """Gives what waits for a thread of the kernels or of Qt's."""
    until = time.monotonic() + WAIT_SECONDS
    # A place in a run that ended without it is given up as soon as a thread comes to run.
    while pool._shifts.qsize() and time.monotonic() < until:
        time.sleep(0.001)
    counts = {
        "waiting for a core": pool._shifts.qsize(),
        "of Qt's": QThreadPool.globalInstance().activeThreadCount(),
    }
    return [f"{count} {what}" for what, count in counts.items() if count]


def _of_python(kinds: tuple[type, ...]) -> list[Any]:
    """Gives the objects of some kinds; what is imported was taken out of this list for good."""
    # Not isinstance: proxies of other packages would be asked, and some answer by importing.
    return [each for each in gc.get_objects() if issubclass(type(each), kinds) and isValid(each)]


def _ticks(each: Any) -> bool:
    if isinstance(each, QTimer):
        return each.isActive()
    return each.state() == QAbstractAnimation.State.Running


def _processes() -> list[int]:
    """Gives the processes that were started and are still there, but for those that stay."""
    found: list[int] = []
    with suppress(FileNotFoundError):
        for task in os.listdir("/proc/self/task"):
            # A thread may end meanwhile.
            with suppress(OSError):
                found += map(int, Path(f"/proc/self/task/{task}/children").read_text().split())
    return [each for each in found if each not in (FENCE.process, DRAWER.process)]


def _shared() -> list[str]:
    with suppress(FileNotFoundError):
        return SHARED.findall(Path("/proc/self/maps").read_text())
    return []
