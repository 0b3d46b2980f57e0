"""Curves over a common axis, with units, a legend and what they are at one place."""

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

from .layer import decimals, number
from .plot import Plot, stepped
from .profile_view import Trace, polyline

HEIGHT = 24 * style.GRID
LINE = 2 * style.GRID
TICKS = 4


@dataclass(frozen=True, eq=False)
class Graph:
    """One curve over the numbers from 0 on.

    Attributes
    ----------
    name : str
    colour : str
        "" for that of text.
    values : ndarray
    dashed : bool
    """

    name: str
    colour: str
    values: np.ndarray
    dashed: bool = False


def nice_ticks(most: float) -> list[float]:
    """Gives round numbers from 0 to at least the most, some four of them."""
    if not (math.isfinite(most) and most > 0):
        return [0.0, 1.0]
    rough = most / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each * power for each in (1, 2, 2.5, 5, 10) if each * power >= rough * 0.999)
    return [step * at for at in range(math.ceil(most / step - 1e-9) + 1)]


class LinePlot(Plot):
    """Draws graphs; a place is read while it is pointed at, or gone to with the arrow keys.

    Signals
    -------
    read(int)
        What is pointed at, or -1.
    """

    read = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, 0, QSizePolicy.Policy.Ignored, parent)
        self._graphs: tuple[Graph, ...] = ()
        self._labels = "", ""
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def at(self) -> int:
        """The place that is read, or -1."""
        return self._at

    @property
    def graphs(self) -> tuple[Graph, ...]:
        """What is shown."""
        return self._graphs

    def show_graphs(self, graphs: Sequence[Graph], across: str, up: str) -> None:
        """Shows other curves, with the names and units of both axes."""
        self._graphs, self._labels, self._at = tuple(graphs), (across, up), -1
        self.update()

    def _count(self) -> int:
        return max((len(each.values) for each in self._graphs), default=0)

    def _ticks(self) -> list[float]:
        finite = [each.values[np.isfinite(each.values)] for each in self._graphs]
        return nice_ticks(max((float(each.max(initial=0.0)) for each in finite), default=0.0))

    def _plot(self) -> QRectF:
        metrics = QFontMetricsF(style.font(style.CAPTION, tabular=True))
        ticks = self._ticks()
        wide = max(metrics.horizontalAdvance(each) for each in _texts(ticks))
        left, top = wide + style.GRID, 2.0 * LINE
        return QRectF(left, top, max(self.width() - left - 2, 1), HEIGHT - top - 2 * LINE)

    def _go(self, at: int) -> None:
        at = min(max(at, -1), self._count() - 1)
        if at != self._at:
            self._at = at
            self.update()
            self.read.emit(at)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        plot, count = self._plot(), self._count()
        share = (event.position().x() - plot.left()) / plot.width()
        if count:
            self._go(min(max(round(share * max(count - 1, 1)), 0), count - 1))

    def leaveEvent(self, event: QEvent) -> None:
        self._go(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = stepped(event, self._at, self._count())
        if place is not None:
            self._go(place)
        else:
            event.ignore()

    def _paint(self, painter: QPainter) -> None:
        theme, plot, ticks = self._theme, self._plot(), self._ticks()
        painter.setFont(style.font(style.CAPTION, tabular=True))
        self._write_axes(painter, plot, ticks)
        if self._at >= 0:
            x = plot.left() + self._at / max(self._count() - 1, 1) * plot.width()
            painter.setPen(QColor(theme.outline))
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = ticks[-1]
        for graph in self._graphs:
            trace = Trace(graph.colour, 0.0, 1.0, graph.values)
            end = max(len(graph.values) - 1, 1)
            points = polyline(trace, 0.0, end, int(plot.width()))
            line = QPolygonF([
                QPointF(plot.left() + x / end * plot.width(),
                        plot.bottom() - y / most * plot.height())
                for x, y in points.tolist()
            ])  # fmt: skip
            painter.setPen(self._pen(graph))
            painter.drawPolyline(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._write_legend(painter)

    def _pen(self, graph: Graph) -> QPen:
        pen = QPen(QColor(graph.colour or self._theme.text), 1.5)
        if graph.dashed:
            pen.setDashPattern([4, 3])
        return pen

    def _write_axes(self, painter: QPainter, plot: QRectF, ticks: list[float]) -> None:
        muted, right = QColor(self._theme.muted), Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter
        for value, text in zip(ticks, _texts(ticks), strict=True):
            y = plot.bottom() - value / ticks[-1] * plot.height()
            painter.setPen(QColor(self._theme.hairline))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(muted)
            place = QRectF(0, y - LINE / 2, plot.left() - style.GRID / 2, LINE)
            painter.drawText(place, right | middle, text)
        below = QRectF(plot.left(), plot.bottom() + 2, plot.width(), LINE)
        painter.drawText(QRectF(2, 0, self.width(), LINE), middle, self._labels[1])
        if self._count():
            painter.drawText(below, middle, "0")
            painter.drawText(below, right | middle, str(self._count() - 1))
        centre = Qt.AlignmentFlag.AlignHCenter | middle
        painter.drawText(below, centre, self._labels[0])

    def _write_legend(self, painter: QPainter) -> None:
        metrics = QFontMetricsF(painter.font())
        x, y = 2.0, 1.5 * LINE
        for graph in self._graphs:
            painter.setPen(self._pen(graph))
            painter.drawLine(QPointF(x, y), QPointF(x + 3 * style.GRID, y))
            x += 3.5 * style.GRID
            wide = metrics.horizontalAdvance(graph.name) + 1
            painter.setPen(QColor(self._theme.text))
            painter.drawText(
                QRectF(x, y - LINE / 2, wide, LINE), Qt.AlignmentFlag.AlignVCenter, graph.name
            )
            x += wide + 2 * style.GRID


def _texts(ticks: list[float]) -> list[str]:
    # Ticks are round: of four digits the last ones are zeros.
    places = decimals(ticks[-1])
    texts = [number(each, places) for each in ticks]
    while places > 0 and all(text.endswith("0") for text in texts[1:]):
        places -= 1
        texts = [number(each, places) for each in ticks]
    return texts
