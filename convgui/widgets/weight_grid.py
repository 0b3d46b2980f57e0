"""The weights of one filter as a grid of numbers that can be typed over."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from convgui.style import CAPTION, font
from convgui.widgets.short_numbers import fitted, room_for_zeros

from .drawn import drawn

CELL_WIDTH, CELL_HEIGHT = 40, 24
COLUMNS_THAT_FIT, ROWS_SHOWN = 7, 7
ROOMY = 5
"""Columns up to which there is room for the size of captions."""
SMALLER = CAPTION - 1
BESIDE = 2
"""Points that a number keeps from either side of its cell."""

_MARKED = (
    QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    | QStyle.StateFlag.State_MouseOver
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
"""No cell: a table has rows and columns under it alone."""


class WeightModel(QAbstractTableModel):
    """Weights as a Qt table; a typed cell goes out as text and changes nothing here."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weights = np.zeros((1, 1))
        self.editable = True
        self._fit = (CAPTION, 0.0)
        self._metrics = QFontMetricsF(font(CAPTION, tabular=True))
        self._zero: bool | None = None
        self._rows: dict[int, list[str]] = {}

    def set_room(self, size: int, room: float) -> None:
        """Says how large a number is written, and how many points wide it may be."""
        if (size, room) != self._fit:
            self._fit = size, room
            self._metrics = QFontMetricsF(font(size, tabular=True))
            self._forget()
            corner = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), corner, [Qt.ItemDataRole.DisplayRole])

    def show(self, weights: np.ndarray, editable: bool) -> None:
        """Shows other weights, K_h x K_w."""
        self.editable = editable
        if weights.shape == self.weights.shape and np.array_equal(weights, self.weights):
            return
        self.beginResetModel()
        self.weights = weights
        self._forget()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        """Gives K_h."""
        return 0 if parent.isValid() else self.weights.shape[0]

    def columnCount(self, parent: Index = ROOT) -> int:
        """Gives K_w."""
        return 0 if parent.isValid() else self.weights.shape[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Gives a weight, short in the cell and in full when it is edited or pointed at."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(index.row(), index.column())
        weight = float(self.weights[index.row(), index.column()])
        if role in (Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole):
            return f"{weight!r}".removesuffix(".0")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tells what all weights are, as text, with the cell as it was typed."""
        unchanged = value == self.data(index, Qt.ItemDataRole.EditRole)
        if role != Qt.ItemDataRole.EditRole or unchanged:
            return False
        words = [[repr(float(weight)) for weight in row] for row in self.weights]
        # A blank inside a fraction would make two numbers of it.
        words[index.row()][index.column()] = "".join(str(value).split()) or "0"
        self.typed.emit("\n".join(" ".join(row) for row in words))
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Tells whether a cell can be typed over."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags

    def _forget(self) -> None:
        self._zero, self._rows = None, {}

    def _text(self, row: int, column: int) -> str:
        """Gives a weight in the digits that fit; row by row, for few of many are seen at once."""
        width, room = self._metrics.horizontalAdvance, self._fit[1]
        if self._zero is None:
            few = self.columnCount() <= ROOMY
            self._zero = few and room_for_zeros(self.weights, room, width)
        if row not in self._rows:
            self._rows[row] = fitted(self.weights[row], room, width, self._zero)
        return self._rows[row][column]


class _Numbers(QStyledItemDelegate):
    """Draws a number in all of its cell; the style would keep room for an icon's margin."""

    @drawn
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex
    ) -> None:
        text = index.data(Qt.ItemDataRole.DisplayRole)
        # There are dozens of cells, and what the style draws costs more than the number.
        if option.state & _MARKED:
            self.initStyleOption(option, index)
            option.text = ""
            style = option.widget.style()
            style.drawControl(style.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setFont(option.font)
        painter.setPen(option.palette.text().color())
        painter.drawText(option.rect, Qt.AlignmentFlag.AlignCenter, text)


class WeightGrid(QTableView):
    """Shows weights; ``typed`` gives all of them as text when a cell was typed over."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weights = WeightModel(self)
        self.weights.typed.connect(self.typed)
        self.setModel(self.weights)
        self.horizontalHeader().hide()
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(CELL_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(CELL_HEIGHT)
        self.horizontalHeader().setMinimumSectionSize(1)
        self.horizontalHeader().setDefaultSectionSize(CELL_WIDTH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_Numbers(self))
        # A filter is no text: it keeps its left and right, and its numbers their minus signs.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Weights of the filter"))

    def show_weights(self, weights: np.ndarray, editable: bool) -> None:
        """Shows weights, K_h x K_w, in cells that fill the width as long as they are legible."""
        self.weights.show(weights, editable)
        rows, columns = weights.shape
        fits = columns <= COLUMNS_THAT_FIT
        modes = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(modes.Stretch if fits else modes.Fixed)
        if not fits:
            for column in range(columns):
                self.setColumnWidth(column, CELL_WIDTH)
        frame = 2 * self.frameWidth()
        bar = 0 if fits else self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(min(rows, ROWS_SHOWN) * CELL_HEIGHT + frame + bar)
        self._fit_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Writes as many digits as there is room for now."""
        super().resizeEvent(event)
        self._fit_numbers()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the keyboard is."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.weights.index(0, 0))

    def _fit_numbers(self) -> None:
        columns = self.weights.columnCount()
        size = CAPTION if columns <= ROOMY else SMALLER
        self.setFont(font(size, tabular=True))
        narrowest = min(self.columnWidth(column) for column in range(columns))
        self.weights.set_room(size, narrowest - 2.0 * BESIDE)
