"""Counts of errors as lines over each other; pointing at a bin says which it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .plot import Plot, stepped

HEIGHT = 20 * style.GRID
LINE = 2 * style.GRID
SPREAD = 7.0
"""Height of the line that shows where most of a technique's errors lie."""


@dataclass(frozen=True, eq=False)
class Curve:
    """One technique's counts.

    Attributes
    ----------
    name, colour : str
    counts : ndarray
    spread : (float, float, float) or None
        From where to where most of them lie and their middle, as shares of the width.
    """

    name: str
    colour: str
    counts: np.ndarray
    spread: tuple[float, float, float] | None = None


class HistogramView(Plot):
    """Draws curves; a bin is chosen while it is pointed at, and stays chosen after a click.

    Low is on the left in every language, as on the colour bars.

    Signals
    -------
    chosen(int)
        Another bin, or -1 for none.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, 20 * style.GRID, QSizePolicy.Policy.Expanding, parent)
        self._curves: tuple[Curve, ...] = ()
        self._ticks: tuple[tuple[float, str], ...] = ()
        self._logarithmic = True
        self._hovered = self._kept = self._told = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def bin(self) -> int:
        """The bin that is chosen, or -1."""
        return self._hovered if self._hovered >= 0 else self._kept

    def show_curves(self, curves: Sequence[Curve], ticks: Sequence[tuple[float, str]]) -> None:
        """Shows other counts, with texts at shares of the width; no bin is chosen any more."""
        self._curves, self._ticks = tuple(curves), tuple(ticks)
        self._hovered = self._kept = self._told = -1
        self.update()

    def set_logarithmic(self, logarithmic: bool) -> None:
        """Draws heights as logarithms of the counts, or as they are."""
        self._logarithmic = logarithmic
        self.update()

    def heights(self, counts: np.ndarray) -> np.ndarray:
        """Gives the heights of counts, 0 to 1; that of a single pixel can be seen."""
        most = max((int(each.counts.max(initial=0)) for each in self._curves), default=0)
        if not most:
            return np.zeros(len(counts))
        if self._logarithmic:
            return np.log1p(counts) / math.log1p(most)
        return counts / most

    def _count(self) -> int:
        return len(self._curves[0].counts) if self._curves else 0

    def _plot(self) -> QRectF:
        top = LINE / 2 + SPREAD * len(self._curves)
        return QRectF(1, top, self.width() - 2, self.height() - LINE - top)

    def _at(self, position: QPointF) -> int:
        plot = self._plot()
        share = (position.x() - plot.left()) / max(plot.width(), 1)
        return min(max(int(share * self._count()), 0), self._count() - 1)

    def _tell(self) -> None:
        self.update()
        if self.bin != self._told:
            self._told = self.bin
            self.chosen.emit(self.bin)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._at(event.position())
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._curves:
            at = self._at(event.position())
            self._kept = -1 if at == self._kept else at
            self._tell()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = stepped(event, self.bin, self._count())
        if place is not None:
            self._hovered, self._kept = -1, place
        elif event.key() == Qt.Key.Key_Escape and self._kept >= 0:
            self._hovered = self._kept = -1
        else:
            event.ignore()
            return
        self._tell()

    def _paint(self, painter: QPainter) -> None:
        theme, plot = self._theme, self._plot()
        if self.bin >= 0 and self._curves:
            wide = plot.width() / self._count()
            band = QRectF(plot.left() + self.bin * wide, 0, max(wide, 2.0), plot.bottom())
            painter.fillRect(band, QColor(theme.selection))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, curve in enumerate(self._curves):
            self._draw_curve(painter, curve, plot)
            self._draw_spread(painter, curve, plot, LINE / 4 + SPREAD * (place + 0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QColor(theme.hairline))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        self._write_ticks(painter, plot)

    def _draw_curve(self, painter: QPainter, curve: Curve, plot: QRectF) -> None:
        tops = plot.bottom() - self.heights(curve.counts) * plot.height()
        wide = plot.width() / len(tops)
        steps = QPolygonF()
        for place, top in enumerate(tops):
            steps.append(QPointF(plot.left() + place * wide, top))
            steps.append(QPointF(plot.left() + (place + 1) * wide, top))
        area = QPolygonF([plot.bottomLeft(), *steps, plot.bottomRight()])
        colour = QColor(curve.colour)
        painter.setPen(Qt.PenStyle.NoPen)
        colour.setAlphaF(0.22)
        painter.setBrush(colour)
        painter.drawPolygon(area)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(curve.colour), 1.25))
        painter.drawPolyline(steps)

    def _draw_spread(self, painter: QPainter, curve: Curve, plot: QRectF, y: float) -> None:
        """Draws a line over most of the errors, and a dot at their middle."""
        if curve.spread is None:
            return
        low, high, middle = (plot.left() + each * plot.width() for each in curve.spread)
        painter.setPen(QPen(QColor(curve.colour), 2))
        painter.drawLine(QPointF(low, y), QPointF(max(high, low + 1), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(curve.colour))
        painter.drawEllipse(QPointF(middle, y), 3, 3)

    def _write_ticks(self, painter: QPainter, plot: QRectF) -> None:
        font = style.font(style.CAPTION, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        for share, text in self._ticks:
            wide = metrics.horizontalAdvance(text) + 1
            x = plot.left() + share * plot.width()
            painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3))
            left = min(max(x - wide / 2, 0.0), self.width() - wide)
            place = QRectF(left, plot.bottom() + 2, wide, LINE - 2)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
