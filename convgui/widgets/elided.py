"""A label that gives way: too long a text ends in an ellipsis, in full in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel

from .drawn import drawn


class ElidedLabel(QLabel):
    """Shows as much of its text as there is room for."""

    def setText(self, text: str) -> None:
        """Shows a text."""
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        """Gives no width, so that a layout may take all of it away."""
        return QSize(0, super().minimumSizeHint().height())

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draws the text, shortened."""
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        self.style().drawItemText(
            painter, self.rect(), int(self.alignment()), self.palette(), self.isEnabled(), text,
            self.foregroundRole(),
        )  # fmt: skip
        painter.end()
