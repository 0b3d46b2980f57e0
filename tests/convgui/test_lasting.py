"""What is done over and over leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
import threading

import numpy as np
import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QImage, QPixmap, QPixmapCache, QStandardItem
from PySide6.QtWidgets import QToolButton

from convgui import heap
from convgui.dressing import PIXMAPS_KB
from convgui.export.figure import FORMATS, draw
from convgui.model import planes
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
from convgui.panels.figure_preview import Paper
from convgui.style import Appearance
from convgui.widgets.sheet import Sheet
from convgui.widgets.sheet_lines import Cell, Line


def lines(columns, count=3):
    cells = tuple(Cell(str(number)) for number in range(columns))
    part = Line("part", cells)
    return [Line(str(number), cells, (part,)) for number in range(count)]


def items():
    gc.collect()
    return sum(isinstance(each, QStandardItem) for each in gc.get_objects())


def test_a_sheet_lets_go_of_the_rows_it_had_in_other_columns(qtbot):
    sheet = Sheet("numbers")
    qtbot.addWidget(sheet)
    counts = []
    for _ in range(5):
        sheet.show_lines(lines(3))
        sheet.show_lines(lines(5))
        sheet.show_lines([])
        counts.append(items())
    assert counts[-1] <= counts[0]


def test_a_button_of_the_tool_bar_is_joined_to_its_entry_once(window):
    buttons = 0
    for entry in window.menus.entries.values():
        if not isinstance(window.menus.tool_bar.widgetForAction(entry), QToolButton):
            continue
        buttons += 1
        before = entry.receivers(SIGNAL("changed()"))
        for number in range(20):
            entry.setEnabled(number % 2 == 0)
        assert entry.receivers(SIGNAL("changed()")) <= before + 1, entry.spec.key
        button = window.menus.tool_bar.widgetForAction(entry)
        assert (button.isEnabled(), button.toolTip()) == (False, entry.toolTip())
    assert buttons > 5


def test_a_page_that_is_shown_is_not_kept_beside(qtbot):
    paper = Paper()
    qtbot.addWidget(paper)
    QPixmapCache.clear()
    picture = QImage(300, 200, QImage.Format.Format_RGB32)
    picture.fill(0xFF336699)
    paper.show_picture(QPixmap.fromImage(picture))
    paper.resize(400, 300)
    grabbed = paper.grab().toImage()
    assert grabbed.pixelColor(200, 150).name() == "#336699"
    assert grabbed.pixelColor(20, 20).name() != "#336699"
    # Room for one more picture of the size is all that the cache has then.
    QPixmapCache.setCacheLimit(300)
    try:
        other = QPixmap(250, 250)
        assert QPixmapCache.insert("other", other)
        paper.grab()
        assert QPixmapCache.find("other") is not None
    finally:
        QPixmapCache.clear()
        QPixmapCache.setCacheLimit(PIXMAPS_KB)


def test_what_qt_keeps_of_pictures_has_its_bound(qapp):
    QPixmapCache.setCacheLimit(10240)
    Appearance()
    assert QPixmapCache.cacheLimit() == PIXMAPS_KB


def test_planes_go_with_the_comparison_that_they_show():
    values = np.random.default_rng(0).integers(0, 256, (12, 16), np.uint8)
    comparison = run(resolve(Session(), Image(values, "it.png", None)))
    planes.prepare(comparison)
    assert len(planes._kept) == 1
    del comparison
    gc.collect()
    assert planes._kept == ()


@pytest.mark.skipif(not heap.tidy(), reason="another C library, or set by the environment")
def test_large_blocks_go_back_to_the_system_and_threads_share_a_heap():
    blocks = [np.ones(2 * heap.FROM_SYSTEM, np.uint8) for _ in range(8)]
    kept = []
    threads = [
        threading.Thread(target=lambda: kept.append(np.ones(2**16, np.uint8))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    places = [each.ctypes.data for each in blocks]
    assert mapped(places) == len(places)
    blocks.clear()
    # What another thread asks for meanwhile may lie in one or two of their places.
    assert mapped(places) < len(places) / 2


def mapped(places):
    """Tells how many of these addresses hold anything."""
    with open("/proc/self/maps", encoding="utf-8") as lines:
        spans = [[int(each, 16) for each in line.split()[0].split("-")] for line in lines]
    return sum(any(low <= place < high for low, high in spans) for place in places)


def font_files():
    numbers = os.listdir("/proc/self/fd")
    found = []
    for number in numbers:
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))
        except OSError:
            continue
    return [each for each in found if each.endswith(".ttf")]


@pytest.mark.skipif(sys.platform != "linux", reason="told by Linux")
@pytest.mark.parametrize("format", FORMATS)
def test_a_figure_leaves_no_font_open(format):
    values = np.random.default_rng(0).integers(0, 256, (12, 16), np.uint8)
    comparison = run(resolve(Session(), Image(values, "it.png", None)))
    drawn = []
    # Figures are drawn on threads, each a new one.
    threads = [
        threading.Thread(target=lambda: drawn.append(draw(comparison, format))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
        thread.join()
    assert len(drawn) == 2
    assert font_files() == []
