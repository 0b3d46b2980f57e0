"""A picture that can be panned and zoomed, with a crosshair and, close up, the values in it."""

from __future__ import annotations

from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QGraphicsView, QWidget

from . import image_overlay
from .drawn import drawn
from .layer import Layer
from .picture import Picture
from .view import Point, View

CLOSEST = 256.0
"""The largest size of an image pixel on the screen, in points."""
VEILED = 0.65
"""How much of a picture that is out of date is covered."""
PANNED = 0.125
"""The share of what is seen that a key moves it by."""
WHEEL = 360.0
"""Eighths of a degree that double the scale: three notches of a mouse wheel."""

_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_ZOOMS = {Qt.Key.Key_Plus: 2.0, Qt.Key.Key_Equal: 2.0, Qt.Key.Key_Minus: 0.5}
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)  # fmt: skip


class ImageView(pg.GraphicsView):
    """Shows a :class:`Layer`; knows nothing of other panels.

    Its signals say what the user wants; ``set_...`` shows it and emits nothing.

    Signals
    -------
    moved(View)
        The user panned or zoomed.
    pointed((x, y) or None)
        The pointer or an arrow key is at this place of the input image.
    chosen(), fit_requested()
        The Enter key; a double click, or the Home key.
    resized()
        The panel has another size, so what fits has changed.
    """

    moved = Signal(object)
    pointed = Signal(object)
    chosen = Signal()
    fit_requested = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        # What pyqtgraph calls while it sets itself up needs these.
        self._layer: Layer | None = None
        self._view = View(0.5, 0.5, 1.0)
        super().__init__(parent, useOpenGL=False, background=None)
        self._box = pg.ViewBox(enableMouse=False, enableMenu=False, invertY=True, defaultPadding=0)
        self._box.disableAutoRange()
        # Setters ask to be drawn; the scene would ask again, once that was done.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.NoViewportUpdate)
        # A background of one colour needs no picture of it, which pyqtgraph has Qt keep.
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)
        self.setCentralItem(self._box)
        self._picture = Picture(self._box)
        self._overlay = image_overlay.Overlay()
        self._point: Point | None = None
        self._grabbed: QPointF | None = None
        self._framed = self._dimmed = False
        self._region: QRectF | None = None
        self._line: tuple[Point, Point] | None = None
        self._veil = QColor(0, 0, 0, 0)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        # Drops belong to the panel around; a graphics view would take them first.
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)

    @property
    def layer(self) -> Layer | None:
        """What is shown."""
        return self._layer

    @property
    def view(self) -> View:
        """What is looked at."""
        return self._view

    @property
    def point(self) -> Point | None:
        """Where the crosshair is, on the input image."""
        return self._point

    def set_layer(self, layer: Layer | None) -> None:
        """Shows another picture in the same place."""
        if layer is not None and layer.looks_like(self._layer):
            return
        self._layer = layer
        if layer is None:
            self._picture.let_go()
            self._overlay.let_go()
        self._picture.forget()
        self._refresh()

    def set_view(self, view: View) -> None:
        """Looks at another place."""
        # Linked views are told once for each of them that is resized.
        if view != self._view:
            self._view = view
            self._refresh()

    def set_point(self, point: Point | None) -> None:
        """Moves the crosshair, or takes it away."""
        before, self._point = self._point, point
        if self._layer is None or point == before:
            return
        for each in (before, point):
            if each is not None:
                for strip in image_overlay.strips(self._layer, self._view, self.area, each):
                    self.viewport().update(strip)

    def set_region(self, region: QRectF | None) -> None:
        """Frames a part of the input image, or none."""
        if region != self._region:
            self._region = region
            self.viewport().update()

    def set_line(self, line: tuple[Point, Point] | None) -> None:
        """Draws a line between two places of the input image, or none."""
        if line != self._line:
            self._line = line
            self.viewport().update()

    def set_dimmed(self, dimmed: bool) -> None:
        """Draws the picture faintly while it is out of date."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self.viewport().update()

    def set_colours(self, background: str, unfit: str) -> None:
        """Sets the grey around the picture and the colour of values that are not finite."""
        self.setBackground(QColor(background))
        self._veil = QColor(background)
        self._veil.setAlphaF(VEILED)
        self._picture.set_unfit_colour(QColor(unfit))
        self._refresh()

    @property
    def area(self) -> QSize:
        """The size of what the picture is shown in."""
        return self.viewport().size()

    def zoomed(self, factor: float, about: Point | None = None) -> View:
        """Gives the view closer by ``factor`` around a place, the crosshair or the middle."""
        scale = min(max(self._view.scale * factor, self._farthest()), CLOSEST)
        return self._view.zoomed(scale, about or self._point or (self._view.x, self._view.y))

    def _farthest(self) -> float:
        if self._layer is None:
            return 1.0
        (height, width), grid, area = self._layer.size, self._layer.grid, self.area
        return min(
            1.0, area.width() / (2 * width * grid.pitch_x),
            area.height() / (2 * height * grid.pitch_y),
        )  # fmt: skip

    def _refresh(self) -> None:
        """Brings range and samples up to date; what is at hand is not taken again."""
        seen = self._view.seen(self.area)
        if seen.isEmpty():
            return
        self._box.setRange(seen, padding=0)
        if self._layer is not None:
            points = self._view.scale * self.devicePixelRatioF()
            smooth = self._picture.show(self._layer, seen, points)
            self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        self.viewport().update()

    def _draw_over(self, painter: QPainter, area: QSize, veil: QColor | None) -> None:
        if self._layer is not None:
            self._overlay.draw(painter, self._layer, self._view, area, self._point, veil)

    def _point_at(self, position: QPointF) -> None:
        """Says which pixel of this picture the pointer is on, by its centre."""
        place = self._view.place(self.area, position.x(), position.y())
        cell = self._layer.at(*place) if self._layer is not None else None
        if self._layer is None or cell is None:
            self.pointed.emit(None)
        else:
            self.pointed.emit(self._layer.centre(*cell))

    def _step(self, key: Qt.Key, by: int) -> None:
        """Moves the crosshair by pixels, and the view with it where it would leave."""
        layer, view = self._layer, self._view
        if layer is None:
            return
        row, column = layer.at(*(self._point or (view.x, view.y))) or (0, 0)
        if self._point is not None:
            row = min(max(row + _STEPS[key][0] * by, 0), layer.size[0] - 1)
            column = min(max(column + _STEPS[key][1] * by, 0), layer.size[1] - 1)
        x, y = layer.centre(row, column)
        if (followed := view.following(self.area, (x, y))) != view:
            self.moved.emit(followed)
        self.pointed.emit((x, y))

    def close(self) -> bool:
        # pyqtgraph's own takes the viewport away, which crashes while an event is on its way.
        return QGraphicsView.close(self)

    @drawn
    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        painter.resetTransform()
        if self._layer is not None:
            # A veil is far cheaper than a picture drawn with opacity, and a run takes all cores.
            self._draw_over(painter, self.area, self._veil if self._dimmed else None)
            image_overlay.draw_shapes(painter, self._view, self.area, self._region, self._line)
        if self._framed:
            image_overlay.draw_frame(painter, self.area)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        # pyqtgraph calls this without an event while it is being made.
        if event is not None:
            self._refresh()
            self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grabbed = event.position()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._grabbed is None:
            self._point_at(position)
            return
        step, self._grabbed = position - self._grabbed, position
        view = self._view
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self.moved.emit(
            replace(view, x=view.x - step.x() / view.scale, y=view.y - step.y() / view.scale)
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grabbed = None
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._point_at(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.fit_requested.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if turned := event.angleDelta().y():
            about = self._view.place(self.area, event.position().x(), event.position().y())
            self.moved.emit(self.zoomed(2.0 ** (turned / WHEEL), about))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._framed = event.reason() in _BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._framed = False
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            down, right = (PANNED * each for each in _STEPS[key])
            self.moved.emit(self._view.panned(self.area, right, down))
        elif key in _STEPS:
            self._step(key, 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in _ZOOMS:
            self.moved.emit(self.zoomed(_ZOOMS[key]))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif key == Qt.Key.Key_Home:
            self.fit_requested.emit()
        else:
            event.ignore()
