"""What a panel looks at, and where things then are on the screen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF, QSize

from .layer import Layer

Point = tuple[float, float]


@dataclass(frozen=True)
class View:
    """What a panel looks at: the place in its middle, and screen points per input pixel."""

    x: float
    y: float
    scale: float

    def place(self, area: QSize, x: float, y: float) -> Point:
        """Gives the place of the input image under a point of the viewport."""
        return (
            self.x + (x - area.width() / 2) / self.scale,
            self.y + (y - area.height() / 2) / self.scale,
        )

    def seen(self, area: QSize) -> QRectF:
        """Gives the part of the input image that a viewport shows."""
        width, height = area.width() / self.scale, area.height() / self.scale
        return QRectF(self.x - width / 2, self.y - height / 2, width, height)

    def zoomed(self, scale: float, about: Point) -> View:
        """Gives the view at another scale, with the place ``about`` where it was."""
        share = 1 - self.scale / scale
        x, y = about
        return View(self.x + (x - self.x) * share, self.y + (y - self.y) * share, scale)

    def on_screen(self, area: QSize, part: QRectF) -> QRectF:
        """Gives where a part of the input image is in the viewport."""
        x = (part.x() - self.x) * self.scale + area.width() / 2
        y = (part.y() - self.y) * self.scale + area.height() / 2
        return QRectF(x, y, part.width() * self.scale, part.height() * self.scale)

    def following(self, area: QSize, point: Point) -> View:
        """Gives the view moved as little as brings a place into it."""
        seen = self.seen(area)
        reach_x, reach_y = seen.width() / 2, seen.height() / 2
        x = min(max(self.x, point[0] - reach_x), point[0] + reach_x)
        y = min(max(self.y, point[1] - reach_y), point[1] + reach_y)
        return replace(self, x=x, y=y)

    def panned(self, area: QSize, right: float, down: float) -> View:
        """Gives the view moved by shares of what it shows."""
        seen = self.seen(area)
        return replace(self, x=self.x + right * seen.width(), y=self.y + down * seen.height())

    def corner(self, area: QSize, layer: Layer, row: float, column: float) -> Point:
        """Gives where the upper left corner of a picture's pixel is in the viewport."""
        x = layer.grid.left + column * layer.grid.pitch_x
        y = layer.grid.top + row * layer.grid.pitch_y
        return (
            (x - self.x) * self.scale + area.width() / 2,
            (y - self.y) * self.scale + area.height() / 2,
        )

    def cell(self, area: QSize, layer: Layer, point: Point) -> QRectF:
        """Gives a picture's pixel at a place, in the viewport; empty, but there, if none is."""
        found = layer.at(*point)
        if found is None:
            x = (point[0] - self.x) * self.scale + area.width() / 2
            y = (point[1] - self.y) * self.scale + area.height() / 2
            return QRectF(x, y, 0, 0)
        x, y = self.corner(area, layer, *found)
        return QRectF(x, y, layer.grid.pitch_x * self.scale, layer.grid.pitch_y * self.scale)
