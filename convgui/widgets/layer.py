"""One picture for a panel: its pixels, where they lie on the input image, how they are coloured."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Grid:
    """Where a picture's pixels lie on the input image.

    Every picture is placed in the input's coordinates (pixel i reaches from i to i + 1), so panels
    that show the same range show the same place, whatever stride and padding lie between them.

    Attributes
    ----------
    left, top : float
        The corner of the first pixel.
    pitch_x, pitch_y : float
        Width and height of a pixel.
    """

    left: float = 0.0
    top: float = 0.0
    pitch_x: float = 1.0
    pitch_y: float = 1.0

    @classmethod
    def of_output(
        cls,
        before: tuple[int, int],
        window: tuple[int, int],
        stride: tuple[int, int],
        dilation: tuple[int, int],
    ) -> Grid:
        """Gives the grid of an output: each pixel is centred on its window; (rows, columns)."""
        top, left = (
            dilation[axis] * (window[axis] - 1) / 2 - before[axis] + 0.5 - stride[axis] / 2
            for axis in (0, 1)
        )
        return cls(left, top, stride[1], stride[0])


@dataclass(frozen=True, eq=False)
class Layer:
    """A picture and how it is shown.

    Attributes
    ----------
    pixels : ndarray
        H x W, or H x W x 3 (red, green, blue).
    levels : (float, float)
        The values of the first and the last colour; finite, the first below the last.
    table : ndarray or None
        256 x 4 uint8 colours of a plane; None for a colour image.
    grid : Grid
        Where the pixels lie on the input image.
    tone : ndarray or None
        256 uint8 that the channels of a colour image are looked up in, each by itself.
    """

    pixels: np.ndarray
    levels: tuple[float, float]
    table: np.ndarray | None = None
    grid: Grid = Grid()
    tone: np.ndarray | None = None

    def __post_init__(self) -> None:
        if type(self.pixels) is not np.ndarray:
            # Masks and matrices have arithmetic of their own.
            object.__setattr__(self, "pixels", np.asarray(self.pixels))
        shape = self.pixels.shape
        if not (len(shape) == 2 or (len(shape) == 3 and shape[2] == 3)) or not self.pixels.size:
            raise ValueError(f"pixels must be H x W or H x W x 3, not of shape {shape}")
        if self.pixels.dtype.kind not in "buif":
            raise ValueError(f"pixels must be real numbers, not {self.pixels.dtype}")
        low, high = self.levels
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"levels must be finite, the first below, got {self.levels}")

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.pixels.shape[0], self.pixels.shape[1]

    def looks_like(self, other: Layer | None) -> bool:
        """Tells whether both show the same memory, which is read-only, in the same way."""
        return (
            other is not None
            and (self.levels, self.grid) == (other.levels, other.grid)
            and self.table is other.table
            and self.tone is other.tone
            and not self.pixels.flags.writeable
            and self.pixels.__array_interface__ == other.pixels.__array_interface__
        )

    def at(self, x: float, y: float) -> tuple[int, int] | None:
        """Gives row and column of the pixel at a place of the input image, None beside it."""
        column = math.floor((x - self.grid.left) / self.grid.pitch_x)
        row = math.floor((y - self.grid.top) / self.grid.pitch_y)
        inside = 0 <= row < self.size[0] and 0 <= column < self.size[1]
        return (row, column) if inside else None

    def centre(self, row: int, column: int) -> tuple[float, float]:
        """Gives x and y of a pixel's centre on the input image."""
        return (
            self.grid.left + (column + 0.5) * self.grid.pitch_x,
            self.grid.top + (row + 0.5) * self.grid.pitch_y,
        )

    def part(self, left: float, top: float, right: float, bottom: float) -> np.ndarray:
        """Gives the pixels whose centres lie in a part of the input image; maybe none."""
        edges = []
        for low, high, first, pitch, count in (
            (top, bottom, self.grid.top, self.grid.pitch_y, self.size[0]),
            (left, right, self.grid.left, self.grid.pitch_x, self.size[1]),
        ):
            ends = (math.ceil((each - first) / pitch - 0.5) for each in (low, high))
            edges.append(slice(*(min(max(each, 0), count) for each in ends)))
        return self.pixels[edges[0], edges[1]]

    def texts(self, row: int, column: int) -> list[str]:
        """Gives a pixel's value in words, one text a channel."""
        value = self.pixels[row, column]
        if self.pixels.dtype.kind in "uib":
            return [str(int(each)) for each in np.atleast_1d(value)]
        places = decimals(max(abs(self.levels[0]), abs(self.levels[1])))
        return [number(float(each), places) for each in np.atleast_1d(value)]

    def colours(self, values: np.ndarray) -> np.ndarray:
        """Gives the red, green and blue that values (... or ... x 3) are shown in, 0 to 255."""
        low, high = self.levels
        with np.errstate(over="ignore", invalid="ignore"):
            share = (np.asarray(values, dtype=np.float64) - low) / (high - low)
        index = np.nan_to_num(np.clip(share, 0, 1), nan=0.0) * 255
        if self.table is None:
            return index if self.tone is None else self.tone[np.rint(index).astype(np.intp)]
        return self.table[np.rint(index).astype(np.intp), :3]


def decimals(reach: float) -> int:
    """Gives the decimal places that leave a value of this size four digits; -1 for an exponent."""
    if not 1e-4 <= reach < 1e7:
        return -1 if reach else 1
    return min(max(3 - math.floor(math.log10(reach)), 0), 6)


def number(value: float, places: int) -> str:
    """Gives a pixel's value with a true minus sign.

    Only an exact zero is "0": a value that would be rounded to it is told by its power of ten.
    """
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if value == 0:
        return "0"
    sign = MINUS if value < 0 else ""
    if places < 0 or abs(value) >= 1e7:
        digits, power = f"{abs(value):.2e}".split("e")
        return f"{sign}{digits}e{int(power)}".replace("-", MINUS)
    text = f"{abs(value):.{places}f}"
    if not text.strip("0."):
        digit, power = f"{abs(value):.0e}".split("e")
        return f"{sign}{digit}e{int(power)}".replace("-", MINUS)
    return sign + text
