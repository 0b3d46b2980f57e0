"""What stands for a cluster of the report's, window by window."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest

from convgui.model.inspect_members import _doubled


@pytest.mark.parametrize("values", [
    np.zeros(5000, np.uint8), np.r_[np.zeros(3000), 1.0, np.arange(100)], np.array([2.0, -4, 1]),
    np.r_[1.0, np.full(1022, -1.0)], np.full(5000, 1e-300), np.r_[1.0, np.inf, -np.inf],
    np.array([np.nan, 1.0]), np.r_[np.full(1024, 0.0), -1.0, np.full(5000, 3.0)], np.array([]),
], ids=str)  # fmt: skip
def test_doubling_goes_on_until_nothing_brings_it_back(values):
    total = 0.0
    for value in values.tolist():
        total += value + total
        if not np.isfinite(total):
            break
    np.testing.assert_equal(_doubled(values), total)


def test_doubling_of_many_windows_takes_only_a_few_out():
    """What is made of numbers of Python keeps the window's thread waiting."""
    many = np.full(400_000, 100, np.uint8)
    tracemalloc.start()
    assert _doubled(many) == np.inf
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000
