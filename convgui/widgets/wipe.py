"""The line that parts a picture from the one it is held against, and what is drawn along it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from convgui import style

NEAR = 6.0
"""Points from the line within which the pointer takes hold of it."""
STEP = 0.02
"""How far a key moves it, as a share of the panel."""
GRIP = 12.0
_LIGHT, _DARK = QColor(255, 255, 255, 235), QColor(0, 0, 0, 110)
_TAG = QColor(20, 20, 22, 190)
_WORDS = QColor(255, 255, 255)


@dataclass(frozen=True)
class Tag:
    """What stands on one side of the line: a name, and its technique's colour."""

    name: str
    colour: str


@dataclass(frozen=True)
class Wipe:
    """A line at a share of the panel's width, or of its height where it lies flat.

    It belongs to the screen and not to the picture: who moves the picture under it keeps it.
    """

    upright: bool = True
    share: float = 0.5

    def moved(self, share: float) -> Wipe:
        """Gives the line at another share, never beyond the panel."""
        return replace(self, share=min(max(share, 0.0), 1.0))

    def at(self, area: QSize) -> int:
        """Gives how many points lie before the line."""
        return round(self.share * (area.width() if self.upright else area.height()))

    def before(self, area: QSize) -> QRect:
        """Gives the part of a panel to the left of the line, or above it."""
        at = self.at(area)
        width, height = (at, area.height()) if self.upright else (area.width(), at)
        return QRect(0, 0, width, height)

    def behind(self, area: QSize) -> QRect:
        """Gives the other part."""
        at = self.at(area)
        if self.upright:
            return QRect(at, 0, area.width() - at, area.height())
        return QRect(0, at, area.width(), area.height() - at)

    def distance(self, area: QSize, position: QPointF) -> float:
        """Gives how many points a place is from the line."""
        return abs((position.x() if self.upright else position.y()) - self.at(area))

    def share_of(self, area: QSize, position: QPointF) -> float:
        """Gives the share at which the line runs through a place."""
        if self.upright:
            return position.x() / max(area.width(), 1)
        return position.y() / max(area.height(), 1)

    def draw(self, painter: QPainter, area: QSize, tags: tuple[Tag, Tag]) -> None:
        """Draws the line, a grip in its middle, and what is on either side while that has room."""
        at = self.at(area)
        length = area.height() if self.upright else area.width()
        line = QLineF(at + 0.5, 0, at + 0.5, length)
        grip = QRectF(at + 0.5 - GRIP / 4, (length - 2 * GRIP) / 2, GRIP / 2, 2 * GRIP)
        if not self.upright:
            line = QLineF(0, at + 0.5, length, at + 0.5)
            grip = QRectF((length - 2 * GRIP) / 2, at + 0.5 - GRIP / 4, 2 * GRIP, GRIP / 2)
        for colour, width in ((_DARK, 3), (_LIGHT, 1)):
            painter.setPen(QPen(colour, width))
            painter.drawLine(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_DARK, 1))
        painter.setBrush(_LIGHT)
        painter.drawRoundedRect(grip, GRIP / 4, GRIP / 4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        self._write(painter, area, tags)

    def _write(self, painter: QPainter, area: QSize, tags: tuple[Tag, Tag]) -> None:
        gap = style.GRID / 2
        before, behind = QRectF(self.before(area)), QRectF(self.behind(area))
        for tag, side in zip(tags, (before, behind), strict=True):
            size = tag_size(tag)
            if size.width() + 2 * gap > side.width() or size.height() + 2 * gap > side.height():
                continue
            x, y = side.left() + gap, side.top() + gap
            if side is before:
                x = side.right() - gap - size.width() if self.upright else x
                y = y if self.upright else side.bottom() - gap - size.height()
            draw_tag(painter, QPointF(x, y), tag)


def tag_size(tag: Tag) -> QRectF:
    """Gives the room that a tag takes."""
    metrics = QFontMetricsF(style.font(style.CAPTION, semibold=True))
    wide = metrics.horizontalAdvance(tag.name)
    return QRectF(0, 0, wide + 2 * style.GRID + 3, metrics.height() + style.GRID / 2)


def draw_tag(painter: QPainter, corner: QPointF, tag: Tag) -> None:
    """Writes what is seen into the picture, on a ground of its own."""
    place = tag_size(tag).translated(corner)
    painter.fillRect(place, _TAG)
    painter.fillRect(QRectF(place.left(), place.top(), 3, place.height()), QColor(tag.colour))
    painter.setFont(style.font(style.CAPTION, semibold=True))
    painter.setPen(_WORDS)
    painter.drawText(place.adjusted(3, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, tag.name)
