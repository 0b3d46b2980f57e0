"""The colours of a picture and the values they stand for, or a line of words in their place."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .drawn import drawn
from .layer import decimals, number

HEIGHT = 3 * style.GRID
BAR = style.GRID
NARROWEST = 4 * style.GRID


def _trimmed(text: str) -> str:
    """Gives a number without zeros at its end that say nothing."""
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


class ColourBar(QWidget):
    """A line under a picture: the lowest value, the colours, the highest value, the unit.

    It keeps its height when there is nothing to say, so that pictures side by side stay as high
    as each other.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._levels: tuple[float, float] | None = None
        self._table: np.ndarray | None = None
        self._unit = self._short = ""
        self._ends: tuple[str, str] | None = None
        self._caption = ""
        self._colours = QImage()
        self._muted = QColor(style.LIGHT.muted)
        self._dimmed = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_levels(
        self, levels: tuple[float, float], table: np.ndarray, unit: str, short: str = "",
        ends: tuple[str, str] | None = None,
    ) -> None:
        """Shows colours (256 x 4 uint8) with the values of the first and the last.

        The unit is given in short where that alone has room; ``ends`` are words for the values,
        where these are logarithms.
        """
        same = (levels, unit, ends) == (self._levels, self._unit, self._ends)
        if same and table is self._table:
            return
        self._ends = ends
        self._short = short or unit
        self._levels, self._unit, self._caption = levels, unit, ""
        self._table = table
        row = np.ascontiguousarray(table)
        self._colours = QImage(
            row.data, row.shape[0], 1, row.strides[0] * row.shape[0], QImage.Format.Format_RGBA8888
        ).copy()
        low, high = self.texts()
        self._describe(self.tr("Colours from {0} to {1} {2}").format(low, high, unit).strip())

    def show_caption(self, text: str) -> None:
        """Shows words in place of colours."""
        if self._levels is None and text == self._caption:
            return
        self._levels, self._caption = None, text
        self._describe(text)

    def set_colours(self, muted: str) -> None:
        """Sets the colour of the numbers."""
        self._muted = QColor(muted)
        self.update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the colours faintly while they are out of date."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.update()

    def texts(self) -> tuple[str, str]:
        """Gives the numbers at both ends."""
        if self._levels is None:
            return "", ""
        if self._ends is not None:
            return self._ends
        places = decimals(max(abs(each) for each in self._levels))
        low, high = (_trimmed(number(each, places)) for each in self._levels)
        return low, high

    def _describe(self, text: str) -> None:
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(15 * style.GRID, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _fitting_unit(self, metrics: QFontMetricsF, room: float) -> tuple[str, float]:
        """Gives the unit as it fits beside the colours, and the width that it takes."""
        for unit in (self._unit, self._short):
            wide = metrics.horizontalAdvance(unit) + style.GRID
            if unit and room - wide >= NARROWEST:
                return unit, wide
        return "", 0.0

    def _paint(self, painter: QPainter) -> None:
        # From low to high is from left to right in every language.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        font = style.font(style.CAPTION, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self._muted)
        middle = Qt.AlignmentFlag.AlignVCenter
        width, height = float(self.width()), float(self.height())
        if self._levels is None:
            text = metrics.elidedText(self._caption, Qt.TextElideMode.ElideRight, width)
            painter.drawText(QRectF(0, 0, width, height), middle, text)
            return
        low, high = self.texts()
        ends = metrics.horizontalAdvance(low), metrics.horizontalAdvance(high)
        room = width - sum(ends) - 2 * style.GRID
        unit, unit_room = self._fitting_unit(metrics, room)
        room -= unit_room
        x = ends[0] + style.GRID
        painter.drawText(QRectF(0, 0, ends[0] + 1, height), middle, low)
        painter.setOpacity(0.35 if self._dimmed else 1.0)
        painter.drawImage(QRectF(x, (height - BAR) / 2, max(room, 0.0), BAR), self._colours)
        painter.setOpacity(1.0)
        x += room + style.GRID
        painter.drawText(QRectF(x, 0, ends[1] + 1, height), middle, high)
        if unit_room:
            place = QRectF(width - unit_room, 0, unit_room, height)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, unit)
