"""Drift by column, on a slope where it can be told beforehand."""

from __future__ import annotations

import numpy as np

from cyconv import Geometry, drift, oracle, oracle_differences


def test_a_slope_that_is_forgotten_drifts_by_its_height():
    """A row that rises by 1 a column: all of it is forgotten, or caught up with at every third."""
    image = np.tile(np.arange(60.0), (8, 1))
    weights = np.full((1, 1, 3, 3), 1 / 9)
    found = drift(image, weights, 2)
    columns = np.arange(58) + 1.0
    np.testing.assert_allclose(found.forgotten, columns)
    np.testing.assert_allclose(found.forgotten_largest, columns)
    assert found.kept_largest.max() <= 2
    became = oracle_differences.left_out(image[None], 2)
    wanted = np.abs(oracle.convolve(became - image, weights))[0, 0]
    np.testing.assert_allclose(found.kept, wanted, atol=1e-12)


def test_it_is_the_slow_descriptions_error_on_any_image():
    rng = np.random.default_rng(51)
    image = rng.integers(0, 30, (2, 9, 40)).astype(np.uint8)
    weights, geometry = rng.normal(size=(3, 2, 3, 3)), Geometry(stride=(1, 2), padding=1)
    found = drift(image, weights, 8, geometry)
    exact = oracle.convolve(image, weights, geometry)
    for residue, mean, largest in [
        ("kept", found.kept, found.kept_largest),
        ("forgotten", found.forgotten, found.forgotten_largest),
    ]:
        error = oracle.differential(
            image, weights, geometry, reference="previous", threshold=8, residue=residue
        ) - exact
        np.testing.assert_allclose(mean, np.sqrt((error**2).mean(axis=(0, 1))), rtol=1e-9)
        np.testing.assert_allclose(largest, np.abs(error).max(axis=(0, 1)), rtol=1e-9)


def test_progress_goes_from_none_to_all_over_three_runs():
    told = []
    drift(np.zeros((1, 30, 40)), np.ones((3, 3)), 1, progress=lambda done, _: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 1
    assert len([each for each in told if each in (1 / 3, 2 / 3)]) >= 2
