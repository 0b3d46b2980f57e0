"""Winograd's tiles: within their own bound, counted, and only where they are asked for."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import Exact, Geometry, PreparedFilters, convolve, oracle, predict, winograd
from cyconv.bands import forced_height
from cyconv.isa import kernels, levels, use
from cyconv.winograd_error import bound

WINOGRAD = Exact("winograd")


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize(
    ("shape", "count", "geometry"),
    [
        ((1, 3, 3), 1, Geometry()),
        ((3, 9, 70), 17, Geometry(padding=1)),
        ((4, 20, 31), 6, Geometry(padding=(0, 5), groups=2)),
        ((5, 66, 67), 3, Geometry(padding="same")),
        ((2, 4, 5), 40, Geometry(padding=9)),
    ],
)
def test_keeps_its_bound_and_its_count(monkeypatch, level, dtype, shape, count, geometry):
    monkeypatch.setattr(winograd, "BAND_VALUES", 9000)
    rng = np.random.default_rng(6)
    image = rng.uniform(0, 255, shape).astype(dtype)
    weights = rng.normal(size=(count, shape[0] // geometry.groups, 3, 3))
    weights = weights.astype(np.float32)
    bias = rng.normal(size=count).astype(np.float32)
    runs = []
    with use(level):
        for threads, height in ((1, None), (3, 2)):
            with forced_height(height):
                runs.append(
                    convolve(image, weights, WINOGRAD, geometry, bias=bias, threads=threads)
                )
    np.testing.assert_array_equal(runs[0].output, runs[1].output)
    wanted = oracle.convolve(image, weights, geometry, bias)
    allowed = bound(image, weights, geometry, bias, dtype=runs[0].output.dtype)
    assert allowed.shape == wanted.shape
    assert (np.abs(runs[0].output - wanted) <= allowed).all()
    model = predict(WINOGRAD, image.shape, weights.shape, geometry, runs[0].facts, bias=True).model
    assert runs[0].executed == runs[1].executed == model
    assert predict(WINOGRAD, image.shape, weights.shape, geometry, bias=True).model == model


def test_the_count_by_hand():
    """Two filters over three channels, five rows of tiles of six: 30 tiles of 36 points."""
    result = convolve(np.ones((3, 20, 24)), np.ones((2, 3, 3, 3)), WINOGRAD, Geometry(padding=1))
    parts = {part.name: (part.multiplications, part.additions) for part in result.executed.parts}
    assert parts == {
        "transform filters": (162 * 6, 108 * 6),
        "transform tiles": (84 * 90, 144 * 90),
        "products": (36 * 30 * 2 * 3, 36 * 30 * 2 * 2),
        "transform back": (30 * 60, 100 * 60),
    }
    direct = convolve(np.ones((3, 20, 24)), np.ones((2, 3, 3, 3)), geometry=Geometry(padding=1))
    products = direct.executed.multiplications
    assert 4 * result.executed["products"].multiplications == products


def test_the_bound_would_see_a_wrong_weight():
    image = np.random.default_rng(0).normal(size=(8, 12, 12)).astype(np.float32)
    weights = np.random.default_rng(1).normal(size=(4, 8, 3, 3)).astype(np.float32)
    given = convolve(image, weights * np.float32(1 + 1e-3), WINOGRAD).output
    away = np.abs(given - oracle.convolve(image, weights))
    assert (away > bound(image, weights)).any()


def test_filters_that_are_prepared_are_not_transformed_again():
    image = np.random.default_rng(2).normal(size=(8, 30, 30)).astype(np.float32)
    weights = np.random.default_rng(3).normal(size=(24, 8, 3, 3)).astype(np.float32)
    prepared = PreparedFilters(weights)
    plain, first = convolve(image, weights, WINOGRAD), convolve(image, prepared, WINOGRAD)
    np.testing.assert_array_equal(plain.output, first.output)
    assert (plain.facts.prepared, first.facts.prepared) == (False, True)
    assert [part.name for part in first.executed.parts] == [
        part.name for part in plain.executed.parts if part.name != "transform filters"
    ]
    model = predict(WINOGRAD, image.shape, weights.shape, facts=first.facts).model
    assert model == first.executed


@pytest.mark.parametrize(
    ("side", "geometry"), [(5, Geometry()), (3, Geometry(2)), (3, Geometry(1, 0, 2))], ids=str
)
def test_other_windows_are_refused(side, geometry):
    with pytest.raises(ValueError, match=r"path .winograd. needs windows of 3 x 3 at stride 1"):
        convolve(np.ones((9, 9)), np.ones((side, side)), WINOGRAD, geometry)


def test_it_is_not_chosen_by_itself():
    image = np.ones((32, 40, 40), np.float32)
    assert convolve(image, np.ones((32, 32, 3, 3))).facts.path == "direct"


@pytest.mark.parametrize("real", [np.float32, np.float64])
def test_the_kernels_refuse_what_would_be_read_or_written_outside(real):
    tiling = kernels().tiling
    image = np.ones((2, 8, 8), real)
    room, seen = np.empty(tiling.room_for(2, 2), real), np.empty(36 * 2 * (4 + tiling.SLACK), real)
    met, out = np.empty(36 * 3 * 4 + tiling.SLACK, real), np.empty((3, 64), real)
    tiling.tiles_in(image, room, 0, 0, 0, 2, 2, seen)
    tiling.tiles_out(met, 2, 2, 0, 8, None, out)
    for arguments in (
        (image, room[1:], 0, 0, 0, 2, 2, seen), (image, room, 0, 0, 0, 2, 2, seen[1:]),
        (image, room, -1, 0, 0, 2, 2, seen), (image, room, 0, 0, 0, 0, 2, seen),
        (image[:, :0], room, 0, 0, 0, 2, 2, seen), (image, room, 0, 0, -1, 2, 2, seen),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            tiling.tiles_in(*arguments)
    for arguments in (
        (met[1:], 2, 2, 0, 8, None, out), (met, 2, 2, 0, 9, None, out),
        (met, 2, 2, 4, 8, None, out), (met, 2, 2, -1, 8, None, out),
        (met, 2, 2, 0, 8, out[0, :2], out), (met, 2, 2, 0, 4, None, out),
    ):  # fmt: skip
        with pytest.raises(IndexError):
            tiling.tiles_out(*arguments)
