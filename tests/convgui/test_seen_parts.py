"""The newer tabs, docks and dialogs by keyboard and by eye: focus that is seen, contrast, room."""

from __future__ import annotations

from collections import Counter

import pytest
from contrast import contrast
from driving import WAIT_MS, run_by, settle, wear
from focusing import SEEN, pixels, rows_of
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QLabel

from convgui.batch_dialog import BatchDialog
from convgui.figure_dialog import FigureDialog
from convgui.style import THEMES

READ = 4.5
LARGE = 4
LEAST_STOPS, MOST_STOPS = 3, 200


def inspect(window, qtbot):
    window.tab_actions["inspect"].trigger()
    qtbot.waitUntil(lambda: window.inspect.inspection is not None, timeout=WAIT_MS)
    return window.inspect


def lesson(window, qtbot):
    window.inspect.start_lesson()
    return window.inspect


def reuse(window, qtbot):
    window.tab_actions["reuse_tab"].trigger()
    window.reuse_tab.fold_groups(())
    return window.reuse_tab


def history(window, qtbot):
    run_by(window, qtbot, window.controller.change, "hashes", 6)
    qtbot.waitUntil(lambda: len(window.history.recorder.journal.runs) == 2, timeout=WAIT_MS)
    window.dock_actions["history"].trigger()
    for place, number in ((0, 1), (1, 2)):
        window.history.recorder.pin(place, number)
    return window.history


def pair(window, qtbot):
    history(window, qtbot)
    window.tab_actions["pair"].trigger()
    settle(window, qtbot)
    qtbot.waitUntil(lambda: window.pair.pictures["a"].view.layer is not None, timeout=WAIT_MS)
    return window.pair


def figure(window, qtbot):
    window.menus.entries["export-figure"].trigger()
    return window.findChildren(FigureDialog)[0]


def batch(window, qtbot):
    window.batch.choose(["hand.png"])
    return window.findChildren(BatchDialog)[0]


PLACES = {each.__name__: each for each in (inspect, lesson, reuse, history, pair, figure, batch)}


def stops(root, behind):
    """Gives the widgets under a root that the tabulator comes by, and how each shows its focus.

    Only the tabulator itself will do: Fusion marks the focus where a key has brought it.
    """
    found = {}
    for _ in range(MOST_STOPS):
        widget = QApplication.focusWidget()
        if widget in found:
            break
        focused = pixels(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        assert not widget.hasFocus()
        found[widget] = best_change(focused, pixels(widget), behind)
    return {each: best for each, best in found.items() if root.isAncestorOf(each)}


def best_change(focused, plain, behind):
    """Gives how far what marks the focus is from what is there without it, or from the ground.

    An outline that only grows stronger is told by the ground beside it, one on a picture by the
    picture.
    """
    changed = (focused != plain).any(axis=2)
    pairs = {
        (*one, *other)
        for one, other in zip(focused[changed].tolist(), plain[changed].tolist(), strict=True)
    }
    marks = ((QColor(*each[:3]), QColor(*each[3:])) for each in pairs)
    found = (max(contrast(mark, other), contrast(mark, behind)) for mark, other in marks)
    return max(found, default=0.0)


def come_by_key(root, qtbot):
    """Brings the keyboard to the first stop under a root with the tabulator."""
    if root.isWindow():
        qtbot.waitUntil(root.isActiveWindow, timeout=WAIT_MS)
    for _ in range(MOST_STOPS):
        widget = QApplication.focusWidget() or root.window()
        QTest.keyClick(widget, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        if root.isAncestorOf(now) and (root.isWindow() or not root.isAncestorOf(widget)):
            return
    raise AssertionError(f"the tabulator never comes to {root}")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PLACES)
def test_the_focus_is_seen(compared, qtbot, name, theme):
    wear(compared, qtbot, theme)
    root = PLACES[name](compared, qtbot)
    settle(compared, qtbot)
    come_by_key(root, qtbot)
    found = stops(root, QColor(THEMES[theme].panel))
    assert len(found) >= LEAST_STOPS
    for widget, best in found.items():
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, f"{widget} has no name"
        said = widget.accessibleName() or text
        assert best >= SEEN, f"{widget} “{said}” shows its focus by {best:.1f}"
    if root.isWindow():
        root.reject()


def large(widget):
    """What a widget looks like on a screen as fine as LARGE of this one."""
    picture = QPixmap(widget.size() * LARGE)
    picture.setDevicePixelRatio(LARGE)
    widget.render(picture)
    return rows_of(picture)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", PLACES)
def test_words_can_be_read(compared, qtbot, name, theme):
    """Of every label: the colour of its letters against that behind them.

    Painted large, so that even thin strokes have pixels all of their own colour.
    """
    wear(compared, qtbot, theme)
    root = PLACES[name](compared, qtbot)
    settle(compared, qtbot)
    labels = [
        each for each in root.findChildren(QLabel)
        if each.text().strip() and each.isVisible() and each.isEnabled()
        and not each.visibleRegion().isEmpty()
    ]  # fmt: skip
    assert labels
    for label in labels:
        colours = Counter(map(tuple, large(label).reshape(-1, 3).tolist()))
        behind = QColor(*colours.most_common(1)[0][0])
        best = max(contrast(QColor(*each), behind) for each in colours)
        assert best >= READ, f"“{label.text()}” is read by {best:.1f}"
    if root.isWindow():
        root.reject()


@pytest.mark.parametrize("name", PLACES)
def test_nothing_is_cut_in_the_smallest_window(compared, qtbot, name):
    compared.resize(1000, 700)
    root = PLACES[name](compared, qtbot)
    settle(compared, qtbot)
    QApplication.processEvents()
    assert (compared.width(), compared.height()) == (1000, 700)
    assert root.width() <= 1000
    assert root.height() <= 700
    for each in root.findChildren(QAbstractButton):
        if each.isVisible() and each.text() and not each.visibleRegion().isEmpty():
            words = each.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, each.text()).width()
            assert each.width() >= words, f"{each.text()} finds no room"
    for area in root.findChildren(QAbstractScrollArea):
        if area.isVisible() and area.widget() if hasattr(area, "widget") else False:
            assert area.widget().width() <= area.viewport().width() or (
                area.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            )
    if root.isWindow():
        root.reject()


def test_the_results_of_four_techniques_have_names_that_are_read(compared, qtbot):
    compared.resize(1000, 700)
    run_by(compared, qtbot, compared.controller.change, "show_low_rank", True)
    QApplication.processEvents()
    sheet = compared.results.accuracy
    room = sheet.header().sectionSize(0)
    for line in sheet.lines:
        name = line.cells[0]
        shown = sheet._fonts.elided(line, name, room)
        assert "…" not in shown, shown
