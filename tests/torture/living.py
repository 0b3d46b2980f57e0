"""The window in the row's own process, and what the process holds: for rows that count."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, qInstallMessageHandler
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog
from shiboken6 import isValid

from convgui import settings
from convgui.main_window import MainWindow
from convgui.style import Appearance

PATIENCE = 60.0
SLICE_MS = 5
LIBC = ctypes.CDLL(None)


class Faults:
    """Collects exceptions that nobody caught and warnings of Qt's."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def catch(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Takes the place of Python's last resort."""
        self.told.append("".join(traceback.format_exception(kind, error, trace)))

    def qt(self, kind: object, context: object, text: str) -> None:
        """Takes the place of Qt's output."""
        # The platform without a screen has fewer abilities than one with.
        if not text.startswith("This plugin does not support"):
            self.told.append(f"Qt: {text}")


@contextmanager
def watched() -> Iterator[Faults]:
    """Collects faults for a while."""
    faults = Faults()
    sys.excepthook, before = faults.catch, sys.excepthook
    qInstallMessageHandler(faults.qt)
    # Nothing is shown beside the window: that would be another program's.
    real = QDesktopServices.openUrl
    QDesktopServices.openUrl = staticmethod(lambda url: True)
    try:
        yield faults
    finally:
        QDesktopServices.openUrl = real
        qInstallMessageHandler(None)
        sys.excepthook = before


def application() -> QApplication:
    """Gives the application, made if it is not there."""
    return QApplication.instance() or QApplication(["convgui"])


def window() -> MainWindow:
    """Gives a window that is shown."""
    kept = settings.load()
    made = MainWindow(kept, Appearance(kept.theme))
    made.show()
    return made


def turn(seconds: float = 0.0) -> None:
    """Lets the event loop turn, at least once, for so long."""
    until = time.monotonic() + seconds
    while True:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, SLICE_MS)
        if time.monotonic() >= until:
            return
        time.sleep(0.0005)


def until(holds: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Lets the event loop turn until something holds; gives the seconds, infinity if it never did.

    """
    began = time.monotonic()
    while not holds():
        if time.monotonic() - began > seconds:
            return float("inf")
        turn()
        time.sleep(0.0005)
    return time.monotonic() - began


def away(made: MainWindow) -> None:
    """Closes a window for good."""
    made.close()
    made.deleteLater()
    deliver()


def deliver() -> None:
    """Collects garbage, and delivers what is to be deleted later."""
    for _ in range(2):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def resident() -> int:
    """Gives the bytes of memory that the process holds, none that was only set aside.

    Pages of files, which are programs that run, are not among them: they come when a program first
    does something, and the system takes them back as it likes. What is written to is the process's.
    """
    with suppress(AttributeError):
        LIBC.malloc_trim(0)
    return _pages("RssAnon:", "RssShmem:")


def of_files() -> int:
    """Gives the bytes of files that the process has in memory: programs, for the most part."""
    return _pages("RssFile:")


def _pages(*kinds: str) -> int:
    lines = (line.split() for line in Path("/proc/self/status").read_text().splitlines())
    return 1024 * sum(int(line[1]) for line in lines if line[0] in kinds)


def children() -> int:
    """Gives how many processes this one has started that are still there."""
    return sum(
        len((task / "children").read_text().split())
        for task in Path("/proc/self/task").iterdir()
    )  # fmt: skip


def pooled() -> int:
    """Gives how many threads of Qt's own pool wait for work; it ends them by and by."""
    tasks = Path("/proc/self/task").iterdir()
    return sum((task / "comm").read_text().strip() == "Thread (pooled)" for task in tasks)


def shared_memory() -> int:
    """Gives how many pieces of shared memory the process has mapped, or has left for others."""
    mapped = Path("/proc/self/maps").read_text()
    return mapped.count("/dev/shm/") + mapped.count("/memfd:") + mapped.count("/SYSV")


def held(made: QObject | None = None) -> dict[str, int]:
    """Counts what the process holds, after all that can go has gone."""
    deliver()
    return {
        "descriptors": len(os.listdir("/proc/self/fd")),
        "threads": len(os.listdir("/proc/self/task")),
        "processes": children(),
        "shared memory": shared_memory(),
        "widgets": len(QApplication.allWidgets()),
        "top-level widgets": len(QApplication.topLevelWidgets()),
        "QObjects of the window": 0 if made is None else len(made.findChildren(QObject)),
        "QObjects of Python": sum(
            isinstance(each, QObject) and isValid(each) for each in gc.get_objects()
        ),
    }


def dialogs() -> list[QDialog]:
    """Gives the dialogs that are open."""
    return [
        each for each in QApplication.topLevelWidgets()
        if isinstance(each, QDialog) and each.isVisible()
    ]  # fmt: skip
