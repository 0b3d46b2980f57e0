"""A field to type a pixel into, over the read-out; gone once it is there."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from convgui.style import GRID, set_role

WIDTH = 12 * GRID


def parsed(text: str) -> tuple[int, int] | None:
    """Gives column and row from a text such as "120, 88"; None if it is none."""
    found = re.fullmatch(r"\D*(\d{1,9})\D+(\d{1,9})\D*", text)
    return (int(found[1]), int(found[2])) if found else None


class _Field(QLineEdit):
    """Tells when it is left."""

    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class GoTo(QFrame):
    """Asks for a pixel.

    Signals
    -------
    chosen(int, int)
        Column and row of the input image, not checked against its size.
    closed()
        The field is gone again.
    """

    chosen = Signal(int, int)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "popup")
        label = QLabel(self.tr("Go to pixel"))
        self.field = _Field()
        self.field.setPlaceholderText(self.tr("x, y"))
        self.field.setAccessibleName(self.tr("Pixel to go to, column and row"))
        self.field.returnPressed.connect(self._go)
        self.field.left.connect(self._close)
        self.hint = QLabel()
        set_role(self.hint, "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(GRID, GRID // 2, GRID, GRID // 2)
        row.setSpacing(GRID)
        row.addWidget(label)
        self.field.setFixedWidth(WIDTH)
        row.addWidget(self.field)
        row.addWidget(self.hint)
        row.addStretch(1)
        self.hide()

    def ask(self, size: tuple[int, int], point: tuple[float, float] | None) -> None:
        """Shows the field for an image of this width and height, the crosshair's place in it."""
        self.hint.setText(self.tr("0–{0}, 0–{1}").format(size[0] - 1, size[1] - 1))
        self.field.setText("" if point is None else f"{int(point[0])}, {int(point[1])}")
        self.field.selectAll()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _go(self) -> None:
        place = parsed(self.field.text())
        if place is None:
            self.field.selectAll()
            return
        self.chosen.emit(*place)
        self._close()

    def _close(self) -> None:
        if self.isVisible():
            self.hide()
            self.closed.emit()
