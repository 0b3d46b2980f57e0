"""The "Reuse" tab, driven as a person would: clicks, keys, rows, and what must come of them."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
from driving import WAIT_MS, noise, run_by, settle, wear
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from convgui.model import cluster_scene
from convgui.model.cluster_members import measure
from convgui.model.image import Image
from convgui.style import THEMES
from cyconv.members import cluster_ids


@pytest.fixture
def tab(compared, qtbot):
    """The tab in front, with clusters."""
    compared.controller.change("hashes", 5)
    run_by(compared, qtbot, compared.controller.set_image, noise(40, 60))
    settle(compared, qtbot)
    compared.tab_actions["reuse_tab"].trigger()
    settle(compared, qtbot)
    assert compared.reuse_tab.reuser.scene is not None
    return compared.reuse_tab


def click(tab, cell):
    view = tab.picture.view
    x, y = view.layer.centre(*cell)
    scale = view.view.scale
    place = QPointF((x - view.view.x) * scale + view.area.width() / 2,
                    (y - view.view.y) * scale + view.area.height() / 2)  # fmt: skip
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place.toPoint())


def ids_of(window, span=0):
    request = window.controller.comparison.request
    technique = window.controller.comparison["lsh"].technique
    return cluster_ids(request.image, request.filters, technique, request.geometry)[span]


def test_a_click_lights_the_members_up(compared, tab, qtbot):
    ids = ids_of(compared)
    cell = ids.shape[0] // 2, ids.shape[1] // 3
    click(tab, cell)
    settle(compared, qtbot)
    number = ids[cell]
    marks = tab.picture.view.marks[0]
    assert (marks == (ids == number)).all()
    members = np.count_nonzero(marks)
    values = {line.key: line.cells[1] for line in tab.cluster.sheet.lines}
    assert values["members"].full == f"{members:,}"
    scene = tab.reuser.scene
    spread = measure(scene.comparison, scene.outcome, scene.clusters, cell)
    assert values["rms"].full == f"{spread.rms:.9g}"
    assert values["own"].full == f"{spread.own:.9g}"
    assert tab.cluster.code.text().startswith("Code, in bits: ")
    assert tab.cluster.pair.height() > 50
    assert "Representative: " in tab.cluster.pair.text_at(4, 24)



def test_arrow_keys_go_from_window_to_window(compared, tab, qtbot):
    click(tab, (10, 10))
    settle(compared, qtbot)
    view = tab.picture.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    settle(compared, qtbot)
    assert "window x 11, y 20" in tab.cluster.words.text()
    assert (view.marks[0] == (ids_of(compared) == ids_of(compared)[20, 11])).all()


def test_dragging_moves_the_picture_and_chooses_nothing(compared, tab, qtbot):
    view = tab.picture.view
    before = view.view
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=view.rect().center())
    QTest.mouseMove(view.viewport(), view.rect().center() + QPointF(60, 40).toPoint())
    QTest.mouseRelease(
        view.viewport(), Qt.MouseButton.LeftButton,
        pos=view.rect().center() + QPointF(60, 40).toPoint(),
    )  # fmt: skip
    settle(compared, qtbot)
    assert view.view != before
    assert view.marks is None


def test_a_row_of_the_table_shows_its_cluster(compared, tab, qtbot):
    table = tab.list.table
    table.setFocus()
    settle(compared, qtbot)
    # Only coming by chooses nothing.
    assert tab.picture.view.marks is None
    QTest.keyClick(table, Qt.Key.Key_Down)
    settle(compared, qtbot)
    counts = tab.reuser.scene.clusters.counts
    number = int(table.lines[1].key)
    assert counts[number] == counts.max()
    assert (tab.picture.view.marks[0] == (ids_of(compared) == number)).all()
    QTest.keyClick(tab.list.order, Qt.Key.Key_Down)
    shares = tab.reuser.scene.clusters.shares
    assert shares[int(table.lines[1].key)] == shares.max()
    place = table.visualRect(table.model().index(2, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(compared, qtbot)
    marks = tab.picture.view.marks[0]
    assert (marks == (ids_of(compared) == int(table.lines[2].key))).all()


def test_another_channel_and_colouring_are_shown(compared, tab, qtbot):
    assert tab.picture.span.isVisible()
    QTest.keyClick(tab.picture.span, Qt.Key.Key_Down)
    settle(compared, qtbot)
    assert tab.reuser.scene.wish.span == 1
    assert (tab.reuser.scene.clusters.ids == ids_of(compared, 1)).all()
    for colouring in ("size", "error", "image"):
        QTest.keyClick(tab.picture.colouring, Qt.Key.Key_Down)
        settle(compared, qtbot)
        assert tab.reuser.scene.wish.colouring == colouring


def test_a_new_run_keeps_the_window_that_is_looked_at(compared, tab, qtbot):
    click(tab, (12, 14))
    settle(compared, qtbot)
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    assert "window x 14, y 12" in tab.cluster.words.text()
    ids = ids_of(compared)
    assert (tab.picture.view.marks[0] == (ids == ids[12, 14])).all()
    assert len(tab.cluster.code.text().partition(": ")[2].replace(" ", "")) == 7


def test_another_filter_tells_of_its_errors(compared, tab, qtbot):
    compared.controller.change("filter_name", "gabor")
    run_by(compared, qtbot, compared.controller.change, "filter_count", 3)
    ids = tab.reuser.scene.clusters.ids
    compared.compare.filter_chosen.emit(2)
    settle(compared, qtbot)
    assert tab.reuser.scene.clusters.index == 2
    assert tab.reuser.scene.clusters.ids is ids
    assert "filter 3" in tab.picture.panel.bar.accessibleName()


def test_what_nobody_sees_is_not_held(compared, tab, qtbot):
    held = weakref.ref(tab.reuser.scene.clusters.ids)
    compared.tab_actions["compare"].trigger()
    settle(compared, qtbot)
    gc.collect()
    assert held() is None
    run_by(compared, qtbot, compared.controller.change, "hashes", 3)
    assert tab.reuser.scene is None
    compared.tab_actions["reuse_tab"].trigger()
    settle(compared, qtbot)
    assert tab.reuser.scene is not None


def test_without_lsh_or_image_it_says_so(compared, tab, qtbot):
    run_by(compared, qtbot, compared.controller.change, "show_lsh", False)
    assert tab.picture.note.text().startswith("LSH is switched off. Switch it on")
    assert tab.picture.note.isVisible()
    assert not tab.list.isVisible()
    run_by(compared, qtbot, compared.controller.change, "show_lsh", True)
    assert not tab.picture.note.isVisible()
    compared.menus.entries["close"].trigger()
    assert tab.picture.note.text().startswith("Open an image")


def endless(*args):
    while True:
        args[-1](None)


def test_it_can_be_cancelled(compared, tab, qtbot, monkeypatch):
    monkeypatch.setattr(cluster_scene, "build", endless)
    QTest.keyClick(tab.picture.colouring, Qt.Key.Key_Down)
    assert compared.menus.entries["cancel"].isEnabled()
    compared.menus.entries["cancel"].trigger()
    assert tab.picture.note.text().startswith("Cancelled")
    qtbot.waitUntil(lambda: not compared.jobs.alive(), timeout=WAIT_MS)


def test_a_failure_is_one_sentence(compared, tab, qtbot, monkeypatch):
    def fail(*args):
        raise MemoryError

    monkeypatch.setattr(cluster_scene, "build", fail)
    QTest.keyClick(tab.picture.colouring, Qt.Key.Key_Down)
    settle(compared, qtbot)
    assert tab.picture.note.text().startswith("There is not enough memory")


def test_drift_is_shown_or_said_not_to_be(compared, tab, qtbot):
    session = compared.controller.session
    tab.groups["drift"].header.click()
    assert "nothing is carried" in tab.drift.words.text()
    run_by(compared, qtbot, compared.controller.change, "reference", "previous")
    assert "At threshold 0" in tab.drift.words.text()
    assert not tab.drift.plot.isVisible()
    tab.drift.button.click()
    settle(compared, qtbot)
    assert compared.controller.session.threshold == session.threshold == 0
    assert "up to 4 left out" in tab.drift.words.text()
    run_by(compared, qtbot, compared.controller.change, "threshold", 9.0)
    settle(compared, qtbot)
    assert "up to 9 left out" in tab.drift.words.text()
    assert tab.drift.plot.isVisible()
    names = [graph.name for graph in tab.drift.plot.graphs]
    assert names == ["forgotten", "kept"]
    tab.drift.plot.setFocus()
    QTest.keyClick(tab.drift.plot, Qt.Key.Key_End)
    width = compared.controller.comparison.reference.result.output.shape[2]
    assert f"Column {width - 1} · kept" in tab.drift.readout.text()


def test_bits_are_of_8_bit_images(compared, tab, qtbot):
    tab.groups["bits"].header.click()
    settle(compared, qtbot)
    assert [line.key for line in tab.bits.sheet.lines] == ["heading", "binary", "signed"]
    assert "0 terms" in tab.bits.bars["signed"].accessibleDescription()
    values = np.random.default_rng(0).random((20, 30)).astype(np.float32)
    grey = Image(values, "f", stored="float32")
    run_by(compared, qtbot, compared.controller.set_image, grey)
    assert "8 bits" in tab.bits.words.text()
    assert not tab.bits.sheet.isVisible()


def test_what_is_folded_listed_and_coloured_comes_back(make_window, qtbot):
    first = make_window()
    first.reuse_tab.groups["drift"].header.click()
    first.reuse_tab.list.set_order("error")
    first.tab_actions["reuse_tab"].trigger()
    first.close()
    second = make_window()
    assert second.reuse_tab.folded_groups() == ("bits",)
    assert second.reuse_tab.list.order.currentData() == "error"
    assert second.tabs.currentWidget() is second.reuse_tab
    settle(second, qtbot)


@pytest.mark.parametrize("theme", THEMES)
def test_every_stop_of_the_keyboard_has_a_name(compared, tab, qtbot, theme):
    wear(compared, qtbot, theme)
    tab.groups["drift"].header.click()
    settle(compared, qtbot)
    compared.activateWindow()
    tab.setFocus()
    found = []
    for _ in range(30):
        widget = QApplication.focusWidget()
        if not tab.isAncestorOf(widget) or widget in found:
            break
        found.append(widget)
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    wanted = {tab.picture.view, tab.picture.colouring, tab.list.table, tab.list.order,
              tab.drift.button, tab.groups["bits"].header}  # fmt: skip
    # No cluster is chosen: an empty table is no stop.
    assert tab.cluster.sheet not in found
    assert wanted <= {tab.picture.colouring, tab.picture.span, *found}


def test_a_narrow_page_puts_the_numbers_below(compared, tab, qtbot):
    compared.resize(1000, 700)
    qtbot.waitUntil(lambda: tab.scroll.y() >= tab.picture.geometry().bottom())
    for name in ("parameters", "results", "analysis"):
        compared.docks[name].hide()
    qtbot.waitUntil(lambda: tab.scroll.x() >= tab.picture.geometry().right())


def test_nothing_of_a_job_outlives_the_window(make_window, qtbot):
    window = make_window()
    window.tab_actions["reuse_tab"].trigger()
    run_by(window, qtbot, window.controller.set_image, noise(200, 300))
    window.controller.change("hashes", 4)
    window.close()
    assert not window.jobs.alive()


def test_the_crosshair_is_where_that_of_compare_was(compared, tab, qtbot):
    compared.tab_actions["compare"].trigger()
    view = compared.compare.pictures["input"].view
    view.setFocus()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right)
    compared.tab_actions["reuse_tab"].trigger()
    settle(compared, qtbot)
    assert tab.picture.view.point == view.point is not None
    assert "Window x" in tab.picture.words.text()
    assert tab.picture.view.marks is None
    QTest.keyClick(tab.picture.view, Qt.Key.Key_Return)
    settle(compared, qtbot)
    assert tab.picture.view.marks is not None
