"""Differential and LSH convolution agree with the oracle's, repaired and as published."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from cyconv import LSH, Differential, Geometry, convolve, filters, oracle
from cyconv.isa import levels, use
from cyconv.techniques.lsh import hash_vectors

GEOMETRIES = [
    Geometry(),
    Geometry(stride=(2, 3), padding=1),
    Geometry(padding="same", dilation=(2, 1)),
    Geometry(stride=2, padding=(0, 2), groups=2),
]


@pytest.fixture(params=GEOMETRIES, ids=str)
def geometry(request):
    return request.param


@pytest.fixture
def scene(geometry):
    """Gives an image, filters and bias that fit the geometry."""
    rng = np.random.default_rng(21)
    image = rng.normal(scale=50, size=(4, 12, 15)).astype(np.float32)
    bank = rng.normal(size=(6, 4 // geometry.groups, 3, 2)).astype(np.float32)
    return image, bank, rng.normal(size=6).astype(np.float32)


class TestDifferential:
    @pytest.mark.parametrize("with_bias", [False, True])
    def test_the_first_windows_differences_are_summed_in_float64(self, scene, geometry, with_bias):
        image, bank, bias = scene
        bias = bias if with_bias else None
        output = convolve(image, bank, Differential(), geometry, bias=bias).output
        wanted = oracle.convolve(image, bank, geometry, bias)
        # Sums in float64, rounded once: far inside the bound of a sum in float32.
        np.testing.assert_allclose(output, wanted, rtol=2e-7, atol=1e-9)

    @pytest.mark.parametrize("with_bias", [False, True])
    def test_where_nothing_is_skipped_it_is_exact(self, scene, geometry, with_bias):
        image, bank, bias = scene
        bias = bias if with_bias else None
        output = convolve(image, bank, Differential("previous"), geometry, bias=bias).output
        wanted = convolve(image, bank, geometry=geometry, bias=bias).output
        np.testing.assert_array_equal(output, wanted)

    @pytest.mark.parametrize("reference", ["first", "previous"])
    def test_float64_images_keep_their_precision(self, scene, geometry, reference):
        image, bank, _ = scene
        image = image.astype(np.float64)
        output = convolve(image, bank, Differential(reference), geometry).output
        wanted = oracle.convolve(image, bank, geometry)
        largest = oracle.error_bound(image, bank, geometry, dtype=np.float64).max()
        assert np.abs(output - wanted).max() <= 4 * image.shape[2] * largest

    @pytest.mark.parametrize("with_bias", [False, True])
    def test_as_published_gives_the_reports_own_outputs(self, scene, geometry, with_bias):
        image, bank, bias = scene
        bias = bias if with_bias else None
        output = convolve(image, bank, Differential(as_published=True), geometry, bias=bias).output
        wanted = oracle.differential(image, bank, geometry, as_published=True)
        wanted += 0 if bias is None else bias[:, None, None]
        np.testing.assert_allclose(output, wanted, rtol=2e-6, atol=1e-4)

    def test_every_value_is_rounded_once(self):
        """The first window, which goes its own way, too: its bias is added before that."""
        rng = np.random.default_rng(9)
        bank, bias = rng.normal(size=(500, 1, 1, 1)), rng.normal(size=500)
        bank, bias = bank.astype(np.float32), bias.astype(np.float32)
        image = np.full((1, 1, 2), 3, np.uint8)
        given = convolve(image, bank, Differential(), bias=bias).output
        wanted = (3.0 * bank[:, 0, 0, 0].astype(np.float64) + bias).astype(np.float32)
        np.testing.assert_array_equal(given[:, 0, 0], wanted)
        np.testing.assert_array_equal(given[:, 0, 1], wanted)

    def test_a_long_row_of_differences_does_not_drift(self):
        """Steps that are hundreds of columns apart: between them one output is taken on and on."""
        rng = np.random.default_rng(22)
        steps = rng.normal(scale=1e3, size=(3, 9, 50)).astype(np.float32)
        image = np.repeat(steps, 400, axis=2)
        bank = rng.normal(size=(1, 3, 7, 7)).astype(np.float32)
        result = convolve(image, bank, Differential("previous"))
        assert result.facts.path == "skipping"
        np.testing.assert_array_equal(result.output, convolve(image, bank).output)


class TestLSH:
    @pytest.mark.parametrize("scope", ["channel", "window"])
    @pytest.mark.parametrize("hashes", [1, 2, 3, 7, 21, 32])
    @pytest.mark.parametrize("reuse", [True, False])
    def test_repaired_is_the_oracles(self, scene, geometry, scope, hashes, reuse):
        image, bank, bias = scene
        technique = LSH(hashes, scope=scope, reuse=reuse, seed=5)
        result = convolve(image, bank, technique, geometry, bias=bias)
        wanted, clusters = self.oracle(scene, geometry, technique)
        assert result.facts.clusters.tolist() == clusters
        assert result.facts.clusters.dtype.kind in "iu"
        wanted += bias[:, None, None]
        # A window's centroid may be any other's, so the bound is the largest of all windows.
        size = np.abs(bank).sum(axis=(1, 2, 3)) * np.abs(image).max() + np.abs(bias)
        bound = size * (bank[0].size + 2) * np.finfo(np.float32).eps
        assert (np.abs(result.output - wanted) <= bound[:, None, None]).all()

    @staticmethod
    def oracle(scene, geometry, technique):
        image, bank, _ = scene
        taps = 6 * (1 if technique.scope == "channel" else bank.shape[1])
        return oracle.lsh(
            image,
            bank,
            hash_vectors(technique, taps),
            geometry,
            scope=technique.scope,
            as_published=technique.as_published,
        )

    @pytest.mark.parametrize("scope", ["channel", "window"])
    @pytest.mark.parametrize("reuse", [True, False])
    def test_as_published_doubles_its_sums(self, scene, geometry, scope, reuse):
        image, bank, _ = scene
        technique = LSH(2, scope=scope, reuse=reuse, as_published=True)
        output = convolve(image.astype(np.float64), bank, technique, geometry).output
        wanted, _ = self.oracle(scene, geometry, technique)
        np.testing.assert_allclose(output, wanted, rtol=1e-9, atol=1e-9 * np.abs(wanted).max())

    @pytest.mark.parametrize("scope", ["channel", "window"])
    @pytest.mark.parametrize("reuse", [True, False])
    def test_a_cluster_for_every_distinct_window_gives_the_exact_output(self, scope, reuse):
        """Windows of integers that repeat: their sums, counts and means are exact too."""
        tile = np.random.default_rng(23).integers(0, 9, (2, 4, 4))
        image = np.tile(tile, (1, 3, 4)).astype(np.float32)
        bank = np.random.default_rng(24).integers(-3, 4, (5, 2, 3, 3))
        result = convolve(image, bank, LSH(32, scope=scope, reuse=reuse))
        parts = image[:, None] if scope == "channel" else image[None]
        assert result.facts.clusters.tolist() == [self.distinct(part) for part in parts]
        np.testing.assert_array_equal(result.output, oracle.convolve(image, bank))

    @staticmethod
    def distinct(part):
        """Gives the number of different 3 x 3 windows of some channels."""
        windows = np.lib.stride_tricks.sliding_window_view(part, (3, 3), axis=(1, 2))
        columns = windows.transpose(1, 2, 0, 3, 4).reshape(-1, 9 * len(part))
        return len(np.unique(columns, axis=0))

    def test_a_flat_image_is_one_cluster_and_exact(self):
        image = np.full((1, 9, 9), 7, np.uint8)
        result = convolve(image, filters.make("sobel-x"), LSH())
        assert result.facts.clusters.tolist() == [1]
        assert not result.output.any()

    @pytest.mark.parametrize("scope", ["channel", "window"])
    def test_same_seed_same_clusters_for_any_threads_and_level(self, scope):
        image = np.random.default_rng(25).integers(0, 256, (3, 90, 101)).astype(np.uint8)
        bank = filters.make("random", 5, 4, 3)
        runs = []
        for level, threads in itertools.product(levels(), (1, 2, 3)):
            with use(level):
                runs.append(convolve(image, bank, LSH(9, scope=scope, seed=3), threads=threads))
        for run in runs[1:]:
            np.testing.assert_array_equal(run.facts.clusters, runs[0].facts.clusters)
            np.testing.assert_allclose(run.output, runs[0].output, rtol=1e-5, atol=1e-5)
        other = convolve(image, bank, LSH(9, scope=scope, seed=4))
        assert not np.array_equal(other.output, runs[0].output)

    def test_hash_vectors_are_the_same_for_ever(self):
        """The first numbers of PCG64's raw stream of seed 0, scaled by hand."""
        raw = [11749869230777074271, 4976686463289251617, 755828109848996024, 304881062738325533]
        wanted = [2 * (r >> 11) / 2**53 - 1 for r in raw]
        np.testing.assert_array_equal(hash_vectors(LSH(2), 2).ravel(), wanted)
        many = hash_vectors(LSH(32), 500)
        assert many.shape == (32, 500)
        assert -1 <= many.min() < -0.999
        assert 0.999 < many.max() < 1

    def test_an_empty_cluster_never_divides(self):
        with np.errstate(all="raise"):
            result = convolve(np.zeros((2, 6, 6), np.float32), np.ones((1, 2, 3, 3)), LSH(32))
        assert result.facts.clusters.tolist() == [1, 1]
        assert not result.output.any()
