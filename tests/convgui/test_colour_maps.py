"""Colours of errors: even steps, a neutral middle, and safe for colour-blind eyes."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.model import colour_maps, lookup, maps

# How those without the cones for red and for green see linear RGB: Machado, Oliveira and
# Fernandes 2009, table 1, severity 1.
BLINDNESS = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "none": np.eye(3),
}  # fmt: skip
EVERY = (*colour_maps.SIGNED, *colour_maps.SIZES)
# Differences in OKLab of 0.02 are just seen beside each other.
JUST_SEEN = 0.02


def linear(table):
    colours = table[:, :3] / 255
    return np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)


def oklab(rgb):
    """Ottosson 2020, from linear RGB."""
    cones = np.clip(rgb, 0, 1) @ np.array(
        [[0.4122214708, 0.2119034982, 0.0883024619], [0.5363325363, 0.6806995451, 0.2817188376],
         [0.0514459929, 0.1073969566, 0.6299787005]]
    )  # fmt: skip
    return np.cbrt(cones) @ np.array(
        [[0.2104542553, 1.9779984951, 0.0259040371], [0.7936177850, -2.4285922050, 0.7827717662],
         [-0.0040720468, 0.4505937099, -0.8086757660]]
    )


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
