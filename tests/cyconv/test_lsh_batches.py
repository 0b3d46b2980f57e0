"""Windows of all images of a batch clustered together: as the slow description says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from reuse import described

from cyconv import LSH, Batched, Cancelled, Geometry, convolve, convolve_batch, oracle, predict
from cyconv.isa import levels, use
from cyconv.problem import check
from cyconv.techniques.families import FAMILIES
from cyconv.techniques.together import together

GEOMETRIES = (
    Geometry(),
    Geometry(stride=(2, 1), padding=1),
    Geometry(padding="same", dilation=(1, 2)),
    Geometry(stride=(1, 2), padding=(0, 2), groups=2),
    Geometry(stride=3, dilation=(2, 1), groups=2),
    Geometry(stride=(40, 50), padding=(2, 1)),
)
TYPES = (np.uint8, np.float32, np.float64)
STEPS = {"quantised": 60.0, "principal": 25.0, "outputs": 40.0}
SETTINGS = list(itertools.product(
    FAMILIES, ("channel", "window", 5), ("mean", "first", 3), ("none", "brightness", "projection")
))


def scene(dtype, geometry, seed=0, count=3):
    """Gives frames that resemble each other, filters and a bias that fit."""
    rng = np.random.default_rng(seed)
    steps = np.add.outer(np.arange(11) // 4, np.arange(9) // 5)
    frames = np.stack([rng.integers(0, 40, (4, 11, 9)) + 25 * steps] * count)
    frames[1:, :, 3:7, 2:6] = rng.integers(0, 256, (count - 1, 4, 4, 4))
    frames[:, :, :5, :6] = 90
    bank = rng.normal(size=(6, 4 // geometry.groups, 3, 2)).astype(np.float32)
    if dtype != np.uint8:
        frames = frames * 0.37 - 11
    return frames.astype(dtype), bank, rng.normal(size=6).astype(np.float32)


def bound(frames, bank, bias):
    """Gives how far an output may be off: representatives may be any window, more or less."""
    real = np.float64 if frames.dtype == np.float64 else np.float32
    size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(frames.astype(np.float64)).max()
    return (8 * (size + np.abs(bias)) * (bank[0].size + 2) * np.finfo(real).eps)[:, None, None]


@pytest.mark.parametrize(("family", "scope", "representative", "correction"), SETTINGS)
def test_every_setting_is_what_its_description_says(family, scope, representative, correction):
    index = SETTINGS.index((family, scope, representative, correction))
    geometry = GEOMETRIES[index % len(GEOMETRIES)]
    frames, bank, bias = scene(TYPES[index % 4 % 3], geometry, index)
    technique = LSH(
        3, family, STEPS.get(family), scope, representative, correction, seed=index % 7,
        scope_images="all",
    )
    wanted, clusters = described(technique, frames, bank, geometry)
    with use(levels()[index % len(levels())]):
        batch = convolve_batch(
            frames, bank, technique, geometry, bias=bias, threads=1 + index % 2
        )
    assert {tuple(each.facts.clusters) for each in batch.results} == {tuple(clusters)}
    off = np.abs(batch.output - wanted - bias[:, None, None])
    assert (off <= bound(frames, bank, bias)).all()
    facts = batch.results[0].facts
    model = predict(technique, frames.shape, bank.shape, geometry, facts, bias=True).model
    executed = {part.name: part for part in batch.executed.parts}
    assert executed == {part.name: part for part in model.parts}
    # What images share is counted once, with the first; each counts what it did by itself.
    for step in ("hash", "correction", "look-up"):
        counted = {
            part for each in batch.results for part in each.executed.parts if part.name == step
        }
        assert len(counted) <= 1
    for each in batch.results[1:]:
        assert not {"set-up", "products"} & {part.name for part in each.executed.parts}


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("dtype", TYPES)
def test_one_cluster_for_every_distinct_window_is_exact(geometry, dtype):
    frames, bank, bias = scene(dtype, geometry)
    technique = LSH(4, "quantised", 1e-3, "window", scope_images="all")
    batch = convolve_batch(frames, bank, technique, geometry)
    for frame, output in zip(frames, batch.output, strict=True):
        off = np.abs(output - oracle.convolve(frame, bank, geometry))
        assert (off <= bound(frames, bank, bias)).all()


@pytest.mark.parametrize("representative", ["mean", "first"])
def test_an_image_that_comes_again_costs_no_products(representative):
    frames, bank, _ = scene(np.uint8, Geometry())
    again = np.stack([frames[1]] * 4)
    technique = LSH(4, "quantised", 40.0, "window", representative, scope_images="all")
    once, batch = convolve(frames[1], bank, technique), convolve_batch(again, bank, technique)
    np.testing.assert_allclose(batch.output, [once.output] * 4, rtol=1e-5, atol=1e-3)
    assert batch.executed["products"] == once.executed["products"]
    assert batch.executed["hash"].multiplications == 4 * once.executed["hash"].multiplications
    assert (batch.results[0].facts.clusters == once.facts.clusters).all()
    apart = convolve_batch(again, bank, LSH(4, "quantised", 40.0, "window", representative))
    assert apart.executed["products"].multiplications == (
        4 * once.executed["products"].multiplications
    )


def test_each_image_by_itself_is_the_default():
    frames, bank, _ = scene(np.uint8, Geometry())
    technique = LSH(3, "principal", 30.0, "window", correction="projection")
    assert technique.scope_images == "each"
    assert isinstance(technique, Batched)
    batch = convolve_batch(frames, bank, technique)
    for frame, result in zip(frames, batch.results, strict=True):
        alone = convolve(frame, bank, technique)
        np.testing.assert_array_equal(result.output, alone.output)
        assert result.executed == alone.executed


@pytest.mark.parametrize("dtype", TYPES)
def test_a_single_image_knows_no_others(dtype):
    frames, bank, bias = scene(dtype, Geometry(padding=1))
    settings = 3, "centred", None, "window", "mean", "brightness"
    one, other = (LSH(*settings, scope_images=each) for each in ("each", "all"))
    alone = convolve(frames[0], bank, one, Geometry(padding=1), bias=bias)
    for got in (
        convolve(frames[0], bank, other, Geometry(padding=1), bias=bias),
        *convolve_batch(frames[:1], bank, other, Geometry(padding=1), bias=bias).results,
    ):
        np.testing.assert_array_equal(got.output, alone.output)
        assert got.executed == alone.executed


@pytest.mark.parametrize("published", [False, True])
def test_without_reuse_and_as_published_too(published):
    frames, bank, bias = scene(np.uint8, Geometry())
    technique = LSH(2, reuse=False, as_published=published, scope_images="all")
    batch = convolve_batch(frames, bank, technique, bias=bias)
    model = predict(
        technique, frames.shape, bank.shape, facts=batch.results[0].facts, bias=True
    ).model
    assert batch.executed == model
    if not published:
        wanted, _ = described(technique, frames, bank, Geometry())
        off = np.abs(batch.output - wanted - bias[:, None, None])
        assert (off <= bound(frames, bank, bias)).all()


def test_images_of_any_memory_order_and_an_array_to_write_to():
    frames, bank, _ = scene(np.float32, Geometry())
    technique = LSH(3, "principal", 30.0, "window", correction="projection", scope_images="all")
    plain = convolve_batch(frames, bank, technique)
    out = np.empty_like(plain.output)
    turned = np.asfortranarray(frames)[::-1]
    given = convolve_batch(turned[::-1], bank, technique, out=out, threads=3)
    assert given.output is out
    np.testing.assert_array_equal(out, plain.output)
    assert given.held_bytes > 0


def test_no_window_spans_two_images():
    """Blank images above and below bright ones stay blank, whatever shares their clusters."""
    frames = np.zeros((4, 1, 9, 8), np.uint8)
    frames[1::2] = 255
    bank = np.ones((1, 1, 3, 3), np.float32)
    technique = LSH(1, "centred", scope="window", scope_images="all")
    output = convolve_batch(frames, bank, technique).output
    assert (output[::2] == 0).all()
    assert (output[1::2] == 9 * 255).all()


def test_progress_is_told_of_the_batch_and_may_end_it():
    frames, bank, _ = scene(np.uint8, Geometry())
    technique = LSH(3, "centred", scope="window", scope_images="all")
    told = []
    batch = convolve_batch(
        frames, bank, technique, progress=lambda fraction, done: told.append((fraction, done))
    )
    assert told[-1] == (1.0, batch.executed)
    assert [each[0] for each in told] == sorted(each[0] for each in told)

    def stop(*_):
        raise Cancelled

    with pytest.raises(Cancelled):
        convolve_batch(frames, bank, technique, progress=stop)


def test_more_windows_than_can_be_numbered_are_refused():
    frames, bank, _ = scene(np.uint8, Geometry())
    problem = check(frames[0], bank, Geometry(), None, None, 1, None)
    with pytest.raises(MemoryError, match="more than LSH can number"), together(
        [problem] * (2**31 // 80)
    ):
        pass


def test_shapes_of_batches_are_for_what_takes_them_together():
    with pytest.raises(ValueError, match="image_shape must be"):
        predict(LSH(), (2, 3, 9, 9), (1, 3, 3, 3))
    with pytest.raises(ValueError, match='scope_images must be "each" or "all", got'):
        LSH(scope_images="both")
