"""Projections of a window as bars from their cuts, with the steps they fall on and their codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convgui import style

from .coloured import Coloured
from .drawn import drawn
from .layer import MINUS
from .tap_cells import words

ROW = 18
NAME, CODE = 26, 96
MOST_CUTS = 60


@dataclass(frozen=True, eq=False)
class Projections:
    """What is drawn.

    Attributes
    ----------
    values, standing : H
        Of the window, and of what stands for it.
    origins, steps : H
        Where codes are cut; a step of 0 is a sign.
    codes : H or None
    """

    values: np.ndarray
    standing: np.ndarray
    origins: np.ndarray
    steps: np.ndarray
    codes: np.ndarray | None = None


class ProjectionBars(Coloured):
    """One bar a direction. A sign's bar begins at its cut; a step's is laid over the steps.

    A small triangle marks the projection of what stands for the window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        nothing = np.zeros(0)
        self._shown = Projections(nothing, nothing, nothing, nothing)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Projections"))

    @property
    def shown(self) -> Projections:
        """What is drawn."""
        return self._shown

    def show_projections(self, shown: Projections) -> None:
        """Draws others."""
        resized = len(shown.values) != len(self._shown.values)
        self._shown = shown
        lines = (self._line(h) for h in range(len(shown.values)))
        self.setAccessibleDescription("; ".join(lines))
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(280, ROW * len(self._shown.values) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, self.sizeHint().height())

    def _line(self, h: int) -> str:
        """Gives a bar in words."""
        shown = self._shown
        text = self.tr("projection {0}: {1}, cut at {2}").format(
            h + 1, words(float(shown.values[h])), words(float(shown.origins[h]))
        )
        if shown.steps[h] > 0:
            text += self.tr(", steps of {0}").format(words(float(shown.steps[h])))
        if shown.codes is not None:
            text += self.tr(", code {0}").format(int(shown.codes[h]))
        return text + self.tr(", what stands for the window {0}").format(
            words(float(shown.standing[h]))
        )

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setOpacity(self._opacity)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(style.font(style.CAPTION, tabular=True))
            reach = self._reach() if len(self._shown.values) else 1.0
            for h in range(len(self._shown.values)):
                self._draw(painter, h, reach)
        finally:
            painter.end()

    def _reach(self) -> float:
        """Gives how far bars reach to either side of their cuts: the same for all, to compare."""
        shown = self._shown
        starts = np.array([self._start(h) for h in range(len(shown.values))])
        away = [np.abs(each - starts) for each in (shown.values, shown.standing)]
        return float(max(
            np.nan_to_num(away, posinf=0.0).max(initial=0.0) * 1.1, shown.steps.max() * 1.5, 1e-12
        ))

    def _start(self, h: int) -> float:
        """Gives the cut that a bar begins at: of a grid that may begin far below, the nearest."""
        value, step = float(np.nan_to_num(self._shown.values[h])), float(self._shown.steps[h])
        origin = float(self._shown.origins[h])
        return origin + step * np.floor((value - origin) / step) if step > 0 else origin

    def _draw(self, painter: QPainter, h: int, reach: float) -> None:
        shown, theme = self._shown, self._theme
        value, standing = (
            float(np.nan_to_num(each[h])) for each in (shown.values, shown.standing)
        )
        step, origin = float(shown.steps[h]), self._start(h)
        left, right = NAME, max(self.width() - CODE, NAME + 60)
        middle, y = (left + right) / 2, ROW * h
        half = (right - left) / 2

        def x(place: float) -> float:
            return middle + half * min(max((place - origin) / reach, -1.0), 1.0)

        painter.setPen(QColor(theme.muted))
        align = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(
            QRectF(0, y, NAME - 6, ROW), align | Qt.AlignmentFlag.AlignRight, f"p{h + 1}"
        )
        painter.fillRect(QRectF(left, y + 3, right - left, ROW - 6), QColor(theme.window))
        start = origin
        painter.fillRect(
            QRectF(min(x(start), x(value)), y + 5, max(abs(x(value) - x(start)), 1), ROW - 10),
            self._colour,
        )
        painter.setPen(QPen(QColor(theme.text), 1))
        cuts = [origin]
        if step > 0 and reach / step <= MOST_CUTS:
            count = int(reach / step)
            cuts = [origin + step * each for each in range(-count, count + 1)]
        for cut in cuts:
            painter.drawLine(QPointF(x(cut), y + 2), QPointF(x(cut), y + ROW - 2))
        mark = x(standing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.text))
        painter.drawPolygon(QPolygonF([
            QPointF(mark, y + ROW - 7), QPointF(mark - 4, y + ROW), QPointF(mark + 4, y + ROW)
        ]))
        painter.setPen(QColor(theme.text))
        text = f"{float(shown.values[h]):.5g}".replace("-", MINUS)
        if shown.codes is not None:
            text += f"  →  {int(shown.codes[h])}"
        painter.drawText(
            QRectF(right + 6, y, CODE - 6, ROW), align | Qt.AlignmentFlag.AlignRight, text
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = event.pos().y() // ROW
            if 0 <= row < len(self._shown.values):
                QToolTip.showText(event.globalPos(), self._line(row), self)
            return True
        return super().event(event)
