"""A picture of which some pixels are lit: they keep their colours, and all others are dimmed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from . import image_overlay
from .layer import Layer
from .marked_view import MarkedView

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, eq=False)
class NumberedLayer(Layer):
    """A picture whose pixels are told by numbers of their own, such as those of clusters.

    Attributes
    ----------
    numbers : H x W of int, or None
    """

    numbers: np.ndarray | None = None

    def texts(self, row: int, column: int) -> list[str]:
        """Gives a pixel's number."""
        if self.numbers is None:
            return super().texts(row, column)
        return [str(int(self.numbers[row, column]))]


class LitView(MarkedView):
    """An image view in which pixels are picked, by a click, the arrow keys or the Enter key.

    Signals
    -------
    picked((row, column))
        A pixel of the picture.
    cleared()
        A click beside the picture.
    """

    picked = Signal(object)
    cleared = Signal()
    paints = np.array([[24, 24, 26, 205], [0, 0, 0, 0]], np.uint8)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._pressed: QPointF | None = None
        super().__init__(parent)
        self.chosen.connect(self._pick_here)

    def set_layer(self, layer: Layer | None) -> None:
        """Shows another picture; none is held any more where there is none."""
        if layer is None:
            # The numbers that were written last are kept with the picture that they are of.
            self._overlay = image_overlay.Overlay()
        super().set_layer(layer)

    def _pick(self, point: tuple[float, float] | None) -> None:
        cell = None if point is None or self._layer is None else self._layer.at(*point)
        if cell is None:
            self.cleared.emit()
        else:
            self.picked.emit(cell)

    def _pick_here(self) -> None:
        self._pick(self._point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        moved = (event.position() - pressed).manhattanLength()
        # What was dragged was moved about, not picked.
        if moved < QApplication.startDragDistance():
            self._pick(self._view.place(self.area, pressed.x(), pressed.y()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if Qt.Key(event.key()) in _ARROWS and not held:
            self._pick(self._point)
