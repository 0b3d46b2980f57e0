"""The history: merged, named, pinned, bounded; what differs between two runs; what stays of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from session_files import OWN, run

from convgui.model import compute
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.sessions.differences import differences, told
from convgui.sessions.document import THUMBNAIL_SIDE
from convgui.sessions.journal import MOST_RUNS, MOST_WEIGHTS, Journal
from convgui.sessions.recording import record


def journal(*numbers, **changes):
    made = Journal.of(tuple(map(run, numbers)), (0, 0))
    return replace(made, **changes)


def numbers(made):
    return [each.number for each in made.runs]


def test_a_run_takes_the_place_of_the_last_of_its_drag():
    made = journal(1, 2).added(run(3), instead=2)
    assert numbers(made) == [1, 3]
    assert made.last == 3


def test_a_run_that_was_named_or_pinned_in_a_drag_stays():
    named = journal(1).with_run(run(2, name="good"))
    assert numbers(named.added(run(3), instead=2)) == [1, 2, 3]
    assert numbers(journal(1, 2).with_pin(0, 2).added(run(3), instead=2)) == [1, 2, 3]


def test_numbers_are_never_used_again():
    made = journal(1, 2).without(2)
    assert made.last == 2
    assert numbers(made) == [1]
    assert numbers(made.with_run(run(2))) == [1, 2]


def test_pins_are_two_different_runs():
    made = journal(1, 2).with_pin(0, 1).with_pin(1, 2)
    assert made.pinned == (1, 2)
    assert made.with_pin(1, 1).pinned == (0, 1)
    assert made.with_pin(0, 1).pinned == (0, 2)
    assert made.without(2).pinned == (1, 0)


def test_the_oldest_go_but_not_what_somebody_named_or_pinned():
    made = journal(1, 2, 3).with_run(run(1, name="keep me")).with_pin(0, 2)
    for number in range(4, MOST_RUNS + 3):
        made = made.added(run(number, Session()))
    assert len(made.runs) == MOST_RUNS
    assert numbers(made)[:3] == [1, 2, 5]


def test_a_run_that_is_brought_back_does_not_make_them_too_many():
    full = journal(*range(1, MOST_RUNS + 2)).without(1).added(run(MOST_RUNS + 2))
    back = full.with_run(run(1))
    assert len(back.runs) == MOST_RUNS
    assert numbers(back)[:2] == [1, 4]


def test_weights_of_all_runs_together_are_bounded():
    side = 1 << 9
    many = [tuple(tuple(float(number) for _ in range(side)) for _ in range(side))
            for number in range(10)]  # fmt: skip
    made = Journal()
    for number, weights in enumerate(many, start=1):
        made = made.added(run(number, replace(Session(), weights=weights)))
    assert len(made.runs) == MOST_WEIGHTS // side**2
    shared = Journal()
    for number in range(1, 21):
        shared = shared.added(run(number, replace(Session(), weights=many[0], hashes=number)))
    assert len(shared.runs) == 20


def test_the_run_before():
    made = journal(1, 4, 7)
    assert made.before(7).number == 4
    assert made.before(1) is None


def test_what_differs():
    one, other = Session(), replace(Session(), hashes=5, gray=True, weights=OWN)
    assert [(each.parameter.key, each.before, each.after) for each in differences(one, other)] == [
        ("gray", False, True), ("hashes", 2, 5),
    ]  # fmt: skip
    own = replace(other, filter_name="custom")
    assert "weights" in [each.parameter.key for each in differences(one, own)]
    assert [each.key for each in told(other, other)] == ["gray", "hashes"]
    assert differences(own, own) == ()


@pytest.mark.parametrize("shape", [(40, 30), (1, 700, 3), (300, 2), (513, 130, 3)])
def test_what_stays_of_a_comparison(shape):
    pixels = np.random.default_rng(1).integers(0, 256, shape, np.uint8)
    session = replace(Session(), kernel_size=1)
    comparison = compute.run(resolve(session, Image(pixels, "noise")))
    made = record(comparison, 3, datetime(2026, 11, 22, 8, 5, 1, 99))
    assert (made.number, made.when, made.image_name) == (3, "2026-11-22T08:05:01", "noise")
    assert made.session is session
    assert made.size == comparison.request.image.shape
    lsh = next(each for each in made.figures if each.technique == "lsh")
    outcome = comparison["lsh"]
    assert lsh.psnr == outcome.accuracy.psnr
    assert lsh.multiplications == outcome.result.executed.multiplications
    height, width = outcome.result.output.shape[1:]
    small = made.thumbnail
    assert max(small.shape) <= THUMBNAIL_SIDE
    assert max(small.shape) >= min(max(height, width), THUMBNAIL_SIDE / 2)
    # As wide for its height as the output is, to the pixel.
    assert abs(small.shape[0] - height * small.shape[1] / width) <= 1 + height / width
    if max(height, width) <= THUMBNAIL_SIDE:
        plane = outcome.result.output[0].astype(float)
        low, high = np.percentile(plane, (1, 99))
        # Two clusters of one channel may well have one mean.
        wanted = np.clip((plane - low) / max(high - low, 1e-9), 0, 1) * 255
        assert np.abs(wanted - small).max() <= 0.5 + 1e-6


def test_an_output_of_infinities_has_a_thumbnail():
    pixels = np.full((20, 20), np.inf, np.float32)
    pixels[0] = np.nan
    comparison = compute.run(resolve(replace(Session(), show_lsh=False), Image(pixels, "odd")))
    assert record(comparison, 1).thumbnail.shape == (18, 18)
