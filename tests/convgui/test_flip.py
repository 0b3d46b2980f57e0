"""FLIP against the authors' own program, against what follows from its formulas, and its limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from convgui.model import maps
from convgui.model.flip import PER_DEGREE, flip

GREYS = arrays(np.float32, (12, 15), elements=st.floats(0, 1, width=32))


def pictures():
    """Two colour images with edges, waves and dots, of formulas alone."""
    y, x = np.mgrid[0:48, 0:64]
    one = np.stack([0.5 + 0.5 * np.sin(x / 5 + y / 9), (x * y % 17) / 16,
                    ((x // 8 + y // 8) % 2) * 0.8 + 0.1], -1)  # fmt: skip
    other = np.stack([0.5 + 0.45 * np.sin(x / 5 + y / 9 + 0.3), (x * y % 17) / 18,
                      ((x // 8 + (y + 2) // 8) % 2) * 0.7 + 0.1], -1)  # fmt: skip
    return one.astype(np.float32), other.astype(np.float32)


# Mean, and the values at (10, 5), (20, 33), (30, 50), as the authors' program gives them (PyPI
# flip-evaluator 1.7, LDR, no colours); a grey image is one whose three channels are that one.
PUBLISHED = [
    (None, 67.0206, 0.427724, (0.450932, 0.423969, 0.492285)),
    (None, 30.0, 0.513650, (0.386349, 0.564546, 0.744474)),
    (2, 67.0206, 0.537429, (0.391098, 0.338515, 0.827612)),
    (2, 30.0, 0.510093, (0.377581, 0.012876, 0.970356)),
    (0, 67.0206, 0.390116, (0.454240, 0.457734, 0.329813)),
    (0, 30.0, 0.356702, (0.399878, 0.467109, 0.291782)),
]


@pytest.mark.parametrize(("channel", "per_degree", "mean", "values"), PUBLISHED)
def test_the_authors_program_gives_the_same(channel, per_degree, mean, values):
    one, other = (each if channel is None else each[..., channel] for each in pictures())
    found = flip(one, other, per_degree)
    assert found.mean() == pytest.approx(mean, abs=1e-5)
    assert found[[10, 20, 30], [5, 33, 50]] == pytest.approx(values, abs=1e-4)


def test_pixels_per_degree_are_those_of_the_paper():
    assert pytest.approx(67.02, abs=0.005) == PER_DEGREE


@settings(max_examples=20)
@given(GREYS)
def test_an_image_does_not_differ_from_itself(image):
    assert not flip(image, image).any()


@settings(max_examples=20, deadline=None)
@given(GREYS, GREYS)
def test_it_is_symmetric_and_within_bounds(one, other):
    found = flip(one, other)
    assert found.min() >= 0
    assert found.max() <= 1
    np.testing.assert_allclose(found, flip(other, one), atol=2e-5)


@settings(max_examples=10, deadline=None)
@given(GREYS, GREYS)
def test_a_grey_image_is_a_colour_image_of_equal_channels(one, other):
    grey = flip(one, other)
    colour = flip(*(np.repeat(each[..., None], 3, axis=2) for each in (one, other)))
    np.testing.assert_allclose(grey, colour, atol=2e-3)


def test_flat_greys_differ_by_lightness_alone():
    """No filter changes a flat image and no feature is in it: equations 5 and 6 by hand."""
    black, white = np.zeros((9, 9), np.float32), np.ones((9, 9), np.float32)
    most = 41.2766
    wanted = 0.95 + (100**0.7 - 0.4 * most) / (most - 0.4 * most) * 0.05
    assert flip(black, white)[4, 4] == pytest.approx(wanted, abs=1e-4)
    # In linear light 0.01 (sRGB 0.0998) has L* = 903.3 * 0.008856 ... = 8.991.
    dark = np.full((9, 9), 12.92 * 0.001, np.float32)
    lightness = 116 * (0.001 / (3 * (6 / 29) ** 2) + 4 / 29) - 16
    assert flip(black, dark)[4, 4] == pytest.approx(lightness**0.7 * 0.95 / (0.4 * most), abs=1e-4)


def test_a_larger_difference_looks_larger_and_a_far_one_smaller():
    half = np.full((40, 40), 0.5, np.float32)
    steps = [flip(half, half + step)[20, 20] for step in (0.01, 0.05, 0.2)]
    assert steps == sorted(steps)
    dot = half.copy()
    dot[20, 20] = 0.7
    assert flip(half, dot, 100.0).max() < flip(half, dot, 20.0).max()


def test_bands_of_rows_do_not_show(monkeypatch):
    one, other = (each[..., 1] for each in pictures())
    whole = flip(one, other)
    monkeypatch.setattr("convgui.model.flip._BAND", 7)
    np.testing.assert_allclose(flip(one, other), whole, atol=2e-6)


@pytest.mark.parametrize(
    ("one", "other", "per_degree", "word"),
    [(np.zeros((3, 3)), np.zeros((3, 4)), 67, "test"), (np.zeros(3), np.zeros(3), 67, "reference"),
     (np.zeros((3, 3, 2)), np.zeros((3, 3, 2)), 67, "reference"),
     (np.zeros((3, 3)), np.zeros((3, 3)), 0, "per_degree"),
     (np.full((3, 3), np.nan), np.zeros((3, 3)), 67, "finite")],
)  # fmt: skip
def test_what_is_no_pair_of_images_is_refused(one, other, per_degree, word):
    with pytest.raises(ValueError, match=word):
        flip(one, other, per_degree)


def test_outputs_are_compared_as_they_are_shown():
    exact = np.linspace(-100, 300, 400, dtype=np.float32).reshape(20, 20)
    output = exact + 30
    levels = maps.Levels(0.0, 200.0)
    found = maps.error(output, exact, 0, maps.FLIP, maps.Shown(levels))
    wanted = flip(np.clip(exact / 200, 0, 1), np.clip(output / 200, 0, 1))
    np.testing.assert_allclose(found, wanted, atol=1e-5)
    # What is beyond the levels looks alike.
    beyond = maps.error(output, exact, 0, maps.FLIP, maps.Shown(maps.Levels(500.0, 600.0)))
    assert not beyond.any()
    darker = maps.error(output, exact, 0, maps.FLIP, maps.Shown(levels, exposure=-1.0))
    np.testing.assert_allclose(
        darker, flip(np.clip(exact / 400, 0, 1), np.clip(output / 400, 0, 1)), atol=1e-5
    )
    output[3, 4] = np.inf
    assert np.isnan(maps.error(output, exact, 0, maps.FLIP)).sum() == 1
