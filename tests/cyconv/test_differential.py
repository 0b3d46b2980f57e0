"""Differential convolution skips what equals its reference: the same outputs, every count right."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import (
    Differential,
    Exact,
    Frame,
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
    Geometry(padding=3, dilation=(1, 3), groups=2),
]
REFERENCES = ("previous", "above", "best")
DTYPES = (np.uint8, np.float32, np.float64)


@pytest.fixture(params=GEOMETRIES, ids=str)
def geometry(request):
    return request.param


def drawing(dtype=np.uint8, seed=5, shape=(4, 21, 83), spots=3):
    """Gives a plain image with a few spots, and a noisy corner."""
    rng = np.random.default_rng(seed)
    image = np.full(shape, 200)
    for _ in range(spots):
        y, x = rng.integers(0, shape[1] - 3), rng.integers(0, shape[2] - 4)
        image[:, y : y + 3, x : x + 4] = rng.integers(0, 256, (shape[0], 1, 1))
    image[:, -4:, -9:] = rng.integers(0, 256, (shape[0], 4, 9))
    return image.astype(dtype)


def bank(geometry, seed=6):
    rng = np.random.default_rng(seed)
    shape = 2 * geometry.groups, 4 // geometry.groups, 5, 3
    return rng.normal(size=shape).astype(np.float32), rng.normal(size=shape[0])


def tiles(needed):
    """Gives the first columns of the tiles of each strip of four rows, laid by hand."""
    laid = []
    for top in range(0, len(needed), 4):
        columns, covered = [], 0
        for x in np.flatnonzero(needed[top : top + 4].any(axis=0)):
            if x >= covered:
                columns.append(min(x, needed.shape[1] - 16))
                covered = x + 16
        laid.append(columns)
    return laid


def outputs(laid, rows):
    """Gives the outputs that tiles hold."""
    return sum(16 * min(4, rows - 4 * strip) * len(each) for strip, each in enumerate(laid))


def needed(image, weights, geometry, reference):
    """Gives for each group the tiles that must be made, and where "best" took the row above."""
    ways = ("previous", "above") if reference == "best" else (reference,)
    laid = []
    for way in ways:
        differs = oracle_differences.changed(image, weights, geometry, reference=way)
        if way == "above":
            differs[:, :4] = True
        laid.append([tiles(each) for each in differs])
    if reference != "best":
        return laid[0], None
    above = [[len(b) < len(a) for a, b in zip(*both, strict=True)]
             for both in zip(*laid, strict=True)]
    taken = [
        [b if up else a for a, b, up in zip(*each, strict=True)]
        for each in zip(*laid, above, strict=True)
    ]
    return taken, above


def same_counts(result, image, weights, geometry, bias):
    model = predict(
        result.technique, image.shape, weights.shape, geometry, result.facts, bias=bias
    ).model
    executed = {part.name: part for part in result.executed.parts}
    assert executed == {part.name: part for part in model.parts}
    assert result.executed.total == model.total


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("reference", REFERENCES)
def test_it_is_the_exact_kernels_output_to_the_last_bit(geometry, reference, dtype):
    image, (weights, bias) = drawing(dtype), bank(geometry)
    for level, (threads, height) in itertools.product(levels(), ((1, None), (3, 2), (2, 7))):
        with use(level), bands.forced_height(height):
            wanted = convolve(image, weights, Exact(), geometry, bias=bias, threads=1)
            result = convolve(
                image, weights, Differential(reference), geometry, bias=bias, threads=threads
            )
        assert result.facts.path == "skipping"
        np.testing.assert_array_equal(result.output, wanted.output)
        same_counts(result, image, weights, geometry, True)
    bound = oracle.error_bound(image, weights, geometry, bias, dtype=result.output.dtype)
    assert (np.abs(result.output - oracle.convolve(image, weights, geometry, bias)) <= bound).all()


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("reference", REFERENCES)
def test_what_is_made_is_what_an_independent_look_at_the_windows_finds(geometry, reference):
    image, (weights, _) = drawing(), bank(geometry)
    result = convolve(image, weights, Differential(reference), geometry)
    laid, above = needed(image, weights, geometry, reference)
    rows, filters = result.output.shape[1], len(weights) // geometry.groups
    made = sum(outputs(each, rows) for each in laid) * filters
    assert result.facts.made == made
    assert result.executed["convolution"].multiplications == made * weights[0].size
    if above is not None:
        np.testing.assert_array_equal(result.facts.above, above)


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("reference", ["previous", "above"])
@pytest.mark.parametrize("padding", [0, 2])
def test_pixels_are_compared_once_and_those_that_differ_counted(reference, padding):
    image = drawing(shape=(3, 19, 50))
    result = convolve(
        image, np.ones((1, 3, 3, 3)), Differential(reference), Geometry(padding=padding)
    )
    padded = np.pad(image.astype(int), ((0, 0), (padding, padding), (padding, padding)))
    inside = np.pad(np.ones(image.shape, bool), ((0, 0), (padding, padding), (padding, padding)))
    axis = 2 if reference == "previous" else 1
    later, earlier = (np.take(padded, range(a, padded.shape[axis] - 1 + a), axis) for a in (1, 0))
    seen = np.take(inside, range(1, inside.shape[axis]), axis) | np.take(
        inside, range(inside.shape[axis] - 1), axis
    )
    assert result.facts.compared == seen.sum()
    assert result.executed["differences"].additions == seen.sum()
    assert result.facts.differing == ((later != earlier).any(axis=0).sum(),)


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("shape", [(3, 40, 60), (3, 90, 33)])
def test_what_does_not_pay_is_left_to_the_exact_kernel(reference, shape, monkeypatch):
    monkeypatch.setattr(skipping, "STARTING", 0)
    image = np.random.default_rng(3).integers(0, 256, shape).astype(np.uint8)
    weights = np.random.default_rng(4).normal(size=(1, 3, 5, 5))
    result, exact = (convolve(image, weights, each) for each in (Differential(reference), Exact()))
    assert result.facts.path == "exact"
    assert "skipping the others pays up to" in result.facts.reason
    np.testing.assert_array_equal(result.output, exact.output)
    same_counts(result, image, weights, Geometry(), False)
    pairs = image.size * (2 if reference == "best" else 1)
    assert 0 < result.facts.compared < pairs
    if shape[1] > 80:
        assert result.facts.compared < 0.8 * pairs, "a sample is enough"


@pytest.mark.parametrize(
    ("image", "weights", "reason"),
    [((1, 30, 17), (1, 1, 3, 3), "rows of fewer"), ((1, 30, 40), (1, 1, 3, 3), "as soon as")],
)
def test_what_can_not_pay_is_not_even_looked_at(image, weights, reason):
    result = convolve(np.ones(image, np.uint8), np.ones(weights), Differential("best"))
    assert (result.facts.path, result.facts.compared) == ("exact", 0)
    assert reason in result.facts.reason
    assert (result.output == np.prod(weights)).all()


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_nan_and_infinity_stay_where_they_are_seen(reference, dtype):
    image = drawing(dtype)
    image[1, 8, 30], image[0, 4, 60:63], image[2, 15, 7:9] = np.nan, np.inf, -np.inf
    geometry = Geometry()
    weights, _ = bank(geometry)
    result, exact = (convolve(image, weights, each) for each in (Differential(reference), Exact()))
    assert result.facts.path == "skipping"
    assert np.isnan(exact.output).any()
    np.testing.assert_array_equal(result.output, exact.output)


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("dtype", DTYPES)
def test_pixels_may_lie_in_memory_in_any_way(dtype):
    image = drawing(dtype)
    weights, _ = bank(Geometry())
    wanted = convolve(image, weights).output
    backwards = np.ascontiguousarray(image[:, ::-1, ::-1])[:, ::-1, ::-1]
    interleaved = np.ascontiguousarray(image.transpose(1, 2, 0)).transpose(2, 0, 1)
    shifted = np.frombuffer(b"x" + image.tobytes(), np.uint8)[1:].view(dtype).reshape(image.shape)
    for each, reference in itertools.product((backwards, interleaved, shifted), REFERENCES):
        result = convolve(each, weights, Differential(reference))
        assert result.facts.path == "skipping"
        np.testing.assert_array_equal(result.output, wanted)


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("filters", [1, 7, 16, 40])
def test_many_filters_are_skipped_alike(filters):
    image = drawing(shape=(2, 22, 70), spots=2)
    weights = np.random.default_rng(8).normal(size=(filters, 2, 3, 3))
    result, exact = (convolve(image, weights, each) for each in (Differential("best"), Exact()))
    assert result.facts.path == "skipping"
    bound = oracle.error_bound(image, weights)
    assert (np.abs(result.output - exact.output) <= 2 * bound).all()


class TestFrames:
    """The reference is the image before."""

    @pytest.fixture
    def frames(self):
        first = drawing()
        second = first.copy()
        second[:, 3:6, 40:44] = 7
        return first, second

    @pytest.mark.usefixtures("always")
    @pytest.mark.parametrize("dtype", DTYPES)
    def test_only_what_changed_is_made(self, frames, geometry, dtype):
        first, second = (each.astype(dtype) for each in frames)
        weights, bias = bank(geometry)
        known = Frame(first, convolve(first, weights, Exact(), geometry, bias=bias).output)
        result = convolve(second, weights, Differential(known), geometry, bias=bias, threads=2)
        wanted = convolve(second, weights, Exact(), geometry, bias=bias).output
        np.testing.assert_array_equal(result.output, wanted)
        differs = oracle_differences.changed(second, weights, geometry, before=first)
        rows, filters = wanted.shape[1], len(weights) // geometry.groups
        assert result.facts.made == sum(outputs(tiles(each), rows) for each in differs) * filters
        same_counts(result, second, weights, geometry, True)

    @pytest.mark.usefixtures("always")
    def test_outputs_may_be_written_over_those_before(self, frames):
        weights, _ = bank(Geometry())
        output = convolve(frames[0], weights).output
        result = convolve(frames[1], weights, Differential(Frame(frames[0], output)), out=output)
        assert result.output is output
        np.testing.assert_array_equal(output, convolve(frames[1], weights).output)

    @pytest.mark.parametrize("residue", ["kept", "forgotten"])
    def test_small_changes_pile_up_only_if_forgotten(self, residue):
        """A scene that gets a little brighter with every frame."""
        weights, steps = np.full((1, 1, 3, 3), 0.5), 12
        images = [np.full((1, 20, 30), 100 + 2 * step, np.uint8) for step in range(steps)]
        result = convolve(images[0], weights)
        frame = Frame.after(images[0], result)
        for image in images[1:]:
            result = convolve(image, weights, Differential(frame, 3, residue))
            same_counts(result, image, weights, Geometry(), False)
            frame = Frame.after(image, result)
        error = np.abs(result.output - convolve(images[-1], weights).output)
        if residue == "kept":
            assert error.max() <= 3 * 4.5
        else:
            assert (error == 2 * (steps - 1) * 4.5).all()

    def test_frames_that_do_not_fit_are_refused(self, frames):
        weights, _ = bank(Geometry())
        output = convolve(frames[0], weights).output
        for image, given, problem in [
            (frames[0][:, 1:], output, "hold an image like the one convolved"),
            (frames[0].astype(np.float32), output, "hold an image like the one convolved"),
            (frames[0], output[:, 1:], "hold the outputs that these filters give"),
            (frames[0], output.astype(np.float64), "hold the outputs that these filters give"),
        ]:
            with pytest.raises(ValueError, match=f"reference must {problem}"):
                convolve(frames[1], weights, Differential(Frame(image, given)))
        with pytest.raises(ValueError, match="output must be M x O_h x O_w"):
            Frame(frames[0], output[0])
        with pytest.raises(ValueError, match="reached must have the image's shape"):
            Frame(frames[0], output, frames[0][:, 1:])
