"""The filter's weights in the dock: as a grid, as text, or from a file."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from convgui.style import GRID, set_role
from convgui.widgets.elided import ElidedLabel
from convgui.widgets.weight_grid import WeightGrid

TEXT_HEIGHT = 12 * GRID


class WeightsEditor(QWidget):
    """Shows the weights of one filter; ``edited`` gives new ones as text, rows on lines."""

    edited = Signal(str)
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caption = ElidedLabel()
        set_role(self.caption, "caption")
        self.grid = WeightGrid()
        self.grid.typed.connect(self.edited)
        self.text = QPlainTextEdit()
        self.text.setFixedHeight(TEXT_HEIGHT)
        self.text.setPlaceholderText(self.tr("0 1/4 0\n1/4 -1 1/4\n0 1/4 0"))
        self.text.setAccessibleName(self.tr("Weights as text"))
        self.text.setTabChangesFocus(True)
        self.as_text = QPushButton(self.tr("As text"))
        self.as_text.setCheckable(True)
        self.as_text.setToolTip(
            self.tr("Type or paste weights: a row on each line, fractions such as 1/9 allowed.")
        )
        self.as_text.toggled.connect(self._show_text)
        self.use = QPushButton(self.tr("Use"))
        self.use.setToolTip(self.tr("Convolve with the weights typed here."))
        self.use.clicked.connect(self._use)
        self.load = QPushButton(self.tr("Load…"))
        self.load.setToolTip(
            self.tr("Take the weights from an .npy, .csv or .txt file, one filter or a bank.")
        )
        self.load.clicked.connect(self.file_requested)

        buttons = QHBoxLayout()
        buttons.setSpacing(GRID // 2)
        for button in (self.as_text, self.use, self.load):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID + GRID // 2, GRID // 2, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.caption)
        column.addWidget(self.grid)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self._weights = np.zeros((1, 1))
        self._show_text(False)

    def show_weights(self, weights: np.ndarray, reason: str = "", caption: str = "") -> None:
        """Shows weights, K_h x K_w; with a reason, they can't be edited in the grid."""
        self._weights = weights
        self.grid.show_weights(weights, editable=not reason)
        self.grid.setToolTip(reason)
        self.caption.setText(caption or self.tr("Weights"))
        # What is being typed is not to be lost because a slider was moved meanwhile.
        if not self.text.document().isModified():
            self._fill_text()

    def _fill_text(self) -> None:
        rows = (" ".join(f"{weight:.6g}" for weight in row) for row in self._weights)
        self.text.setPlainText("\n".join(rows))

    def _show_text(self, shown: bool) -> None:
        self._fill_text()
        self.grid.setVisible(not shown)
        self.text.setVisible(shown)
        self.use.setVisible(shown)

    def _use(self) -> None:
        self.text.document().setModified(False)
        self.edited.emit(self.text.toPlainText())
