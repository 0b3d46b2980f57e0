"""The weights of one filter as a grid of numbers that can be typed over."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from convgui.style import CAPTION, font

CELL_WIDTH, CELL_HEIGHT = 44, 24
COLUMNS_THAT_FIT, ROWS_SHOWN = 5, 7

MOST_CHARACTERS = 5

Index = QModelIndex | QPersistentModelIndex


def short(weight: float) -> str:
    """Gives a number in as many digits as a cell has room for."""
    texts = [f"{weight:.{digits}g}" for digits in (3, 2, 1)]
    text = next((each for each in texts if len(each.lstrip("-")) <= MOST_CHARACTERS), texts[-1])
    if len(text.lstrip("-")) > MOST_CHARACTERS or "e" in text:
        mantissa, _, exponent = f"{weight:.0e}".partition("e")
        text = f"{mantissa}e{int(exponent)}"
    return text.replace("-", "\N{MINUS SIGN}")


class WeightModel(QAbstractTableModel):
    """Weights as a Qt table; a typed cell goes out as text and changes nothing here."""

    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weights = np.zeros((1, 1))
        self.editable = True

    def show(self, weights: np.ndarray, editable: bool) -> None:
        """Shows other weights, K_h x K_w."""
        self.editable = editable
        if weights.shape == self.weights.shape and np.array_equal(weights, self.weights):
            return
        self.beginResetModel()
        self.weights = weights
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Gives K_h."""
        return 0 if parent.isValid() else self.weights.shape[0]

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Gives K_w."""
        return 0 if parent.isValid() else self.weights.shape[1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Gives a weight, short in the cell and in full when it is edited or pointed at."""
        weight = float(self.weights[index.row(), index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return short(weight)
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
        self.horizontalHeader().setMinimumSectionSize(CELL_WIDTH)
        self.horizontalHeader().setDefaultSectionSize(CELL_WIDTH)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setFont(font(CAPTION))
        self.setAccessibleName(self.tr("Weights of the filter"))

    def show_weights(self, weights: np.ndarray, editable: bool) -> None:
        """Shows weights, K_h x K_w, in cells that fill the width as long as they are legible."""
        self.weights.show(weights, editable)
        rows, columns = weights.shape
        fits = columns <= COLUMNS_THAT_FIT
        modes = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(modes.Stretch if fits else modes.Fixed)
        frame = 2 * self.frameWidth()
        bar = 0 if fits else self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(min(rows, ROWS_SHOWN) * CELL_HEIGHT + frame + bar)
