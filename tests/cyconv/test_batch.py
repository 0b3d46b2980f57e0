"""A batch gives what its images give one by one; techniques may know of the others."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import (
    LSH,
    Batched,
    Cancelled,
    Differential,
    Exact,
    Frame,
    Geometry,
    LowRank,
    Operations,
    PreparedFilters,
    bands,
    convolve,
    convolve_batch,
    oracle,
    oracle_differences,
    predict,
)
from cyconv import batch as batch_module

RNG = np.random.default_rng(61)
GEOMETRIES = [Geometry(), Geometry(stride=(2, 1), padding=2, dilation=(1, 2), groups=2)]
SINGLE = [Exact(), LowRank(3), LSH(4, scope="window"), Differential(as_published=True)]
DTYPES = (np.uint8, np.float32, np.float64)


@pytest.fixture(params=GEOMETRIES, ids=str)
def geometry(request):
    return request.param


def video(dtype=np.uint8, count=4, shape=(4, 22, 70)):
    """Gives frames in which a spot walks over a still scene, with a cut before the last."""
    scene = RNG.integers(0, 256, shape)
    frames = np.stack([scene] * count)
    for index in range(count):
        frames[index, :, 5:9, 8 * index : 8 * index + 6] = 20 * index
    frames[-1] = RNG.integers(0, 256, shape)
    return frames.astype(dtype)


def bank(geometry):
    weights = RNG.normal(size=(2 * geometry.groups, 4 // geometry.groups, 5, 3))
    return weights.astype(np.float32), RNG.normal(size=2 * geometry.groups)


@pytest.mark.parametrize("technique", SINGLE, ids=str)
@pytest.mark.parametrize("dtype", DTYPES)
def test_techniques_that_know_no_batch_run_image_by_image(technique, geometry, dtype):
    frames, (weights, bias) = video(dtype), bank(geometry)
    batch = convolve_batch(frames, weights, technique, geometry, bias=bias, threads=2)
    known = PreparedFilters(weights)
    alone = [convolve(each, known, technique, geometry, bias=bias) for each in frames]
    np.testing.assert_array_equal(batch.output, [each.output for each in alone])
    assert batch.output.dtype == alone[0].output.dtype
    assert batch.technique is technique
    for one, other in zip(batch.results, alone, strict=True):
        assert one.executed == other.executed
        assert one.facts.path == other.facts.path
    assert batch.executed == Operations.summed(
        part for each in alone for part in each.executed.parts
    )
    assert batch.seconds >= sum(each.seconds for each in batch.results) > 0
    assert batch.held_bytes >= max(each.held_bytes for each in batch.results)


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("reference", ["first", "previous", "best"])
def test_differences_are_taken_from_the_image_before(geometry, reference, dtype):
    frames, (weights, bias) = video(dtype), bank(geometry)
    technique = Differential(reference)
    assert isinstance(technique, Batched)
    for threads in (1, 3):
        batch = convolve_batch(frames, weights, technique, geometry, bias=bias, threads=threads)
        for image, output, result in zip(frames, batch.output, batch.results, strict=True):
            bound = oracle.error_bound(image, weights, geometry, bias, dtype=output.dtype)
            wanted = oracle.convolve(image, weights, geometry, bias)
            assert (np.abs(output - wanted) <= 2 * bound).all()
            model = predict(
                technique, image.shape, weights.shape, geometry, result.facts, bias=True
            ).model
            assert {each.name: each for each in result.executed.parts} == {
                each.name: each for each in model.parts
            }
        for before, (image, result) in itertools.pairwise(
            zip(frames, batch.results, strict=True)
        ):
            known = Frame(before[0], before[1].output)
            alone = convolve(image, weights, Differential(known), geometry, bias=bias)
            assert result.executed == alone.executed
            np.testing.assert_array_equal(result.output, alone.output)
        moved = [each.facts.made for each in batch.results]
        assert max(moved[1:-1]) < moved[-1], "a cut is made anew"


@pytest.mark.usefixtures("always")
def test_only_windows_that_changed_are_made():
    frames, weights = video()[:3], RNG.normal(size=(1, 4, 3, 3))
    batch = convolve_batch(frames, weights, Differential("previous"))
    for (before, image), result in zip(
        itertools.pairwise(frames), batch.results[1:], strict=True
    ):
        (changed,) = oracle_differences.changed(image, weights, before=before)
        assert changed.sum() <= result.facts.made <= 6 * changed.sum()
        assert result.executed["convolution"].multiplications == result.facts.made * 36


@pytest.mark.parametrize("residue", ["kept", "forgotten"])
@pytest.mark.parametrize("reference", ["first", "previous"])
def test_small_changes_pile_up_only_if_forgotten(residue, reference):
    """A plain scene that gets a little brighter with every frame."""
    frames = np.stack([np.full((1, 20, 30), 100 + 2 * step, np.uint8) for step in range(9)])
    weights = np.full((1, 1, 3, 3), 0.5)
    batch = convolve_batch(frames, weights, Differential(reference, 3, residue))
    error = np.abs(batch.output - convolve_batch(frames, weights).output).max(axis=(1, 2, 3))
    if residue == "kept":
        assert error.max() <= 3 * 4.5
    else:
        np.testing.assert_array_equal(error, 2 * 4.5 * np.arange(9))


@pytest.mark.parametrize("way", ["plain", "strided", "the images"])
def test_outputs_may_be_written_anywhere(way):
    frames, weights = RNG.normal(size=(3, 1, 9, 20)).astype(np.float32), np.ones((1, 1, 1, 1))
    wanted = convolve_batch(frames, weights).output.copy()
    out = {
        "plain": np.empty((3, 1, 9, 20), np.float32),
        "strided": np.empty((3, 1, 9, 40), np.float32)[..., ::2],
        "the images": frames,
    }[way]
    batch = convolve_batch(frames, weights, Differential("above"), out=out)
    assert batch.output is out
    np.testing.assert_array_equal(out, wanted)
    for one, output in zip(batch.results, out, strict=True):
        assert np.shares_memory(one.output, output)


@pytest.mark.parametrize("tick", [0, batch_module.TICK])
def test_progress_is_the_batchs(tick, monkeypatch):
    monkeypatch.setattr(bands, "TICK", tick)
    monkeypatch.setattr(batch_module, "TICK", tick)
    frames, weights = RNG.normal(size=(6, 3, 120, 160)), RNG.normal(size=(8, 3, 7, 7))
    told = []
    batch = convolve_batch(
        frames, weights, threads=1, progress=lambda *each: told.append(each)
    )
    fractions, executed = zip(*told, strict=True)
    assert list(fractions) == sorted(fractions)
    assert fractions[-1] == 1
    assert fractions.count(1) == 1
    assert executed[-1] == batch.executed
    assert [each.total for each in executed] == sorted(each.total for each in executed)

    def cancel(fraction, executed):
        raise Cancelled

    with pytest.raises(Cancelled):
        convolve_batch(frames, weights, progress=cancel)


GOOD = {"images": np.ones((2, 3, 8, 9), np.uint8), "filters": np.ones((1, 3, 2, 2))}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"images": np.ones((3, 8, 9))}, r"images must be N x C x H x W .*\(3, 8, 9\)"),
        ({"images": np.ones((0, 3, 8, 9))}, "images must be N x C x H x W"),
        ({"images": np.ones((2, 3, 8, 9), int)}, "image must be uint8, float32 or float64"),
        ({"images": [np.ones((3, 8, 9)), np.ones((3, 8, 8))]}, "images must be an array"),
        ({"filters": np.ones((1, 2, 2, 2))}, "filters must have 3 channels each"),
        ({"technique": "exact"}, "technique must be a technique"),
        ({"geometry": 2}, "geometry must be a Geometry"),
        ({"bias": [1, 2]}, r"bias must have shape \(1,\)"),
        ({"out": np.empty((2, 1, 7, 8))}, "out must be an array of shape .* of float32"),
        ({"threads": 0}, "threads must be None or an int of at least 1"),
        ({"progress": 1}, "progress must be callable"),
    ],
)
def test_wrong_arguments_are_named(changes, message):
    with pytest.raises(ValueError, match=message):
        convolve_batch(**(GOOD | changes))
