"""One picture: where its pixels are, what the mouse and the keys do, what is drawn."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from convgui.model import lookup
from convgui.widgets.image_view import CLOSEST, ImageView
from convgui.widgets.layer import Grid, Layer
from convgui.widgets.view import View
from convgui.widgets.view_link import ViewLink

SIZE = 200, 160
BACKGROUND = "#808080"


@pytest.fixture
def view(qtbot):
    view = ImageView()
    qtbot.addWidget(view)
    view.set_colours(BACKGROUND, "#ff0000")
    view.resize(*SIZE)
    with qtbot.waitExposed(view):
        view.show()
    return view


def ramp(height=40, width=50):
    return np.arange(height * width, dtype=np.float32).reshape(height, width)


def plane(values, levels=None, grid=None):
    values = np.asarray(values)
    levels = levels or (float(np.nanmin(values)), float(np.nanmax(values)))
    return Layer(values, levels, lookup.gray(), grid or Grid())


def seen(view) -> np.ndarray:
    """What is on the screen, height x width x 3."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return raw[:, : 3 * image.width()].reshape(image.height(), image.width(), 3).astype(int)


def fit(view):
    height, width = view.layer.size
    scale = min(view.area.width() / width, view.area.height() / height)
    view.set_view(View(width / 2, height / 2, scale))


def turn_wheel(view, position, eighths):
    point = QPointF(*position)
    event = QWheelEvent(
        point, view.mapToGlobal(point), QPoint(), QPoint(0, eighths), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), event)


class TestShown:
    def test_every_pixel_is_where_it_belongs(self, view):
        pixels = np.array([[0, 255], [255, 0]], np.uint8)
        view.set_layer(plane(pixels, (0, 255)))
        view.set_view(View(1, 1, 10))
        screen = seen(view)
        x, y = view.area.width() // 2, view.area.height() // 2
        assert screen[y - 5, x - 5, 0] == 0
        assert screen[y - 5, x + 5, 0] == 255
        assert screen[y + 5, x - 5, 0] == 255
        assert screen[5, 5].tolist() == list(QColor(BACKGROUND).getRgb()[:3])

    def test_an_output_lies_over_the_place_that_it_came_from(self, view):
        view.set_layer(plane(np.full((2, 2), 1.0), (0, 1), Grid(4, 4, 2, 2)))
        view.set_view(View(6, 6, 8))
        screen = seen(view)
        x, y = view.area.width() // 2, view.area.height() // 2
        assert screen[y, x - 14, 0] == 255
        assert screen[y, x - 20, 0] == 128

    def test_a_plane_is_shown_in_its_levels(self, view):
        view.set_layer(plane(np.array([[-1.0, 1.0, 5.0]]), (-1, 1)))
        view.set_view(View(1.5, 0.5, 10))
        screen = seen(view)
        x, y = view.area.width() // 2, view.area.height() // 2
        assert [screen[y, x + step, 0] for step in (-10, 0, 10)] == [0, 255, 255]

    def test_values_that_are_not_finite_are_marked(self, view):
        pixels = np.array([[0.0, np.nan, np.inf, -np.inf]])
        view.set_layer(plane(pixels, (0, 1)))
        view.set_view(View(2, 0.5, 10))
        screen = seen(view)
        x, y = view.area.width() // 2, view.area.height() // 2
        assert screen[y, x - 15].tolist() == [0, 0, 0]
        for step in (-5, 5, 15):
            assert screen[y, x + step].tolist() == [255, 0, 0]

    @pytest.mark.parametrize(
        "pixels",
        [
            np.zeros((1, 1), np.uint8),
            np.full((1, 5000), 7.0, np.float32),
            np.full((5000, 1), np.nan, np.float32),
            np.zeros((300, 200, 3), np.uint8)[::-1, ::2],
            np.broadcast_to(np.float64(3e300), (64, 64)),
            np.zeros((30, 40, 3), np.float32),
            np.broadcast_to(np.uint8(9), (16_384, 16_000)),
        ],
        ids=["1x1", "1x5000", "all nan", "strided", "beyond float32", "float rgb", "huge"],
    )
    def test_odd_pictures_are_shown(self, view, pixels):
        table = lookup.gray() if pixels.ndim == 2 else None
        view.set_layer(Layer(pixels, (0.0, 255.0), table))
        for _ in range(3):
            fit(view)
            assert seen(view).shape == (SIZE[1], SIZE[0], 3)
            view.set_view(View(0.5, 0.5, CLOSEST))
            assert seen(view).shape == (SIZE[1], SIZE[0], 3)

    def test_values_are_written_when_there_is_room(self, view):
        view.set_layer(plane(np.full((9, 9), 0.5, np.float32), (0, 1)))
        view.set_view(View(4.5, 4.5, 12))
        assert len(np.unique(seen(view)[60:100, 80:120])) == 1
        view.set_view(View(4.5, 4.5, 60))
        screen = seen(view)[60:100, 80:120]
        assert screen.min() < 40

    def test_values_on_dark_pixels_are_light(self, view):
        view.set_layer(plane(np.zeros((9, 9), np.float32), (0, 1)))
        view.set_view(View(4.5, 4.5, 60))
        assert seen(view)[60:100, 80:120].max() > 200

    def test_dimming_pales_the_picture(self, view):
        view.set_layer(plane(np.full((9, 9), 255, np.uint8), (0, 255)))
        fit(view)
        middle = SIZE[1] // 2, SIZE[0] // 2
        full = seen(view)[middle][0]
        view.set_dimmed(True)
        assert 128 < seen(view)[middle][0] < full
        view.set_dimmed(False)
        assert seen(view)[middle][0] == full

    def test_the_crosshair_meets_at_the_point(self, view):
        view.set_layer(plane(np.zeros((40, 50), np.uint8), (0, 255)))
        fit(view)
        view.set_point((25.5, 20.5))
        screen = seen(view)
        x = int((25.5 - view.view.x) * view.view.scale + view.area.width() / 2)
        y = int((20.5 - view.view.y) * view.view.scale + view.area.height() / 2)
        assert screen[2, x, 0] > 150
        assert screen[y, 2, 0] > 150
        view.set_point(None)
        assert seen(view)[2, x, 0] == 0

    def test_colours_are_those_on_the_screen(self, view):
        layer = plane(np.array([[0.0, 0.5, 1.0]]), (0, 1))
        view.set_layer(layer)
        view.set_view(View(1.5, 0.5, 10))
        x, y = view.area.width() // 2, view.area.height() // 2
        shown = [seen(view)[y, x + step, 0] for step in (-10, 0, 10)]
        assert np.allclose(layer.colours(layer.pixels)[0, :, 0], shown, atol=1)


class TestAsked:
    def test_setters_say_nothing(self, view, qtbot):
        view.set_layer(plane(ramp()))
        with qtbot.assertNotEmitted(view.moved), qtbot.assertNotEmitted(view.pointed):
            fit(view)
            view.set_point((3.5, 3.5))
            view.set_dimmed(True)

    def test_pointing_names_the_centre_of_the_pixel(self, view, qtbot):
        view.set_layer(plane(ramp()))
        view.set_view(View(25, 20, 4))
        with qtbot.waitSignal(view.pointed) as asked:
            qtbot.mouseMove(view.viewport(), QPoint(103, 81))
        assert asked.args == [(25.5, 20.5)]

    def test_pointing_beside_the_picture_names_nothing(self, view, qtbot):
        view.set_layer(plane(ramp(4, 4)))
        view.set_view(View(2, 2, 4))
        qtbot.mouseMove(view.viewport(), QPoint(100, 80))
        with qtbot.waitSignal(view.pointed) as asked:
            qtbot.mouseMove(view.viewport(), QPoint(5, 5))
        assert asked.args == [None]

    def test_leaving_names_nothing(self, view, qtbot):
        view.set_layer(plane(ramp()))
        with qtbot.waitSignal(view.pointed) as asked:
            QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
        assert asked.args == [None]

    def test_the_wheel_zooms_about_the_pointer(self, view, qtbot):
        view.set_layer(plane(ramp()))
        view.set_view(View(25, 20, 4))
        position = 150.0, 30.0
        with qtbot.waitSignal(view.moved) as asked:
            turn_wheel(view, position, 120)
        wanted = asked.args[0]
        assert wanted.scale == pytest.approx(4 * 2 ** (1 / 3))
        before = view.view.place(view.area, *position)
        assert wanted.place(view.area, *position) == pytest.approx(before)
        assert view.view.scale == 4, "only the owner moves a view"

    def test_zooming_ends_somewhere(self, view):
        view.set_layer(plane(ramp()))
        fit(view)
        for factor in (2.0, 0.5):
            for _ in range(40):
                view.set_view(view.zoomed(factor))
            assert 0.5 < view.view.scale <= CLOSEST

    def test_dragging_pans(self, view, qtbot):
        view.set_layer(plane(ramp()))
        view.set_view(View(25, 20, 4))
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 80))
        with qtbot.waitSignal(view.moved) as asked:
            qtbot.mouseMove(view.viewport(), QPoint(120, 72))
        assert (asked.args[0].x, asked.args[0].y) == (20, 22)
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 72))
        with qtbot.assertNotEmitted(view.moved):
            qtbot.mouseMove(view.viewport(), QPoint(100, 80))

    def test_a_double_click_fits(self, view, qtbot):
        view.set_layer(plane(ramp()))
        with qtbot.waitSignal(view.fit_requested):
            qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(100, 80))

    def test_keys_step_zoom_and_fit(self, view, qtbot):
        view.set_layer(plane(ramp()))
        view.set_view(View(25, 20, 4))
        view.set_point((25.5, 20.5))
        for key, expected in (
            (Qt.Key.Key_Left, (24.5, 20.5)),
            (Qt.Key.Key_Right, (26.5, 20.5)),
            (Qt.Key.Key_Up, (25.5, 19.5)),
            (Qt.Key.Key_Down, (25.5, 21.5)),
        ):
            with qtbot.waitSignal(view.pointed) as asked:
                qtbot.keyClick(view, key)
            assert asked.args == [expected]
        with qtbot.waitSignal(view.moved) as asked:
            qtbot.keyClick(view, Qt.Key.Key_Plus)
        assert asked.args[0].scale == 8
        with qtbot.waitSignal(view.fit_requested):
            qtbot.keyClick(view, Qt.Key.Key_Home)

    def test_the_view_follows_the_crosshair_but_not_past_the_edge(self, view, qtbot):
        view.set_layer(plane(ramp()))
        view.set_view(View(5, 5, 40))
        view.set_point((7.4, 5.5))
        with qtbot.waitSignal(view.moved) as asked:
            qtbot.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert asked.args[0].x > 5
        view.set_point((49.5, 39.5))
        with qtbot.waitSignal(view.pointed) as asked:
            qtbot.keyClick(view, Qt.Key.Key_Right)
        assert asked.args == [(49.5, 39.5)]

    def test_focus_by_key_is_visible(self, view, qtbot):
        view.set_layer(plane(np.zeros((4, 4), np.uint8), (0, 255)))
        fit(view)
        view.clearFocus()
        before = seen(view)
        view.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(view.hasFocus)
        assert (seen(view)[1] != before[1]).any()


def test_linked_views_that_get_another_size_are_settled_once_or_twice_each(qtbot, monkeypatch):
    """Not each of them as often as there are views."""
    parent, link = QWidget(), ViewLink()
    qtbot.addWidget(parent)
    views = [ImageView(parent) for _ in range(6)]
    for each in views:
        each.set_layer(plane(ramp()))
        link.add(each)
    link.set_whole(QRectF(0, 0, 50, 40))
    parent.resize(1000, 800)
    with qtbot.waitExposed(parent):
        parent.show()
    settled = []
    real = ImageView._refresh
    monkeypatch.setattr(ImageView, "_refresh", lambda view: settled.append(view) or real(view))
    for width, height in ((200, 160), (300, 240), (100, 80)):
        settled.clear()
        for number, each in enumerate(views):
            each.setGeometry(0, 10 * number, width, height)
        assert len(settled) <= 3 * len(views)
        fitting = min(views[0].area.width() / 50, views[0].area.height() / 40)
        assert {each.view.scale for each in views} == {fitting}
        for each in views:
            each.grab()
    parent.hide()
