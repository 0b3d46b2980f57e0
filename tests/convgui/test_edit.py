"""What a change makes of a session, and what must follow from it."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.model import edit
from convgui.model.parameters import CUSTOM, PARAMETERS
from convgui.model.session import Session
from cyconv import filters


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda each: each.key)
def test_every_parameter_is_changed_and_reset(parameter):
    others = {
        "int": lambda default: (default or 0) + 2,
        "float": lambda default: default + 1.5,
        "bool": lambda default: not default,
        "choice": lambda default: next(v for v, _ in parameter.choices if v != default),
    }
    value = others[parameter.kind](parameter.default)
    changed = edit.change(Session(), parameter.key, value)
    assert getattr(changed, parameter.key) == value
    assert getattr(edit.reset(changed, parameter.key), parameter.key) == parameter.default


def test_an_unknown_parameter_is_refused():
    with pytest.raises(ValueError, match="no_such"):
        edit.change(Session(), "no_such", 1)


@pytest.mark.parametrize("name", filters.PRESETS)
def test_a_preset_comes_in_a_size_that_it_has_and_steps_stay_in_it(name):
    session = edit.change(Session(kernel_size=8), "filter_name", name)
    sizes = filters.PRESETS[name].sizes
    assert session.kernel_size in sizes
    for step in (1, 1, 1, -1, -1, -1, -1):
        wanted = session.kernel_size + step
        after = edit.change(session, "kernel_size", wanted)
        assert after.kernel_size in sizes
        further = [size for size in sizes if (size - session.kernel_size) * step > 0]
        # An arrow moves on where there is somewhere to go, whatever sizes lie between.
        assert (after.kernel_size != session.kernel_size) == bool(further)
        session = after


def test_one_s_own_weights_begin_with_those_shown():
    session = edit.change(Session(filter_name="sobel-x"), "filter_name", CUSTOM)
    np.testing.assert_array_equal(session.weights, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])


def test_one_s_own_weights_are_kept_while_another_filter_is_looked_at():
    own = edit.typed_weights(Session(), "1 2\n3 4")
    there = edit.change(own, "filter_name", "blur")
    back = edit.change(there, "filter_name", CUSTOM)
    assert back.weights == ((1.0, 2.0), (3.0, 4.0))


def test_typed_weights_may_be_fractions():
    session = edit.typed_weights(Session(), "1/4 -1/2\n0 1")
    assert session.filter_name == CUSTOM
    assert session.weights == ((0.25, -0.5), (0.0, 1.0))
    assert hash(session) == hash(edit.typed_weights(Session(), "0.25 -0.5; 0 1"))


@pytest.mark.parametrize("text", ["", "1 2\n3", "one", "1/0", "inf"])
def test_weights_that_are_none_are_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        edit.typed_weights(Session(), text)


def test_a_bank_is_loaded_whole(tmp_path):
    bank = np.arange(2 * 3 * 2 * 2, dtype=float).reshape(2, 3, 2, 2)
    np.save(tmp_path / "bank.npy", bank)
    session = edit.loaded_weights(Session(), str(tmp_path / "bank.npy"))
    np.testing.assert_array_equal(session.weights, bank)
    shown = edit.shown_weights(session, 1)
    np.testing.assert_array_equal(shown.weights, bank[1, 0])
    assert shown.count == 2
    assert shown.fixed


@pytest.mark.parametrize("name", filters.PRESETS)
def test_the_weights_shown_are_those_of_the_preset(name):
    session = edit.change(Session(), "filter_name", name)
    shown = edit.shown_weights(session)
    expected = filters.make(name, session.kernel_size, channels=1)
    np.testing.assert_array_equal(shown.weights, expected[0, 0])
    assert not shown.fixed


def test_filters_of_a_bank_that_differ_are_shown_one_by_one():
    session = Session(filter_name="gabor", kernel_size=5, filter_count=4)
    first, third, beyond = (edit.shown_weights(session, index) for index in (0, 2, 9))
    assert not np.array_equal(first.weights, third.weights)
    assert first.count == beyond.count == 4
    assert first.fixed
