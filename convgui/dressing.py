"""Another theme is put on step by step, so that the window goes on listening meanwhile.

To dress a thousand widgets takes Qt a twentieth of a second, and to paint them all as long again.
"""

from __future__ import annotations

import time
from collections import deque

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

STEP_MS, STEP_SECONDS = 10, 0.005
"""Between two steps with what is not seen, and how long one of them is."""
# What Qt keeps of drawn icons and frames: a window uses 1.3 MB; of dialogs long closed it kept 10.
PIXMAPS_KB = 2048


def limit_pixmaps() -> None:
    """Keeps Qt from keeping what was drawn long ago."""
    QPixmapCache.setCacheLimit(PIXMAPS_KB)


def polish(widget: QWidget) -> None:
    """Lets a widget take its colours out of the palette again, which it only does when asked."""
    if isValid(widget):
        widget.style().polish(widget)


def polish_all() -> None:
    """Does so with every widget there is, at once."""
    for widget in QApplication.allWidgets():
        polish(widget)


class Dresser(QObject):
    """Polishes all widgets after the palette was changed.

    First those that are seen, while nothing is painted, so that nobody sees the half of it; what
    is not seen then follows bit by bit.

    Signals
    -------
    seen()
        All that is seen is polished.
    """

    seen = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._still: list[QWidget] = []
        self._unseen: deque[QWidget] = deque()
        self._first = QTimer(self, singleShot=True, interval=0)
        self._first.timeout.connect(self._polish_seen)
        self._then = QTimer(self, singleShot=True, interval=0)
        self._then.timeout.connect(self._let_paint)
        self._steps = QTimer(self, interval=STEP_MS)
        self._steps.timeout.connect(self._step)

    @property
    def busy(self) -> bool:
        """Whether something still wears the old theme."""
        timers = self._first, self._then, self._steps
        return any(timer.isActive() for timer in timers)

    def begin(self) -> None:
        """Polishes everything soon; at once where nothing is seen."""
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        if not shown:
            polish_all()
            self.seen.emit()
            return
        for window in shown:
            if window.updatesEnabled():
                window.setUpdatesEnabled(False)
                self._still.append(window)
        self._steps.stop()
        self._first.start()

    def _polish_seen(self) -> None:
        # Painted in a step of its own, whatever happens in this one.
        self._then.start()
        self._unseen.clear()
        for widget in QApplication.allWidgets():
            if widget.isVisible():
                polish(widget)
            elif widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
                self._unseen.append(widget)
        self.seen.emit()

    def _let_paint(self) -> None:
        self._steps.start()
        still, self._still = self._still, []
        for window in still:
            if isValid(window):
                window.setUpdatesEnabled(True)

    def _step(self) -> None:
        until = time.monotonic() + STEP_SECONDS
        while self._unseen and time.monotonic() < until:
            polish(self._unseen.popleft())
        if not self._unseen:
            self._steps.stop()
