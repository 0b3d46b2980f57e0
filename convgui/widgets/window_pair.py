"""Windows side by side, in one grey scale, with their values where these fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from convgui import style

from .drawn import drawn
from .layer import decimals, number

CELL_MOST = 4.0 * style.GRID
CELL_LEAST = 3.0
LINE = 2 * style.GRID
GAP = float(style.GRID)
BRIGHT = 118
_ON_LIGHT, _ON_DARK = QColor(0, 0, 0, 225), QColor(255, 255, 255, 230)


@dataclass(frozen=True, eq=False)
class Tile:
    """One window.

    Attributes
    ----------
    title : str
    values : channels x K_h x K_w
        NaN where there is none.
    """

    title: str
    values: np.ndarray


class WindowPair(QWidget):
    """Draws windows as columns, their channels as rows. The first stays left in every language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[Tile, ...] = ()
        self._levels = 0.0, 255.0
        self._rows: tuple[str, ...] = ()
        self._theme = style.LIGHT
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Representative and window"))

    def show_tiles(
        self, tiles: Sequence[Tile], levels: tuple[float, float], rows: Sequence[str] = ()
    ) -> None:
        """Shows other windows; ``rows`` are the channels' names."""
        self._tiles, self._levels, self._rows = tuple(tiles), levels, tuple(rows)
        words = ", ".join(each.title for each in self._tiles)
        self.setAccessibleDescription(words)
        self.setFixedHeight(self.heightForWidth(self.width()))
        self.update()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme
        self.update()

    def heightForWidth(self, width: int) -> int:
        if not self._tiles:
            return 0
        channels, down, _ = self._tiles[0].values.shape
        return round(LINE + channels * (down * self._cell(width) + GAP))

    def sizeHint(self) -> QSize:
        return QSize(30 * style.GRID, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.heightForWidth(max(self.width(), 1)))

    def resizeEvent(self, event: object) -> None:
        self.setFixedHeight(self.heightForWidth(self.width()))

    def text_at(self, x: float, y: float) -> str:
        """Gives the value under a point in words; "" where there is none."""
        for tile, channel, place, cell in self._places():
            if place.contains(x, y):
                row, column = int((y - place.top()) / cell), int((x - place.left()) / cell)
                down, across = tile.values.shape[1:]
                row, column = min(row, down - 1), min(column, across - 1)
                value = float(tile.values[channel, row, column])
                if np.isnan(value):
                    return ""
                name = self._rows[channel] if channel < len(self._rows) else ""
                text = self.tr("{0}: {1} at row {2}, column {3}").format(
                    tile.title, number(value, 3), row, column
                )
                return f"{name} · {text}" if name else text
        return ""

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.text_at(event.x(), event.y()), self)
            return True
        return super().event(event)

    def _cell(self, width: int) -> float:
        across = self._tiles[0].values.shape[2]
        room = (width - GAP * (len(self._tiles) - 1)) / max(len(self._tiles), 1)
        return min(max(room / across, CELL_LEAST), CELL_MOST)

    def _places(self) -> list[tuple[Tile, int, QRectF, float]]:
        """Gives where each channel of each window is drawn."""
        if not self._tiles:
            return []
        cell = self._cell(self.width())
        _, down, across = self._tiles[0].values.shape
        step = max((self.width() + GAP) / len(self._tiles), across * cell + GAP)
        return [
            (tile, channel, QRectF(
                index * step, LINE + channel * (down * cell + GAP), across * cell, down * cell
            ), cell)
            for index, tile in enumerate(self._tiles)
            for channel in range(len(tile.values))
        ]  # fmt: skip

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            for tile, channel, place, cell in self._places():
                if channel == 0:
                    painter.setFont(style.font(style.CAPTION))
                    painter.setPen(QColor(self._theme.muted))
                    title = QRectF(place.left(), 0, self.width() / len(self._tiles) - 4, LINE)
                    text = QFontMetricsF(painter.font()).elidedText(
                        tile.title, Qt.TextElideMode.ElideRight, title.width()
                    )
                    painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, text)
                self._paint(painter, tile.values[channel], place, cell)
        finally:
            painter.end()

    def _paint(
        self, painter: QPainter, values: np.ndarray, place: QRectF, cell: float
    ) -> None:
        low, high = self._levels
        with np.errstate(invalid="ignore"):
            shares = np.nan_to_num((values - low) / (high - low), nan=0.0, posinf=1.0, neginf=0.0)
        greys = np.rint(np.clip(shares, 0, 1) * 255).astype(int)
        texts = self._texts(painter, values, cell)
        for row, column in np.ndindex(*values.shape):
            square = QRectF(
                place.left() + column * cell, place.top() + row * cell, cell, cell
            )
            inner = square.adjusted(0, 0, -1, -1) if cell >= style.GRID else square
            if np.isnan(values[row, column]):
                painter.setPen(QColor(self._theme.hairline))
                painter.drawRect(inner.adjusted(0, 0, -1, -1))
                continue
            grey = int(greys[row, column])
            painter.fillRect(inner, QColor(grey, grey, grey))
            if texts:
                painter.setPen(_ON_LIGHT if grey > BRIGHT else _ON_DARK)
                painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, texts[row][column])

    def _texts(self, painter: QPainter, values: np.ndarray, cell: float) -> list[list[str]]:
        """Gives the values in as many digits as fit, and sets their font; none where none do."""
        reach = max(abs(each) for each in self._levels)
        most = decimals(reach)
        whole = bool((np.nan_to_num(values) == np.rint(np.nan_to_num(values))).all())
        tries = (0,) if whole else (min(most, 1), 0)
        for places in tries if most >= 0 else ():
            if places == 0 and reach <= 2 and not whole:
                break
            texts = [[number(float(each), places) for each in row] for row in values]
            longest = max((text for row in texts for text in row), key=len)
            for size in (style.CAPTION, 9):
                font = style.font(size, tabular=True)
                if QFontMetricsF(font).horizontalAdvance(longest) + 3 <= cell:
                    painter.setFont(font)
                    return texts
        return []
