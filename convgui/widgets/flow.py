"""Widgets side by side, in as many rows as it takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Lays widgets out like words; those not named in an order are hidden."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._centred = gap, centred
        self.setContentsMargins(0, 0, 0, 0)

    def set_order(self, widgets: Sequence[QWidget]) -> None:
        """Shows these of its widgets, in this order."""
        place = {id(widget): number for number, widget in enumerate(widgets)}
        self._items.sort(key=lambda item: place.get(id(item.widget()), len(place)))
        for item in self._items:
            item.widget().setVisible(id(item.widget()) in place)
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measured=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, only_measured=False)

    def _place(self, rect: QRect, *, only_measured: bool) -> int:
        """Places the items, or only measures them; gives the height."""
        mirrored = self.parentWidget() is not None and self.parentWidget().isRightToLeft()
        x = y = line = 0
        rows: list[list[tuple[QLayoutItem, int, QSize]]] = [[]]
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            if x and x + size.width() > rect.width():
                rows.append([])
                x = 0
            rows[-1].append((item, x, size))
            x += size.width() + self._gap
        for row in rows:
            line = max((size.height() for _, _, size in row), default=0)
            for item, left, size in row if not only_measured else ():
                top = (line - size.height()) // 2 if self._centred else 0
                at = rect.right() + 1 - left - size.width() if mirrored else rect.x() + left
                item.setGeometry(QRect(QPoint(at, rect.y() + y + top), size))
            y += line + self._gap
        return max(0, y - self._gap)
