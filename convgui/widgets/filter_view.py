"""A filter's weights as an image, with the numbers in them where they fit."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .drawn import drawn
from .layer import MINUS, number

LARGEST = 8.0 * style.GRID
"""Points a weight is wide at most; a larger one tells no more."""
BETWEEN = float(style.GRID)


def tiles(weights: np.ndarray) -> np.ndarray:
    """Gives the channels that differ: n x K_h x K_w, one where all channels share their weights."""
    first = weights[:1]
    return first if np.array_equal(weights, np.broadcast_to(first, weights.shape)) else weights


def shades(weights: np.ndarray) -> np.ndarray:
    """Gives weights as greys 0 to 255: zero is black, or the middle where some are negative."""
    finite = np.nan_to_num(np.asarray(weights, dtype=np.float64), posinf=0.0, neginf=0.0)
    reach = float(np.abs(finite).max(initial=0.0)) or 1.0
    share = finite / reach
    if finite.min(initial=0.0) < 0:
        share = (share + 1) / 2
    return np.ascontiguousarray(np.rint(share * 255), dtype=np.uint8)


def grey_image(greys: np.ndarray) -> QImage:
    """Gives a plane of greys as an image of its own memory; rows may have any width."""
    height, width = greys.shape
    image = QImage(greys.data, width, height, greys.strides[0], QImage.Format.Format_Grayscale8)
    return image.copy()


def weight_texts(weights: np.ndarray) -> list[list[str]]:
    """Gives a plane of weights as short texts: three digits at most of the largest, no 0 before
    the point; whole numbers as they are.
    """
    finite = weights[np.isfinite(weights)]
    reach = float(np.abs(finite).max(initial=0.0))
    whole = bool(np.all(finite == np.rint(finite)))
    places = 0 if whole or not reach else min(max(2 - math.floor(math.log10(reach)), 0), 6)
    return [[_short(number(float(weight), places)) for weight in row] for row in weights]


def _short(text: str) -> str:
    return text.replace("0.", ".", 1) if text.lstrip(MINUS).startswith("0.") else text


class FilterView(QWidget):
    """Shows one filter: K_h x K_w, or its channels beside or below each other where they differ."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weights: np.ndarray | None = None
        self._background = QColor(style.LIGHT.image_background)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setAccessibleName(self.tr("Filter"))

    def show_weights(self, weights: np.ndarray | None) -> None:
        """Shows the weights of one filter, C x K_h x K_w."""
        self._weights = None if weights is None else tiles(np.asarray(weights))
        if self._weights is not None and self._weights[0].size <= 81:
            rows = weight_texts(self._weights[0])
            self.setToolTip("\n".join("  ".join(row) for row in rows))
        else:
            self.setToolTip("")
        self.update()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._background = QColor(theme.image_background)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(15 * style.GRID, 15 * style.GRID)

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.fillRect(self.rect(), self._background)
            if self._weights is not None and self._weights.size:
                self._paint(painter, self._weights)
        finally:
            painter.end()

    def _paint(self, painter: QPainter, weights: np.ndarray) -> None:
        count, rows, columns = weights.shape
        room = self.width() - 2.0 * style.GRID, self.height() - 2.0 * style.GRID
        gaps = BETWEEN * (count - 1)
        beside = min((room[0] - gaps) / (count * columns), room[1] / rows)
        below = min(room[0] / columns, (room[1] - gaps) / (count * rows))
        cell = min(max(beside, below), LARGEST)
        if cell <= 0:
            return
        wide, high = cell * columns, cell * rows
        step_x, step_y = (wide + BETWEEN, 0.0) if beside >= below else (0.0, high + BETWEEN)
        x = (self.width() - wide - step_x * (count - 1)) / 2
        y = (self.height() - high - step_y * (count - 1)) / 2
        for each, greys in zip(weights, shades(weights), strict=True):
            painter.drawImage(QRectF(x, y, wide, high), grey_image(greys))
            if cell >= style.GRID:
                self._rule(painter, each.shape, x, y, cell)
            self._write(painter, each, greys, x, y, cell)
            x, y = x + step_x, y + step_y

    def _rule(
        self, painter: QPainter, shape: tuple[int, ...], x: float, y: float, cell: float
    ) -> None:
        """Parts the weights by lines of the background's grey."""
        painter.setPen(QPen(self._background, 1))
        for row in range(1, shape[0]):
            painter.drawLine(QLineF(x, y + row * cell, x + shape[1] * cell, y + row * cell))
        for column in range(1, shape[1]):
            painter.drawLine(QLineF(x + column * cell, y, x + column * cell, y + shape[0] * cell))

    def _write(
        self,
        painter: QPainter,
        weights: np.ndarray,
        greys: np.ndarray,
        x: float,
        y: float,
        cell: float,
    ) -> None:
        if cell < 2 * style.GRID:
            return
        texts = weight_texts(weights)
        longest = max((text for row in texts for text in row), key=len)
        for size in (style.BODY, style.CAPTION, 9):
            font = style.font(size, tabular=True)
            if QFontMetricsF(font).horizontalAdvance(longest) + 4 <= cell:
                break
        else:
            return
        painter.setFont(font)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                bright = greys[row, column] > 118
                painter.setPen(QColor(0, 0, 0, 205) if bright else QColor(255, 255, 255, 225))
                place = QRectF(x + column * cell, y + row * cell, cell, cell)
                painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
