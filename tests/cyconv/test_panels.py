"""Panels of one filter's outputs: every height of window, more rows than a panel has, all edges."""

import numpy as np
import pytest
from scipy import signal

import cyconv
from cyconv import Exact, Geometry
from cyconv.bands import forced_height


def _drawn(height, width, channels, window, dtype):
    draw = np.random.default_rng(window[0])
    image = draw.standard_normal((channels, height, width)).astype(dtype)
    return image, draw.standard_normal((2, channels, *window)).astype(dtype)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("down", [*range(1, 10), 13, 17])
def test_rows_of_sums_keep_the_bound(down, dtype):
    image, filters = _drawn(280, 163, 2, (down, 3), dtype)
    got = cyconv.convolve(image, filters, Exact("direct"), threads=1).output
    wide, by = image.astype(np.longdouble), filters.astype(np.longdouble)
    for some, filter_ in zip(got, by, strict=True):
        wanted = sum(map(_correlate, wide, filter_))
        size = sum(map(_correlate, abs(wide), abs(filter_)))
        allowed = filter_.size * np.finfo(dtype).eps * size
        assert (abs(some - wanted) <= allowed).all()


def _correlate(plane, taps):
    return signal.correlate(plane, taps, "valid", "direct")


@pytest.mark.parametrize("geometry", [Geometry(), Geometry(1, 2), Geometry(1, 0, (1, 2))])
@pytest.mark.parametrize("down", [1, 3, 5, 8, 11])
def test_panels_and_patches_round_alike(down, geometry):
    image, filters = _drawn(150, 131, 3, (down, 5), np.float32)
    bias = np.float32([1e-3, -7])
    whole = cyconv.convolve(
        image, filters, Exact("direct"), geometry, bias=bias, threads=1).output
    for rows in (1, 6, 129):
        with forced_height(rows):
            some = cyconv.convolve(
                image, filters, Exact("direct"), geometry, bias=bias, threads=2).output
        assert some.tobytes() == whole.tobytes()
    # Columns that only patches can make, as too few lie side by side for a panel.
    narrow = cyconv.convolve(
        np.ascontiguousarray(image[:, :, :16]), filters, Exact("direct"), geometry, bias=bias
    ).output
    assert narrow[:, :, :6].tobytes() == whole[:, :, :6].tobytes()
