"""A measured value to type in: any size, an exponent where it needs one, no fixed decimals."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from convgui.style import GRID

from .layer import MINUS

DIGITS = 5


def parsed(text: str) -> float | None:
    """Gives the number that a text means, with either minus sign and either decimal mark."""
    try:
        value = float(text.strip().replace(MINUS, "-").replace(",", "."))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def short(value: float) -> str:
    """Gives a number in few digits, its exponent without zeros before it."""
    digits, _, power = f"{value + 0:.{DIGITS}g}".partition("e")
    return (f"{digits}e{int(power)}" if power else digits).replace("-", MINUS)


class ValueEdit(QLineEdit):
    """Shows a number in a few digits; ``set_value`` never emits.

    What is no number is taken back when the field is left.

    Signals
    -------
    changed(float)
        Another number was typed.
    """

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = 0.0
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.editingFinished.connect(self._finish)

    @property
    def value(self) -> float:
        """The number, with all its digits."""
        return self._value

    def set_value(self, value: float) -> None:
        """Shows a number, unless one is being typed."""
        self._value = value
        if not (self.hasFocus() and self.isModified()):
            self._show()

    def sizeHint(self) -> QSize:
        return QSize(9 * GRID, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(6 * GRID, super().minimumSizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self._show()
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        self.setText(short(self._value))
        self.setCursorPosition(0)
        self.setModified(False)

    def _finish(self) -> None:
        """Takes what was typed; a text that was not touched keeps the digits it does not show."""
        if not self.isModified():
            return
        value = parsed(self.text())
        if value is not None and value != self._value:
            self._value = value
            self._show()
            self.changed.emit(value)
        else:
            self._show()
