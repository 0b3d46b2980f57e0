"""What one window is hashed by is what the run hashed it by, on every level."""

from __future__ import annotations

import numpy as np
import pytest
from hashing_cases import GEOMETRIES, TECHNIQUES, scene

from cyconv import LSH, Exact, LowRank, convolve
from cyconv.hashed import hashed
from cyconv.isa import levels, use
from cyconv.members import cluster_ids
from cyconv.oracle import Scene


@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("technique", TECHNIQUES, ids=str)
def test_codes_of_a_window_are_those_of_its_cluster(technique, geometry, dtype):
    image, bank = scene(geometry.groups, dtype)
    described = Scene(image, bank, geometry)
    each = len(bank) // geometry.groups
    for level in levels():
        with use(level):
            spans = hashed(image, bank, technique, geometry)
            ids = cluster_ids(image, bank, technique, geometry)
        for span, numbers in zip(spans, ids, strict=True):
            np.testing.assert_array_equal(span.ids, numbers)
            values = described.values(span.group * each)[:, span.start : span.stop]
            codes = np.array([span.code(span.project(window)) for window in values])
            np.testing.assert_array_equal(codes, span.census.codes().T[span.ids.ravel()])


@pytest.mark.parametrize("geometry", GEOMETRIES, ids=str)
@pytest.mark.parametrize("family", ["centred", "principal", "outputs"])
def test_the_low_rank_output_follows_from_the_projections(family, geometry):
    image, bank = scene(geometry.groups, np.float64)
    technique = LowRank(2, family)
    output = convolve(image, bank, technique, geometry).output.reshape(len(bank), -1)
    described = Scene(image, bank, geometry)
    each = len(bank) // geometry.groups
    for span in hashed(image, bank, technique, geometry):
        assert span.ids is None
        for m in range(span.group * each, (span.group + 1) * each):
            weights = bank[m].astype(np.float64).ravel()
            away = np.array([span.project(window - span.mean) for window in described.values(m)])
            wanted = weights @ span.mean + away @ span.coefficients[:, m - span.group * each]
            np.testing.assert_allclose(output[m], wanted, rtol=1e-9, atol=1e-6)


def test_what_can_not_be_is_refused():
    image, bank = scene(1, np.uint8)
    with pytest.raises(ValueError, match="technique must be an LSH or a LowRank, got Exact"):
        hashed(image, bank, Exact())
    with pytest.raises(ValueError, match="directions must have 6 values each"):
        hashed(image, bank, LSH(directions=[[1.0]]))
    [span, *_] = hashed(image, bank, LSH(2))
    with pytest.raises(ValueError, match="values must be 6 numbers, got 5"):
        span.project(np.zeros(5))


def test_a_value_that_is_no_number_has_a_code():
    image, bank = scene(1, np.float32)
    image[0, 3, 3] = np.nan
    [span] = hashed(image, bank, LSH(3, "quantised", 50.0, "window"))
    values = Scene(image, bank, None).values(0)
    assert np.isfinite(span.code(span.project(values[0]))).all()
    assert (span.code(np.full(3, np.nan)) == 0).all()
