"""The dialog that asks what a setting of reuse is to be chosen for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from convgui.dialogs import ask_once
from convgui.model.choosing import Wish
from convgui.style import GRID


class ChooseDialog(QDialog):
    """Asks for a budget or for an accuracy.

    Signals
    -------
    chosen(Wish)
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, wish: Wish) -> None:
        super().__init__(parent)
        ask_once(self)
        self.setWindowTitle(self.tr("Choose a setting of reuse"))
        text = QLabel(
            self.tr("Family, hashes, step, scope and correction are picked from the windows of "
                    "this image. The run after it tells whether what is expected comes true.")
        )  # fmt: skip
        text.setWordWrap(True)
        self.by_budget = QRadioButton(self.tr("The &best accuracy for at most"))
        self.by_accuracy = QRadioButton(self.tr("The &fewest multiplications for at least"))
        self.percent = self._number(
            0.1, 1000.0, wish.percent, self.tr(" % of exact's"),
            self.tr("Multiplications that may be spent"),
        )  # fmt: skip
        self.decibels = self._number(
            1.0, 150.0, wish.decibels, self.tr(" dB PSNR"), self.tr("Accuracy that is wanted")
        )
        (self.by_budget if wish.by_budget else self.by_accuracy).setChecked(True)
        self.by_budget.toggled.connect(self._follow)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.start = buttons.addButton(
            self.tr("&Choose"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        grid = QGridLayout()
        grid.setSpacing(GRID)
        for row, (button, number) in enumerate(
            ((self.by_budget, self.percent), (self.by_accuracy, self.decibels))
        ):
            grid.addWidget(button, row, 0)
            grid.addWidget(number, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addWidget(text)
        column.addLayout(grid)
        column.addWidget(buttons)
        self._follow()

    def _number(
        self, low: float, high: float, value: float, suffix: str, name: str
    ) -> QDoubleSpinBox:
        number = QDoubleSpinBox()
        number.setDecimals(1)
        number.setRange(low, high)
        number.setValue(value)
        number.setSuffix(suffix)
        number.setAccessibleName(name)
        number.setAlignment(Qt.AlignmentFlag.AlignRight)
        return number

    def _follow(self) -> None:
        self.percent.setEnabled(self.by_budget.isChecked())
        self.decibels.setEnabled(not self.by_budget.isChecked())

    def _accept(self) -> None:
        wish = Wish(self.by_budget.isChecked(), self.percent.value(), self.decibels.value())
        self.accept()
        self.chosen.emit(wish)
