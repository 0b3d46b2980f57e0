"""What plots have in common: a theme, a height, a frame while they have the focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .drawn import drawn

WIDTH = 30 * style.GRID
PAGE = 10


class Plot(QWidget):
    """Draws itself anew whenever anything changed; low places are on the left in every language.

    Parameters
    ----------
    height, least_width : int
        Pixels.
    across : QSizePolicy.Policy
        How it takes room across.
    """

    def __init__(
        self,
        height: int,
        least_width: int,
        across: QSizePolicy.Policy,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sizes = QSize(WIDTH, height), QSize(least_width, height)
        self._theme = style.LIGHT
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return self._sizes[0]

    def minimumSizeHint(self) -> QSize:
        return self._sizes[1]

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter)
            if self.hasFocus():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QColor(self._theme.muted))
                painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        raise NotImplementedError


def stepped(event: QKeyEvent, at: int, count: int) -> int | None:
    """Gives where a key leads among so many places, ten at a time with Shift.

    From nowhere, which is -1, an arrow leads to the middle. None if the key leads nowhere.
    """
    step = PAGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
    middle = (count - 1) // 2
    places = {
        Qt.Key.Key_Left: at - step if at >= 0 else middle,
        Qt.Key.Key_Right: at + step if at >= 0 else middle,
        Qt.Key.Key_Home: 0,
        Qt.Key.Key_End: count - 1,
    }
    if not count or event.key() not in places:
        return None
    return min(max(places[Qt.Key(event.key())], 0), count - 1)
