"""A panel's title: a stripe in its colour, its name, and the figures that matter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .drawn import drawn

HEIGHT = 3 * style.GRID
STRIPE = 3


class TitleStrip(QWidget):
    """One line that says less, rather than half of it, where there is little room."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._short = title
        self._figures: tuple[str, ...] = ("",)
        self._stripe = QColor(Qt.GlobalColor.transparent)
        self._muted = QColor(style.LIGHT.muted)
        self._alert = ""
        self._alert_colour = QColor(style.LIGHT.error)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(title)

    def set_title(self, title: str, short: str = "") -> None:
        """Names the panel, in short where the full name finds no room."""
        if (title, short or title) == (self._title, self._short):
            return
        self._title, self._short = title, short or title
        self._describe()

    def set_figures(self, *figures: str, alert: str = "") -> None:
        """Sets the figures, the fullest wording first; the longest that fits is shown.

        ``alert`` goes before them, in the colour of errors.
        """
        if (figures or ("",), alert) == (self._figures, self._alert):
            return
        self._figures = figures or ("",)
        self._alert = alert
        self._describe()

    def _describe(self) -> None:
        words = " · ".join(part for part in (self._alert, self._figures[0]) if part)
        self.setToolTip(f"{self._title} · {words}" if words else "")
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(words)
        self.update()

    def set_stripe(self, colour: str) -> None:
        """Sets the colour of the stripe alone."""
        self._stripe = QColor(colour)
        self.update()

    def set_colours(self, stripe: str, muted: str, error: str) -> None:
        """Sets the colours of the stripe, of the figures and of an alert."""
        self._stripe, self._muted = QColor(stripe), QColor(muted)
        self._alert_colour = QColor(error)
        self.update()

    def wording(self, room: float) -> str:
        """Gives the fullest wording of the figures that fits so many points."""
        metrics = QFontMetricsF(style.font(style.CAPTION, tabular=True))
        fitting: Sequence[str] = [
            each for each in self._figures if metrics.horizontalAdvance(each) <= room
        ]
        return fitting[0] if fitting else ""

    def name(self, room: float) -> str:
        """Gives the title, or the short one where only that leaves room for the figures."""
        title, small = (
            QFontMetricsF(style.font(size, semibold=True))
            for size in (style.BODY, style.CAPTION)
        )
        alert = small.horizontalAdvance(self._alert) + style.GRID if self._alert else 0
        rest = {
            name: room - title.horizontalAdvance(name) - style.GRID - alert
            for name in (self._title, self._short)
        }
        figures = any(self._figures)
        for name, left in rest.items():
            if self.wording(left) or (left >= 0 and not figures):
                return name
        # With no room for the figures either way, the title is worth more.
        return next((name for name, left in rest.items() if left >= 0), self._short)

    def sizeHint(self) -> QSize:
        return QSize(15 * style.GRID, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        # Each text runs as its own letters do; where it stands is settled here.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        width, height = float(self.width()), float(self.height())
        x = 0.0

        def place(broad: float) -> QRectF:
            return QRectF(width - x - broad if mirrored else x, 0, broad, height)

        painter.fillRect(place(STRIPE).adjusted(0, 4, 0, -4), self._stripe)
        x += style.GRID
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        text_colour = self.palette().windowText().color()
        bold = style.font(style.BODY, semibold=True)
        pieces = [
            (self.name(width - x), bold, text_colour),
            (self._alert, style.font(style.CAPTION, semibold=True), self._alert_colour),
        ]
        for text, font, colour in pieces:
            if not text or x >= width:
                continue
            metrics = QFontMetricsF(font)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width - x)
            painter.setFont(font)
            painter.setPen(colour)
            broad = metrics.horizontalAdvance(shown) + 1
            painter.drawText(place(broad), align, shown)
            x += broad + style.GRID
        font = style.font(style.CAPTION, tabular=True)
        painter.setFont(font)
        painter.setPen(self._muted)
        shown = self.wording(width - x)
        painter.drawText(place(QFontMetricsF(font).horizontalAdvance(shown) + 1), align, shown)
