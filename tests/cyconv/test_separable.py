"""Two passes in place of one: found where they are right, and as right as the direct way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from cyconv import (
    Exact,
    Facts,
    Geometry,
    PreparedFilters,
    convolve,
    filters,
    oracle,
    predict,
    separable,
)
from cyconv.bands import forced_height
from cyconv.isa import levels, use
from cyconv.separable import factors

EPS = float(np.finfo(np.float32).eps)


def gaussian(size, sigma=0.25):
    row = np.exp(-np.linspace(-1, 1, size) ** 2 / sigma)
    return (np.outer(row, row) / row.sum() ** 2).astype(np.float32)


def bank(count, channels, height, width, seed=0):
    """Gives products of columns and rows, each plane its own, rounded to float32."""
    rng = np.random.default_rng(seed)
    columns = rng.normal(size=(count, channels, height, 1))
    return (columns * rng.normal(size=(count, channels, 1, width))).astype(np.float32)


@pytest.mark.parametrize(
    "plane",
    [
        np.ones((7, 7)), np.full((3, 5), 1 / 15), gaussian(5), gaussian(15), gaussian(31, 0.01),
        np.outer([1, 2, 1], [1, 0, -1]), np.outer([0, 0, 3], [0, 2, 0]), np.zeros((3, 3)),
        bank(1, 1, 11, 6)[0, 0], gaussian(9) * 1e30, gaussian(9) * 1e-30, -gaussian(9),
    ],
)  # fmt: skip
def test_products_are_found_to_within_their_roundings(plane):
    plane = np.asarray(plane, np.float32)
    found = factors(plane[None, None])
    assert found is not None
    assert found.down.dtype == found.across.dtype == np.float32
    assert (found.down.shape, found.across.shape) == ((1, 1, len(plane)), (1, 1, len(plane[0])))
    product = np.outer(found.down[0, 0].astype(float), found.across[0, 0].astype(float))
    assert (np.abs(product - plane) <= 2 * EPS * np.abs(plane) + 1.5e-45).all()
    # What lies between the passes is no larger than the pixels.
    assert np.abs(found.across).sum() <= 1


def test_whole_numbers_stay_whole_so_that_their_results_are_exact():
    image = np.random.default_rng(3).integers(0, 256, (1, 40, 90), np.uint8)
    sobel = np.outer([1, 4, 6, 4, 1], [-1, -2, 0, 2, 1])
    result = convolve(image, sobel, Exact("separable"))
    np.testing.assert_array_equal(result.output, oracle.convolve(image, sobel[None, None]))


@pytest.mark.parametrize("place", [(0, 0), (3, 3), (6, 2)])
@pytest.mark.parametrize("slip", [6 * EPS, 0.01, 1.0])
def test_a_single_weight_that_is_off_is_seen(place, slip):
    plane = gaussian(7)
    plane[place] *= 1 + slip
    assert factors(np.stack([gaussian(7), plane])[:, None]) is None


@pytest.mark.parametrize(
    "plane",
    [
        filters.make("laplacian", 5)[0, 0], np.eye(7), np.full((7, 7), np.inf),
        np.full((7, 7), np.nan), np.random.default_rng(0).normal(size=(9, 9)),
    ],
)  # fmt: skip
def test_what_is_no_product_is_none(plane):
    assert factors(np.asarray(plane, np.float32)[None, None]) is None
    with pytest.raises(ValueError, match=r'path .separable. needs filters that are products'):
        convolve(np.ones((40, 60)), plane, Exact("separable"))


GEOMETRIES = [
    Geometry(), Geometry(padding="same"), Geometry((2, 1), (2, 5)),
    Geometry((1, 3), (0, 2), (2, 1)), Geometry((3, 2), (4, 1), (1, 2)),
]  # fmt: skip


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize(("count", "channels", "side"), [(1, 1, (9, 9)), (3, 2, (7, 4))])
def test_keeps_bound_and_count(monkeypatch, dtype, geometry, level, count, channels, side):
    monkeypatch.setattr(separable, "BAND_VALUES", 3000)
    image = np.random.default_rng(5).uniform(-99, 99, (channels, 130, 101))
    image = (image + 100 if dtype == np.uint8 else image).astype(dtype)
    weights = bank(count, channels, *side)
    if dtype == np.float64:  # Whole numbers: whether others are products can't be seen there.
        whole = np.outer(np.arange(1, side[0] + 1), np.arange(1, side[1] + 1))
        weights = np.sign(weights) * whole
    bias = np.arange(1.0, count + 1)
    runs = []
    with use(level):
        for threads, height in ((1, None), (2, 3)):
            with forced_height(height):
                runs.append(
                    convolve(
                        image, weights, Exact("separable"), geometry, bias=bias, threads=threads
                    )
                )
    np.testing.assert_array_equal(runs[0].output, runs[1].output)
    wanted = oracle.convolve(image, weights, geometry, bias)
    bound = oracle.error_bound(image, weights, geometry, bias, dtype=runs[0].output.dtype)
    assert (np.abs(runs[0].output - wanted) <= bound).all()
    assert runs[0].facts.path == "separable"
    model = predict(
        Exact(), image.shape, weights.shape, geometry, runs[0].facts, bias=True
    ).model
    assert runs[0].executed == runs[1].executed == model


def test_the_count_by_hand(monkeypatch):
    """Bands of 20 rows see 24 of the image's 60, the last 20: 24 + 24 + 20 rows across."""
    monkeypatch.setattr(separable, "BAND_VALUES", 20 * 50)
    result = convolve(np.ones((60, 54)), np.ones((5, 5)), Exact("separable"))
    parts = {part.name: (part.multiplications, part.additions) for part in result.executed.parts}
    assert parts == {
        "pass across": (68 * 50 * 5, 68 * 50 * 4),
        "pass down": (56 * 50 * 5, 56 * 50 * 4),
    }


def test_auto_takes_two_passes_where_they_pay_and_says_so():
    image = np.random.default_rng(0).random((700, 700), np.float32)
    large, small = gaussian(15), gaussian(5)
    assert convolve(image, large).facts.path == "separable"
    assert convolve(image, small).facts.path == "direct"
    assert convolve(image[:60, :60].copy(), large).facts.path == "direct"
    assert convolve(image, np.eye(15)).facts.path == "direct"
    assert convolve(image, large, Exact("direct")).facts.path == "direct"
    spared = convolve(image, large).executed.multiplications
    assert spared < 0.2 * predict(Exact(), image.shape, large.shape).model.multiplications


def test_prepared_filters_are_looked_at_once(monkeypatch):
    image, prepared = np.ones((700, 700), np.float32), PreparedFilters(gaussian(15))
    first = convolve(image, prepared)
    monkeypatch.setattr(separable, "factors", None)
    second = convolve(image, prepared)
    assert first.facts.path == second.facts.path == "separable"
    np.testing.assert_array_equal(first.output, second.output)


def test_not_a_number_and_infinities_reach_what_they_reach():
    image = np.ones((40, 60), np.float32)
    image[11, 20], image[30, 40] = np.nan, np.inf
    plane = gaussian(5)
    given = convolve(image, plane, Exact("separable")).output
    wanted = convolve(image, plane, Exact("direct")).output
    np.testing.assert_array_equal(np.isnan(given), np.isnan(wanted))
    np.testing.assert_array_equal(np.isinf(given), np.isinf(wanted))


def test_unknown_paths_are_named():
    with pytest.raises(ValueError, match=r"path must be one of .auto., .separable., .* 'fast'"):
        Exact("fast")
    with pytest.raises(ValueError, match=r"facts\.path must be one of .* got 'fast'"):
        predict(Exact(), (9, 9), (3, 3), facts=Facts("fast"))


def test_bands_cover_all_rows_whatever_the_shape():
    shapes = (1, 1, 1, 0), (9, 3, 2, 1), (300, 31, 1, 15), (50, 7, 5, 3)
    for height, side, stride, padding in shapes:
        geometry = Geometry(stride, padding)
        placement = geometry.place((height, 2000), (side, side))
        sizes = separable.Sizes.of((3, height, 2000), (1, 3, side, side), geometry, placement)
        layout = separable.Passes(sizes)
        assert [row for band in layout.bands for row in band] == list(range(sizes.rows))
        assert math.prod(len(layout.between(band)[0]) for band in layout.bands) > 0
