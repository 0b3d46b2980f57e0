"""How one number of a sheet is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from convgui import style

from .drawn import drawn

if TYPE_CHECKING:
    from .sheet_lines import Cell, Line

ROW = 20
CELL, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MARK = 3.0
MOST_WIDTHS = 1 << 12

_ABSOLUTE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
_LEFT, _RIGHT = (
    _ABSOLUTE | side for side in (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
)


class Fonts:
    """The fonts of a sheet and how wide texts are in them, made once: tables repaint often."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, bool], tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[str, int, bool], float] = {}

    def of(self, line: Line, cell: Cell, *, number: bool) -> QFont:
        """Gives the font that a cell is written in."""
        return self._pair(line, cell, number)[0]

    def width(self, line: Line, cell: Cell, *, number: bool) -> float:
        """Gives how wide a cell's text is."""
        size, bold = self._key(line, cell, number)
        known = self._widths.get((cell.text, size, bold))
        if known is None:
            if len(self._widths) >= MOST_WIDTHS:
                self._widths.clear()
            known = self._pair(line, cell, number)[1].horizontalAdvance(cell.text)
            self._widths[cell.text, size, bold] = known
        return known

    def elided(self, line: Line, cell: Cell, room: float) -> str:
        """Gives a name, in short or even cut where it is wider than there is room."""
        metrics = self._pair(line, cell, False)[1]
        text = cell.text
        if cell.short and metrics.horizontalAdvance(text) > room:
            text = cell.short
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def forget(self) -> None:
        """Makes all anew: the application's font may be another one."""
        self._fonts.clear()
        self._widths.clear()

    @staticmethod
    def _key(line: Line, cell: Cell, number: bool) -> tuple[int, bool]:
        """Gives size and weight of a cell's font."""
        size = style.BODY if number and not line.heading else style.CAPTION
        return size, cell.best or (line.heading and not cell.muted)

    def _pair(self, line: Line, cell: Cell, number: bool) -> tuple[QFont, QFontMetricsF]:
        key = self._key(line, cell, number)
        if key not in self._fonts:
            font = style.font(key[0], semibold=key[1], tabular=True)
            self._fonts[key] = font, QFontMetricsF(font)
        return self._fonts[key]


class SheetDelegate(QStyledItemDelegate):
    """Draws names from the start and numbers to the end of their column, bars below.

    Each call into Qt may have to wait for a thread that computes, so there are few of them.
    """

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts = fonts
        self.opacity = 1.0
        self.muted = QColor(style.LIGHT.muted)
        self.text = QColor(style.LIGHT.text)
        self.chosen = QColor(style.LIGHT.selection)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, ROW)

    @drawn
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        cell: Cell | None = index.data(CELL)
        number = index.column() > 0
        line: Line | None = (index.siblingAtColumn(0) if number else index).data(LINE)
        if line is None or cell is None:
            return
        place = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected and option.widget.hasFocus():
            painter.fillRect(place, self.chosen)
        if not cell.text:
            return
        painter.setOpacity(1.0 if line.live else self.opacity)
        quiet = cell.muted or not (number or line.heading)
        painter.setPen(self.muted if quiet else self.text)
        painter.setFont(self._fonts.of(line, cell, number=number))
        if number:
            # Numbers run from left to right and end below each other in every language.
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.drawText(place, _RIGHT, cell.text)
            self._draw_bar(painter, line, cell, place)
        else:
            self._draw_name(painter, option, line, cell, place)

    def _draw_name(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: Line,
        cell: Cell,
        place: QRectF,
    ) -> None:
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if line.heading and line.colour:
            x = place.right() - MARK if mirrored else place.left()
            painter.fillRect(QRectF(x, place.top() + 4, MARK, ROW - 8), QColor(line.colour))
            inset = style.GRID
            place = place.adjusted(0 if mirrored else inset, 0, -inset if mirrored else 0, 0)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        text = self._fonts.elided(line, cell, place.width())
        painter.drawText(place, _RIGHT if mirrored else _LEFT, text)

    def _draw_bar(self, painter: QPainter, line: Line, cell: Cell, place: QRectF) -> None:
        """Draws the line under a heading, or the bar under a number."""
        if not cell.colour or (cell.share is None and not line.heading):
            return
        share = 1.0 if cell.share is None else min(max(cell.share, 0.0), 1.0)
        room = (place.width() - 2 * style.GRID) * share
        bar = QRectF(place.right() - room, place.bottom() - 3, room, 2)
        painter.fillRect(bar, QColor(cell.colour))
