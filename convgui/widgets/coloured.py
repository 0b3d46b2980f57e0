"""What pictures of numbers have in common: a theme, a technique's colour, and being out of date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from convgui import style

FAINT = 0.4


class Coloured(QWidget):
    """Is drawn in a technique's colour; never turned round, for numbers are no text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = style.LIGHT
        self._colour = QColor(style.LIGHT.muted)
        self._opacity = 1.0
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws all of it faintly while it is out of date."""
        self._opacity = FAINT if dimmed else 1.0
        self.update()

    def set_colours(self, theme: style.Theme, colour: str) -> None:
        """Wears a theme, and a technique's colour."""
        self._theme, self._colour = theme, QColor(colour)
        self.update()
