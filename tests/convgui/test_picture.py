"""A picture looks the same however its samples lie in memory."""

from __future__ import annotations

import numpy as np
import pytest

from convgui.model import lookup
from convgui.widgets.image_view import ImageView
from convgui.widgets.layer import Layer
from convgui.widgets.view import View

PLANE = np.arange(12_000, dtype=np.float32).reshape(100, 120) % 997


@pytest.fixture
def drawn(qtbot):
    """Gives a function that shows a plane, so many points a pixel, and gives the screen."""
    view = ImageView()
    qtbot.addWidget(view)
    view.resize(120, 100)
    with qtbot.waitExposed(view):
        view.show()

    def show(plane, points):
        view.set_layer(Layer(plane, (0.0, 997.0), lookup.gray()))
        view.set_view(View(60, 50, points))
        return view.grab().toImage()

    return show


@pytest.mark.parametrize("points", [4.0, 0.4, 0.2], ids=["larger", "halved", "a quarter"])
@pytest.mark.parametrize(
    "plane",
    [
        np.asfortranarray(PLANE),
        np.repeat(np.repeat(PLANE, 2, axis=0), 3, axis=1)[::2, ::3],
        PLANE[::-1].copy()[::-1],
        PLANE.astype(np.float64),
    ],
    ids=["by columns", "with gaps", "backwards", "float64"],
)
def test_the_order_in_memory_makes_no_difference(drawn, plane, points):
    assert (plane == PLANE).all()
    wanted = drawn(PLANE, points)
    middle = wanted.height() // 2
    assert len({wanted.pixel(x, middle) for x in range(wanted.width())}) > 5
    assert drawn(plane, points) == wanted


@pytest.mark.parametrize("points", [4.0, 0.4, 0.2])
def test_rows_that_are_one_and_the_same_are_drawn(drawn, points):
    rows = np.broadcast_to(PLANE[0], PLANE.shape)
    assert drawn(rows, points) == drawn(rows.copy(), points)
