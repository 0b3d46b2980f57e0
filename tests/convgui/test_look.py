"""How results are looked at: what can be chosen, and what of it returns."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convgui.model import maps
from convgui.model.look import Look
from convgui.model.maps import Levels

ODD = Look("vertical", "lsh", maps.SQUARED, "greys", "sea", Levels(1.0, 2.5), Levels(0.0, 9.0),
           2.2, -1.5)  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [{"wipe": "slanted"}, {"against": "input"}, {"error_mode": "odd"}, {"signed_map": "sea"},
     {"size_map": "rainbow"}, {"gamma": 0.0}, {"gamma": float("nan")}, {"exposure": 11.0},
     {"error_levels": Levels(1.0, 1.0)}, {"error_levels": Levels(-1.0, 2.0)},
     {"output_levels": Levels(0.0, float("inf"))}],
    ids=str,
)  # fmt: skip
def test_what_can_not_be_shown_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        replace(Look(), **wrong)


@pytest.mark.parametrize("look", [Look(), ODD], ids=["default", "odd"])
def test_a_look_returns_from_plain_values(look):
    assert Look.from_plain(look.to_plain()) == look


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys([*ODD.to_plain(), "linked"], ANYTHING)))
def test_any_plain_values_give_a_look(values):
    look = Look.from_plain(values)
    assert Look.from_plain(look.to_plain()) == look


def test_a_wrong_value_leaves_the_others():
    values = ODD.to_plain() | {"gamma": "much", "error_mode": "odd"}
    # Levels of another mode do not hold for signed errors, whose zero is in the middle.
    wanted = replace(ODD, gamma=1.0, error_levels=None, error_mode=maps.SIGNED)
    assert Look.from_plain(values) == wanted


def test_exposure_makes_values_larger():
    assert Look(exposure=1.0).shown_levels(Levels(-4.0, 8.0)) == (-2.0, 4.0)


def test_automatic_leaves_all_but_levels_and_tone():
    assert ODD.automatically() == replace(
        ODD, output_levels=None, error_levels=None, gamma=1.0, exposure=0.0
    )
    assert Look().automatic
    assert not ODD.automatic


def test_levels_beyond_all_numbers_are_passed_over():
    plain = {"output_levels_low": -(10**400), "output_levels_high": 10**400}
    assert Look.from_plain(plain) == Look()
