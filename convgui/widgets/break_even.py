"""From how many filters on reuse pays, against how many there are."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style
from convgui.model import numbers

from .drawn import drawn

BAR = 6.0
LINE = 16.0
LEAST_END = 16.0


@dataclass(frozen=True)
class Crossing:
    """The filters at hand, and those from which on reuse takes fewer multiplications.

    Attributes
    ----------
    filters : int
        M, those at hand.
    hashed : float
        H / (1 - r_c): hashing against the products that it spares; infinite for never.
    counted : float
        The same with everything else that is multiplied.
    """

    filters: int
    hashed: float
    counted: float

    @property
    def pays(self) -> bool:
        """Whether fewer multiplications are executed, all counted."""
        return self.filters >= self.counted


class BreakEven(QWidget):
    """A bar as long as the filters at hand, and the line that it has to reach; logarithmic."""

    def __init__(self, colour: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = QColor(colour)
        self._theme = style.LIGHT
        self._crossing: Crossing | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Break-even number of filters"))

    @property
    def crossing(self) -> Crossing | None:
        """What is shown."""
        return self._crossing

    @property
    def words(self) -> str:
        """What the picture says, as a sentence."""
        crossing = self._crossing
        if crossing is None:
            return ""
        if math.isinf(crossing.hashed):
            return self.tr("Never pays: no product is spared. M = {0}").format(crossing.filters)
        return self.tr("Pays from M = {0} filters on; M = {1}").format(
            _count(crossing.hashed), crossing.filters
        )

    @property
    def words_counted(self) -> str:
        """The same with all multiplications counted."""
        if self._crossing is None:
            return ""
        if math.isinf(self._crossing.counted):
            return self.tr("With set-up, sums and correction: never")
        return self.tr("With set-up, sums and correction: from M = {0} on").format(
            _count(self._crossing.counted)
        )

    def show_crossing(self, crossing: Crossing) -> None:
        """Shows other figures."""
        self._crossing = crossing
        self.setAccessibleDescription(f"{self.words}. {self.words_counted}")
        self.setToolTip(
            self.tr(
                "H ÷ (1 − r_c) filters: from there on hashing takes fewer multiplications than "
                "it spares.\nThe thin line counts all other multiplications, too."
            )
        )
        self.update()

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(30 * style.GRID, round(2 * LINE + 4 * BAR))

    def place(self, filters: float) -> float:
        """Gives where a number of filters is, from 0 (one filter) to 1."""
        crossing = self._crossing
        if crossing is None or filters <= 1:
            return 0.0
        known = [each for each in (crossing.hashed, crossing.counted) if math.isfinite(each)]
        end = max(LEAST_END, 1.5 * crossing.filters, *(1.5 * each for each in known))
        return min(math.log(filters) / math.log(end), 1.0)

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        crossing = self._crossing
        if crossing is None:
            return
        painter = QPainter(self)
        painter.setFont(style.font(style.CAPTION, tabular=True))
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        side |= Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRectF(0, 0, self.width(), LINE), side, self.words)
        painter.setPen(QColor(self._theme.muted))
        painter.drawText(QRectF(0, LINE, self.width(), LINE), side, self.words_counted)
        top = 2 * LINE + BAR
        room = self.width() - 2.0

        def x(share: float) -> float:
            return room * (1 - share if mirrored else share) + 1

        track = QColor(self._theme.muted)
        track.setAlphaF(0.25)
        painter.fillRect(QRectF(0, top, self.width(), BAR), track)
        # One filter is the least there is, and must not look like none.
        length = max(room * self.place(crossing.filters), BAR / 2)
        bar = QRectF(self.width() - length if mirrored else 0, top, length, BAR)
        colour = QColor(self._colour)
        colour.setAlphaF(1.0 if crossing.pays else 0.55)
        painter.fillRect(bar, colour)
        for filters, wide in ((crossing.counted, 1.0), (crossing.hashed, 2.0)):
            if math.isfinite(filters):
                at = x(self.place(filters))
                painter.setPen(QPen(QColor(self._theme.text), wide))
                painter.drawLine(QPointF(at, top - BAR / 2), QPointF(at, top + 1.5 * BAR))
        painter.end()


def _count(filters: float) -> str:
    return numbers.si(max(math.ceil(filters - 1e-9), 1))
