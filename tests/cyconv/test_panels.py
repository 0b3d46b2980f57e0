"""Panels of one filter's outputs: every height of window, more rows than a panel has, all edges."""

import numpy as np
import pytest
from scipy import signal

import cyconv
from cyconv import Exact, Geometry
from cyconv.bands import forced_height
from cyconv.isa import kernels


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


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("window", [(1, 1), (1, 7), (2, 3), (3, 3), (5, 2), (7, 7), (12, 5)])
@pytest.mark.parametrize("width", [20, 68, 150])
def test_bytes_read_in_place_give_what_the_same_floats_do(window, width):
    image = np.random.default_rng(width).integers(0, 256, (3, 140, width), np.uint8)
    filters = _drawn(1, 1, 3, window, np.float32)[1]
    floats = cyconv.convolve(image.astype(np.float32), filters, Exact("direct"), threads=1)
    for same in (image, np.asfortranarray(image)):
        for threads in (1, 2):
            got = cyconv.convolve(same, filters, Exact("direct"), threads=threads)
            assert got.output.tobytes() == floats.output.tobytes()
    # An image that lies otherwise is not read as the one before was.
    prepared, out = cyconv.PreparedFilters(filters), np.empty_like(floats.output)
    for one in (image, np.asfortranarray(image), image):
        cyconv.convolve(one, prepared, Exact("direct"), out=out, threads=1)
        assert out.tobytes() == floats.output.tobytes()


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("wrong", ["narrow", "taps apart"])
def test_bytes_are_read_in_place_by_panels_alone(wrong):
    """Whoever calls the kernel otherwise hears of it, and nothing is read as what it is not."""
    few = kernels().few
    width = max(64, few.BYTES_WIDTH)
    image = np.ones((1, 9, width + 2), np.uint8)
    call = {
        "image": image, "out": np.zeros((1, 7 * width), np.float32), "room": None, "above": 0,
        "left": 0, "phases": 1, "places": width + 2, "step": 1, "span": 3, "rows": 7,
        "width": width, "height": 4, "down": 3, "across": 3, "groups": 1, "bias": None,
        "offsets": (np.arange(3)[:, None] * (width + 2) + np.arange(3)).reshape(-1),
        "weights": np.ones(9, np.float32), "following": np.zeros(1, np.intp),
        "made": np.zeros(1, np.intp), "stop": np.zeros(1, np.intc),
    }  # fmt: skip
    if few.BYTES_WIDTH:
        few.convolve(**call)
        assert (call["out"] == 9).all()
    if wrong == "narrow":
        call |= {"width": 15, "out": np.zeros((1, 7 * 15), np.float32)}
    else:
        call |= {"offsets": call["offsets"][[0, 2, 4] * 3], "down": 1, "across": 9}
    with pytest.raises(IndexError, match="in place"):
        few.convolve(**(call | {"following": np.zeros(1, np.intp)}))
    with pytest.raises(IndexError, match="in place"):
        few.convolve(**(call | {"image": image[:, :, ::-1]}))
    with pytest.raises(IndexError, match="in place"):
        few.convolve(**(call | {"out": call["out"].astype(float), "weights": np.ones(9)}))
