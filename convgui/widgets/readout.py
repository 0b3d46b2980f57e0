"""A line of named values that keep their places while they change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from convgui import style

from .drawn import drawn

LINE = 3 * style.GRID
GAP = 2 * style.GRID
MARK = 6.0


@dataclass(frozen=True)
class Field:
    """A value's place in the line.

    Attributes
    ----------
    key, label : str
        What it is called, in the program and on the screen.
    widest : str
        A text as wide as the value ever gets; the place is as wide as that from the start.
    colour : str
        Of the mark before the label; "" for none.
    joined : bool
        Whether it stays on the line of the one before it.
    """

    key: str
    label: str
    widest: str
    colour: str = ""
    joined: bool = False


class Readout(QWidget):
    """Names muted, values right-aligned in places that do not move; wraps where it is narrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: tuple[Field, ...] = ()
        self._values: dict[str, str] = {}
        self._hint = ""
        self._muted = QColor(style.LIGHT.muted)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Values under the pointer"))

    def set_fields(self, fields: Sequence[Field]) -> None:
        """Sets which values there are, in order."""
        if tuple(fields) != self._fields:
            self._fields = tuple(fields)
            self.updateGeometry()
            self.update()

    def set_hint(self, text: str) -> None:
        """Sets what is said while there are no values."""
        self._hint = text
        self.update()

    def show_values(self, values: dict[str, str]) -> None:
        """Shows values by key; those left out stay empty."""
        if values != self._values:
            self._values = dict(values)
            self.setAccessibleDescription(self.text())
            self.update()

    def text(self) -> str:
        """Gives the line as plain text."""
        return "  ".join(
            f"{field.label} {self._values[field.key]}"
            for field in self._fields
            if field.key in self._values
        )

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        self._muted = QColor(theme.muted)
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = {y for _, _, y in self._places(float(width))}
        return LINE * max(1, len(rows))

    def sizeHint(self) -> QSize:
        return QSize(40 * style.GRID, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, LINE)

    def _places(self, width: float) -> list[tuple[Field, float, float]]:
        """Gives where every field begins, so that none is cut."""
        x, y, places = 0.0, 0.0, []
        broad = [sum(self._widths(field)) for field in self._fields]
        for at, field in enumerate(self._fields):
            end = at + 1
            while not field.joined and end < len(broad) and self._fields[end].joined:
                end += 1
            needed = sum(broad[at:end]) + GAP * (end - at - 1)
            # What is joined follows, unless not even that fits a line of its own.
            if x > 0 and x + needed > width:
                x, y = 0.0, y + LINE
            places.append((field, x, y))
            x += broad[at] + GAP
        return places

    def _widths(self, field: Field) -> tuple[float, float]:
        """Gives the room for a field's label, mark included, and for its value."""
        label = QFontMetricsF(style.font(style.CAPTION)).horizontalAdvance(field.label)
        value = QFontMetricsF(style.font(style.BODY, tabular=True)).horizontalAdvance(field.widest)
        mark = MARK + style.GRID / 2 if field.colour else 0.0
        return mark + label + style.GRID, value

    @drawn
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter)
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        # Like the pictures that it tells of, the line is not mirrored.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if not self._values and self._hint:
            painter.setFont(style.font(style.CAPTION))
            painter.setPen(self._muted)
            flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(QRectF(self.rect()), flags, self._hint)
            return
        middle = Qt.AlignmentFlag.AlignVCenter
        for field, x, y in self._places(float(self.width())):
            label, value = self._widths(field)
            at = x
            if field.colour:
                mark = QRectF(x, y + (LINE - MARK) / 2, MARK, MARK)
                painter.fillRect(mark, QColor(field.colour))
                at += MARK + style.GRID / 2
            painter.setFont(style.font(style.CAPTION))
            painter.setPen(self._muted)
            painter.drawText(QRectF(at, y, label, LINE), middle, field.label)
            painter.setFont(style.font(style.BODY, tabular=True))
            painter.setPen(self.palette().windowText().color())
            text = self._values.get(field.key, "–")
            place = QRectF(x + label, y, value, LINE)
            painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, text)
