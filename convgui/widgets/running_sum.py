"""A sum as it grows: its terms in one line, and a curve of what it is after each of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .coloured import Coloured
from .drawn import drawn
from .layer import MINUS
from .tap_cells import words

LINE, CURVE = 18, 34


def short(value: float) -> str:
    """Gives a term in up to four digits."""
    return f"{value + 0:.4g}".replace("-", MINUS).replace("inf", "∞").replace("nan", "NaN")


def joined(terms: Sequence[str]) -> str:
    """Gives a sum of terms, those below zero taken away."""
    return " + ".join(terms).replace(f"+ {MINUS}", f"{MINUS} ")


class RunningSum(Coloured):
    """Terms and curve; the term that is pointed at is told with the sum up to it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terms = np.zeros(1)
        self._sums = np.zeros(1)
        self._name = ""
        self._at: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The terms, as many as find room, and the sum."""
        return self._text(max(self.width(), 120))

    def show_terms(self, name: str, terms: np.ndarray, sums: np.ndarray) -> None:
        """Shows the sum of some terms, and what it is after each."""
        self._name, self._terms, self._sums = name, terms.reshape(-1), sums.reshape(-1)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words(float(self._sums[-1])))
        self.update()

    def set_term(self, at: int | None) -> None:
        """Tells of one term, or of all."""
        if at != self._at:
            self._at = at
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, LINE + CURVE)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, LINE + CURVE)

    def _text(self, room: float) -> str:
        metrics = QFontMetricsF(style.font(style.CAPTION, tabular=True))
        total = words(float(self._sums[-1]))
        if self._at is not None and self._at < len(self._terms):
            before = float(self._sums[self._at - 1]) if self._at else 0.0
            return (
                f"{self._name} {self._at + 1}/{len(self._terms)}: "
                f"{joined([words(before), short(float(self._terms[self._at]))])} = "
                f"{words(float(self._sums[self._at]))}"
            )
        shown = [short(float(each)) for each in self._terms]
        for count in range(min(len(shown), 40), -1, -1):
            middle = shown[:count] + (["…"] if count < len(shown) else [])
            text = f"{self._name} = {joined(middle)} = {total}"
            if metrics.horizontalAdvance(text) <= room:
                return text
        return f"{self._name} = {total}"

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setOpacity(self._opacity)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(style.font(style.CAPTION, tabular=True))
            painter.setPen(QColor(self._theme.text))
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(QRectF(0, 0, self.width(), LINE), align, self.text)
            self._draw_curve(painter)
        finally:
            painter.end()

    def _draw_curve(self, painter: QPainter) -> None:
        sums = np.nan_to_num(np.concatenate([[0.0], self._sums]), posinf=0.0, neginf=0.0)
        low, high = float(sums.min()), float(sums.max())
        span = high - low or 1.0
        top, tall = LINE + 3.0, CURVE - 6.0
        wide = min(self.width() - 6.0, 720.0)

        def point(number: int) -> QPointF:
            x = 3 + wide * number / (len(sums) - 1)
            return QPointF(x, top + tall * (high - sums[number]) / span)

        zero = top + tall * high / span
        painter.setPen(QPen(QColor(self._theme.hairline), 1))
        painter.drawLine(QPointF(3, zero), QPointF(3 + wide, zero))
        painter.setPen(QPen(self._colour, 1.5))
        painter.drawPolyline(QPolygonF([point(number) for number in range(len(sums))]))
        at = len(sums) - 1 if self._at is None else min(self._at + 1, len(sums) - 1)
        painter.setBrush(self._colour)
        painter.drawEllipse(point(at), 3, 3)
