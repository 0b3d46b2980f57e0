"""Holding one output against another: the line that is dragged, the key that is held."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from convgui.model import lookup
from convgui.widgets.held_view import HeldView
from convgui.widgets.layer import Layer
from convgui.widgets.view import View
from convgui.widgets.wipe import Tag, Wipe

SIZE = 200, 160
TAGS = Tag("Exact", "#4c8dff"), Tag("LSH", "#f0923b")


def flat(value, shape=(40, 50)):
    return Layer(np.full(shape, value, np.float32), (0.0, 255.0), lookup.gray())


@pytest.fixture
def view(qtbot):
    view = HeldView()
    qtbot.addWidget(view)
    view.set_colours("#808080", "#ff0000")
    view.resize(*SIZE)
    with qtbot.waitExposed(view):
        view.show()
    view.set_layer(flat(250))
    view.set_other(flat(10), TAGS)
    view.set_view(View(25, 20, 4))
    return view


def seen(view):
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(image.constBits(), np.uint8)
    return rows.reshape(image.height(), image.bytesPerLine())[:, : image.width()].astype(int)


def settle_on(view, share):
    view.set_wipe(view.wipe.moved(share))


class TestLine:
    @pytest.mark.parametrize("share", [0.25, 0.5, 0.8])
    def test_the_other_picture_is_left_of_an_upright_line(self, view, share):
        view.set_wipe(Wipe(True, share))
        at, row = round(share * SIZE[0]), seen(view)[120]
        assert (row[4 : at - 4] == 10).all()
        assert (row[at + 5 : -4] == 250).all()

    @pytest.mark.parametrize("share", [0.25, 0.8])
    def test_the_other_picture_is_above_a_flat_line(self, view, share):
        view.set_wipe(Wipe(False, share))
        at, column = round(share * SIZE[1]), seen(view)[:, 180]
        assert (column[30 : at - 4] == 10).all()
        assert (column[at + 30 : -4] == 250).all()

    def test_the_ends_show_one_picture_alone(self, view):
        for share, value in ((0.0, 250), (1.0, 10)):
            view.set_wipe(Wipe(True, share))
            assert (seen(view)[100:, 5:-5] == value).all()

    def test_the_line_stays_where_it_is_when_the_picture_moves(self, view):
        view.set_wipe(Wipe(True, 0.5))
        view.set_view(View(10, 20, 9))
        row = seen(view)[150]
        assert row[95] == 10
        assert row[106] == 250

    def test_without_a_line_nothing_of_the_other_is_seen(self, view):
        view.set_wipe(Wipe())
        view.set_wipe(None)
        assert (seen(view) == 250).all()
        view.set_wipe(Wipe())
        view.set_other(None, TAGS)
        assert view.wipe is None
        assert (seen(view) == 250).all()

    def test_values_in_the_pixels_are_those_of_their_side(self, view):
        view.set_wipe(Wipe(True, 0.5))
        view.set_view(View(25, 20, 60))
        screen = seen(view)[60:]
        assert screen[:, 10:90].max() > 180, "light digits on dark pixels"
        assert screen[:, 110:190].min() < 90, "dark digits on light pixels"

    def test_values_that_are_not_finite_are_marked_on_their_side(self, view):
        view.set_other(flat(np.nan), TAGS)
        view.set_wipe(Wipe(True, 0.5))
        row = seen(view)[120]
        red = row[20]
        assert red not in (10, 250)
        assert (row[106:-4] == 250).all()


class TestDragging:
    def test_the_line_is_pulled_and_the_picture_is_not(self, view, qtbot):
        view.set_wipe(Wipe())
        shares = []
        view.wiped.connect(shares.append)
        view.wiped.connect(lambda share: settle_on(view, share))
        with qtbot.assertNotEmitted(view.moved):
            qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(102, 60))
            qtbot.mouseMove(view.viewport(), QPoint(150, 60))
            qtbot.mouseMove(view.viewport(), QPoint(1000, 60))
            qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(190, 60))
        assert shares == [0.75, 5.0]
        assert view.wipe.share == 1.0

    def test_beside_the_line_the_picture_is_dragged(self, view, qtbot):
        view.set_wipe(Wipe())
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(50, 60))
        with qtbot.assertNotEmitted(view.wiped), qtbot.waitSignal(view.moved):
            qtbot.mouseMove(view.viewport(), QPoint(120, 60))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(120, 60))

    @pytest.mark.parametrize(("upright", "shape"), [
        (True, Qt.CursorShape.SplitHCursor), (False, Qt.CursorShape.SplitVCursor)
    ])  # fmt: skip
    def test_the_pointer_shows_that_the_line_can_be_taken(self, view, qtbot, upright, shape):
        view.set_wipe(Wipe(upright))
        qtbot.mouseMove(view.viewport(), QPoint(20, 20))
        assert view.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
        qtbot.mouseMove(view.viewport(), QPoint(101, 81))
        assert view.viewport().cursor().shape() == shape

    def test_keys_move_the_line(self, view, qtbot):
        view.set_wipe(Wipe())
        alt = Qt.KeyboardModifier.AltModifier
        for key, share in ((Qt.Key.Key_Right, 0.52), (Qt.Key.Key_Left, 0.48)):
            with qtbot.waitSignal(view.wiped) as asked, qtbot.assertNotEmitted(view.pointed):
                qtbot.keyClick(view, key, alt)
            assert asked.args == [pytest.approx(share)]
        with qtbot.assertNotEmitted(view.wiped), qtbot.waitSignal(view.pointed):
            qtbot.keyClick(view, Qt.Key.Key_Right)

    def test_a_double_click_puts_the_line_in_the_middle(self, view, qtbot):
        view.set_wipe(Wipe(True, 0.2))
        with qtbot.waitSignal(view.wiped) as asked, qtbot.assertNotEmitted(view.fit_requested):
            qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(41, 30))
        assert asked.args == [0.5]


class TestWindow:
    def outputs(self, window):
        return [window.compare.pictures[name].view for name in ("exact", "differential", "lsh")]

    def test_all_outputs_share_the_line(self, compared, qtbot):
        qtbot.keyClick(compared, Qt.Key.Key_W)
        exact, *others = self.outputs(compared)
        assert exact.wipe is None
        view = others[1]
        line = QPoint(view.wipe.at(view.area), 20)
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=line)
        qtbot.mouseMove(view.viewport(), line + QPoint(30, 0))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=line)
        assert others[0].wipe == others[1].wipe
        assert others[0].wipe.share > 0.5
        assert all(each.other is exact.layer for each in others)
        qtbot.keyClick(compared, Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
        assert not others[0].wipe.upright
        assert others[0].wipe.share > 0.5

    def test_a_new_result_is_wiped_as_the_last_one(self, compared, qtbot):
        compared.view.toggle_wipe("vertical")
        with qtbot.waitSignal(compared.controller.compared):
            compared.controller.change("hashes", 5)
        exact, *others = self.outputs(compared)
        assert all(each.other is exact.layer for each in others)

    def test_flicker_lasts_while_the_key_is_down(self, compared, qtbot):
        view = compared.compare.pictures["lsh"].view
        view.setFocus()
        plain = seen(view)
        QTest.keyPress(view, Qt.Key.Key_X)
        assert compared.view.flickers
        held = seen(view)
        assert (held != plain).any()
        repeated = QKeyEvent(
            QEvent.Type.KeyRelease, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", True
        )
        QApplication.sendEvent(view, repeated)
        assert compared.view.flickers
        QTest.keyRelease(view, Qt.Key.Key_X)
        assert not compared.view.flickers
        np.testing.assert_array_equal(seen(view), plain)

    def test_flicker_ends_when_the_window_is_left(self, compared, qtbot):
        QTest.keyPress(compared, Qt.Key.Key_X)
        assert compared.view.flickers
        QApplication.sendEvent(compared, QEvent(QEvent.Type.WindowDeactivate))
        assert not compared.view.flickers

    def test_from_the_menu_flicker_stays_until_it_is_chosen_again(self, compared, qtbot):
        entry = compared.menus.entries["flicker"]
        entry.trigger()
        qtbot.keyClick(compared.compare.pictures["lsh"].view, Qt.Key.Key_Home)
        assert compared.view.flickers
        entry.trigger()
        assert not compared.view.flickers

    def test_typing_is_not_flickering(self, compared, qtbot):
        text = compared.parameters.weights.text
        compared.parameters.weights.as_text.click()
        text.setFocus()
        QTest.keyClick(text, Qt.Key.Key_X)
        assert "x" in text.toPlainText()
        assert not compared.view.flickers
