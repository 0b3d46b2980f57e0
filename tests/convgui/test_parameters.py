"""The parameter table covers the session, and says why what is greyed is greyed."""

from dataclasses import fields, replace

import numpy as np
import pytest

from convgui.model.image import Image
from convgui.model.parameters import (
    BY_KEY,
    CUSTOM,
    GROUPS,
    PARAMETERS,
    bank_weights,
    choose_filter,
)
from convgui.model.resolve import resolve
from convgui.model.session import Session
from cyconv import filters

KINDS = {"int": (int, type(None)), "float": float, "bool": bool, "choice": str}
EDITED_BY_THE_GRID = {"weights"}


def test_every_parameter_of_a_session_has_an_editor():
    assert set(BY_KEY) | EDITED_BY_THE_GRID == {field.name for field in fields(Session)}
    assert len(BY_KEY) == len(PARAMETERS)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda parameter: parameter.key)
def test_rows_are_complete_and_hold_their_default(parameter):
    default = parameter.default
    assert parameter.group in GROUPS
    assert parameter.label
    assert parameter.tip.endswith(".")
    assert isinstance(default, KINDS[parameter.kind])
    assert not parameter.changed(Session())
    if parameter.kind == "choice":
        assert default in [value for value, _ in parameter.choices]
    elif parameter.kind in ("int", "float"):
        assert parameter.minimum <= (default or 0) <= parameter.maximum
        assert parameter.step > 0
    # A number that is None or 0 by default stands for something, and says for what.
    if default is None:
        assert parameter.special


def test_a_changed_value_is_told_from_the_default():
    assert BY_KEY["stride"].changed(Session(stride=2))
    assert BY_KEY["width"].changed(Session(width=10))


@pytest.mark.parametrize("name", [*filters.PRESETS, CUSTOM])
def test_what_a_filter_does_not_use_is_greyed_with_a_reason(name):
    session = Session(filter_name=name)
    options = filters.PRESETS[name].options if name in filters.PRESETS else frozenset()
    for key, option in (("divisor", "divisor"), ("sigma", "sigma"), ("filter_seed", "seed")):
        reason = BY_KEY[key].disabled_reason(session, None)
        assert (reason == "") == (option in options)
        assert reason == "" or reason.endswith(" only.")


@pytest.mark.parametrize(
    ("key", "session"),
    [
        ("padding", Session(same_padding=True)),
        ("reference", Session(differential_as_published=True)),
        ("threshold", Session(differential_as_published=True)),
        ("kernel_size", Session(filter_name=CUSTOM)),
        ("filter_count", Session(filter_name=CUSTOM, weights=((((1.0,),),),))),
    ],
)
def test_what_another_choice_settles_is_greyed(key, session):
    assert BY_KEY[key].disabled_reason(Session(), None) == ""
    assert BY_KEY[key].disabled_reason(session, None).endswith(".")


def test_a_residue_is_of_what_is_left_out():
    reason = BY_KEY["residue"].disabled_reason
    assert reason(Session(), None).endswith(".")
    assert reason(Session(threshold=2.0), None) == ""
    assert reason(Session(threshold=2.0, differential_as_published=True), None).endswith(".")


def test_grey_is_greyed_for_a_grey_image():
    gray, colour = (
        Image(np.zeros(shape, np.uint8), "image", None) for shape in ((4, 4), (4, 4, 3))
    )
    assert BY_KEY["gray"].disabled_reason(Session(), gray)
    assert not BY_KEY["gray"].disabled_reason(Session(), colour)
    assert not BY_KEY["gray"].disabled_reason(Session(), None)


@pytest.mark.parametrize("size", [1, 2, 3, 8, 63])
@pytest.mark.parametrize("name", filters.PRESETS)
def test_a_chosen_filter_can_be_made(name, size):
    session = choose_filter(Session(kernel_size=size), name)
    allowed = filters.PRESETS[name].sizes
    assert session.kernel_size == (size if size in allowed else filters.PRESETS[name].default_size)
    image = Image(np.zeros((70, 70), np.uint8), "image", None)
    assert resolve(session, image).filters.shape == (1, 1, *[session.kernel_size] * 2)


def test_only_four_dimensional_weights_are_a_bank():
    own = Session(filter_name=CUSTOM, weights=((1.0, 2.0),))
    assert not bank_weights(own)
    assert bank_weights(replace(own, weights=((((1.0, 2.0),),),)))
    assert not bank_weights(Session())
