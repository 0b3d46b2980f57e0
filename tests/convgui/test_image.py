"""Images of arrays of any kind: shown with their own values, or refused in one sentence."""

from __future__ import annotations

import numpy as np
import pytest
from driving import run_by

from convgui.model.image import Image, ImageError
from convgui.widgets.layer import Layer

PLANE = np.arange(12.0).reshape(3, 4)


@pytest.mark.parametrize("kind", ["?", "u1", ">u2", "i8", "u8", "f2", ">f4", "f8", "g"])
def test_real_numbers_of_any_kind_are_shown(kind):
    values = PLANE.astype(kind)
    image = Image.of(values, "any")
    np.testing.assert_array_equal(image.pixels.astype("f8"), values.astype("f8"))
    assert image.stored == values.dtype.name
    assert not image.pixels.flags.writeable
    assert values.flags.writeable


@pytest.mark.parametrize("values", [PLANE[::-1, ::-2], PLANE.T, np.broadcast_to(PLANE[0], (9, 4))])
def test_any_strides_are_shown(values):
    np.testing.assert_array_equal(Image.of(values, "any").pixels, values)


@pytest.mark.parametrize(
    "values",
    [PLANE.astype("c8"), PLANE.astype("O"), PLANE.astype("S"), PLANE.astype("M8[s]"), PLANE[0],
     PLANE[:0], np.zeros((2, 2, 5)), np.zeros((2, 2, 0)), np.array(3.0), np.zeros((1, 2, 2, 3))],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_a_sentence(values):
    with pytest.raises(ImageError, match=r"^any can't be shown: [^\n]+\.$"):
        Image.of(values, "any")


@pytest.mark.parametrize(
    "values", [PLANE.astype("c8"), PLANE.astype("O"), PLANE[:0], np.zeros((2, 2, 5)), PLANE[0]]
)
def test_a_view_is_never_handed_what_it_can_not_draw(values):
    with pytest.raises(ValueError, match="pixels must be"):
        Layer(values, (0.0, 1.0))


@pytest.mark.parametrize("levels", [(0.0, np.inf), (np.nan, 1.0), (1.0, 1.0), (2.0, 1.0)])
def test_levels_of_a_layer_are_finite_and_differ(levels):
    with pytest.raises(ValueError, match="levels must be"):
        Layer(PLANE, levels)


def test_how_many_values_are_not_finite_is_told_before_anything_is_computed(window, qtbot):
    values = PLANE.copy()
    values[0, :2], values[1, 0] = np.nan, -np.inf
    image = Image.of(values, "odd")
    assert image.unfit == (2, 1)
    window.controller.allow = lambda *_: False
    window.opener.opened.emit(image)
    title = window.compare.pictures["input"].title
    assert title.accessibleDescription().startswith("2 NaN, 1 infinite")
    window.controller.allow = lambda *_: True
    run_by(window, qtbot, window.controller.run)
    assert title.accessibleDescription().startswith("2 NaN, 1 infinite")
