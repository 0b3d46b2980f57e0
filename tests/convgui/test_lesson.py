"""The worked example gives what the reference figures say, and finds the slip."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from convgui.model import lesson
from convgui.model.inspection import inspect
from convgui.model.session import Session

GOLDEN = Path(__file__).parents[1] / "data" / "golden.json"


@pytest.fixture(scope="module")
def example():
    return json.loads(GOLDEN.read_text(encoding="utf-8"))["hand_convolution"]


@pytest.fixture(scope="module")
def made():
    return lesson.make(Session(show_low_rank=True))


def test_it_is_the_example_of_the_report(example, made):
    request = made.comparison.request
    np.testing.assert_array_equal(request.image[0], example["input"])
    np.testing.assert_array_equal(request.filters[0, 0], example["filter"])
    assert request.geometry.padding == (example["padding"],) * 2
    assert request.geometry.stride == (example["stride"],) * 2
    computed = [step.computed for step in made.steps]
    np.testing.assert_allclose(np.reshape(computed, (5, 5)), example["output"], atol=1e-6)


def test_what_is_printed_is_right_but_for_the_misprint(example, made):
    """The note on the example: one report prints 40 -50 40 in its middle row."""
    assert "40 -50 40" in example["note"]
    slips = made.slips
    assert [(step.place.row, step.place.column) for step in slips] == [(2, 1), (2, 2), (2, 3)]
    assert [step.printed for step in slips] == [40, -50, 40]
    assert [step.computed for step in slips] == [30, -60, 30]
    assert sum(step.printed is None for step in made.steps) == 2


def test_every_step_is_explained(made):
    before = None
    for number, step in enumerate(made.steps, 1):
        assert step.number == number
        assert made.step_at(step.place) is step
        before = inspect(made.comparison, step.place, before)
        assert before.exact.total == pytest.approx(step.computed, abs=1e-6)
        assert before.names == ("exact", "differential", "lsh", "low-rank")


def test_the_settings_of_the_session_stay_but_for_the_example():
    made = lesson.session(Session(hashes=7, width=40, stride=3, reference="above"))
    assert (made.hashes, made.reference) == (7, "above")
    assert (made.width, made.stride, made.padding) == (None, 1, 1)
