"""A picture looks the same however its samples lie in memory, and none is held for nothing."""

from __future__ import annotations

import weakref

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtWidgets import QGraphicsView

from convgui.model import lookup
from convgui.widgets.held_view import HeldView
from convgui.widgets.image_overlay import SMALLEST
from convgui.widgets.image_view import ImageView
from convgui.widgets.layer import Layer
from convgui.widgets.marked_view import MarkedView
from convgui.widgets.view import View
from convgui.widgets.wipe import Wipe

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

    show.view = view
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


@pytest.mark.parametrize("kind", [ImageView, HeldView, MarkedView])
def test_a_picture_that_was_put_away_is_not_held(qtbot, kind):
    plane, mask = PLANE.copy(), PLANE[:, ::-1] > 500
    plane[3, 3] = np.nan
    view = kind()
    qtbot.addWidget(view)
    view.resize(120, 100)
    layers = [Layer(plane, (0.0, 997.0), lookup.gray()), Layer(-plane, (-997.0, 0.0))]
    view.set_layer(layers[0])
    if kind is HeldView:
        view.set_other(layers[1], view.tags)
        view.set_wipe(Wipe())
    if kind is MarkedView:
        view.set_marks((mask,))
    for points in (1.0, SMALLEST):
        # The second time their values are written into the pixels.
        view.set_view(View(4, 4, points))
        view.grab()
    items = [each for each in view.scene().items() if isinstance(each, pg.ImageItem)]
    assert all(each.qimage is not None for each in items if each.isVisible())
    held = [weakref.ref(each) for each in (*layers, plane, mask)]
    view.set_layer(None)
    if kind is HeldView:
        view.set_other(None, view.tags)
    if kind is MarkedView:
        view.set_marks(None)
    del layers, plane, mask
    assert [each() for each in held] == [None] * len(held)
    for item in items:
        parts = item.image, item.qimage, item._processingBuffer, item._displayBuffer
        assert parts == (None,) * 4


def test_a_picture_is_shown_again_after_it_was_put_away(drawn):
    before = drawn(PLANE, 4.0)
    kept = drawn.view
    kept.set_layer(None)
    assert kept.grab().toImage() != before
    assert drawn(PLANE, 4.0) == before


def test_no_picture_of_the_background_is_kept(qtbot):
    view = ImageView()
    qtbot.addWidget(view)
    assert view.cacheMode() == QGraphicsView.CacheModeFlag.CacheNone
