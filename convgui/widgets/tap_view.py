"""A picture on which an output is picked, and the samples that its window reads are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from .marked_view import MarkedView
from .view import View

MOVED = 4
"""Points that the pointer may move between press and release of a click."""
DOTTED = 5.0
"""Points that a pixel must be wide before each sample is outlined."""
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 235)


@dataclass(frozen=True, eq=False)
class Frames:
    """Windows on the image.

    Attributes
    ----------
    rows, columns : K_h and K_w of int
        What the window reads.
    colour : str
        Of the window.
    reference : (rows, columns) or None
        What another window reads that this one is compared with.
    next : (int, int)
        From this window to the next one, down and to the right: the strides.
    padding : (left, top, right, bottom)
        The image with its padding.
    """

    rows: np.ndarray
    columns: np.ndarray
    colour: str
    reference: tuple[np.ndarray, np.ndarray] | None = None
    next: tuple[int, int] = (1, 1)
    padding: tuple[int, int, int, int] = (0, 0, 0, 0)

    def box(self) -> QRectF:
        """The part of the image that the window spans."""
        return _box(self.rows, self.columns)


class TapView(MarkedView):
    """Clicks pick, arrows step, dragging and the wheel still move the picture.

    Signals
    -------
    picked(x, y)
        A place of the input image.
    stepped(rows, columns)
    toggled()
        The space bar.
    """

    picked = Signal(float, float)
    stepped = Signal(int, int)
    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self._frames: Frames | None = None
        self._pressed: QPointF | None = None
        super().__init__(parent)

    @property
    def frames(self) -> Frames | None:
        """The windows that are drawn."""
        return self._frames

    def set_frames(self, frames: Frames | None) -> None:
        """Draws other windows, or none."""
        self._frames = frames
        self.viewport().update()

    def _draw_over(self, painter: QPainter, area: QSize, veil: QColor | None) -> None:
        super()._draw_over(painter, area, veil)
        frames = self._frames
        if frames is None or self._layer is None:
            return
        height, width = self._layer.size
        self._draw_padding(painter, area, QRectF(0, 0, width, height))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box, (down, right) = frames.box(), frames.next
        for shift in (QPointF(right, 0), QPointF(0, down)):
            place = self._view.on_screen(area, box.translated(shift))
            _outline(painter, place, _LIGHT, dashed=True)
        if frames.reference is not None:
            _outline(painter, self._view.on_screen(area, _box(*frames.reference)), _LIGHT)
        if self._view.scale >= DOTTED:
            self._draw_samples(painter, area, frames)
        _outline(painter, self._view.on_screen(area, box), QColor(frames.colour), 2)

    def _draw_samples(self, painter: QPainter, area: QSize, frames: Frames) -> None:
        for row in frames.rows.tolist():
            for column in frames.columns.tolist():
                place = self._view.on_screen(area, QRectF(column, row, 1, 1)).adjusted(1, 1, -1, -1)
                painter.setPen(QPen(QColor(frames.colour), 1))
                painter.drawRect(place)

    def _draw_padding(self, painter: QPainter, area: QSize, image: QRectF) -> None:
        """Hatches the padding, which is outside of the image."""
        left, top, right, bottom = self._frames.padding
        whole = QRectF(left, top, right - left, bottom - top)
        if whole == image or whole.isEmpty():
            return
        hatch = QBrush(_LIGHT, Qt.BrushStyle.BDiagPattern)
        for part in (
            QRectF(left, top, right - left, -top),
            QRectF(left, image.bottom(), right - left, bottom - image.bottom()),
            QRectF(left, 0, -left, image.height()),
            QRectF(image.right(), 0, right - image.right(), image.height()),
        ):
            if not part.isEmpty():
                painter.fillRect(self._view.on_screen(area, part), hatch)
        _outline(painter, self._view.on_screen(area, whole), _LIGHT, dashed=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is not None:
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        pressed, self._pressed = self._pressed, None
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if (event.position() - pressed).manhattanLength() <= MOVED:
            self.picked.emit(*self._view.place(self.area, pressed.x(), pressed.y()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # Two quick clicks pick twice; Home fits.
        self.mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Leaves the mark where it is: it is not the pointer's."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, keys = Qt.Key(event.key()), event.modifiers()
        if key in _STEPS and not keys & Qt.KeyboardModifier.ControlModifier:
            by = 10 if keys & Qt.KeyboardModifier.ShiftModifier else 1
            self.stepped.emit(*(by * each for each in _STEPS[key]))
        elif key == Qt.Key.Key_Space:
            self.toggled.emit()
        else:
            super().keyPressEvent(event)


def close_up(box: QRectF, area: QSize) -> View:
    """Gives the view in which a window takes some two fifths of the panel."""
    reach = max(box.width() / max(area.width(), 1), box.height() / max(area.height(), 1), 1e-6)
    middle = box.center()
    return View(middle.x(), middle.y(), min(0.4 / reach, 48.0))


def _box(rows: np.ndarray, columns: np.ndarray) -> QRectF:
    return QRectF(
        float(columns[0]), float(rows[0]), float(columns[-1] - columns[0] + 1),
        float(rows[-1] - rows[0] + 1),
    )


def _outline(
    painter: QPainter, place: QRectF, colour: QColor, width: float = 1, *, dashed: bool = False
) -> None:
    """Draws a frame that is seen on any ground."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_DARK, width + 2))
    painter.drawRect(place)
    line = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(colour, width, line))
    painter.drawRect(place)
