"""A picture's pixels: where they lie on the input, what means they are shown by, their words."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.model import lookup
from convgui.widgets import sampling
from convgui.widgets.layer import Grid, Layer, decimals, number
from cyconv import Geometry


def ramp(grid):
    pixels = np.arange(2000, dtype=np.float32).reshape(40, 50)
    return Layer(pixels, (0.0, 1999.0), lookup.gray(), grid)


class TestGrid:
    @pytest.mark.parametrize("stride", [1, 2, 3])
    @pytest.mark.parametrize("padding", [0, 1, 2, "same"])
    @pytest.mark.parametrize("dilation", [1, 2])
    @pytest.mark.parametrize("window", [(3, 3), (1, 5), (4, 2)])
    def test_an_output_pixel_is_centred_on_its_window(self, stride, padding, dilation, window):
        geometry = Geometry(stride, padding, dilation)
        placement = geometry.place((20, 24), window)
        grid = Grid.of_output(placement.before, window, geometry.strides, geometry.dilations)
        layer = Layer(np.zeros(placement.output, np.float32), (0, 1), lookup.gray(), grid)
        for row, column in ((0, 0), (2, 3)):
            taps_y = [row * stride - placement.before[0] + dilation * i for i in range(window[0])]
            taps_x = [
                column * stride - placement.before[1] + dilation * i for i in range(window[1])
            ]
            middle = np.mean(taps_x) + 0.5, np.mean(taps_y) + 0.5
            assert layer.centre(row, column) == pytest.approx(middle)
            assert layer.at(*middle) == (row, column)

    def test_beside_the_picture_there_is_no_pixel(self):
        layer = ramp(Grid(1, 1))
        assert layer.at(0.5, 5) is None
        assert layer.at(1, 1) == (0, 0)
        assert layer.at(50.99, 40.99) == (39, 49)
        assert layer.at(51, 40) is None


class TestSampling:
    @pytest.mark.parametrize("factor", [1, 2, 4, 16])
    @pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
    @pytest.mark.parametrize("shape", [(64, 48), (64, 48, 3), (1, 1), (1, 500), (37, 1)])
    def test_samples_are_means_of_their_blocks(self, factor, dtype, shape):
        pixels = (np.random.default_rng(0).random(shape) * 255).astype(dtype)
        part = sampling.Window(0, 0, shape[0], shape[1], factor)
        samples = sampling.sample(pixels, part)
        assert samples.flags.c_contiguous
        assert samples.dtype == (np.uint8 if dtype == np.uint8 else np.float32)
        rows, columns = (max(1, size // factor) for size in shape[:2])
        assert samples.shape[:2] == (rows, columns)
        high = min(factor, shape[0])
        wide = min(factor, shape[1])
        for row, column in ((0, 0), (rows - 1, columns - 1)):
            block = pixels[row * high : (row + 1) * high, column * wide : (column + 1) * wide]
            assert np.all(samples[row, column] >= block.min(axis=(0, 1)) - 0.5)
            assert np.all(samples[row, column] <= block.max(axis=(0, 1)) + 0.5)
            if factor == 2 and min(shape[:2]) >= 2:
                mean = block.mean(axis=(0, 1))
                assert samples[row, column] == pytest.approx(mean, abs=0.51, rel=1e-5)

    def test_a_part_of_a_huge_image_costs_what_is_seen(self):
        size = 16_384, 16_384
        needed = sampling.window(size, (8000, 8000, 8100, 8100), 1)
        taken = sampling.widened(needed, size)
        assert taken.holds(needed)
        assert (taken.bottom - taken.top) <= 220
        whole = sampling.window(size, (0, 0, *size), 16)
        assert (whole.top, whole.left, whole.bottom, whole.right) == (0, 0, *size)

    def test_a_value_that_is_not_finite_is_not_averaged_away(self):
        pixels = np.zeros((8, 8), np.float32)
        pixels[0, 0] = np.inf
        samples = sampling.sample(pixels, sampling.Window(0, 0, 8, 8, 2))
        assert np.isinf(samples[0, 0])
        assert np.isfinite(samples[1:]).all()


class TestWords:
    @pytest.mark.parametrize(
        ("reach", "value", "text"),
        [
            (255, 118.24, "118.2"),
            (255, -21.8, "−21.8"),
            (255, 0.0, "0"),
            (255, -1e-9, "−1e−9"),
            (255, 1.2e-7, "1e−7"),
            (65535, 0.3, "3e−1"),
            (1.0, 0.12345, "0.123"),
            (65535, 1234.5, "1234"),
            (1e-6, 2.5e-7, "2.50e−7"),
            (3e38, -1e38, "−1.00e38"),
            (255, float("nan"), "NaN"),
            (255, float("-inf"), "−∞"),
        ],
    )
    def test_values_have_the_digits_that_their_levels_ask_for(self, reach, value, text):
        assert number(value, decimals(reach)) == text
