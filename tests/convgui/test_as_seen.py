"""FLIP in the window: worked out in a job, from what is shown, its mean in the titles."""

from __future__ import annotations

import numpy as np
import pytest
from driving import run_by, settle

from convgui.model import maps, numbers
from convgui.model.maps import Levels


@pytest.fixture
def iconed(window, qtbot):
    """The window with a picture that LSH errs on."""
    run_by(window, qtbot, window.opener.open_sample, "icon")
    return window


def figures(window):
    return window.compare.pictures["lsh.error"].title.accessibleDescription()


def test_it_follows_levels_exposure_and_gamma(iconed, qtbot):
    iconed.menus.entries["error-flip"].trigger()
    settle(iconed, qtbot)
    layer = iconed.compare.pictures["lsh.error"].view.layer
    assert layer.levels == (0, 1)
    assert "67" in figures(iconed)
    comparison = iconed.controller.comparison
    np.testing.assert_array_equal(layer.pixels, comparison.error("lsh", 0, maps.FLIP))
    for choices in ({"output_levels": Levels(0.0, 900.0)}, {"exposure": 0.5}, {"gamma": 2.0}):
        before = iconed.compare.pictures["lsh.error"].view.layer.pixels
        iconed.view.change_look(**choices)
        settle(iconed, qtbot)
        now = iconed.compare.pictures["lsh.error"].view.layer.pixels
        assert not np.array_equal(before, now)
        shown = iconed.view.look.shown
        np.testing.assert_array_equal(now, comparison.error("lsh", 0, maps.FLIP, shown))
        assert f"mean {numbers.number(now.mean(), 3)}" in figures(iconed)


def test_a_new_run_has_it_at_hand(iconed, qtbot):
    iconed.menus.entries["error-flip"].trigger()
    settle(iconed, qtbot)
    with qtbot.waitSignal(iconed.controller.compared):
        iconed.controller.change("hashes", 5)
    settle(iconed, qtbot)
    layer = iconed.compare.pictures["lsh.error"].view.layer
    wanted = iconed.controller.comparison.error("lsh", 0, maps.FLIP)
    np.testing.assert_array_equal(layer.pixels, wanted)
