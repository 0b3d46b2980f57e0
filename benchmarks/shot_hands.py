"""Lets a window work until it is ready for its picture, or for the next step."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from convgui.main_window import MainWindow

PATIENCE = 30.0


def wait(until: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Lets the window work until something holds."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to the state that was waited for")
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def settle(window: MainWindow, seconds: float = 0.4) -> None:
    """Lets all jobs end and what is to be painted be painted."""
    wait(lambda: not window.jobs.busy())
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)
