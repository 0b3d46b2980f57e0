"""A picture of which some pixels are marked: they are white, and all others stand back."""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from .drawn import drawn
from .image_view import ImageView
from .picture import let_go
from .sampling import Window, widened, window

Pyramid = tuple[np.ndarray, ...]

_COLOURS = np.array([[0, 0, 0, 190], [255, 255, 255, 255]], np.uint8)


class _Marks(pg.ImageItem):
    """An image item whose pixels stay sharp: smoothed, a single one would be lost."""

    @drawn
    def paint(self, painter: QPainter, *args: object) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        super().paint(painter, *args)


class MarkedView(ImageView):
    """An image view with marks; white on a dark veil is seen over any colours, by any eyes.

    Attributes
    ----------
    paints : 2 x 4 of uint8
        The colours, with opacity, of what is not marked and of what is.
    """

    paints = _COLOURS

    def __init__(self, parent: QWidget | None = None) -> None:
        # The base class calls what is overridden here while it is being made.
        self._marks: Pyramid | None = None
        super().__init__(parent)
        self._item = _Marks(axisOrder="row-major")
        self._box.addItem(self._item, ignoreBounds=True)
        self._item.hide()
        self._shown: tuple[Pyramid, Window] | None = None

    @property
    def marks(self) -> Pyramid | None:
        """Which pixels are marked, as large as the picture, then ever smaller."""
        return self._marks

    def set_marks(self, marks: Pyramid | None) -> None:
        """Marks other pixels, or none."""
        if marks is not self._marks:
            self._marks = marks
            self._refresh()

    def _refresh(self) -> None:
        super()._refresh()
        if self._marks is None or self._layer is None:
            # Not made yet when the base class calls this for the first time.
            if hasattr(self, "_item"):
                let_go(self._item)
                self._shown = None
            return
        self._show_marks(self._marks)

    def _show_marks(self, marks: Pyramid) -> None:
        layer, grid = self._layer, self._layer.grid
        points = self._view.scale * self.devicePixelRatioF() * min(grid.pitch_x, grid.pitch_y)
        # A mark takes a pixel of the screen at least.
        level = 0 if points >= 1 else math.ceil(math.log2(1 / points))
        level = min(level, len(marks) - 1)
        step = 2**level
        seen = self._view.seen(self.area)
        visible = (
            (seen.top() - grid.top) / grid.pitch_y,
            (seen.left() - grid.left) / grid.pitch_x,
            (seen.bottom() - grid.top) / grid.pitch_y,
            (seen.right() - grid.left) / grid.pitch_x,
        )
        part = widened(window(layer.size, visible, step), layer.size)
        if self._shown is None or self._shown[0] is not marks or self._shown[1] != part:
            self._shown = marks, part
            rows = slice(part.top // step, -(-part.bottom // step))
            columns = slice(part.left // step, -(-part.right // step))
            mask = marks[level][rows, columns]
            self._item.setImage(self.paints[mask.view(np.uint8)], autoLevels=False, levels=(0, 255))
            left, top = columns.start * step, rows.start * step
            self._item.setRect(
                QRectF(
                    grid.left + left * grid.pitch_x,
                    grid.top + top * grid.pitch_y,
                    mask.shape[1] * step * grid.pitch_x,
                    mask.shape[0] * step * grid.pitch_y,
                )
            )
        self._item.show()
