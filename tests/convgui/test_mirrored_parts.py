"""The newer tabs, docks and dialogs from right to left: layouts turn round, pictures never do."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, run_by, settle
from focusing import pixels
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from convgui.batch_dialog import BatchDialog
from convgui.figure_dialog import FigureDialog
from convgui.panels.inspect_bar import LEFT
from convgui.panels.pair_scene import A, B
from convgui.widgets.colour_bar import ColourBar
from convgui.widgets.image_view import ImageView
from convgui.widgets.plot import Plot
from convgui.widgets.projection_bars import ProjectionBars
from convgui.widgets.tap_grid import TapGrid

RIGHT_TO_LEFT = Qt.LayoutDirection.RightToLeft
PICTURES = ImageView, Plot, ColourBar, TapGrid, ProjectionBars


def pictures(root):
    """Gives all that draws values by place."""
    found = [each for kind in PICTURES for each in root.findChildren(kind)]
    return [each for each in found if each.isVisible() and not each.visibleRegion().isEmpty()]


def turn(window, qtbot):
    window.setLayoutDirection(RIGHT_TO_LEFT)
    settle(window, qtbot)
    QApplication.processEvents()


def assert_pictures_stay(root, window, qtbot):
    """Checks that every picture looks the same from right to left."""
    QApplication.processEvents()
    before = {each: pixels(each) for each in pictures(root)}
    assert before
    turn(window, qtbot)
    for each, picture in before.items():
        after = pixels(each)
        assert after.shape == picture.shape, each
        same = (after == picture).all(axis=2).mean()
        assert same > 0.995, f"{each} differs in {100 * (1 - same):.1f} %"


def left(widget):
    return widget.mapToGlobal(QPoint(0, 0)).x()


@pytest.mark.parametrize("technique", ["exact", "differential", "lsh"])
def test_inspect(compared, qtbot, technique):
    compared.tab_actions["inspect"].trigger()
    panel = compared.inspect
    qtbot.waitUntil(lambda: panel.inspection is not None, timeout=WAIT_MS)
    panel.techniques.setCurrentIndex(panel.inspection.names.index(technique))
    settle(compared, qtbot)
    assert_pictures_stay(panel, compared, qtbot)
    assert left(panel.pictures.input) < left(panel.pictures.output)
    # The bar below is laid out, and so turned round; its speed is not read backwards.
    assert left(panel.bar.close_up) < left(panel.bar.speed) < left(panel.bar.column)
    assert panel.bar.speed.currentText() == f"{LEFT}2 / s{LEFT}"


def test_the_lesson(window, qtbot):
    window.inspect.start_lesson()
    settle(window, qtbot)
    assert_pictures_stay(window.inspect, window, qtbot)


def test_reuse(compared, qtbot):
    compared.controller.change("reference", "previous")
    run_by(compared, qtbot, compared.controller.change, "threshold", 3.0)
    compared.tab_actions["reuse_tab"].trigger()
    compared.reuse_tab.fold_groups(("list",))
    settle(compared, qtbot)
    assert_pictures_stay(compared.reuse_tab, compared, qtbot)
    assert left(compared.reuse_tab.scroll) < left(compared.reuse_tab.picture) or (
        compared.reuse_tab.scroll.y() > compared.reuse_tab.picture.y()
    )


def test_the_history_and_its_pair(compared, qtbot):
    run_by(compared, qtbot, compared.controller.change, "hashes", 6)
    history = compared.history
    qtbot.waitUntil(lambda: len(history.recorder.journal.runs) == 2, timeout=WAIT_MS)
    compared.dock_actions["history"].trigger()
    for place, number in ((0, 1), (1, 2)):
        history.recorder.pin(place, number)
    compared.tab_actions["pair"].trigger()
    settle(compared, qtbot)
    qtbot.waitUntil(lambda: compared.pair.pictures[B].view.layer is not None, timeout=WAIT_MS)
    assert_pictures_stay(compared.pair, compared, qtbot)
    assert left(compared.pair.pictures[A]) < left(compared.pair.pictures[B])
    assert left(history.buttons["pin-b"]) < left(history.buttons["pin-a"])
    # A thumbnail stands before its words, which is at the right now.
    row = pixels(history.runs.viewport())[: history.runs.visualRect(
        history.runs.runs.index(1)).top()]  # fmt: skip
    rough = np.abs(np.diff(row.astype(int), axis=1)).sum(axis=(0, 2))
    assert rough[-90:-12].sum() > rough[:78].sum()


def test_the_analysis_dock(compared, qtbot):
    compared.dock_actions["analysis"].trigger()
    compared.compare.places.frame_seen()
    settle(compared, qtbot)
    assert_pictures_stay(compared.analysis, compared, qtbot)


def ink(screen):
    """The columns in which something is written."""
    return np.nonzero((np.abs(screen.astype(int) - screen[2, 2]).sum(axis=2) > 200).any(axis=0))[0]


def test_the_palette(compared, qtbot):
    compared.setLayoutDirection(RIGHT_TO_LEFT)
    compared.commander.ask()
    palette = compared.commander.palette
    QApplication.processEvents()
    assert palette.field.layoutDirection() == RIGHT_TO_LEFT
    view = palette.list.viewport()
    columns = ink(pixels(view)[: palette.list.visualRect(palette.list.model().index(1, 0)).top()])
    assert columns[-1] > view.width() - 24, "names begin at the right"
    palette.close_down()


@pytest.mark.parametrize("name", ["figure", "batch"])
def test_dialogs(compared, qtbot, name):
    compared.setLayoutDirection(RIGHT_TO_LEFT)
    if name == "figure":
        compared.menus.entries["export-figure"].trigger()
        (dialog,) = compared.findChildren(FigureDialog)
        assert left(dialog.form) > left(dialog.preview)
    else:
        compared.batch.choose()
        (dialog,) = compared.findChildren(BatchDialog)
    settle(compared, qtbot)
    labelled = [
        each for each in dialog.form.findChildren(QLabel)
        if each.buddy() is not None and each.isVisible() and each.y() == each.buddy().y()
    ]  # fmt: skip
    assert all(left(each) > left(each.buddy()) for each in labelled)
    accept, *others = (button for button in dialog.buttons.buttons())
    assert {left(each) for each in others} != {left(accept)}
    dialog.reject()
