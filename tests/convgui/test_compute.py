"""A comparison: every technique run, measured against the exact one, counted and told of."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import cyconv
from convgui.model import compute, maps
from convgui.model.compute import Progress, run
from convgui.model.image import Image
from convgui.model.resolve import TECHNIQUES, resolve
from convgui.model.session import Session
from convgui.model.shown import shown


@pytest.fixture
def image():
    random = np.random.default_rng(0)
    smooth = np.add.outer(np.arange(40), np.arange(50))[..., None] * [1, 2, 1]
    noisy = smooth + random.integers(0, 30, (40, 50, 3))
    return Image(noisy.astype(np.uint8), "noise.png", None)


SESSIONS = {
    "default": Session(),
    "bank": Session(filter_name="random", kernel_size=5, filter_count=4, stride=2, padding=1),
    "window": Session(hashes=6, scope="window", reference="previous", threads=2),
    "no reuse": Session(reuse=False, dilation=2, same_padding=True),
    "reuse": Session(
        family="principal", step=30.0, scope="window", correction="projection",
        show_low_rank=True, show_differential=False,
    ),
    "as published": Session(differential_as_published=True, lsh_as_published=True),
}


@pytest.fixture(params=SESSIONS.values(), ids=SESSIONS)
def comparison(request, image):
    return run(resolve(request.param, image))


def test_outcomes_are_those_of_cyconv(comparison):
    asked = comparison.request
    assert [outcome.name for outcome in comparison.outcomes] == [*shown(asked.session)]
    for outcome in comparison.outcomes:
        direct = cyconv.convolve(asked.image, asked.filters, outcome.technique, asked.geometry)
        np.testing.assert_array_equal(outcome.result.output, direct.output)
        assert outcome.result.executed == direct.executed
        shapes = asked.image.shape, asked.filters.shape, asked.geometry
        assert outcome.prediction == cyconv.predict(
            outcome.technique, *shapes, outcome.result.facts
        )
        measured = cyconv.compare(outcome.result.output, comparison.exact.result.output)
        np.testing.assert_equal(vars(outcome.accuracy), vars(measured))


def test_model_and_executed_agree(comparison):
    for outcome in comparison.outcomes:
        executed, model = outcome.result.executed, outcome.prediction.model
        assert executed.multiplications == model.multiplications
        assert executed.additions == model.additions


def test_exact_is_the_measure_of_all(comparison):
    exact = comparison["exact"]
    assert exact is comparison.exact
    assert (exact.accuracy.mse, exact.accuracy.accuracy) == (0.0, 100.0)
    assert comparison.speed_up("exact") == 1.0
    assert comparison.multiplications("exact") == 1.0
    assert "exact" in comparison
    assert comparison.filter_count == comparison.request.filters.shape[0]


def test_the_repaired_differential_is_exact(image):
    outcome = run(resolve(Session(), image))["differential"]
    assert outcome.accuracy.accuracy > 99.999
    assert outcome.accuracy.max_abs_error < 1e-3


@pytest.mark.parametrize("name", TECHNIQUES)
def test_a_technique_alone_is_still_measured(image, name):
    alone = run(resolve(Session(), image, (name,)))
    together = run(resolve(Session(), image, TECHNIQUES))
    assert [outcome.name for outcome in alone.outcomes] == [name]
    assert alone.exact.name == "exact"
    np.testing.assert_equal(vars(alone[name].accuracy), vars(together[name].accuracy))
    assert alone.speed_up(name) > 0
    missing = next(other for other in TECHNIQUES if other != name)
    assert missing not in alone
    with pytest.raises(KeyError, match=missing):
        alone[missing]


def test_error_planes_are_differences(comparison):
    index = comparison.filter_count - 1
    lsh, exact = comparison["lsh"].result.output[index], comparison.exact.result.output[index]
    with np.errstate(all="ignore"):
        difference = lsh - exact
    np.testing.assert_array_equal(comparison.error("lsh", index), difference)
    np.testing.assert_array_equal(
        comparison.error("lsh", index, maps.ABSOLUTE), np.abs(difference)
    )


def test_progress_only_rises(image):
    told: list[Progress] = []
    comparison = run(resolve(Session(filter_count=8), image, TECHNIQUES), told.append)
    assert {step.technique for step in told} == set(TECHNIQUES)
    for earlier, later in pairwise(told):
        assert later.fraction >= earlier.fraction
        assert later.operations.total >= earlier.operations.total
        assert later.held_bytes >= earlier.held_bytes
    assert all(0 <= step.fraction <= 1 for step in told)
    assert told[-1].fraction == pytest.approx(1)
    assert told[-1].operations.total == sum(
        outcome.result.executed.total for outcome in comparison.outcomes
    )
    assert told[-1].held_bytes == sum(
        outcome.result.output.nbytes for outcome in comparison.outcomes
    )
    assert all(step.step_text for step in told)


@pytest.mark.parametrize("technique", TECHNIQUES)
def test_cancelling_ends_the_run_wherever_it_is(image, technique):
    def stop(step: Progress) -> None:
        if step.technique == technique:
            raise cyconv.Cancelled

    with pytest.raises(cyconv.Cancelled):
        run(resolve(Session(), image, TECHNIQUES), stop)


def test_what_cyconv_refuses_comes_out(image):
    request = resolve(Session(), image)
    wrong = replace(request, filters=np.zeros((1, 2, 3, 3), np.float32))
    with pytest.raises(ValueError, match="filters"):
        run(wrong)


def test_what_is_made_ready_once_is_no_techniques_time(image, monkeypatch):
    monkeypatch.setattr(compute, "_known", set())
    calls = []

    def watched(image, filters, technique, *arguments, **named):
        calls.append((technique.name, image.shape))
        if technique.name == "lsh" and image.shape[1] < 40:
            raise ValueError("not on so little")
        return convolve(image, filters, technique, *arguments, **named)

    convolve = cyconv.convolve
    monkeypatch.setattr(cyconv, "convolve", watched)
    session = Session(kernel_size=5, filter_name="random", stride=2, dilation=2)
    request = resolve(session, image)
    names, corner = [each.name for each in request.techniques], (3, 39, 39)
    run(request)
    assert calls[: len(names)] == [(name, corner) for name in names]
    assert calls[len(names) :] == [(name, request.image.shape) for name in names]
    run(request)
    assert calls[2 * len(names) :] == [(name, request.image.shape) for name in names]
