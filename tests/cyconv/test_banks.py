"""Banks of larger windows, at the sizes where kernels work in another way."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import Exact, Geometry, convolve, direct, oracle, predict
from cyconv.bands import forced_height
from cyconv.isa import kernels
from cyconv.problem import check_shapes

STEPS = {
    "plain": Geometry(),
    "padded": Geometry(padding=1),
    "stride 2": Geometry(2, 1),
    "dilation 2": Geometry(padding=2, dilation=2),
    "groups": Geometry(padding=1, groups=2),
}


def whole_numbers(channels, filters, size, groups=1, dtype=np.float32):
    """Gives an image and 3 x 3 filters whose sums are exact in any order."""
    rng = np.random.default_rng(17)
    image = rng.integers(0, 16, (channels, *size)).astype(dtype)
    return image, rng.integers(-9, 10, (filters, channels // groups, 3, 3)).astype(np.float32)


def kernel_of(image, bank, geometry):
    _, sizes = check_shapes(image.shape, bank.shape, geometry)
    return direct._bank(sizes, image.dtype)


def check(image, bank, geometry):
    """Compares with the oracle, for some threads and heights of bands; nothing else is written."""
    wanted = oracle.convolve(image, bank, geometry)
    real = np.float64 if image.dtype == np.float64 else np.float32
    memory = np.full((len(wanted) + 2, *wanted.shape[1:]), 77, real)
    for threads, height in ((1, None), (2, None), (1, 1), (3, 2), (1, 3)):
        memory[1:-1] = np.nan
        with forced_height(height):
            given = convolve(image, bank, geometry=geometry, threads=threads, out=memory[1:-1])
        np.testing.assert_array_equal(memory[1:-1], wanted)
        assert given.executed == predict(Exact(), image.shape, bank.shape, geometry).model
        assert (memory[[0, -1]] == 77).all()


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("width", [3, 7])
@pytest.mark.parametrize("stride", [1, 2])
def test_planes_of_half_a_block_take_two_rows_at_once(dtype, width, stride):
    for rows, filters in ((1, 16), (2, 33), (7, 48), (8, 65)):
        size = stride * (rows - 1) + 1, stride * (width - 1) + 1
        image, bank = whole_numbers(12, filters, size, dtype=dtype)
        check(image, bank[:, :8].repeat(2, 1)[:, :12], Geometry(stride, 1))


@pytest.mark.usefixtures("each_level")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("geometry", STEPS.values(), ids=STEPS)
def test_few_taps_and_many_filters_run_with_windows_side_by_side(dtype, geometry):
    for filters, size in ((40, (12, 40)), (36, (23, 38)), (94, (9, 71)), (36, (66, 8))):
        image, bank = whole_numbers(2, filters, size, geometry.groups, dtype)
        check(image, bank, geometry)


def test_what_is_run_with_windows_side_by_side():
    for channels, filters, size, taken in (
        (3, 64, (360, 300), kernels().columns),     # 27 taps
        (3, 16, (360, 300), kernels().lanes),       # packing would be shared by too few
        (64, 64, (56, 56), kernels().lanes),        # 576 taps: transposing is not felt
        (3, 64, (4, 5), kernels().lanes),           # 6 windows
    ):
        image, bank = whole_numbers(channels, filters, size)
        assert kernel_of(image, bank, Geometry()) is taken
