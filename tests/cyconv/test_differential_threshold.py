"""Differences up to a threshold are left out, kept in mind or forgotten."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import (
    Differential,
    Exact,
    Geometry,
    bands,
    convolve,
    oracle,
    oracle_differences,
    predict,
)
from cyconv.isa import levels, use
from cyconv.techniques import skipping

GEOMETRIES = [
    Geometry(),
    Geometry(stride=(2, 3), padding=1),
    Geometry(padding="same", dilation=(2, 1)),
    Geometry(stride=2, padding=(0, 2), groups=2),
]
REFERENCES = ("first", "previous", "above", "best")


@pytest.fixture(params=GEOMETRIES, ids=str)
def geometry(request):
    return request.param


def hills(dtype, shape=(4, 14, 61)):
    """Gives an image that rises and falls slowly, with steps and a little noise."""
    rng = np.random.default_rng(31)
    y, x = np.mgrid[: shape[1], : shape[2]]
    image = 100 + 60 * np.sin(x / 9) + 2 * y + 30 * (x > 40) + rng.integers(-2, 3, shape)
    return image.astype(dtype)


@pytest.fixture(params=[True, False], ids=["tiles", "as it pays"])
def tiles(request, monkeypatch):
    """Has outputs made in tiles, or by what the technique takes for the quicker way."""
    if request.param:
        monkeypatch.setattr(skipping, "WORTH", np.inf)
        monkeypatch.setattr(skipping, "SIDE_BY_SIDE", np.inf)


@pytest.mark.usefixtures("tiles")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("residue", ["kept", "forgotten"])
@pytest.mark.parametrize("threshold", [0, 1, 4.5, 300])
def test_it_is_the_slow_descriptions_output(geometry, reference, residue, dtype, threshold):
    image = hills(dtype)
    weights = np.random.default_rng(32).normal(size=(2, 4 // geometry.groups, 5, 3))
    weights, bias = weights.astype(np.float32), np.array([3.0, -4.0])
    technique = Differential(reference, threshold, residue)
    wanted = oracle.differential(
        image, weights, geometry, reference=reference, threshold=threshold, residue=residue
    ) + bias[:, None, None]
    runs = []
    for level, (threads, height) in zip(
        levels(), ((1, None), (3, 2), (2, 7)), strict=False
    ):
        with use(level), bands.forced_height(height):
            result = convolve(image, weights, technique, geometry, bias=bias, threads=threads)
        real = result.output.dtype
        bound = oracle.error_bound(np.abs(image.astype(float)) + 300, weights, geometry, bias,
                                   dtype=real)
        assert (np.abs(result.output - wanted) <= bound).all()
        model = predict(
            technique, image.shape, weights.shape, geometry, result.facts, bias=True
        ).model
        executed = {part.name: part for part in result.executed.parts}
        assert executed == {part.name: part for part in model.parts}
        runs.append((result.facts.made, result.facts.compared, result.facts.followed))
    assert len(set(runs)) == 1, "counts depend neither on level nor on bands and threads"


@pytest.mark.usefixtures("tiles")
@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("threshold", [1, 5, 40])
def test_errors_keep_to_their_bounds(reference, dtype, threshold):
    image = hills(dtype, (2, 20, 90))
    weights = np.random.default_rng(33).normal(size=(3, 2, 3, 4))
    exact = convolve(image.astype(np.float64), weights).output
    whole = np.abs(weights).sum(axis=(1, 2, 3))[:, None, None] * threshold * (1 + 1e-6) + 1e-2
    kept = convolve(image, weights, Differential(reference, threshold)).output
    assert (np.abs(kept - exact) <= whole).all()
    forgotten = convolve(image, weights, Differential(reference, threshold, "forgotten")).output
    columns, rows = np.arange(exact.shape[2]) + 3, np.arange(exact.shape[1])[:, None] + 2
    steps = {"first": 1, "previous": columns, "above": rows, "best": rows + columns}[reference]
    assert (np.abs(forgotten - exact) <= whole * steps).all()
    if threshold == 5 and reference == "previous":
        assert np.abs(forgotten - exact).max() > 3 * np.abs(kept - exact).max(), "it drifts"


@pytest.mark.parametrize("residue", ["kept", "forgotten"])
@pytest.mark.parametrize("reference", ["previous", "above", "best"])
def test_additions_of_leaving_out_are_counted_one_by_one(reference, residue):
    image = hills(np.float64, (2, 9, 40))
    result = convolve(
        image, np.ones((1, 2, 3, 3)), Differential(reference, 3, residue), Geometry(stride=(1, 2))
    )
    became = oracle_differences.left_out(image, 3, (1, 2), reference=reference, residue=residue)
    np.testing.assert_array_equal(result.facts.reached, became)
    aside, up = 2 * 9 * 38, 2 * 8 * 40
    looked = {"previous": aside, "above": up, "best": aside + up}[reference]
    taken = 0
    if residue == "forgotten" and reference != "best":
        back, left = (1, 0) if reference == "above" else (0, 2)
        later = image[:, back:, left:]
        earlier = image[:, : image.shape[1] - back, : image.shape[2] - left]
        taken = (np.abs(later - earlier) > 3).sum()
    if residue == "forgotten" and reference == "best":
        taken = result.facts.followed - looked
        assert 0 < taken < 2 * 9 * 40
    assert result.facts.followed == looked + taken
    assert result.executed["small differences"].additions == looked + taken


def test_the_more_is_left_out_the_less_is_made(monkeypatch):
    monkeypatch.setattr(skipping, "STARTING", 0)
    image = hills(np.uint8, (1, 40, 200))
    weights = np.ones((1, 1, 5, 5))
    made = []
    for threshold in (0, 2, 6, 300):
        facts = convolve(image, weights, Differential("previous", threshold)).facts
        made.append(36 * 196 if facts.made is None else facts.made)
    assert made == sorted(made, reverse=True)
    assert made[-1] == 36 * 16


def test_windows_that_equal_the_first_are_not_multiplied():
    image = np.full((2, 12, 30), 9, np.uint8)
    image[:, 5, 20] = 200
    weights = np.random.default_rng(35).normal(size=(3, 2, 3, 3)).astype(np.float32)
    for threads, height in ((1, None), (2, 3)):
        with bands.forced_height(height):
            result = convolve(image, weights, Differential("first"), threads=threads)
        assert result.facts.made == 3 * (1 + 9)
        assert result.executed["convolution"].multiplications == 3 * 10 * 18
        assert result.executed["add back"].additions == 3 * 9
        wanted = oracle.convolve(image, weights)
        np.testing.assert_allclose(result.output, wanted, rtol=2e-7, atol=1e-9)


@pytest.mark.usefixtures("tiles")
@pytest.mark.parametrize("reference", ["previous", "above", "best"])
def test_nan_stays_where_it_is_seen_if_the_residue_is_kept(reference):
    image = hills(np.float32)
    image[1, 7, 20], image[2, 3, 9] = np.nan, np.inf
    weights = np.random.default_rng(36).normal(size=(1, 4, 3, 3))
    exact = convolve(image, weights, Exact()).output
    output = convolve(image, weights, Differential(reference, 2)).output
    np.testing.assert_array_equal(np.isfinite(output), np.isfinite(exact))


def test_nan_reaches_the_rest_of_its_row_if_the_residue_is_forgotten():
    image = hills(np.float32, (1, 12, 50))
    image[0, 6, 20] = np.nan
    output = convolve(
        image, np.ones((1, 1, 3, 3)), Differential("previous", 2, "forgotten")
    ).output[0]
    wanted = np.zeros((10, 48), bool)
    wanted[4:7, 18:] = True
    np.testing.assert_array_equal(np.isnan(output), wanted)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"threshold": -1}, "threshold must be a number of at least 0, got -1"),
        ({"threshold": float("nan")}, "threshold must be a number of at least 0, got nan"),
        ({"threshold": "3"}, "threshold must be a number of at least 0, got '3'"),
        ({"threshold": True}, "threshold must be a number of at least 0, got True"),
        ({"residue": "lost"}, 'residue must be "kept" or "forgotten", got \'lost\''),
        ({"threshold": 1, "as_published": True}, "which leaves nothing out, got threshold 1"),
        ({"reference": 3}, 'reference must be "first", "previous", "above", "best" or a Frame'),
    ],
)
def test_bad_settings_are_named(settings, problem):
    with pytest.raises(ValueError, match=problem):
        Differential(**settings)


def test_every_setting_is_one_of_a_kind():
    settings = [Differential(*each) for each in itertools.product(
        REFERENCES, (0, 1), ("kept", "forgotten"))]
    assert len(set(settings)) == len(settings)
