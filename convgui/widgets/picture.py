"""The samples of a layer that the screen needs now, as pyqtgraph image items."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from .drawn import drawn
from .layer import Layer
from .sampling import Window, covered, reduction, sample, widened, window

NARROW = 1e-30
"""Levels nearer to each other than this are left to pyqtgraph: single precision overflows."""


class _Item(pg.ImageItem):
    """An image item that is drawn five times as fast, in the screen's own format; may be clipped.

    Attributes
    ----------
    clip : QRectF or None
        The part of the view box that it is drawn in, in that box's coordinates.
    colours : tuple of int, or None
        Where the image is of indices, the colours that they stand for.
    """

    clip: QRectF | None = None
    colours: tuple[int, ...] | None = None

    @drawn
    def paint(self, painter: QPainter, *args: object) -> None:
        if self.clip is None:
            super().paint(painter, *args)
            return
        painter.save()
        painter.setClipRect(self.mapRectFromParent(self.clip), Qt.ClipOperation.IntersectClip)
        super().paint(painter, *args)
        painter.restore()

    def render(self) -> None:
        if self.colours is not None:
            self.qimage = _coloured(self.image, self.colours)
            self._renderRequired = self._unrenderable = False
            return
        super().render()
        if not self._unrenderable and not self.qimage.hasAlphaChannel():
            self.qimage = self.qimage.convertToFormat(QImage.Format.Format_RGB32)


def let_go(item: pg.ImageItem) -> None:
    """Hides an image item and takes from it what it was given and what it made of that.

    pyqtgraph's own ``clear`` keeps the picture that it last drew, of the size of the screen.
    """
    item.hide()
    if item.image is not None:
        item.clear()
        item.qimage = item._processingBuffer = item._displayBuffer = None
        item._renderRequired = True


class Picture:
    """Two image items in a view box: the picture, and over it what is not finite.

    pyqtgraph draws and colours; which pixels it gets is settled here, so that it never sees more
    of them than the screen has, nor one that is infinite or not a number.
    """

    def __init__(self, box: pg.ViewBox) -> None:
        self._item = _Item(axisOrder="row-major")
        self._unfit = _Item(axisOrder="row-major")
        for item in (self._item, self._unfit):
            box.addItem(item, ignoreBounds=True)
        self._held: tuple[Layer, Window] | None = None
        self._taken: tuple[Layer, Window, np.ndarray] | None = None
        self._unfit_colour = QColor("#c0272d")

    def forget(self) -> None:
        """Shows nothing until the next :meth:`show`."""
        self._held = None
        self._item.hide()
        self._unfit.hide()

    def let_go(self) -> None:
        """Shows nothing, and holds no pixels any more."""
        self._held = self._taken = None
        let_go(self._item)
        let_go(self._unfit)

    def set_clip(self, clip: QRectF | None) -> None:
        """Draws only what lies in this part of the input image; None draws all."""
        self._item.clip = self._unfit.clip = clip

    def set_unfit_colour(self, colour: QColor) -> None:
        """Sets the colour of pixels whose value is not finite."""
        self._unfit_colour = colour
        self._held = None

    def show(self, layer: Layer, seen: QRectF, points: float) -> bool:
        """Brings the samples up to date; what is at hand is not taken again.

        Parameters
        ----------
        layer : Layer
        seen : QRectF
            What is seen of the input image.
        points : float
            Device pixels per input pixel.

        Returns
        -------
        bool
            Whether samples are smaller than device pixels, so that they should be drawn smoothly.
        """
        grid, size = layer.grid, layer.size
        points *= min(grid.pitch_x, grid.pitch_y)
        factor = reduction(1 / points)
        visible = (
            (seen.top() - grid.top) / grid.pitch_y,
            (seen.left() - grid.left) / grid.pitch_x,
            (seen.bottom() - grid.top) / grid.pitch_y,
            (seen.right() - grid.left) / grid.pitch_x,
        )
        needed = window(size, visible, factor)
        if self._held is None or self._held[0] is not layer or not self._held[1].holds(needed):
            taken = widened(needed, size)
            self._held = layer, taken
            self._hand_over(layer, self._samples(layer, taken))
            place = QRectF(
                grid.left + taken.left * grid.pitch_x,
                grid.top + taken.top * grid.pitch_y,
                covered(taken.right - taken.left, factor) * grid.pitch_x,
                covered(taken.bottom - taken.top, factor) * grid.pitch_y,
            )
            self._item.setRect(place)
            self._unfit.setRect(place)
        return points * factor < 1

    def _samples(self, layer: Layer, part: Window) -> np.ndarray:
        """Gives the samples of a part; those at hand where only levels or colours are others."""
        if self._taken is not None:
            before, its_part, samples = self._taken
            if its_part == part and _same(before.pixels, layer.pixels):
                return samples
        samples = sample(layer.pixels, part)
        self._taken = layer, part, samples
        return samples

    def _hand_over(self, layer: Layer, samples: np.ndarray) -> None:
        low, high = layer.levels
        finite = np.isfinite(samples) if samples.dtype.kind == "f" else np.True_
        if not finite.all():
            samples = np.nan_to_num(samples, nan=low, posinf=high, neginf=low)
            wrong = ~(finite.all(axis=2) if finite.ndim == 3 else finite)
            mask = np.zeros((*wrong.shape, 4), np.uint8)
            mask[wrong] = self._unfit_colour.getRgb()
            self._unfit.setImage(mask, autoLevels=False, levels=(0, 255))
        self._unfit.setVisible(not finite.all())
        if samples.dtype.kind == "f":
            # What is beyond the levels may be too far beyond for single precision.
            samples = np.clip(samples, np.float32(low), np.float32(high))
        self._item.setLookupTable(layer.table, update=False)
        self._item.colours, levels = None, layer.levels
        if layer.tone is not None:
            samples, levels = _toned(samples, levels, layer.tone), (0, 255)
        elif layer.table is not None and samples.dtype == np.float32 and high - low > NARROW:
            samples, levels = _shades(samples, levels, len(layer.table)), (0, len(layer.table))
            self._item.colours = _colours(layer.table.tobytes())
        self._item.setImage(samples, autoLevels=False, levels=levels)
        self._item.show()


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    """Tells whether two arrays that are both held are the same memory, seen in the same way."""
    return one is other or one.__array_interface__ == other.__array_interface__


def _shades(samples: np.ndarray, levels: tuple[float, float], count: int) -> np.ndarray:
    """Gives which of so many colours each value of a plane is shown in, as pyqtgraph would.

    It goes a long way round to find that out, for every picture of every result.
    """
    low, high = levels
    with np.errstate(over="ignore"):
        shades = np.subtract(samples, np.float32(low))
        shades *= np.float32(count / (high - low))
        return np.clip(shades, 0, count - 1, out=shades).astype(np.uint8)


@lru_cache(maxsize=16)
def _colours(table: bytes) -> tuple[int, ...]:
    """Gives a table of red, green, blue and opacity as Qt writes colours."""
    each = np.frombuffer(table, np.uint8).reshape(-1, 4).astype(np.uint32)
    return tuple((each @ np.array([1 << 16, 1 << 8, 1, 1 << 24], np.uint32)).tolist())


def _coloured(shades: np.ndarray, colours: tuple[int, ...]) -> QImage:
    """Gives a plane of indices in their colours; pyqtgraph makes the table anew each time."""
    height, width = shades.shape
    indices = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    indices.setColorTable(colours)
    return indices.convertToFormat(QImage.Format.Format_RGB32)


def _toned(samples: np.ndarray, levels: tuple[float, float], tone: np.ndarray) -> np.ndarray:
    """Gives the channels of a colour image as they are shown, uint8."""
    low, high = levels
    if samples.dtype == np.uint8:
        # Worked out once for each value there is.
        share = (np.arange(256) - low) / (high - low)
        return tone[np.rint(np.clip(share, 0, 1) * 255).astype(np.uint8)][samples]
    share = (samples - np.float32(low)) * np.float32(255 / (high - low))
    return tone[np.rint(np.clip(share, 0, 255)).astype(np.uint8)]
