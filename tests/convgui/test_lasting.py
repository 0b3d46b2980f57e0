"""What is done over and over leaves nothing behind."""

from __future__ import annotations

import gc
import os
import sys
import threading

import numpy as np
import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtGui import QStandardItem
from PySide6.QtWidgets import QToolButton

from convgui.export.figure import FORMATS, draw
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session
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
