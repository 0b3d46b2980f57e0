"""Values along a line of pixels, one curve a technique."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .layer import decimals, number
from .plot import Plot

HEIGHT = 18 * style.GRID
LINE = 2 * style.GRID


@dataclass(frozen=True, eq=False)
class Trace:
    """Values at even distances.

    Attributes
    ----------
    colour : str
    first, step : float
        Where the first value is, and how far it is to the next one.
    values : ndarray
    """

    colour: str
    first: float
    step: float
    values: np.ndarray


def polyline(trace: Trace, low: float, high: float, width: int) -> np.ndarray:
    """Gives a trace between two places as points (n x 2), place and value, no more than are seen.

    Where several values fall on one point of the screen, the lowest and the highest of them stand
    for all. Values that are not finite are left out.
    """
    begin = max(int(np.floor((low - trace.first) / trace.step)), 0)
    end = min(int(np.ceil((high - trace.first) / trace.step)) + 1, len(trace.values))
    # What is looked at may lie before all of it; a negative end would count from the other one.
    end = max(end, begin)
    values = np.asarray(trace.values[begin:end], dtype=np.float64)
    places = trace.first + trace.step * np.arange(begin, end)
    fit = np.isfinite(values)
    values, places = values[fit], places[fit]
    if len(values) > 2 * width > 0:
        starts = np.unique(np.linspace(0, len(values), width, endpoint=False).astype(np.intp))
        ends = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
        values = np.stack(ends, axis=1).reshape(-1)
        places = np.repeat(places[starts], 2)
    return np.stack([places, values], axis=1)


class ProfileView(Plot):
    """Draws traces over each other. Low places are on the left, as in the pictures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, 20 * style.GRID, QSizePolicy.Policy.Expanding, parent)
        self._traces: tuple[Trace, ...] = ()
        self._ends = 0.0, 1.0
        self._at: float | None = None
        self._unit = ""

    def set_unit(self, unit: str) -> None:
        """Sets what the values are."""
        if unit != self._unit:
            self._unit = unit
            self.update()

    def show_traces(
        self, traces: tuple[Trace, ...], ends: tuple[float, float], at: float | None
    ) -> None:
        """Shows traces between two places, and where the crosshair is."""
        self._traces, self._ends, self._at = traces, ends, at
        self.update()

    def _paint(self, painter: QPainter) -> None:
        low, high = self._ends
        drawn = [(each, polyline(each, low, high, self.width())) for each in self._traces]
        drawn = [pair for pair in drawn if len(pair[1])]
        lines = [line for _, line in drawn]
        plot = QRectF(1, LINE, self.width() - 2, self.height() - 2 * LINE)
        painter.setPen(QColor(self._theme.hairline))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        if not lines or high <= low:
            return
        bottom = min(float(each[:, 1].min()) for each in lines)
        top = max(float(each[:, 1].max()) for each in lines)
        span = top - bottom or 1.0
        scale = np.array([plot.width() / (high - low), -plot.height() / span])
        if self._at is not None:
            x = plot.left() + (self._at - low) * scale[0]
            painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = np.array([plot.left(), plot.bottom()])
        # The first technique, the exact one, lies on top of what agrees with it.
        for trace, line in reversed(drawn):
            points = corner + (line - (low, bottom)) * scale
            painter.setPen(QPen(QColor(trace.colour), 1.25))
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))
        self._write(painter, plot, bottom, top)

    def _write(self, painter: QPainter, plot: QRectF, bottom: float, top: float) -> None:
        font = style.font(style.CAPTION, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted))
        places = decimals(max(abs(bottom), abs(top)))
        values = f"{number(bottom, places)} – {number(top, places)} {self._unit}".rstrip()
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(0, 0, self.width(), LINE), flags, values)
        below = QRectF(0, plot.bottom(), self.width(), LINE)
        low, high = (f"{max(each, 0):.0f}" for each in self._ends)
        painter.drawText(below, flags, low)
        painter.drawText(below, flags | Qt.AlignmentFlag.AlignRight, high)
        if self._at is not None:
            text = f"{int(self._at)}"
            wide = metrics.horizontalAdvance(text) + 1
            ends = self._ends
            x = plot.left() + (self._at - ends[0]) / (ends[1] - ends[0]) * plot.width() - wide / 2
            x = min(max(x, 0.0), self.width() - wide)
            clear = [metrics.horizontalAdvance(each) + 4 for each in (low, high)]
            if clear[0] < x < self.width() - clear[1] - wide:
                painter.drawText(QRectF(x, plot.bottom(), wide, LINE), flags, text)
