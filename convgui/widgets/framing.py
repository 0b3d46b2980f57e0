"""Framing a region of a picture, or drawing a line, with the mouse while a key is held."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent

from .image_view import ImageView
from .view import Point

LEAST = 3.0
"""Points that the pointer has to move; less is a click, which takes the frame away."""


class Framer(QObject):
    """Watches views, and takes the mouse from them only while a frame is drawn.

    Signals
    -------
    framed((x, y), (x, y))
        Two corners on the input image, told again as the pointer moves.
    cleared()
        A click with the key: no frame any more.
    """

    framed = Signal(object, object)
    cleared = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        key: Qt.KeyboardModifier = Qt.KeyboardModifier.ShiftModifier,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._views: dict[QObject, ImageView] = {}
        self._start = QPointF()
        self._corner: Point | None = None
        self._moved = False

    def add(self, view: ImageView) -> None:
        """Takes a view in."""
        self._views[view.viewport()] = view
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes presses with the key, and all that follows until the button is let go."""
        view = self._views.get(watched)
        if view is None or not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            held = event.modifiers() == self._key
            if not held or event.button() != Qt.MouseButton.LeftButton or view.layer is None:
                return False
            self._start, self._moved = event.position(), False
            self._corner = view.view.place(view.area, self._start.x(), self._start.y())
            return True
        if self._corner is None:
            return False
        if kind == QEvent.Type.MouseMove:
            step = event.position() - self._start
            if self._moved or abs(step.x()) + abs(step.y()) >= LEAST:
                self._moved = True
                at = event.position()
                self.framed.emit(self._corner, view.view.place(view.area, at.x(), at.y()))
            return True
        if kind == QEvent.Type.MouseButtonRelease:
            self._corner = None
            if not self._moved:
                self.cleared.emit()
            return True
        return False
