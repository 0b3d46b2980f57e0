"""Values along any line across a picture."""

from __future__ import annotations

import math

import numpy as np

from .layer import Layer
from .profile_view import Trace
from .view import Point

Line = tuple[Point, Point]
MOST = 20_000
"""Places that are looked at along one line."""


def length(line: Line) -> float:
    """Gives the length of a line in pixels of the input image."""
    return math.dist(*line)


def along(layer: Layer, line: Line, colour: str) -> Trace | None:
    """Gives a plane's values at even steps of about a pixel of the input image along a line.

    Between the middles of pixels values are interpolated, straight in both directions; beside the
    outermost middles there are none (NaN).
    """
    if layer.pixels.ndim != 2:
        return None
    count = min(math.ceil(length(line)) + 1, MOST)
    (x0, y0), (x1, y1) = line
    columns = (np.linspace(x0, x1, count) - layer.grid.left) / layer.grid.pitch_x - 0.5
    rows = (np.linspace(y0, y1, count) - layer.grid.top) / layer.grid.pitch_y - 0.5
    step = length(line) / (count - 1) if count > 1 else 1.0
    return Trace(colour, 0.0, step, interpolated(layer.pixels, rows, columns))


def interpolated(pixels: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Gives the values at places between the pixels of a plane; NaN beside it."""
    height, width = pixels.shape
    # A place that is at an edge but for rounding is at the edge.
    rows, columns = np.round(rows, 9), np.round(columns, 9)
    inside = (rows >= 0) & (rows <= height - 1) & (columns >= 0) & (columns <= width - 1)
    values = np.full(len(rows), np.nan)
    rows, columns = rows[inside], columns[inside]
    top = np.minimum(rows.astype(np.intp), max(height - 2, 0))
    left = np.minimum(columns.astype(np.intp), max(width - 2, 0))
    down, right = rows - top, columns - left
    total = np.zeros(len(rows))
    for row, high in ((top, 1 - down), (np.minimum(top + 1, height - 1), down)):
        for column, wide in ((left, 1 - right), (np.minimum(left + 1, width - 1), right)):
            share = high * wide
            # What has no share says nothing, even where it is not finite.
            with np.errstate(invalid="ignore"):
                total += np.where(share > 0, share * pixels[row, column], 0.0)
    values[inside] = total
    return values
