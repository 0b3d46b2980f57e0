"""Panels of equal size side by side, arranged anew whenever there is another amount of room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from .arrangement import arrange


class Mosaic(QWidget):
    """Places its panels by :func:`~convgui.widgets.arrangement.arrange`.

    Pictures keep their order from left to right in languages that are read from the right, too.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels: dict[str, QWidget] = {}
        self._techniques: tuple[str, ...] = ()
        self._image = (1, 1)
        self._bank = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add(self, name: str, panel: QWidget) -> None:
        """Takes a panel in, under the name that it has in the arrangement."""
        panel.setParent(self)
        self._panels[name] = panel

    def arrange(self, image: tuple[int, int], techniques: Sequence[str], bank: bool) -> None:
        """Places the panels for an image of this width and height; those not named are hidden."""
        if (image, tuple(techniques), bank) != (self._image, self._techniques, self._bank):
            self._image, self._techniques, self._bank = image, tuple(techniques), bank
            self._place()

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 320)

    def sizeHint(self) -> QSize:
        return QSize(640, 480)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        size = self.width(), self.height()
        places = arrange(size, self._image, self._techniques, self._bank)
        for name, panel in self._panels.items():
            if name in places:
                place = places[name]
                panel.setGeometry(place.x, place.y, place.width, place.height)
            panel.setVisible(name in places)
