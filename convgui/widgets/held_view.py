"""A picture held against another one: a line parts them, or a key shows the other for a moment."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from . import image_overlay
from .image_view import ImageView
from .layer import Layer
from .picture import Picture
from .wipe import NEAR, STEP, Tag, Wipe, draw_tag

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class HeldView(ImageView):
    """An image view that can show another picture in the same place, in part or for a while.

    The other picture stands left of the line, or above it; while it flickers, everywhere.

    Signals
    -------
    wiped(float)
        The user wants the line at this share of the panel.
    """

    wiped = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        # The base class calls what is overridden here while it is being made.
        self._other: Layer | None = None
        self._wipe: Wipe | None = None
        self._flickers = False
        self._pulled = False
        super().__init__(parent)
        self._other_picture = Picture(self._box)
        self._other_overlay = image_overlay.Overlay()
        self._tags = Tag("", "#000000"), Tag("", "#000000")

    @property
    def other(self) -> Layer | None:
        """What the picture is held against."""
        return self._other

    @property
    def wipe(self) -> Wipe | None:
        """The line between the two; None for none."""
        return self._wipe if self._other is not None else None

    @property
    def tags(self) -> tuple[Tag, Tag]:
        """The names of the other picture and of this one."""
        return self._tags

    def set_other(self, layer: Layer | None, tags: tuple[Tag, Tag]) -> None:
        """Sets the picture that this one is held against, and the names: that one's first."""
        seen = self._sides() is not None
        self._other, self._tags = layer, tags
        if layer is None:
            self._other_picture.let_go()
            self._other_overlay.let_go()
        self._other_picture.forget()
        # Most of the time there is no line, and nothing to draw anew.
        if seen or self._sides() is not None:
            self._refresh()

    def set_wipe(self, wipe: Wipe | None) -> None:
        """Moves the line, or takes it away."""
        if wipe != self._wipe:
            self._wipe = wipe
            self._refresh()

    def set_flicker(self, flickers: bool) -> None:
        """Shows the other picture alone."""
        if flickers != self._flickers:
            self._flickers = flickers
            self._refresh()

    def set_colours(self, background: str, unfit: str) -> None:
        self._other_picture.set_unfit_colour(QColor(unfit))
        super().set_colours(background, unfit)

    def _sides(self) -> tuple[QRect, QRect] | None:
        """Gives the parts of the panel of the other picture and of this one; None: all is this."""
        area = self.area
        if self._other is None:
            return None
        if self._flickers:
            return QRect(0, 0, area.width(), area.height()), QRect()
        return (self._wipe.before(area), self._wipe.behind(area)) if self._wipe else None

    def _refresh(self) -> None:
        sides = self._sides()
        if sides is None or self._other is None:
            self._picture.set_clip(None)
            if self._other is not None:
                self._other_picture.forget()
            super()._refresh()
            return
        other, own = (self._place(side) for side in sides)
        self._other_picture.set_clip(other)
        self._picture.set_clip(own)
        seen = self._view.seen(self.area)
        if not seen.isEmpty():
            points = self._view.scale * self.devicePixelRatioF()
            self._other_picture.show(self._other, seen, points)
        super()._refresh()

    def _place(self, side: QRect) -> QRectF:
        """Gives the part of the input image that lies under a part of the panel."""
        x, y = self._view.place(self.area, side.left(), side.top())
        scale = self._view.scale
        return QRectF(x, y, side.width() / scale, side.height() / scale)

    def _is_near(self, position: QPointF) -> bool:
        wipe = self.wipe
        return wipe is not None and wipe.distance(self.area, position) <= NEAR

    def _draw_over(self, painter: QPainter, area: QSize, veil: QColor | None) -> None:
        sides = self._sides()
        if sides is None or self._other is None or self._layer is None:
            super()._draw_over(painter, area, veil)
            return
        parts = (self._other_overlay, self._other), (self._overlay, self._layer)
        for side, (overlay, layer) in zip(sides, parts, strict=True):
            if side.isEmpty():
                continue
            painter.save()
            painter.setClipRect(side)
            overlay.draw(painter, layer, self._view, area, self._point, veil)
            painter.restore()
        if self._flickers:
            draw_tag(painter, QPointF(4, 4), self._tags[0])
        elif self._wipe is not None:
            self._wipe.draw(painter, area, self._tags)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._is_near(event.position()):
            self._pulled = True
            event.accept()
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        wipe = self.wipe
        if wipe is None:
            super().mouseMoveEvent(event)
        elif self._pulled:
            self.wiped.emit(wipe.share_of(self.area, event.position()))
        else:
            super().mouseMoveEvent(event)
            if self._grabbed is None:
                across = (
                    Qt.CursorShape.SplitHCursor if wipe.upright else Qt.CursorShape.SplitVCursor
                )
                near = self._is_near(event.position())
                self.viewport().setCursor(across if near else Qt.CursorShape.CrossCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pulled = False
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._is_near(event.position()):
            self.wiped.emit(0.5)
        else:
            super().mouseDoubleClickEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        wipe, key = self.wipe, Qt.Key(event.key())
        alone = event.modifiers() & Qt.KeyboardModifier.AltModifier
        if wipe is not None and alone and key in (*_BACK, *_ON):
            self.wiped.emit(wipe.moved(wipe.share + (STEP if key in _ON else -STEP)).share)
        else:
            super().keyPressEvent(event)
