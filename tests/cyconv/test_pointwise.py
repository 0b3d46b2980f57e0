"""Banks of 1 x 1 windows: whatever the sizes, they are sums over channels, and exact."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import (
    Exact,
    Geometry,
    PreparedFilters,
    convolve,
    direct,
    oracle,
    predict,
)
from cyconv.bands import forced_height
from cyconv.isa import kernels
from cyconv.problem import check_shapes

TURNS = {
    "contiguous": lambda image: image,
    "every other row": lambda image: np.repeat(image, 2, 1)[:, ::2],
    "from right to left": lambda image: image[:, :, ::-1].copy()[:, :, ::-1],
    "channels last": lambda image: image.transpose(1, 2, 0).copy().transpose(2, 0, 1),
}


def sums(image, bank, geometry, bias=None):
    """Gives the outputs of whole numbers, by NumPy."""
    (down, across), groups = geometry.strides, geometry.groups
    pixels = image.astype(np.int64)[:, ::down, ::across].reshape(groups, -1, *image[
        0, ::down, ::across
    ].shape)
    weights = bank.astype(np.int64).reshape(groups, -1, bank.shape[1])
    made = np.einsum("gmc,gchw->gmhw", weights, pixels).reshape(len(bank), *pixels.shape[2:])
    return made if bias is None else made + bias.astype(np.int64)[:, None, None]


def whole_numbers(channels, filters, height, width, groups=1, dtype=np.float32, seed=7):
    rng = np.random.default_rng(seed)
    image = rng.integers(0, 16, (channels, height, width)).astype(dtype)
    bank = rng.integers(-9, 10, (filters, channels // groups, 1, 1)).astype(np.float32)
    return image, bank, rng.integers(-99, 99, filters).astype(np.float32)


def kernel_of(image, bank, geometry=Geometry()):  # noqa: B008 (frozen)
    """Gives the kernel that is chosen for an image and filters."""
    _, sizes = check_shapes(image.shape, bank.shape, geometry)
    return direct._bank(sizes, image.dtype)


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("turn", TURNS.values(), ids=TURNS)
def test_any_image_gives_the_sums(dtype, turn):
    for channels, filters, height, width in ((3, 64, 30, 41), (33, 29, 16, 16), (5, 17, 28, 28)):
        image, bank, bias = whole_numbers(channels, filters, height, width, dtype=dtype)
        pixels = turn(image)
        pixels.flags.writeable = False
        for threads, stride in ((1, 1), (2, 1), (3, (1, 2)), (2, 2)):
            geometry = Geometry(stride)
            given = convolve(pixels, bank, geometry=geometry, bias=bias, threads=threads)
            np.testing.assert_array_equal(given.output, sums(image, bank, geometry, bias))
            predicted = predict(Exact(), image.shape, bank.shape, geometry, given.facts).model
            assert given.executed.multiplications == predicted.multiplications
            assert given.executed.additions == predicted.additions + given.output.size
            assert given.facts.path == "direct"


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("filters", [*range(4, 33), 41, 56, 57, 85])
def test_blocks_of_any_number_of_filters(filters):
    image, bank, bias = whole_numbers(6, 2 * filters, 8, 28, 2)
    geometry = Geometry(groups=2)
    given = convolve(image, bank, geometry=geometry, bias=bias, threads=1).output
    np.testing.assert_array_equal(given, sums(image, bank, geometry, bias))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_planes_of_any_size(dtype):
    for pixels in (*range(1, 70), 95, 96, 97, 127, 129):
        for height in (1, 7):
            image, bank, _ = whole_numbers(3, 16, height, pixels, dtype=dtype)
            real = np.float64 if dtype == np.float64 else np.float32
            out = np.full((18, height, pixels), 77, real)
            convolve(image, bank, out=out[1:-1], threads=1)
            np.testing.assert_array_equal(out[1:-1], sums(image, bank, Geometry()))
            assert (out[[0, -1]] == 77).all()


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("channels", [1, 64, 301])
def test_within_the_bound_and_the_same_for_any_threads_and_bands(dtype, channels):
    rng = np.random.default_rng(11)
    image = (200 * rng.random((channels, 5, 14))).astype(dtype)
    bank = rng.standard_normal((17, channels, 1, 1)).astype(np.float32)
    wanted = convolve(image, bank, threads=1).output
    off = np.abs(wanted - oracle.convolve(image, bank, Geometry()))
    bound = oracle.error_bound(image, bank, Geometry(), dtype=wanted.dtype)
    assert (off <= 2 * bound).all()
    for height in (1, 2, 5):
        with forced_height(height):
            given = convolve(image, bank, threads=3).output
        np.testing.assert_array_equal(given, wanted)


@pytest.mark.usefixtures("each_level")
def test_weights_that_no_cache_holds(monkeypatch):
    monkeypatch.setattr(direct, "CACHED_WEIGHTS", 0)
    direct._plan.cache_clear()
    image, bank, bias = whole_numbers(70, 100, 28, 28)
    given = convolve(image, PreparedFilters(bank), bias=bias, threads=2).output
    direct._plan.cache_clear()
    np.testing.assert_array_equal(given, sums(image, bank, Geometry(), bias))


def test_small_planes_and_larger_windows_keep_filters_side_by_side():
    deep, bank, _ = whole_numbers(512, 64, 7, 7)
    assert kernel_of(deep, bank) is kernels().lanes
    image, bank, _ = whole_numbers(64, 64, 56, 56)
    assert kernel_of(image, bank) is kernels().columns
    assert kernel_of(image, np.ones((64, 64, 3, 3))) is kernels().lanes
    assert kernel_of(image, bank[:1]) is None
