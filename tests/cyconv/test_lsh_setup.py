"""What setting reuse up is made of: products of matrices, scatters, and what they take."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv.isa import levels, use
from cyconv.techniques.tally import (
    SHORT,
    Scatter,
    Tally,
    principal,
    principal_cost,
    product,
    scatter_cost,
    times_cost,
)


@pytest.mark.parametrize(("rows", "length", "count"), [(50, 20, 3), (9, 30, 12), (40, 5, 5)])
def test_what_finding_them_takes_is_foretold(rows, length, count):
    tally = Tally()
    seen = np.random.default_rng(1).normal(size=(rows, length))
    scatter = Scatter(seen, seen.mean(axis=0), False, tally)
    assert (tally.multiplications, tally.additions) == scatter_cost(rows, length)
    principal(scatter.times, length, count, tally)
    expected = np.add(scatter_cost(rows, length), principal_cost(
        lambda wide: times_cost(rows, length, wide), length, count
    ))
    assert [tally.multiplications, tally.additions] == expected.tolist()


@pytest.mark.parametrize("length", [7, 101, SHORT, SHORT + 1])
@pytest.mark.parametrize("eight_bit", [True, False])
def test_a_scatter_is_that_of_the_windows_less_their_mean(length, eight_bit):
    rng = np.random.default_rng(length)
    seen = rng.integers(0, 256, (600, length)) * (1 if eight_bit else 0.37)
    seen = seen.astype(np.float32 if eight_bit else np.float64)
    seen[:, 0] = 255
    mean, columns = seen.mean(axis=0, dtype=np.float64), rng.normal(size=(length, 3))
    less = seen - mean
    for level in levels():
        with use(level):
            made = Scatter(seen.copy(), mean, eight_bit, Tally()).times(columns)
        np.testing.assert_allclose(made, less.T @ (less @ columns), rtol=1e-9, atol=1e-5)


@pytest.mark.parametrize(("m", "k", "n"), [(1, 5, 1), (40, 147, 9), (7, 1, 70), (3, 0, 4)])
def test_products_of_matrices_are_alike_on_all_levels(m, k, n):
    rng = np.random.default_rng(m)
    a, b = rng.normal(size=(m, k)), rng.normal(size=(n, k)).T
    made = []
    for level in levels():
        with use(level):
            made.append(product(a, b))
    np.testing.assert_allclose(made[0], a @ b, rtol=1e-12, atol=1e-12)
    for each in made[1:]:
        np.testing.assert_array_equal(each, made[0])
