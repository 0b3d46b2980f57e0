"""Shares of two kinds by a small number, as bars beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convgui import style
from convgui.model.numbers import percent

from .plot import Plot

HEIGHT = 15 * style.GRID
LINE = 2 * style.GRID


@dataclass(frozen=True, eq=False)
class Bars:
    """The shares of one kind; "" is the colour of muted text."""

    name: str
    colour: str
    shares: np.ndarray


class ShareBars(Plot):
    """Draws bars over 0, 1, 2 ...; low numbers are on the left in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(HEIGHT, 0, QSizePolicy.Policy.Ignored, parent)
        self._bars: tuple[Bars, ...] = ()
        self._title = self._label = ""

    def show_bars(self, bars: Sequence[Bars], title: str, label: str) -> None:
        """Shows other shares, what they are of and what the numbers below them count."""
        self._bars, self._title, self._label = tuple(bars), title, label
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(self.words(at) for at in range(self._count())))
        self.update()

    def words(self, at: int) -> str:
        """Gives the shares of one number in words."""
        shares = ", ".join(
            f"{each.name} {percent(100 * float(each.shares[at]))}" for each in self._bars
        )
        return f"{at} {self._label}: {shares}"

    def _count(self) -> int:
        used = [np.flatnonzero(each.shares) for each in self._bars]
        return max((int(each[-1]) + 1 for each in used if len(each)), default=0)

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            count = self._count()
            at = int(event.x() / max(self.width(), 1) * count)
            text = self.words(at) if 0 <= at < count else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _paint(self, painter: QPainter) -> None:
        theme, count = self._theme, self._count()
        painter.setFont(style.font(style.CAPTION, tabular=True))
        muted, middle = QColor(theme.muted), Qt.AlignmentFlag.AlignVCenter
        painter.setPen(muted)
        painter.drawText(QRectF(0, 0, self.width(), LINE), middle, self._title)
        if not count:
            return
        plot = QRectF(0, 2 * LINE, self.width(), HEIGHT - 3 * LINE)
        most = max(float(each.shares.max()) for each in self._bars)
        step = plot.width() / count
        wide = min(step * 0.8 / len(self._bars), 2.0 * style.GRID)
        for index, bars in enumerate(self._bars):
            colour = QColor(bars.colour or theme.muted)
            for at in range(count):
                high = float(bars.shares[at]) / most * plot.height()
                x = step * (at + 0.5) + wide * (index - len(self._bars) / 2)
                painter.fillRect(QRectF(x, plot.bottom() - high, wide - 1, high), colour)
        painter.setPen(QColor(theme.hairline))
        painter.drawLine(plot.bottomLeft(), plot.bottomRight())
        painter.setPen(muted)
        for at in range(count):
            place = QRectF(step * at, plot.bottom(), step, LINE)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignHCenter, str(at))
        self._write_legend(painter, percent(100 * round(most, 2)))

    def _write_legend(self, painter: QPainter, most: str) -> None:
        metrics, middle = QFontMetricsF(painter.font()), Qt.AlignmentFlag.AlignVCenter
        x = 0.0
        for bars in self._bars:
            colour = QColor(bars.colour or self._theme.muted)
            painter.fillRect(QRectF(x, LINE + 4, style.GRID, style.GRID), colour)
            x += 1.5 * style.GRID
            wide = metrics.horizontalAdvance(bars.name) + 1
            painter.drawText(QRectF(x, LINE, wide, LINE), middle, bars.name)
            x += wide + 1.5 * style.GRID
        place = QRectF(0, LINE, self.width(), LINE)
        text = self.tr("highest {0}").format(most)
        if x + metrics.horizontalAdvance(text) < self.width():
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, text)
