"""The kernel that accuracies come from, against sums in NumPy and SciPy's filter."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import correlate1d

from cyconv.isa import kernels, levels, use

SIDE = 5
BELL = np.array([0.1, 0.2, 0.4, 0.2, 0.1])
C1, C2 = 0.3, 0.7


def planes(shape, dtype):
    rng = np.random.default_rng(1)
    one = rng.normal(3, 10, shape).astype(dtype)
    return one, (one + rng.normal(0, 2, shape)).astype(dtype)


def smoothed(values):
    """The means of all windows that lie inside."""
    half = SIDE // 2
    both = correlate1d(correlate1d(values, BELL, 0), BELL, 1)
    return both[half:-half, half:-half]


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(5, 5), (6, 8), (5, 12), (7, 19), (23, 64)])
def test_similarity_is_that_of_its_formula(level, dtype, shape):
    one, other = planes(shape, dtype)
    x, y = one.astype(np.float64), other.astype(np.float64)
    mean_x, mean_y = smoothed(x), smoothed(y)
    spread = smoothed(x * x) - mean_x**2 + smoothed(y * y) - mean_y**2
    shared = smoothed(x * y) - mean_x * mean_y
    wanted = (2 * mean_x * mean_y + C1) * (2 * shared + C2)
    wanted /= (mean_x**2 + mean_y**2 + C1) * (spread + C2)
    with use(level):
        room = np.empty((5, shape[1]))
        given = kernels().nearness.similarity(one, other, BELL, C1, C2, room)
    assert given == pytest.approx(wanted.sum(), rel=1e-10)


@pytest.mark.parametrize("level", levels())
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1), (3, 7), (4, 8), (6, 21)])
def test_sums_are_those_of_the_differences(level, dtype, shape):
    one, other = planes(shape, dtype)
    off = one.astype(np.float64) - other
    totals = np.empty(3)
    with use(level):
        kernels().nearness.sums(one, other, totals)
    wanted = np.square(off).sum(), np.square(other.astype(np.float64)).sum(), np.abs(off).max()
    assert totals == pytest.approx(wanted, rel=1e-12)
    assert totals[2] == wanted[2]


def test_what_does_not_fit_is_refused():
    nearness = kernels().nearness
    plane, room = np.ones((6, 6)), np.empty((5, 6))
    for other, totals in ((np.ones((6, 5)), np.empty(3)), (plane, np.empty(2))):
        with pytest.raises(IndexError):
            nearness.sums(plane, other, totals)
    with pytest.raises(IndexError):
        nearness.sums(np.ones((0, 6)), np.ones((0, 6)), np.empty(3))
    for one, other, space in (
        (plane, np.ones((5, 6)), room),
        (np.ones((4, 6)), np.ones((4, 6)), room),
        (plane, plane, np.empty((3, 6))),
        (plane, plane, np.empty((5, 5))),
    ):
        with pytest.raises(IndexError):
            nearness.similarity(one, other, BELL, C1, C2, space)
