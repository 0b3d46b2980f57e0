"""How one number of a sheet is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from convgui import style

if TYPE_CHECKING:
    from .sheet import Cell, Line

ROW = 20
CELL, LINE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MARK = 3.0


def cell_font(line: Line, cell: Cell, *, number: bool) -> QFont:
    """Gives the font that a cell is written in."""
    size = style.BODY if number and not line.heading else style.CAPTION
    headed = line.heading and not cell.muted
    return style.font(size, semibold=cell.best or headed, tabular=True)


class SheetDelegate(QStyledItemDelegate):
    """Draws names from the start and numbers to the end of their column, bars below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.opacity = 1.0
        self.muted = QColor(style.LIGHT.muted)
        self.chosen = QColor(style.LIGHT.selection)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        line: Line = index.siblingAtColumn(0).data(LINE)
        cell: Cell = index.data(CELL)
        if line is None or cell is None:
            return
        place = QRectF(option.rect)
        states = QStyle.StateFlag
        if option.state & states.State_Selected and option.widget.hasFocus():
            painter.fillRect(place, self.chosen)
        painter.save()
        painter.setOpacity(1.0 if line.live else self.opacity)
        number = index.column() > 0
        painter.setFont(cell_font(line, cell, number=number))
        text_colour = option.palette.text().color()
        quiet = cell.muted or not (number or line.heading)
        painter.setPen(self.muted if quiet else text_colour)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        text_place = place
        if line.heading and line.colour and not number:
            x = place.right() - MARK if mirrored else place.left()
            painter.fillRect(QRectF(x, place.top() + 4, MARK, ROW - 8), line.colour)
            inset = style.GRID
            text_place = place.adjusted(0 if mirrored else inset, 0, -inset if mirrored else 0, 0)
        metrics = QFontMetricsF(painter.font())
        elide = Qt.TextElideMode.ElideRight
        text = cell.text if number else metrics.elidedText(cell.text, elide, text_place.width())
        # Numbers run from left to right and end below each other in every language.
        right = number or mirrored
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        directions = Qt.LayoutDirection
        painter.setLayoutDirection(
            directions.LeftToRight if number else directions.LayoutDirectionAuto
        )
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | side
        painter.drawText(text_place, align, text)
        self._draw_bar(painter, line, cell, place)
        painter.restore()

    def _draw_bar(self, painter: QPainter, line: Line, cell: Cell, place: QRectF) -> None:
        """Draws the line under a heading, or the bar under a number."""
        if not cell.colour:
            return
        full = place.adjusted(2 * style.GRID, ROW - 3, 0, -1)
        if cell.share is not None:
            full.setLeft(full.right() - full.width() * min(max(cell.share, 0.0), 1.0))
            painter.fillRect(full, QColor(cell.colour))
        elif line.heading:
            painter.fillRect(full, QColor(cell.colour))
