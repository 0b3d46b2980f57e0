"""Colours of errors: even steps, a neutral middle, and safe for colour-blind eyes."""

from __future__ import annotations

import numpy as np
import pytest
from sight import BLINDNESS, linear, oklab

from convgui.model import colour_maps, lookup, maps

EVERY = (*colour_maps.SIGNED, *colour_maps.SIZES)
# Differences in OKLab of 0.02 are just seen beside each other.
JUST_SEEN = 0.02


@pytest.fixture(params=[lookup.gray(), *(each.table for each in EVERY)],
                ids=["gray", *(each.name for each in EVERY)])  # fmt: skip
def table(request):
    return request.param


def test_tables_are_256_opaque_colours(table):
    assert table.shape == (256, 4)
    assert table.dtype == np.uint8
    assert (table[:, 3] == 255).all()
    assert not table.flags.writeable


def test_no_step_jumps_out(table):
    assert np.diff(table[:, :3].astype(int), axis=0).__abs__().max() <= 5


@pytest.mark.parametrize("each", colour_maps.SIZES, ids=lambda each: each.name)
def test_larger_errors_are_lighter(each):
    """So the order of values survives a print without colour."""
    lightness = oklab(linear(each.table))[:, 0]
    assert (np.diff(lightness[::8]) > 0.01).all()


@pytest.mark.parametrize("each", colour_maps.SIGNED, ids=lambda each: each.name)
def test_no_error_is_neutral_grey_in_the_middle(each):
    assert each.table[128].tolist() == [128, 128, 128, 255]
    painted = lookup.painted(np.zeros((1, 1)), maps.Levels(-3, 3), each.table)
    assert painted[0, 0].tolist() == [128, 128, 128, 255]


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("each", colour_maps.SIGNED, ids=lambda each: each.name)
def test_signs_are_told_apart_by_all_eyes(each, blindness):
    seen = oklab(linear(each.table) @ np.array(BLINDNESS[blindness]).T)
    for error in (32, 64, 96, 127):
        low, middle, high = seen[[128 - error, 128, 128 + error]]
        for one, other in ((low, high), (low, middle), (middle, high)):
            assert np.linalg.norm(one - other) > 2 * JUST_SEEN * error / 32


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.name)
def test_no_two_errors_look_alike(each, blindness):
    """All pairs of sixteen colours along the map are further apart than is just seen."""
    seen = oklab(linear(each.table) @ np.array(BLINDNESS[blindness]).T)[8::16]
    apart = np.linalg.norm(seen[:, None] - seen[None], axis=2)
    assert apart[~np.eye(len(seen), dtype=bool)].min() > JUST_SEEN


def test_maps_are_found_by_mode_and_name():
    assert colour_maps.of_mode(maps.SIGNED) is colour_maps.SIGNED
    for mode in maps.ERROR_MODES[1:]:
        assert colour_maps.of_mode(mode) is colour_maps.SIZES
    names = [each.name for each in EVERY]
    assert len(set(names)) == len(names)
    assert [colour_maps.named(name) for name in names] == list(EVERY)
