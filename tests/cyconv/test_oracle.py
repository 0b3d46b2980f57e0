"""The oracle agrees with two implementations that others wrote."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy import signal

from cyconv import oracle
from cyconv.geometry import Geometry

STRIDES = (1, 2, (3, 1))
PADDINGS = (0, 1, (2, 0), "same")
DILATIONS = (1, 2, (1, 3))


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize(
    ("channels", "count", "groups"), [(1, 1, 1), (3, 2, 1), (4, 6, 2), (3, 3, 3)]
)
def test_agrees_with_onnxruntime(onnx_convolve, padding, channels, count, groups):
    rng = np.random.default_rng(1)
    for stride, dilation, kernel in itertools.product(STRIDES, DILATIONS, [(3, 3), (1, 2)]):
        geometry = Geometry(stride, padding, dilation, groups)
        image = rng.normal(size=(channels, 8, 10)).astype(np.float32)
        filters = rng.normal(size=(count, channels // groups, *kernel)).astype(np.float32)
        bias = rng.normal(size=count).astype(np.float32)
        wanted = onnx_convolve(image, filters, geometry, bias)
        given = oracle.convolve(image, filters, geometry, bias)
        assert given.shape == wanted.shape
        bound = oracle.error_bound(image, filters, geometry, bias)
        assert np.all(np.abs(given - wanted) <= bound)


@pytest.mark.parametrize(("kernel", "channels"), [((3, 3), 1), ((2, 5), 3), ((1, 1), 2)])
def test_agrees_with_scipy(kernel, channels):
    rng = np.random.default_rng(2)
    image = rng.normal(size=(channels, 9, 8))
    filters = rng.normal(size=(2, channels, *kernel))
    wanted = [
        sum(signal.correlate2d(image[c], filters[m, c], "valid") for c in range(channels))
        for m in range(2)
    ]
    np.testing.assert_allclose(oracle.convolve(image, filters), wanted, rtol=0, atol=1e-13)


def test_two_dimensional_arrays_are_one_channel_and_one_filter():
    image = np.arange(12).reshape(3, 4)
    given = oracle.convolve(image, [[1, 0], [0, 2]])
    np.testing.assert_array_equal(given, [[[10, 13, 16], [22, 25, 28]]])


def test_padding_is_a_zero_that_an_infinite_weight_turns_into_nan():
    given = oracle.convolve([[1.0]], [[np.inf, 1.0]], Geometry(padding=(0, 1)))
    assert np.isnan(given[0, 0, 0])
    assert np.isposinf(given[0, 0, 1])


@pytest.mark.parametrize("reference", ["first", "previous"])
def test_differential_repaired_is_the_exact_convolution(reference):
    rng = np.random.default_rng(3)
    image, filters = rng.normal(size=(4, 6, 7)), rng.normal(size=(2, 2, 3, 2))
    geometry = Geometry(stride=(1, 2), padding=1, groups=2)
    np.testing.assert_allclose(
        oracle.differential(image, filters, geometry, reference=reference),
        oracle.convolve(image, filters, geometry),
        rtol=0,
        atol=1e-13,
    )


def test_differential_as_published_by_hand():
    given = oracle.differential([[1, 3, 2]], [[2.0]], as_published=True)
    np.testing.assert_array_equal(given, [[[2, -4, -2]]])
    given = oracle.differential([[1, 3, 2]], [[2.0]], reference="previous", as_published=True)
    np.testing.assert_array_equal(given, [[[2, -4, 2]]])


def test_lsh_by_hand():
    """Windows -1, 1, 3 and 0 under the vectors (1) and (-1): keys 01, 10, 10 and 00."""
    output, clusters = oracle.lsh([[-1, 1, 3, 0]], [[2.0]], [[1.0], [-1.0]])
    assert clusters == [3]
    np.testing.assert_array_equal(output, [[[-2, 4, 4, 0]]])
    published, _ = oracle.lsh([[-1, 1, 3, 0]], [[2.0]], [[1.0], [-1.0]], as_published=True)
    np.testing.assert_array_equal(published, [[[-2, 5, 5, 0]]])


def test_lsh_over_windows_of_all_channels():
    image = np.array([[[1.0, -3.0]], [[2.0, 2.0]]])
    filters = np.ones((1, 2, 1, 1))
    output, clusters = oracle.lsh(image, filters, [[1.0, 1.0]], scope="window")
    assert clusters == [2]
    np.testing.assert_array_equal(output, [[[3, -1]]])
    output, clusters = oracle.lsh(image, filters, [[1.0]])
    assert clusters == [2, 1]


def test_lsh_with_a_cluster_for_every_distinct_window_is_exact():
    rng = np.random.default_rng(4)
    image, filters = rng.normal(size=(2, 5, 5)), rng.normal(size=(3, 2, 2, 2))
    output, clusters = oracle.lsh(image, filters, rng.uniform(-1, 1, (64, 4)))
    assert clusters == [16, 16]
    np.testing.assert_allclose(output, oracle.convolve(image, filters), atol=1e-13)
    vectors = rng.uniform(-1, 1, (32, 8))
    output, clusters = oracle.lsh(image, filters, vectors, scope="window")
    assert clusters == [16]
    np.testing.assert_allclose(output, oracle.convolve(image, filters), atol=1e-13)


def test_doubling_sums_overflow():
    image = np.ones((1, 200))
    output, clusters = oracle.lsh(image, [[1.0]], [[1.0]], as_published=True, dtype=np.float32)
    assert clusters == [1]
    assert np.isposinf(output).all()
