"""Closing a dock brings back the one that it came in front of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow


class DockTurns(QObject):
    """Remembers in which order docks came to the front.

    Qt shows the neighbour of a tab that is closed, whichever was seen before.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._order: list[QDockWidget] = []
        self._wanted: QDockWidget | None = None
        # Once Qt has shown what it shows.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._bring_back)

    def add(self, dock: QDockWidget) -> None:
        """Takes a dock in."""
        dock.visibilityChanged.connect(self._note)

    def _note(self, seen: bool) -> None:
        dock = self.sender()
        if not isinstance(dock, QDockWidget):
            return
        if seen:
            # Behind one that is closed just now, it is Qt that brought it forward.
            if not self._order or not self._order[-1].isHidden():
                self._order = [*(each for each in self._order if each is not dock), dock]
        elif dock.isHidden() and dock in self._order:
            last = self._order[-1] is dock
            self._order.remove(dock)
            self._wanted = self._before(dock) if last else None
            self._later.start()

    def _before(self, closed: QDockWidget) -> QDockWidget | None:
        area = self._window.dockWidgetArea(closed)
        before: Sequence[QDockWidget] = [
            each for each in self._order
            if not each.isHidden() and not each.isFloating()
            and self._window.dockWidgetArea(each) == area
        ]  # fmt: skip
        return before[-1] if before else None

    def _bring_back(self) -> None:
        if self._wanted is not None and not self._wanted.isHidden():
            self._wanted.raise_()
        self._wanted = None
