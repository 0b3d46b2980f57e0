"""How a run of the history is drawn: a small picture beside three lines of words."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.drawn import drawn

from .run_words import RunWords

PICTURE = QSize(8 * style.GRID, 6 * style.GRID)
ROW = PICTURE.height() + 2 * style.GRID
BADGE = 2 * style.GRID
WORDS, NUMBER, THUMBNAIL = (Qt.ItemDataRole.UserRole + each for each in range(3))

Index = QModelIndex | QPersistentModelIndex


class RunDelegate(QStyledItemDelegate):
    """Draws a run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = style.LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(20 * style.GRID, ROW)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        words = self._areas(option)[1]
        editor.setGeometry(QRect(words.left(), words.top(), words.width(), 3 * style.GRID))

    @drawn
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words = index.data(WORDS)
        if not isinstance(words, RunWords):
            return
        painter.save()
        # Each text runs as its own letters do; where it stands is settled here.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self.theme.selection))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(self.theme.muted))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
        area, text = self._areas(option)
        self._draw_picture(painter, area, index.data(THUMBNAIL))
        if words.pin:
            self._draw_pin(painter, area, words.pin)
        self._draw_words(painter, text, words, option.direction)
        painter.restore()

    def _areas(self, option: QStyleOptionViewItem) -> tuple[QRect, QRect]:
        inner = option.rect.adjusted(style.GRID, style.GRID, -style.GRID, -style.GRID)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        area = QRect(inner.topLeft(), PICTURE)
        text = inner.adjusted(PICTURE.width() + style.GRID, 0, 0, 0)
        if mirrored:
            area.moveRight(inner.right())
            text = inner.adjusted(0, 0, -PICTURE.width() - style.GRID, 0)
        return area, text

    def _draw_picture(self, painter: QPainter, area: QRect, image: QImage) -> None:
        painter.fillRect(area, QColor(self.theme.image_background))
        size = image.size().scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(0, 0, size.width(), size.height())
        place.moveCenter(area.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, image)

    def _draw_pin(self, painter: QPainter, area: QRect, pin: str) -> None:
        badge = QRect(area.left(), area.top(), BADGE, BADGE)
        # The same in both themes: what is behind it is a picture.
        painter.fillRect(badge, QColor(style.LIGHT.text))
        painter.setPen(QColor(style.LIGHT.panel))
        painter.setFont(style.font(style.CAPTION, semibold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, pin)

    def _draw_words(
        self, painter: QPainter, area: QRect, words: RunWords, direction: Qt.LayoutDirection
    ) -> None:
        height = area.height() / 3
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        align |= QStyle.visualAlignment(direction, Qt.AlignmentFlag.AlignLeft)
        lines = ((words.title, style.BODY, True, self.theme.text),
                 (words.caption, style.CAPTION, False, self.theme.muted))  # fmt: skip
        for row, (text, size, bold, colour) in enumerate(lines):
            font = style.font(size, semibold=bold)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRectF(area.left(), area.top() + row * height, area.width(), height)
            painter.drawText(place, align, shown)
        self._draw_figures(painter, area, words.figures, direction)

    def _draw_figures(
        self, painter: QPainter, area: QRect, figures: tuple[tuple[str, str], ...],
        direction: Qt.LayoutDirection,
    ) -> None:  # fmt: skip
        """Draws the techniques beside each other, each after a dot in its colour."""
        font = style.font(style.CAPTION, tabular=True)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        height = area.height() / 3
        x, y, dot = 0.0, area.top() + 2 * height, 6.0
        mirrored = direction == Qt.LayoutDirection.RightToLeft
        centred = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        for name, text in figures:
            room = area.width() - x - dot - 4
            if room < 2 * style.GRID:
                break
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            broad = metrics.horizontalAdvance(shown) + 1
            left = area.right() - x - dot if mirrored else area.left() + x
            painter.fillRect(QRectF(left, y + (height - dot) / 2, dot, dot),
                             QColor(TECHNIQUE_COLOURS.get(name, self.theme.muted)))  # fmt: skip
            start = left - 4 - broad if mirrored else left + dot + 4
            painter.setPen(QColor(self.theme.text))
            painter.drawText(QRectF(start, y, broad, height), centred, shown)
            x += dot + 4 + broad + style.GRID
