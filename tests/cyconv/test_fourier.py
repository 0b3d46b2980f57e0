"""Convolution by way of frequencies: within the direct bound, counted, and only where it can."""

from __future__ import annotations

import numpy as np
import pytest
from remembered import remembered
from scipy.signal import correlate

from cyconv import Exact, Geometry, PreparedFilters, convolve, oracle, predict
from cyconv.fourier_tiles import tiles
from cyconv.frequencies import cost, least_sums, roots, slip
from cyconv.isa import kernels, levels, use
from cyconv.problem import check_shapes

FOURIER, DIRECT = Exact("fourier"), Exact("direct")


@remembered
def wanted(image, weights, geometry, bias=None):
    """Gives the exact sums in float64, and what a sum in float32 may be off by."""
    planes = np.pad(image.astype(float), ((0, 0), *2 * ((geometry.padding[0],) * 2,)))
    sums, sizes = (
        np.stack([
            sum(correlate(absolute(plane), absolute(each), "valid", method="direct")
                for plane, each in zip(planes, bank.astype(float), strict=True))
            for bank in weights
        ])
        for absolute in (np.asarray, np.abs)
    )  # fmt: skip
    if bias is not None:
        sums, sizes = (total + some[:, None, None] for total, some in
                       ((sums, bias), (sizes, np.abs(bias))))  # fmt: skip
    terms = weights[0].size + (bias is not None)
    return sums, terms * float(np.finfo(np.float32).eps) * sizes


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize(
    ("shape", "count", "window", "padding"),
    [
        ((1, 40, 50), 1, (15, 15), 0),
        ((3, 70, 33), 2, (9, 21), 4),
        ((2, 300, 150), 1, (31, 31), 15),
        ((1, 17, 400), 5, (17, 3), 2),
        ((4, 20, 20), 3, (2, 2), 0),
    ],
)
def test_keeps_the_bound_and_the_count(level, dtype, shape, count, window, padding):
    rng = np.random.default_rng(5)
    image = rng.uniform(1, 255, shape).astype(dtype)[:, ::-1]
    weights = rng.normal(size=(count, shape[0], *window)).astype(np.float32)
    bias = rng.normal(size=count).astype(np.float32)
    geometry = Geometry(padding=padding)
    with use(level):
        runs = [
            convolve(image, weights, FOURIER, geometry, bias=bias, threads=threads)
            for threads in (1, 3)
        ]
    np.testing.assert_array_equal(runs[0].output, runs[1].output)
    sums, allowed = wanted(image, weights, geometry, bias)
    assert (np.abs(runs[0].output - sums) <= allowed).all()
    model = predict(FOURIER, image.shape, weights.shape, geometry, runs[0].facts, bias=True).model
    assert runs[0].executed == runs[1].executed == model
    pairs, _, made = runs[0].facts.tiles
    assert pairs
    assert not made


def test_the_count_by_hand():
    """One tile of 64 x 64 and none beside it: 3 rounds a line, the last without roots."""
    image, weights = np.ones((1, 60, 60), np.float32), np.ones((1, 1, 20, 20), np.float32)
    cut = tiles(check_shapes(image.shape, weights.shape, Geometry())[1])
    assert (cut.down, cut.across, cut.rows, cut.columns, cut.number) == (64, 64, 41, 41, 1)
    result = convolve(image, weights, FOURIER)
    parts = {part.name: (part.multiplications, part.additions) for part in result.executed.parts}
    line = 2 * 16 * 12, 2 * 16 * 22 + 16 * 16
    # The tile reaches beyond the image, 4 rows and columns that no output needs: seen as zeros.
    assert parts == {
        "transform filters": (128 * line[0] + 2 * 64 * 64, 128 * line[1]),
        "count pixels": (0, result.facts.tiles[1]),
        "transform tiles": (128 * line[0], 128 * line[1]),
        "products": (4 * 64 * 64, 2 * 64 * 64),
        "transform back": ((64 + 48) * line[0], (64 + 48) * line[1]),
        "in full": (0, 0),
    }
    assert cost(128).tolist() == [3 * 32 * 12, 3 * 32 * 22 + 64 * 4]


def test_the_transform_is_the_discrete_one():
    """A single tap's frequencies are those of a shifted pulse, a line's those of NumPy."""
    rng = np.random.default_rng(0)
    image = rng.uniform(1, 2, (1, 64, 64)).astype(np.float32)
    weights = np.zeros((1, 1, 30, 30), np.float32)
    weights[0, 0, 7, 4] = 3
    given = convolve(image, weights, FOURIER).output[0]
    np.testing.assert_allclose(given, 3 * image[0, 7:42, 4:39], rtol=1e-7)


@pytest.mark.parametrize(
    "make",
    [
        lambda rng: rng.uniform(0, 1, (1, 90, 90)) * 10.0 ** rng.integers(-30, 30, (1, 90, 90)),
        lambda rng: np.where(rng.random((1, 90, 90)) < 0.001, 200, 0),
        lambda rng: np.where(np.arange(90) < 45, 1e9, 1e-9) * np.ones((1, 90, 90)),
        lambda rng: np.zeros((1, 90, 90)),
        lambda rng: np.pad(rng.uniform(1, 200, (1, 30, 30)), ((0, 0), (30, 30), (30, 30))),
    ],
    ids=["wild", "stars", "cliff", "nothing", "island"],
)
def test_keeps_the_bound_where_windows_hold_little(make):
    rng = np.random.default_rng(8)
    image = make(rng).astype(np.float32)
    weights = rng.normal(size=(2, 1, 21, 21)).astype(np.float32)
    result = convolve(image, weights, FOURIER, Geometry(padding=10))
    sums, allowed = wanted(image, weights, Geometry(padding=10))
    assert (np.abs(result.output - sums) <= allowed).all()
    model = predict(FOURIER, image.shape, weights.shape, Geometry(padding=10), result.facts).model
    assert result.executed == model


def test_what_could_miss_the_bound_is_multiplied_in_full():
    image = np.full((1, 100, 100), 1e-9, np.float32)
    image[0, 50, 50] = 1e9
    weights = np.random.default_rng(1).normal(size=(1, 1, 15, 15)).astype(np.float32)
    result, direct = (convolve(image, weights, technique) for technique in (FOURIER, DIRECT))
    assert result.facts.tiles[2] == result.output.size
    np.testing.assert_allclose(result.output, direct.output, rtol=1e-5)
    # Far from the bright pixel nothing of it may be seen.
    assert np.abs(result.output[0, :30, :30]).max() < 1e-6


@pytest.mark.parametrize("strange", [np.nan, np.inf])
def test_what_is_not_finite_stays_where_it_is(strange):
    image = np.random.default_rng(3).uniform(1, 2, (1, 120, 60)).astype(np.float32)
    image[0, 100, 30] = strange
    weights = np.random.default_rng(4).normal(size=(1, 1, 9, 9)).astype(np.float32)
    with np.errstate(invalid="ignore"):
        given, direct = (
            convolve(image, weights, technique).output for technique in (FOURIER, DIRECT)
        )
    np.testing.assert_array_equal(np.isfinite(given), np.isfinite(direct))
    assert np.isfinite(given).sum() == given.size - 81


def test_prepared_filters_are_not_transformed_again():
    image = np.random.default_rng(2).uniform(1, 9, (1, 70, 70)).astype(np.float32)
    weights = np.random.default_rng(3).normal(size=(1, 1, 12, 12)).astype(np.float32)
    plain = convolve(image, weights, FOURIER)
    prepared = convolve(image, PreparedFilters(weights), FOURIER)
    np.testing.assert_array_equal(plain.output, prepared.output)
    assert [part.name for part in prepared.executed.parts] == [
        part.name for part in plain.executed.parts if part.name != "transform filters"
    ]
    model = predict(FOURIER, image.shape, weights.shape, facts=prepared.facts).model
    assert model == prepared.executed


def test_it_is_chosen_for_large_filters_alone():
    rng = np.random.default_rng(0)
    image = rng.uniform(1, 255, (1, 500, 500)).astype(np.float32)
    paths = {
        side: convolve(image, rng.normal(size=(side, side)).astype(np.float32)).facts.path
        for side in (5, 15, 41)
    }
    assert paths == {5: "direct", 15: "direct", 41: "fourier"}


@pytest.mark.parametrize(
    ("image", "weights", "geometry"),
    [
        (np.ones((40, 40)), np.ones((9, 9)), Geometry()),
        (np.ones((40, 40), np.float32), np.ones((9, 9)), Geometry(2)),
        (np.ones((40, 40), np.float32), np.ones((9, 9)), Geometry(1, 0, 2)),
        (np.ones((2, 40, 40), np.float32), np.ones((2, 1, 9, 9)), Geometry(groups=2)),
        (np.ones((40, 40), np.float32), np.full((9, 9), np.inf), Geometry()),
        (np.ones((200, 200), np.float32), np.ones((129, 5)), Geometry()),
        (np.ones((40, 40), np.float32), np.ones((17, 1, 9, 9)), Geometry()),
    ],
    ids=["float64", "stride", "dilation", "groups", "infinite", "large", "many"],
)
def test_what_does_not_suit_is_refused(image, weights, geometry):
    with pytest.raises(ValueError, match=r"path .fourier. needs float32 sums, finite filters"):
        convolve(image, weights, FOURIER, geometry)


def test_the_stated_slip_is_not_exceeded():
    """The error in float64 of a pair of tiles of noise, against sums in exact integers."""
    rng = np.random.default_rng(6)
    kernel = kernels().fourier
    image = rng.integers(-4096, 4097, (1, 128, 64)).astype(np.float32)
    weights = rng.integers(-64, 65, (1, 1, 33, 33)).astype(np.float32)
    result = convolve(image, weights, FOURIER).output[0]
    exact = oracle.convolve(image, weights)[0]
    norm = float(np.sqrt((image.astype(float) ** 2).sum()))
    off = slip(128, 64, 1) * np.abs(weights).sum() * norm
    assert off < 1e-2
    assert (np.abs(result - exact) <= off + np.abs(exact) * 2.0**-24).all()
    assert kernel.LEAST <= 64 <= kernel.MOST


def test_the_least_sums_by_hand():
    bank = np.array([[[[3, -1], [0, 4]]], [[[0, 0], [0, 0]]], [[[1, 1], [1, 1]]]], np.float32)
    np.testing.assert_array_equal(least_sums(bank), [0, 0, 1 / 8, 1 / 2, 1])
    np.testing.assert_array_equal(least_sums(bank[1:2]), [0, 1, 1, 1, 1])


def test_the_kernels_refuse_what_would_be_read_or_written_outside():
    kernel = kernels().fourier
    lanes, image = kernel.LANES, np.ones((1, 20, 20), np.float32)
    planes = np.zeros((1, 32 // lanes, kernel.pitch_for(32)))
    turns, spectra = roots(32), np.zeros((1, 1, 32 // lanes, 64 * lanes))
    room, tiny, out = np.zeros((2, 64 * lanes)), np.zeros(1), np.zeros((1, 400), np.float32)
    places = np.array([[0, 0, 20, 20], [0, 0, 0, 0]], np.intp)
    counts = np.zeros((2, 32))
    whole = [planes, 32, turns, turns, spectra, room, tiny, None, places, 20, 20, out]
    kernel.fill(image, 0, 0, 0, 32, planes)
    assert kernel.fewest(planes, 0, 1, 32, 3, 3, 18, 18, counts) == 9
    kernel.spectrum(planes, 32, turns, turns, spectra[0, 0])
    kernel.convolve(*whole)
    for wrong in (
        (image, 0, 0, 2, 32, planes), (image, 0, 0, 0, 64, planes), (image, 0, 0, 0, 31, planes),
        (np.ones((2, 4, 4), np.float32), 0, 0, 0, 32, planes), (image[:, :0], 0, 0, 0, 32, planes),
        (image, 0, 0, 0, 8, planes),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            kernel.fill(*wrong)
    for wrong in (
        (planes, 0, 1, 32, 3, 3, 31, 18, counts), (planes, 0, 1, 32, 3, 3, 18, 31, counts),
        (planes, 2, 1, 32, 3, 3, 18, 18, counts), (planes, 0, 2, 32, 3, 3, 18, 18, counts),
        (planes, 0, 1, 32, 3, 3, 18, 18, counts[:, :19].copy()),
        (planes, 0, 1, 32, 0, 3, 18, 18, counts),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            kernel.fewest(*wrong)
    for place, wrong in (
        (1, 64), (2, turns[1:]), (3, turns[1:]), (4, spectra[:, :, 1:]), (5, room[1:]),
        (5, room[:, 1:].copy()), (6, tiny[1:]), (7, np.zeros(0, np.float32)), (8, places[1:]),
        (8, places + 1), (9, 19), (10, 19), (11, out[:, 1:].copy()),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            kernel.convolve(*whole[:place], wrong, *whole[place + 1 :])
    for wrong in (
        (planes, 32, turns[1:], turns, spectra[0, 0]),
        (planes, 32, turns, turns, spectra[0, 0, 1:]),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            kernel.spectrum(*wrong)
