"""Every setting of reuse at every geometry, and in the limit of one cluster for every window."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from reuse import described

from cyconv import LSH, Geometry, convolve, oracle, predict
from cyconv.isa import levels, use
from cyconv.members import cluster_ids
from cyconv.techniques.clustering import Clusters
from cyconv.techniques.families import FAMILIES

GEOMETRIES = (
    Geometry(),
    Geometry(stride=(2, 1), padding=1),
    Geometry(padding="same", dilation=(1, 2)),
    Geometry(stride=(1, 3), padding=(0, 2), groups=2),
    Geometry(stride=2, padding=(2, 1), dilation=(2, 1), groups=2),
    Geometry(padding=1, groups=4),
)
TYPES = (np.uint8, np.float32, np.float64)
STEPS = {"quantised": 60.0, "principal": 25.0, "outputs": 40.0}
SCOPES, REPRESENTATIVES = ("channel", "window", 5), ("mean", "first", 3)
CORRECTIONS = ("none", "brightness", "projection")
SETTINGS = list(itertools.product(FAMILIES, SCOPES, REPRESENTATIVES, CORRECTIONS))


def bank_for(geometry, seed):
    return np.random.default_rng(seed).normal(size=(8, 4 // geometry.groups, 3, 2)).astype("f4")


def bound(image, bank):
    """Gives how far an output may be off: representatives may be any window, more or less."""
    real = np.float64 if image.dtype == np.float64 else np.float32
    size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(image.astype(np.float64)).max()
    return (8 * size * (bank[0].size + 2) * np.finfo(real).eps)[:, None, None]


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("family", FAMILIES)
def test_every_setting_is_what_its_description_says(family, geometry):
    """Types, levels and threads go round in steps of their own, so that all meet all settings."""
    place = list(FAMILIES).index(family) + GEOMETRIES.index(geometry)
    rng = np.random.default_rng(place)
    steps = np.add.outer(np.arange(8) // 3, np.arange(9) // 4)
    pixels = rng.integers(0, 40, (4, 8, 9)) + 25 * steps
    pixels[:, :4, :5] = 90
    bank = bank_for(geometry, place)
    settings = itertools.product(SCOPES, REPRESENTATIVES, CORRECTIONS)
    for index, (scope, representative, correction) in enumerate(settings):
        dtype = TYPES[(index + index // 3 + place) % 3]
        image = (pixels if dtype == np.uint8 else pixels * 0.37 - 11).astype(dtype)
        # With signs, too, where a family may have either.
        step = STEPS.get(family)
        step = None if FAMILIES[family].steps == "may" and index % 4 == 3 else step
        technique = LSH(3, family, step, scope, representative, correction, seed=index % 7)
        wanted, clusters = described(technique, image, bank, geometry)
        with use(levels()[(index // 2 + place) % len(levels())]):
            result = convolve(image, bank, technique, geometry, threads=1 + index % 2)
        assert result.facts.clusters.tolist() == clusters, technique
        assert (np.abs(result.output - wanted) <= bound(image, bank)).all(), technique
        model = predict(technique, image.shape, bank.shape, geometry, result.facts).model
        assert result.executed == model, technique


LIMITS = (
    *GEOMETRIES[:5],
    Geometry(stride=(2, 3), padding=1, groups=4),
)


@pytest.mark.parametrize("geometry", LIMITS, ids=str)
@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_one_cluster_for_every_window_is_exact(family, geometry, dtype):
    """Noise of both signs: fine steps tell all its windows apart, 32 signs most of them."""
    rng = np.random.default_rng(3)
    image = rng.normal(scale=60, size=(4, 15, 16)).astype(dtype)
    bank = rng.normal(size=(8, 4 // geometry.groups, 5, 4)).astype(np.float32)
    fine = FAMILIES[family].steps == "must" or FAMILIES[family].sampled
    hashes, step = (3, 1e-4) if fine else (32, None)
    exact = oracle.convolve(image, bank, geometry)
    for index, (scope, representative, correction) in enumerate(itertools.product(
        ("channel", "window", 17), REPRESENTATIVES, CORRECTIONS
    )):
        technique = LSH(hashes, family, step, scope, representative, correction, seed=index)
        result = convolve(image, bank, technique, geometry)
        off = np.abs(result.output - exact)
        if fine:
            assert result.facts.clusters.tolist() == distinct(technique, image, bank, geometry)
        else:
            # A group's outputs are exact where its windows are alone in all of their spans.
            ids = cluster_ids(image, bank, technique, geometry)
            alone = np.array([
                census.counts[each] == 1
                for census, each in zip(result.facts.censuses, ids, strict=True)
            ])
            alone = alone.reshape(geometry.groups, -1, *alone.shape[1:]).all(axis=1)
            alone = alone.repeat(len(bank) // geometry.groups, axis=0)
            assert alone.mean() > 0.7, technique
            off *= alone
        assert (off <= bound(image, bank)).all(), technique


def distinct(technique, image, bank, geometry):
    """Gives the number of different windows of every span."""
    scene, depth = oracle.Scene(image, bank, geometry), bank[0].size
    length = {"channel": bank[0, 0].size, "window": depth}.get(technique.scope, technique.scope)
    return [
        len(np.unique(scene.values(m)[:, start : start + length], axis=0))
        for m in range(0, len(bank), len(bank) // geometry.groups)
        for start in range(0, depth, length)
    ]


class TestUnusedCodes:
    """A hash that leaves codes unused is seen by the check that none is."""

    NOISE = np.random.default_rng(4).normal(scale=60, size=(3, 50, 60)).astype(np.float32)
    BANK = np.random.default_rng(1).normal(size=(24, 3, 5, 5)).astype(np.float32)

    def healths(self, family, scope, hashes, step=None):
        technique = LSH(hashes, family, step, scope)
        return convolve(self.NOISE, self.BANK, technique).facts.health

    @pytest.mark.parametrize("scope", ["channel", "window", 25])
    @pytest.mark.parametrize("family", [each for each in FAMILIES if each != "quantised"])
    def test_signs_leave_none_unused(self, family, scope):
        for health in self.healths(family, scope, 6):
            assert health.used == health.possible == 64
            assert health.entropy > 5
            assert max(health.commonest) < 0.75

    @pytest.mark.parametrize("family", STEPS)
    def test_steps_use_a_code_of_every_step_between(self, family):
        """Of projections of noise: none is left out but where hardly any window is."""
        step = 150.0 if family == "quantised" else 30.0
        census = convolve(self.NOISE, self.BANK, LSH(1, family, step, "window")).facts.censuses[0]
        codes = np.repeat(census.codes()[0], census.counts)
        low, high = np.quantile(codes, [0.01, 0.99]).astype(int)
        assert high - low > 5
        assert set(range(low, high + 1)) <= set(codes.tolist())

    @pytest.mark.parametrize("family", ["report", "centred"])
    def test_a_shift_that_shifts_nothing_is_caught(self, family, monkeypatch):
        """As in public code: bits of 8 hashes added up leave 9 of 256 codes in use."""
        whole = self.healths(family, "window", 8)[0]
        assert whole.used > 240

        def numbered(clusters, keys, *others, made=Clusters._numbered):
            keys[:] = np.bitwise_count(keys)
            return made(clusters, keys, *others)

        monkeypatch.setattr(Clusters, "_numbered", numbered)
        [broken] = self.healths(family, "window", 8)
        assert broken.used <= 9
        assert broken.possible == 256
        assert broken.entropy < 4
