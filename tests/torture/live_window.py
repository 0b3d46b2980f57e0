"""The real window in a row of the scorecard: driven as a person would, and watched for faults."""

from __future__ import annotations

import faulthandler
import gc
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QPoint, Qt, QtMsgType
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from convgui import rescue, settings
from convgui.explain import is_fault
from convgui.export.figure_apart import DRAWER
from convgui.fence import FENCE
from convgui.main_window import MainWindow
from convgui.model.image import Image
from convgui.style import Appearance
from cyconv import oracle

PATIENCE = 25.0
"""Seconds that anything that was begun may take here before it counts as hung."""

FAULT = "Something went wrong in the program"


faulthandler.enable()


class Hung(Exception):
    """What was waited for did not come."""


class LiveWindow:
    """The window, as the program makes it, with all that goes wrong in it written down.

    Attributes
    ----------
    faults : list of str
        Exceptions that nothing caught, failures of jobs that are the program's own, and what Qt
        warned of.
    seen : list of str
        What stood in the message bar, one after the other.
    known : Image or None
        The small picture that :meth:`computes` shows.
    """

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication(["convgui"])
        self.faults: list[str] = []
        self.seen: list[str] = []
        self.known: Image | None = None
        self.net = rescue.Rescue()
        self.net.install()
        self._quietly()
        kept = settings.load()
        self.window = MainWindow(kept, Appearance(kept.theme))
        self.net.caught.connect(self.window.tell_caught)
        self.net.caught.connect(self._caught)
        self.window.jobs.failed.connect(self._failed)
        self.window.show()
        self.turn()

    def _quietly(self) -> None:
        """Leaves what is expected here out of what the row prints."""
        sys.__excepthook__, self._hook = lambda *_: None, sys.__excepthook__
        self._log_qt = rescue._log_qt

        def listen(kind: QtMsgType, context: object, text: str) -> None:
            quiet = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
            # Without a screen there is no window manager to tell of sizes.
            if not quiet and "propagateSizeHints" not in text:
                self.faults.append(f"Qt: {text}")
            self._log_qt(kind, context, text)

        rescue.qInstallMessageHandler(listen)

    def _caught(self, text: str, details: str) -> None:
        self.faults.append(f"{text}\n{details[-900:]}")
        self._note_message()

    def _failed(self, kind: str, failure: object) -> None:
        if is_fault(failure) and not isinstance(failure.error, MemoryError):
            self.faults.append(f"job {kind}: {failure.details[-900:]}")
        self._note_message()

    def turn(self) -> None:
        """Lets the window do what it has to, once."""
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self._note_message()

    def _note_message(self) -> None:
        text = self.message()
        if text and self.seen[-1:] != [text]:
            self.seen.append(text)

    def until(self, holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Goes on until something holds.

        Raises
        ------
        Hung
            If it did not come about.
        """
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise Hung(f"{what} did not come within {seconds:.0f} s")
            self.turn()
            time.sleep(0.001)

    def settle(self, seconds: float = PATIENCE) -> None:
        """Goes on until nothing runs and nothing is about to."""
        for _ in range(2):
            self.until(lambda: not self.window.jobs.busy(), "an end of all jobs", seconds)
            for _ in range(3):
                self.turn()

    def told(self, holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Goes on until something is told, or nothing is left that could tell it, not even a job
        that nobody waits for; gives whether it was."""
        # What has ended is told at the next look.
        for _ in range(3):
            self.until(lambda: holds() or not self._works(), "an end of all threads", seconds)
            self.turn()
            time.sleep(0.006)
        return holds()

    def _works(self) -> bool:
        window = self.window
        saver = window.sessions.autosaver if isValid(window.sessions) else None
        return window.jobs.alive() or (saver is not None and saver.busy())

    def show(self, image: Image, seconds: float = PATIENCE) -> None:
        """Shows an image as any that was read, and lets it be compared."""
        self.window.opener.opened.emit(image)
        self.settle(seconds)

    def computes(self) -> bool:
        """Tells whether a small picture still gives the right result, all the way to the screen."""
        pixels = np.random.default_rng(5).integers(0, 256, (14, 17, 3)).astype(np.uint8)
        self.known = Image(pixels, "known")
        self.trigger("reset")
        self.show(self.known)
        found = self.window.controller.comparison
        if found is None or found.request.image_name != "known":
            return False
        output = self.window.compare.pictures["exact"].view.layer
        request = found.request
        right = oracle.convolve(request.image, request.filters, request.geometry)
        index = self.window.compare.filter_index
        return output is not None and bool(
            np.allclose(output.pixels, right[index], rtol=1e-4, atol=1e-3)
        )

    def trigger(self, key: str) -> bool:
        """Chooses an entry of the menus, if it can be chosen now."""
        entry = self.window.menus.entries[key]
        if entry.isEnabled():
            entry.trigger()
        self.turn()
        return entry.isEnabled()

    def repaint(self, *widgets: QWidget, times: int = 3) -> None:
        """Draws widgets, or the whole window, to pictures that nobody looks at."""
        for widget in widgets or (self.window,):
            for _ in range(times):
                widget.grab()

    def point(self, view: QWidget, x: int, y: int) -> None:
        """Moves the pointer over a view."""
        QTest.mouseMove(view.viewport(), QPoint(x, y))
        self.turn()

    def key(self, widget: QWidget, key: Qt.Key) -> None:
        """Presses a key on a widget."""
        QTest.keyClick(widget, key)
        self.turn()

    def message(self) -> str:
        """Gives what stands in the message bar."""
        messages = self.window.messages
        if not isValid(messages) or not messages.isVisible():
            return ""
        return messages.text.text()

    def clear(self) -> None:
        """Forgets the faults and takes the message away."""
        self.faults.clear()
        self.net.forget()
        self.window.messages.clear()

    def close(self) -> None:
        """Ends it as the program ends."""
        self.window.close()
        self.window.deleteLater()
        self.turn()
        gc.collect()
        self.net.remove()
        sys.__excepthook__ = self._hook
        FENCE.close()
        DRAWER.close()


@contextmanager
def live_window() -> Iterator[LiveWindow]:
    """Gives the window for as long as it is wanted."""
    live = LiveWindow()
    try:
        yield live
    finally:
        live.close()


@contextmanager
def limited(case: str, seconds: float = 6 * PATIENCE) -> Iterator[None]:
    """Ends the row, with every thread's place, if a case hangs so that nothing can end it."""
    print("case:", case, flush=True)
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
