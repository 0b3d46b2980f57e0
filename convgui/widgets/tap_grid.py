"""A window as a grid of cells: values on a colour, the padding hatched, one tap pointed at."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convgui import style

from .coloured import Coloured
from .drawn import drawn
from .short_numbers import fitted, room_for_zeros
from .tap_cells import WRITTEN, Cells, Tap, cell_size, words

TITLE = 20
SIGN = 18
"""Points that the operator before a grid takes."""
STRONG = 0.8
_MOVES = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class TapGrid(Coloured):
    """Shows :class:`Cells`; never turned round, for a window is no text.

    Signals
    -------
    pointed((row, column) or None)
        The tap under the pointer, or under the arrow keys.
    """

    pointed = Signal(object)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._sign = title, ""
        self._cells = Cells(np.zeros((1, 1)))
        self._tap: Tap | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    @property
    def cells(self) -> Cells:
        """What is shown."""
        return self._cells

    @property
    def tap(self) -> Tap | None:
        """The tap that is outlined."""
        return self._tap

    def show_cells(self, cells: Cells, title: str, sign: str = "") -> None:
        """Shows other values under a title, behind an operator."""
        resized = cells.values.shape != self._cells.values.shape or bool(sign) != bool(self._sign)
        self._cells, self._title, self._sign = cells, title, sign
        self.setAccessibleName(title)
        rows, columns = cells.values.shape
        shown = ", ".join(words(float(each)) for each in cells.values.ravel()[:49])
        self.setAccessibleDescription(f"{rows} × {columns}: {shown}")
        if resized:
            self.updateGeometry()
        self.update()

    def set_tap(self, tap: Tap | None) -> None:
        """Outlines a tap, or none."""
        if tap != self._tap:
            self._tap = tap
            self.update()

    def sizeHint(self) -> QSize:
        rows, columns = self._cells.values.shape
        width, height, _ = cell_size(rows, columns)
        title = QFontMetricsF(style.font(style.CAPTION)).horizontalAdvance(self._title)
        body = max(columns * width + 2, round(title) + 2)
        return QSize(self._left() + body, TITLE + rows * height + 2)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _left(self) -> int:
        return SIGN if self._sign else 0

    def tap_at(self, place: QPoint) -> Tap | None:
        """Gives the tap at a point of this widget."""
        rows, columns = self._cells.values.shape
        width, height, _ = cell_size(rows, columns)
        column, row = (place.x() - self._left()) // width, (place.y() - TITLE) // height
        return (row, column) if 0 <= row < rows and 0 <= column < columns else None

    def centre_of(self, tap: Tap) -> QPoint:
        """Gives the middle of a tap's cell."""
        width, height, _ = cell_size(*self._cells.values.shape)
        return QPoint(
            self._left() + tap[1] * width + width // 2, TITLE + tap[0] * height + height // 2
        )

    def _place(self, row: int, column: int) -> QRectF:
        width, height, _ = cell_size(*self._cells.values.shape)
        left, top = self._left() + column * width + 0.5, TITLE + row * height + 0.5
        return QRectF(left, top, width, height)

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setOpacity(self._opacity)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        cells, theme = self._cells, self._theme
        rows, columns = cells.values.shape
        painter.setFont(style.font(style.CAPTION))
        painter.setPen(QColor(theme.muted))
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        title = QRectF(self._left(), 0, self.width() - self._left(), TITLE)
        painter.drawText(title, align, self._title)
        if self._sign:
            painter.setFont(style.font(style.TITLE, semibold=True))
            painter.setPen(QColor(theme.text))
            body = QRectF(0, TITLE, SIGN, self.height() - TITLE)
            painter.drawText(body, Qt.AlignmentFlag.AlignCenter, self._sign)
        texts = self._texts()
        painter.setFont(self._font())
        for row in range(rows):
            for column in range(columns):
                self._draw(painter, row, column, texts[row][column] if texts else "")
        if self._tap is not None and self._tap[0] < rows and self._tap[1] < columns:
            place = self._place(*self._tap)
            for colour, width in ((theme.panel, 4), (theme.text, 2)):
                painter.setPen(QPen(QColor(colour), width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(place)

    def _font(self) -> QFont:
        few = max(self._cells.values.shape) <= WRITTEN[0][0]
        return style.font(style.CAPTION if few else style.CAPTION - 2, tabular=True)

    def _texts(self) -> list[list[str]]:
        """Gives what is written into the cells; nothing where they are too small."""
        values = self._cells.values
        width, _, written = cell_size(*values.shape)
        if not written:
            return []
        advance = QFontMetricsF(self._font()).horizontalAdvance
        zero = room_for_zeros(values, width - 4.0, advance)
        return [fitted(row, width - 4.0, advance, zero) for row in values]

    def _draw(self, painter: QPainter, row: int, column: int, text: str) -> None:
        cells, theme, place = self._cells, self._theme, self._place(row, column)
        at = row, column
        if cells.absent is not None and cells.absent[at]:
            return
        ground = self._ground(float(cells.values[at]))
        painter.fillRect(place, ground)
        outside = cells.outside is not None and cells.outside[at]
        if outside:
            painter.fillRect(place, QColor(theme.panel))
            hatch = QColor(theme.muted)
            hatch.setAlphaF(0.55)
            painter.fillRect(place, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        painter.setPen(QPen(QColor(theme.hairline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        if text:
            light = ground.lightnessF() > 0.5 or (outside and not theme.dark)
            ink = QColor("#1c1c1e" if light else "#f2f2f2")
            if not cells.grey or outside:
                ink = QColor(theme.text)
            if cells.faint is not None and cells.faint[at]:
                ink = QColor(theme.muted)
                ink.setAlphaF(0.6)
            painter.setPen(ink)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        if cells.crossed is not None and cells.crossed[at]:
            painter.setPen(QPen(QColor(theme.text), 1))
            inner = place.adjusted(3, 3, -3, -3)
            painter.drawLine(inner.topLeft(), inner.bottomRight())
            painter.drawLine(inner.topRight(), inner.bottomLeft())

    def _ground(self, value: float) -> QColor:
        """Gives the colour behind a value: its grey, or its technique's, stronger or weaker."""
        cells = self._cells
        reach = cells.high - cells.low if cells.grey else cells.high
        if not np.isfinite(value):
            return QColor(self._theme.error_background)
        if cells.grey:
            level = round(255 * min(max((value - cells.low) / (reach or 1.0), 0.0), 1.0))
            return QColor(level, level, level)
        strength = STRONG * min(abs(value) / reach, 1.0) if reach > 0 else 0.0
        other = QColor(self._colour if value >= 0 else self._theme.muted)
        ground = QColor(self._theme.panel)
        mixed = (
            round(one + (two - one) * strength)
            for one, two in zip(ground.getRgb()[:3], other.getRgb()[:3], strict=True)
        )
        return QColor(*mixed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.tap_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._tap is None:
            self.pointed.emit((0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pointed.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if move is None:
            super().keyPressEvent(event)
            return
        rows, columns = self._cells.values.shape
        row, column = self._tap or (0, 0)
        self.pointed.emit((
            min(max(row + move[0], 0), rows - 1), min(max(column + move[1], 0), columns - 1)
        ))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tap = self.tap_at(event.pos())
            if tap is not None:
                text = f"{tap[1]}, {tap[0]}: {words(float(self._cells.values[tap]))}"
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

