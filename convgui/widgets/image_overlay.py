"""What is drawn over a picture: the crosshair, the focus frame and the values in the pixels."""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from convgui import style

from .layer import Layer
from .view import Point, View

SMALLEST = 20.0
"""Points a pixel must be wide before its value is written into it."""
OUTLINED = 6.0
"""Points a pixel must be wide before the crosshair outlines it."""

_LIGHT, _DARK = QColor(255, 255, 255, 220), QColor(0, 0, 0, 70)
_ON_DARK, _ON_LIGHT = QColor(255, 255, 255, 230), QColor(0, 0, 0, 225)
_BRIGHTNESS = np.array([0.2126, 0.7152, 0.0722])


class Overlay:
    """Draws over one panel. Values are kept as a pixmap until the view changes."""

    def __init__(self) -> None:
        self._values: QPixmap | None = None
        self._values_of: tuple[Layer, View, QSize, float] | None = None

    def draw(
        self,
        painter: QPainter,
        layer: Layer,
        view: View,
        area: QSize,
        point: Point | None,
        veil: QColor | None,
    ) -> None:
        """Draws the values, if the pixels are large enough, the veil and the crosshair."""
        written = layer.grid.pitch_x * view.scale >= SMALLEST
        if written:
            self._draw_values(painter, layer, view, area)
        else:
            self.let_go()
        if veil is not None:
            painter.fillRect(QRectF(0, 0, area.width(), area.height()), veil)
        if point is not None:
            _draw_crosshair(painter, view.cell(area, layer, point), area, lines=not written)

    def let_go(self) -> None:
        """Keeps no values, which are as large as the panel, nor the picture that they are of."""
        self._values = self._values_of = None

    def _draw_values(self, painter: QPainter, layer: Layer, view: View, area: QSize) -> None:
        ratio = painter.device().devicePixelRatioF()
        wanted = (layer, view, QSize(area), ratio)
        if self._values is None or self._values_of != wanted:
            self._values = QPixmap(area * ratio)
            self._values.setDevicePixelRatio(ratio)
            self._values.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._values)
            try:
                _write_values(inner, layer, view, area)
            finally:
                inner.end()
            self._values_of = wanted
        painter.drawPixmap(QPointF(0, 0), self._values)


def draw_frame(painter: QPainter, area: QSize) -> None:
    """Draws the frame that shows where the keyboard is."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, inset in ((_DARK, 0.5), (_LIGHT, 1.5), (_LIGHT, 2.5), (_DARK, 3.5)):
        painter.setPen(QPen(colour, 1))
        painter.drawRect(QRectF(inset, inset, area.width() - 2 * inset, area.height() - 2 * inset))


def draw_shapes(
    painter: QPainter,
    view: View,
    area: QSize,
    region: QRectF | None,
    line: tuple[Point, Point] | None,
) -> None:
    """Draws the frame around a region and a line, light dashes on dark: seen on anything."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    dark = QColor(0, 0, 0, 160)
    for pen in (QPen(dark, 3), QPen(_LIGHT, 1, Qt.PenStyle.DashLine)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        if region is not None:
            painter.drawRect(view.on_screen(area, region))
        if line is not None:
            ends = (QRectF(*each, 0, 0) for each in line)
            painter.drawLine(QLineF(*(view.on_screen(area, each).topLeft() for each in ends)))


def strips(layer: Layer, view: View, area: QSize, point: Point) -> list[QRect]:
    """Gives the parts of the viewport that a crosshair covers."""
    whole = QRect(0, 0, area.width(), area.height())
    cell = view.cell(area, layer, point).toAlignedRect().adjusted(-3, -3, 3, 3)
    x, y = cell.center().x(), cell.center().y()
    return [
        QRect(x - 4, 0, 9, area.height()) & whole,
        QRect(0, y - 4, area.width(), 9) & whole,
        cell & whole,
    ]


def _draw_crosshair(painter: QPainter, cell: QRectF, area: QSize, *, lines: bool) -> None:
    """Draws two lines that stop short of the pixel, light with a dark edge: seen on anything.

    Without ``lines``, which would cross values out, the pixel is only outlined.
    """
    x, y = math.floor(cell.center().x()) + 0.5, math.floor(cell.center().y()) + 0.5
    gap = max(cell.width() / 2, 4.0)
    cross = [
        QLineF(x, -1, x, y - gap),
        QLineF(x, y + gap, x, area.height() + 1),
        QLineF(-1, y, x - gap, y),
        QLineF(x + gap, y, area.width() + 1, y),
    ]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_DARK, 3), (_LIGHT, 1)):
        painter.setPen(QPen(colour, width))
        if lines:
            painter.drawLines(cross)
        if cell.width() >= OUTLINED:
            painter.drawRect(cell)


def _write_values(painter: QPainter, layer: Layer, view: View, area: QSize) -> None:
    """Writes the value of every visible pixel, black or white, whichever reads better."""
    height, width = layer.size
    wide, high = layer.grid.pitch_x * view.scale, layer.grid.pitch_y * view.scale
    x, y = view.corner(area, layer, 0, 0)
    columns = range(max(0, math.floor(-x / wide)), min(width, math.ceil((area.width() - x) / wide)))
    rows = range(max(0, math.floor(-y / high)), min(height, math.ceil((area.height() - y) / high)))
    if not columns or not rows:
        return
    texts = {(row, column): layer.texts(row, column) for row in rows for column in columns}
    font = _fitting(texts.values(), wide, high)
    if font is None:
        return
    part = layer.pixels[rows.start : rows.stop, columns.start : columns.stop]
    bright = layer.colours(part) @ _BRIGHTNESS > 118
    painter.setFont(font)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    line = QFontMetricsF(font).height()
    for (row, column), lines in texts.items():
        dark_text = bright[row - rows.start, column - columns.start]
        painter.setPen(_ON_LIGHT if dark_text else _ON_DARK)
        left, top = x + column * wide, y + row * high + (high - line * len(lines)) / 2
        for number, text in enumerate(lines):
            place = QRectF(left, top + number * line, wide, line)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)


def _fitting(texts: Collection[list[str]], wide: float, high: float) -> QFont | None:
    """Gives the largest of three type sizes at which every text fits its pixel, if one does."""
    longest = max(len(line) for lines in texts for line in lines)
    count = max(len(lines) for lines in texts)
    for size in (style.TITLE, style.CAPTION, 9):
        font = style.font(size, tabular=True)
        metrics = QFontMetricsF(font)
        if (
            metrics.horizontalAdvance("0" * longest) + 2 <= wide
            and metrics.height() * count <= high
        ):
            return font
    return None
