"""Prepared filters are the filters they were made from, at every level and for every type."""

from __future__ import annotations

import numpy as np
import pytest

from cyconv import LSH, Differential, Exact, Geometry, PreparedFilters, convolve
from cyconv.isa import levels, use

RNG = np.random.default_rng(81)
IMAGE = RNG.normal(size=(4, 20, 31)).astype(np.float32)
BANK = RNG.normal(size=(24, 2, 3, 3))
GROUPED = Geometry(padding=1, groups=2)


@pytest.mark.parametrize("technique", [Exact(), Differential(), LSH(6)], ids=str)
def test_they_give_what_the_array_gives(technique):
    prepared = PreparedFilters(BANK)
    for level in levels():
        for image in (IMAGE, IMAGE.astype(np.float64), IMAGE):
            with use(level):
                given = convolve(image, prepared, technique, GROUPED, bias=np.arange(24.0))
                wanted = convolve(image, BANK, technique, GROUPED, bias=np.arange(24.0))
            np.testing.assert_array_equal(given.output, wanted.output)
            assert given.executed == wanted.executed


def test_what_groups_they_are_used_in_is_up_to_each_run():
    prepared = PreparedFilters(BANK)
    for groups in (2, 1, 2):
        image, geometry = IMAGE[: 2 * groups], Geometry(groups=groups)
        np.testing.assert_array_equal(
            convolve(image, prepared, geometry=geometry).output,
            convolve(image, BANK, geometry=geometry).output,
        )


def test_they_do_not_change_with_the_array():
    bank = BANK.copy()
    prepared = PreparedFilters(bank)
    bank[:] = 0
    np.testing.assert_array_equal(prepared.array, BANK)
    with pytest.raises(ValueError, match="read-only"):
        prepared.array[0] = 1


@pytest.mark.parametrize("wrong", [np.zeros(3), np.zeros((1, 1, 0, 3)), [[1, 2], [3]], "abc"])
def test_what_is_no_filter_is_refused(wrong):
    with pytest.raises(ValueError, match="filters"):
        PreparedFilters(wrong)
