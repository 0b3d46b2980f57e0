"""Steps window by window by itself, never faster than what is shown keeps up with."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

SPEEDS = (1, 2, 5, 10, 20)
"""Windows a second."""
FIRST = 2


class Player(QObject):
    """A clock that can be turned on and off.

    Signals
    -------
    ticked()
        It is time for the next window.
    changed(bool)
        Whether it runs.
    """

    ticked = Signal()
    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self.set_speed(FIRST)

    @property
    def playing(self) -> bool:
        """Whether it runs."""
        return self._timer.isActive()

    def set_speed(self, windows: int) -> None:
        """Sets how many windows a second are shown, at the most."""
        self._timer.setInterval(round(1000 / windows))

    def set_playing(self, playing: bool) -> None:
        """Starts or stops."""
        if playing != self.playing:
            self._shown = True
            if playing:
                self._timer.start()
            else:
                self._timer.stop()
            self.changed.emit(playing)

    def arrived(self) -> None:
        """Takes note that what was asked for is shown."""
        self._shown = True

    def _tick(self) -> None:
        if self._shown:
            self._shown = False
            self.ticked.emit()
