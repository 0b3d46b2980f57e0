"""The newer tabs, docks and dialogs from right to left: layouts turn round, pictures never do."""

from __future__ import annotations

from itertools import pairwise

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
    # The bar below is laid out like words, in as many rows as it takes, and so turned round: each
    # stands to the left of the one before it, or begins a row at the right.
    bar = panel.bar
    parts = [bar.column, bar.row, bar.filter, bar.play, bar.speed, bar.close_up]
    rows = [[bar.column]]
    for before, each in pairwise(parts):
        if abs(each.y() - before.y()) < each.height():
            assert left(each) < left(before)
            rows[-1].append(each)
        else:
            assert each.y() > before.y()
            rows.append([each])
    assert max(map(len, rows)) > 1
    # A name stands before its editor.
    assert all(left(name) > left(name.buddy()) for name in bar.findChildren(QLabel))
    assert bar.width() - rows[0][0].geometry().right() < bar.width() / 4
    # Its speed is not read backwards.
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
    # Its tables are filled one by one, and the groups around them grow some events later.
    analysis = compared.analysis
    qtbot.waitUntil(
        lambda: bool(analysis.histogram.table.lines)
        and all(each.height() >= each.minimumSizeHint().height() for each in pictures(analysis))
        and all(
            each.height() >= each.minimumSizeHint().height() for each in analysis.groups.values()
        ),
        timeout=WAIT_MS,
    )
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


@pytest.fixture
def turned():
    """Turns the application round, as its language does, until the test ends."""
    application = QApplication.instance()
    before = application.layoutDirection()
    application.setLayoutDirection(RIGHT_TO_LEFT)
    yield
    application.setLayoutDirection(before)


@pytest.mark.parametrize("name", ["figure", "batch"])
def test_dialogs(turned, compared, qtbot, name):
    # A dialog is a window, and asks the application for the direction, not its parent.
    if name == "figure":
        compared.menus.entries["export-figure"].trigger()
        (dialog,) = compared.findChildren(FigureDialog)
        qtbot.waitUntil(dialog.isVisible)
        assert left(dialog.form) > left(dialog.preview)
    else:
        compared.batch.choose()
        (dialog,) = compared.findChildren(BatchDialog)
    settle(compared, qtbot)
    labelled = [
        each for each in dialog.form.findChildren(QLabel)
        if each.buddy() is not None and each.isVisible() and each.y() == each.buddy().y()
    ]  # fmt: skip
    assert labelled
    assert all(left(each) > left(each.buddy()) for each in labelled)
    accept, *others = (button for button in dialog.buttons.buttons())
    assert {left(each) for each in others} != {left(accept)}
    dialog.reject()
