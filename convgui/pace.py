"""What a drag puts off, so that results follow the slider: they come first, the rest can wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

LATE_MS = 30


class Pace(QObject):
    """Knows whether something is dragged, and whether something of it was not told yet.

    Parameters
    ----------
    parent : QObject
    tell : callable
        Tells what was put off; a method of the parent.

    Signals
    -------
    started(), finished()
        A drag begins, or is over and told whole.
    """

    started = Signal()
    finished = Signal()

    def __init__(self, parent: QObject, tell: Callable[[], None]) -> None:
        super().__init__(parent)
        self._number = 0
        self._dragging = False
        self._told: object = None
        self._late = QTimer(self, singleShot=True, interval=LATE_MS)
        self._late.timeout.connect(tell)
        self._tell = tell

    def begin(self) -> None:
        """Notes that what changes from here on is one drag."""
        self._number += 1
        self._dragging = True
        self.started.emit()

    def end(self) -> None:
        """Notes that the drag is over."""
        self.catch_up()
        self._dragging = False
        self.finished.emit()

    def step(self, key: str) -> tuple[str, int] | None:
        """Gives what the changes of one drag share, by which they are one step of undo."""
        return (key, self._number) if self._dragging else None

    def put_off(self, busy: bool) -> bool:
        """Tells whether a change is told later: in a drag, while a run is under way.

        It is then told when that run ends (see :meth:`catch_up`), soon in any case. A pointer
        moves several times in the time of a run.
        """
        if not self._dragging or not busy:
            self._late.stop()
            return False
        if not self._late.isActive():
            self._late.start()
        return True

    def catch_up(self) -> None:
        """Tells what was put off."""
        if self._late.isActive():
            self._late.stop()
            self._tell()

    def is_news(self, states: object) -> bool:
        """Tells whether entries are to be greyed anew: in a drag only if a state is another one."""
        if self._dragging and states == self._told:
            return False
        self._told = states
        return True
