"""The filters of a bank as thumbnails, one of them chosen."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from convgui import style

from .drawn import drawn
from .filter_view import grey_image, shades, tiles

THUMBNAIL = 4 * style.GRID
CELL = THUMBNAIL + style.GRID
FRAME = "#ffffff"
"""Around the chosen one, on the mid grey that lies behind images in both themes."""


def thumbnail(weights: np.ndarray) -> QImage:
    """Gives a filter (C x K_h x K_w) as a small image; channels that differ are its colours."""
    planes = tiles(weights)
    if planes.shape[0] == 3:
        colours = np.ascontiguousarray(np.moveaxis(shades(planes), 0, -1))
        height, width = colours.shape[:2]
        kind = QImage.Format.Format_RGB888
        return QImage(colours.data, width, height, colours.strides[0], kind).copy()
    return grey_image(np.ascontiguousarray(shades(planes)[0]))


class _Bank(QAbstractListModel):
    """The filters, drawn when they are first asked for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._filters = np.empty((0, 1, 1, 1))
        self._images: dict[int, QImage] = {}

    def set_filters(self, filters: np.ndarray) -> None:
        self.beginResetModel()
        self._filters, self._images = filters, {}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._filters)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if not 0 <= row < len(self._filters):
            return None
        if role == Qt.ItemDataRole.DecorationRole:
            if row not in self._images:
                self._images[row] = thumbnail(self._filters[row])
            return self._images[row]
        names = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
        if role in names:
            return self.tr("Filter {0} of {1}").format(row + 1, len(self._filters))
        return None


class _Thumbnails(QStyledItemDelegate):
    """Draws a thumbnail, framed if it is the chosen one."""

    @drawn
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        place = QRect(0, 0, THUMBNAIL, THUMBNAIL)
        place.moveCenter(option.rect.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(place, index.data(Qt.ItemDataRole.DecorationRole))
        if option.state & QStyle.StateFlag.State_Selected:
            focused = option.state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QPen(QColor(FRAME), 3 if focused else 2))
            painter.drawRect(place.adjusted(-2, -2, 1, 1))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(CELL, CELL)


class FilterStrip(QListView):
    """Thumbnails in rows; the arrow keys go from one to the next.

    Signals
    -------
    chosen(int)
        The user chose another filter.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bank = _Bank(self)
        self._shown: np.ndarray | None = None
        self.setModel(self._bank)
        self.setItemDelegate(_Thumbnails(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(QSize(CELL, CELL))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Filters of the bank"))
        self.setMinimumSize(0, 0)
        self.selectionModel().currentChanged.connect(self._changed)
        self._setting = False

    def show_filters(self, filters: np.ndarray, index: int) -> None:
        """Shows a bank (M x C x K_h x K_w) and which filter is chosen; emits nothing."""
        self._setting = True
        try:
            if self._shown is not filters:
                self._shown = filters
                self._bank.set_filters(filters)
            self.setCurrentIndex(self._bank.index(index, 0))
        finally:
            self._setting = False

    def apply_theme(self, theme: style.Theme) -> None:
        """Wears another theme."""
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, QColor(theme.image_background))
        self.setPalette(palette)
        # Beside a style sheet, a palette is not handed down, and the frame needs this background.
        self.viewport().setPalette(palette)

    def sizeHint(self) -> QSize:
        return QSize(15 * style.GRID, 15 * style.GRID)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._setting:
            self.chosen.emit(current.row())
