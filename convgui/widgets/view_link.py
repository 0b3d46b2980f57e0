"""Keeps views at the same place, and the crosshair in all of them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, QRectF, Signal

from .image_view import ImageView
from .view import Point, View


class ViewLink(QObject):
    """Passes what the user does in one view on to the others.

    Signals
    -------
    pointed((x, y) or None)
        The crosshair is at this place of the input image.
    """

    pointed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._views: list[ImageView] = []
        self._linked = True
        self._fitted = True
        self._whole = QRectF(0, 0, 1, 1)
        self._point: Point | None = None

    @property
    def linked(self) -> bool:
        """Whether views move together."""
        return self._linked

    @property
    def point(self) -> Point | None:
        """Where the crosshair is."""
        return self._point

    def add(self, view: ImageView) -> None:
        """Takes a view in."""
        self._views.append(view)
        view.moved.connect(self._moved)
        view.pointed.connect(self._pointed)
        view.fit_requested.connect(self.fit)
        view.resized.connect(self._resized)

    def set_whole(self, whole: QRectF) -> None:
        """Sets what "fit" shows; fits now if that is another size than before."""
        if whole != self._whole:
            self._whole = whole
            self.set_point(None)
            self.fit()

    def set_linked(self, linked: bool) -> None:
        """Lets views move together or each by itself; together, they go where the first one is."""
        self._linked = linked
        if linked and self._views:
            self._show(self._views[0].view)

    def fit(self) -> None:
        """Shows the whole in every view, at the same scale."""
        self._fitted = True
        scales = [
            min(view.area.width() / self._whole.width(), view.area.height() / self._whole.height())
            for view in self._shown()
        ]
        if scales and min(scales) > 0:
            middle = self._whole.center()
            self._show(View(middle.x(), middle.y(), min(scales)))

    def actual(self) -> None:
        """Shows one input pixel as one pixel of the screen."""
        for view in self._targets(self._shown()):
            about = self._point or (view.view.x, view.view.y)
            self._apply(view, view.view.zoomed(1 / view.devicePixelRatioF(), about))

    def zoom(self, factor: float) -> None:
        """Goes closer, or away, around the crosshair or the middle."""
        for view in self._targets(self._shown()):
            self._apply(view, view.zoomed(factor))

    def seen_between(self, upright: bool) -> tuple[float, float]:
        """Gives from where to where the first view sees the whole, from left to right or down."""
        if not self._views:
            return 0.0, 1.0
        view = self._views[0]
        seen = view.view.seen(view.area).intersected(self._whole)
        if seen.isEmpty():
            seen = self._whole
        return (seen.top(), seen.bottom()) if upright else (seen.left(), seen.right())

    def go(self, point: Point) -> None:
        """Puts the crosshair somewhere and, where that is not seen, moves there."""
        if not self._fitted:
            for view in self._targets(self._shown()):
                self._apply(view, replace(view.view, x=point[0], y=point[1]))
        self.set_point(point)

    def set_point(self, point: Point | None) -> None:
        """Puts the crosshair somewhere, or takes it away."""
        if point != self._point:
            self._point = point
            for view in self._views:
                view.set_point(point)
            self.pointed.emit(point)

    def _shown(self) -> list[ImageView]:
        return [view for view in self._views if not view.isHidden() and view.parent()]

    def _targets(self, views: list[ImageView]) -> list[ImageView]:
        """Gives the views to begin from: one where they are linked, since the rest follow."""
        return views[:1] if self._linked else views

    def _apply(self, view: ImageView, wanted: View) -> None:
        self._fitted = False
        if self._linked:
            self._show(wanted)
        else:
            view.set_view(wanted)

    def _show(self, wanted: View) -> None:
        for view in self._views:
            view.set_view(wanted)

    def _moved(self, wanted: View) -> None:
        sender = self.sender()
        if isinstance(sender, ImageView):
            self._apply(sender, wanted)

    def _pointed(self, point: Point | None) -> None:
        self.set_point(point)

    def _resized(self) -> None:
        if self._fitted:
            self.fit()
