"""Every family, scope, representative and correction is what its slow description says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from reuse import described, plans

from cyconv import LSH, Geometry, LowRank, convolve, oracle, predict
from cyconv.bands import forced_height
from cyconv.isa import levels, use
from cyconv.techniques import putting
from cyconv.techniques.families import FAMILIES

GEOMETRIES = (
    Geometry(),
    Geometry(stride=(2, 1), padding=1),
    Geometry(padding="same", dilation=(1, 2)),
    Geometry(stride=(1, 2), padding=(0, 2), groups=2),
    Geometry(dilation=(2, 1), groups=2),
)
TYPES = (np.uint8, np.float32, np.float64)
STEPS = {"quantised": 60.0, "principal": 25.0, "outputs": 40.0}
SETTINGS = list(itertools.product(
    FAMILIES, ("channel", "window", 5), ("mean", "first", 3), ("none", "brightness", "projection")
))


def scene(dtype, geometry, seed=0):
    """Gives an image with flat and busy places, and filters and a bias that fit."""
    rng = np.random.default_rng(seed)
    steps = np.add.outer(np.arange(12) // 4, np.arange(13) // 5)
    image = rng.integers(0, 40, (4, 12, 13)) + 25 * steps
    image[:, :5, :6] = 90
    bank = rng.normal(size=(6, 4 // geometry.groups, 3, 2)).astype(np.float32)
    if dtype != np.uint8:
        image = image * 0.37 - 11
    return image.astype(dtype), bank, rng.normal(size=6).astype(np.float32)


def bound(image, bank, bias=None):
    """Gives how far an output may be off: representatives may be any window, more or less."""
    real = np.float64 if image.dtype == np.float64 else np.float32
    size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(image.astype(np.float64)).max()
    size += 0 if bias is None else np.abs(bias)
    # Once for products, once for what corrections take from filters and add back.
    return (8 * size * (bank[0].size + 2) * np.finfo(real).eps)[:, None, None]


@pytest.mark.parametrize(("family", "scope", "representative", "correction"), SETTINGS)
def test_every_setting_is_what_its_description_says(family, scope, representative, correction):
    index = SETTINGS.index((family, scope, representative, correction))
    geometry = GEOMETRIES[index % len(GEOMETRIES)]
    image, bank, bias = scene(TYPES[index % len(TYPES)], geometry, index)
    technique = LSH(
        3, family, STEPS.get(family), scope, representative, correction, seed=index % 7
    )
    wanted, clusters = described(technique, image, bank, geometry)
    for level in levels():
        with use(level):
            result = convolve(image, bank, technique, geometry, bias=bias)
        assert result.facts.clusters.tolist() == clusters
        off = np.abs(result.output - wanted - bias[:, None, None])
        assert (off <= bound(image, bank, bias)).all()
        model = predict(
            technique, image.shape, bank.shape, geometry, result.facts, bias=True
        ).model
        executed = {part.name: part for part in result.executed.parts}
        assert executed == {part.name: part for part in model.parts}


@pytest.mark.parametrize("correction", ["none", "brightness", "projection"])
@pytest.mark.parametrize("family", STEPS)
@pytest.mark.parametrize("scope", ["channel", "window", 5])
@pytest.mark.parametrize("dtype", TYPES)
def test_one_cluster_for_every_distinct_window_is_exact(family, correction, scope, dtype):
    """Steps so small that no two windows share a code unless they are alike."""
    geometry = Geometry(stride=1, padding=1, groups=2)
    image, bank, _ = scene(dtype, geometry)
    technique = LSH(4, family, 1e-3, scope, correction=correction)
    result = convolve(image, bank, technique, geometry)
    off = np.abs(result.output - oracle.convolve(image, bank, geometry))
    assert (off <= bound(image, bank)).all()


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dtype", TYPES)
def test_codes_are_the_same_on_all_levels_and_for_all_threads(family, dtype):
    rng = np.random.default_rng(3)
    image = rng.integers(0, 256, (3, 70, 83)).astype(np.uint8)
    if dtype != np.uint8:
        image = (image * 0.731).astype(dtype)
    bank = rng.normal(size=(9, 3, 5, 5)).astype(np.float32)
    technique = LSH(7, family, STEPS.get(family), "window", correction="projection")
    runs = []
    for level, threads, height in itertools.product(levels(), (1, 3), (None, 2)):
        with use(level), forced_height(height):
            runs.append(convolve(image, bank, technique, threads=threads))
    first = runs[0].facts.censuses[0]
    for run in runs[1:]:
        census = run.facts.censuses[0]
        np.testing.assert_array_equal(census.keys, first.keys)
        np.testing.assert_array_equal(census.counts, first.counts)
        np.testing.assert_array_equal(census.firsts, first.firsts)
        assert (np.abs(run.output - runs[0].output) <= bound(image, bank)).all()


@pytest.mark.parametrize("size", [3, 64, 127, 300, 2500])
@pytest.mark.parametrize("filters", [1, 7, 16, 33])
def test_outputs_past_the_caches_are_the_same(monkeypatch, size, filters):
    """Streams of outputs of any length, wherever their lines begin."""
    rng = np.random.default_rng(size)
    image = rng.integers(0, 256, (2, 4, size)).astype(np.uint8)
    bank = rng.normal(size=(filters, 2, 3, 3)).astype(np.float32)
    for technique in (LSH(4, "principal", 90.0, "window", correction="projection"), LowRank(4)):
        for level in levels():
            with use(level):
                plain = convolve(image, bank, technique).output
                with monkeypatch.context() as patch:
                    patch.setattr(putting, "STREAM_BYTES", 0)
                    room = np.full(plain.size + 9, np.nan, np.float32)
                    out = room[5 : 5 + plain.size].reshape(plain.shape)
                    convolve(image, bank, technique, out=out)
            np.testing.assert_array_equal(out, plain)
            assert np.isnan(room[[0, 1, 2, 3, 4, -1, -2, -3, -4]]).all()


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dtype", TYPES)
def test_a_low_rank_bank_is_what_its_description_says(geometry, family, dtype):
    """One cluster that all windows are in, whose representative is the sample's mean."""
    image, bank, bias = scene(dtype, geometry)
    technique = LowRank(3, family)
    result = convolve(image, bank, technique, geometry, bias=bias)
    scene_of = oracle.Scene(image, bank, geometry)
    wanted = np.zeros(result.output.shape)
    made = plans(technique, image, bank, geometry)
    for m in range(len(bank)):
        values = scene_of.values(m)
        directions = made[scene_of.group_of(m)].directions
        mean, weights = values.mean(axis=0), scene_of.filters[m].ravel()
        told = np.linalg.lstsq(
            (values - mean) @ directions.T, (values - mean) @ weights, rcond=1e-6
        )[0]
        made_here = weights @ mean + (values - mean) @ directions.T @ told
        wanted[m] = made_here.reshape(wanted.shape[1:]) + bias[m]
    assert (np.abs(result.output - wanted) <= bound(image, bank, bias)).all()
    model = predict(technique, image.shape, bank.shape, geometry, result.facts, bias=True).model
    executed = {part.name: part for part in result.executed.parts}
    assert executed == {part.name: part for part in model.parts}
