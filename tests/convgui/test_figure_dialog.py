"""The dialog of the figure, driven as a person would, and what comes of its choices."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
import zlib

import numpy as np
import pytest
from driving import WAIT_MS, settle
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from shiboken6 import isValid

from convgui import settings
from convgui.export import figure
from convgui.export.figure import render
from convgui.export.figure_options import COLUMNS, FigureChoices, FigureOptions
from convgui.figure_dialog import FigureDialog
from convgui.model.compute import run
from convgui.model.image import Image
from convgui.model.resolve import resolve
from convgui.model.session import Session

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def dialog(compared, qtbot):
    """The dialog, opened by its key, with its first preview drawn."""
    QTest.keySequence(compared, "Ctrl+E")
    (found,) = compared.findChildren(FigureDialog)
    wait_for_preview(found, compared, qtbot)
    yield found
    if isValid(found):
        found.reject()


def closed(dialog):
    return not isValid(dialog) or not dialog.isVisible()


def wait_for_preview(dialog, window, qtbot):
    qtbot.waitUntil(lambda: not dialog._soon.isActive() and not window.jobs.busy(),
                    timeout=WAIT_MS)  # fmt: skip


def shown_size(dialog):
    return [float(each) for each in re.findall(r"[\d.]+", dialog.preview.said.text())]


def test_the_preview_follows_the_choices(dialog, compared, qtbot):
    assert not dialog.preview.page.picture().isNull()
    width, height = shown_size(dialog)
    assert width == FigureChoices().width_mm
    form = dialog.form
    # On its mark: the switch is wider than its text.
    qtbot.mouseClick(form.panels["table"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    wait_for_preview(dialog, compared, qtbot)
    assert shown_size(dialog)[1] < height
    assert compared.exporter.choices.hidden == ("table",)


def test_a_journal_gives_the_width_and_a_width_the_journal(dialog):
    form = dialog.form
    form.column.setFocus()
    for _ in range(form.column.count()):
        QTest.keyClick(form.column, Qt.Key.Key_Up)
    for name, width in COLUMNS:
        QTest.keyClick(form.column, Qt.Key.Key_Down)
        assert form.column.currentText() == f"{name}, {width:g} mm"
        assert form.width_mm.value() == width
    form.width_mm.spin.setValue(122.0)
    assert form.column.currentText().startswith("Springer LNCS")
    form.width_mm.spin.setValue(123.0)
    assert form.column.currentIndex() == 0


def test_nothing_chosen_is_said_and_can_not_be_exported(dialog, compared, qtbot):
    for box in dialog.form.panels.values():
        QTest.keyClick(box, Qt.Key.Key_Space)
    wait_for_preview(dialog, compared, qtbot)
    assert "choose at least one panel" in dialog.preview.said.text()
    assert not dialog.export.isEnabled()
    QTest.keyClick(dialog.defaults, Qt.Key.Key_Space)
    wait_for_preview(dialog, compared, qtbot)
    assert compared.exporter.choices == FigureChoices()
    assert dialog.export.isEnabled()


def test_escape_closes_it_and_the_tabulator_comes_everywhere(dialog, compared, qtbot):
    dialog.activateWindow()
    dialog.form.panels["input"].setFocus()
    met = set()
    for _ in range(40):
        met.add(QApplication.focusWidget())
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    form = dialog.form
    wanted = {*form.panels.values(), form.column, form.width_mm.spin, form.dpi.spin, form.own_map,
              form.font_size.spin, form.caption, dialog.export, dialog.copy}  # fmt: skip
    assert wanted <= met
    QTest.keyClick(form.caption, Qt.Key.Key_Escape)
    assert closed(dialog)
    settle(compared, qtbot)


def test_choices_are_exported_and_remembered(dialog, compared, make_window, qtbot, tmp_path):
    form = dialog.form
    qtbot.keyClicks(form.caption, "Noise, seen by LSH")
    QTest.keyClick(form.panels["filter"], Qt.Key.Key_Space)
    form.width_mm.spin.setValue(90.0)
    form.font_size.spin.setValue(7.0)
    wait_for_preview(dialog, compared, qtbot)
    qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    (chooser,) = dialog.findChildren(QFileDialog)
    path = tmp_path / "figure.svg"
    chooser.selectFile(str(path))
    with qtbot.waitSignal(compared.exporter.written, timeout=WAIT_MS):
        chooser.accept()
    assert closed(dialog)
    root = ElementTree.parse(path).getroot()
    assert float(root.get("width").removesuffix("pt")) * 25.4 / 72 == pytest.approx(90, abs=0.05)
    texts = ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]
    assert any("Noise, seen by LSH" in each for each in texts)
    assert "Filter" not in texts
    compared.keeper.keep()
    kept = FigureChoices.from_plain(settings.load().figure)
    assert kept == FigureChoices(90.0, 300, 7.0, ("filter",), "Noise, seen by LSH")
    assert make_window().exporter.choices == kept


def test_it_copies(dialog, compared, qtbot):
    with qtbot.waitSignal(compared.exporter.noted, timeout=WAIT_MS):
        qtbot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    assert QApplication.clipboard().image().width() > 500
    QApplication.clipboard().clear()


def test_own_colours_belong_to_a_kind_of_error():
    signed = FigureChoices(own_map="violet-green").options(FigureOptions())
    assert signed.error_map == "violet-green"
    sizes = FigureChoices(own_map="violet-green").options(FigureOptions(error_mode="squared"))
    assert sizes.error_map == ""


@pytest.mark.parametrize("damage", [
    {"width_mm": "wide", "dpi": 1e9, "font_size": True, "hidden": 3, "caption": None},
    {"width_mm": float("nan"), "hidden": "  ", "unknown": 1},
    {},
])  # fmt: skip
def test_damaged_choices_are_defaults(damage):
    assert FigureChoices.from_plain(damage) == FigureChoices()


@pytest.fixture(scope="module")
def comparison():
    values = np.random.default_rng(0).integers(0, 256, (40, 50, 3)).astype(np.uint8)
    return run(resolve(Session(), Image(values, "noise.png")))


@pytest.mark.parametrize(("width", "hidden"), [
    (88.9, ()), (181.8, ("input", "filter")), (122.0, ("exact", "error-lsh", "table")),
    (183.0, ("input", "exact", "lsh", "differential")),
    (90.0, ("input", "exact", "lsh", "differential", "error-lsh", "error-differential", "filter",
            "operations", "settings")),
])  # fmt: skip
def test_a_pdf_has_the_size_the_fonts_and_the_texts(comparison, width, hidden):
    options = FigureOptions(width, hidden=hidden, caption="A caption of (one) line.\n\nAnother.")
    pdf = render(comparison, "pdf", options)
    box = [float(each) for each in re.search(rb"/MediaBox \[ ?([^\]]+)\]", pdf)[1].split()]
    assert box[2] * 25.4 / 72 == pytest.approx(width, abs=0.05)
    fonts = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([\w-]+)", pdf))
    assert b"DejaVuSans" in fonts
    assert fonts <= {b"DejaVuSans", b"DejaVuSans-Bold"}
    assert b"/FontFile2" in pdf
    assert b"/Type3" not in pdf
    texts = texts_of(pdf)
    assert "A caption of (one) line." in texts
    assert "Another." in texts
    assert ("Input" in texts) == ("input" not in hidden)
    assert ("Error, LSH" in texts) == ("error-lsh" not in hidden)
    assert ("PSNR" in texts) == ("table" not in hidden)
    assert any("stride 1" in each for each in texts) == ("settings" not in hidden)


def texts_of(pdf):
    """Gives the texts that a PDF of matplotlib sets, its kerning left out."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    drawn = b"".join(zlib.decompress(each) for each in streams if each[:1] == b"x")
    found = []
    for shown in re.findall(rb"BT\n.*?\nET", drawn, re.DOTALL):
        pieces = re.findall(rb"\(((?:\\.|[^\\()])*)\)", shown, re.DOTALL)
        # Letters of two bytes, with a backslash before what would end the text.
        text = re.sub(rb"\\(.)", rb"\1", b"".join(pieces), flags=re.DOTALL)
        found.append(text.decode("utf-16-be", "replace"))
    return found


def test_an_empty_figure_is_refused(comparison):
    every = ("input", "filter", "operations", "table", "settings", "exact", "differential", "lsh",
             "error-differential", "error-lsh")  # fmt: skip
    with pytest.raises(ValueError, match="choose at least one panel"):
        render(comparison, "png", FigureOptions(hidden=every))
    assert figure.draw(comparison, "png", FigureOptions(hidden=every, caption="x")).height_mm < 10


def test_enter_exports(dialog, compared, qtbot):
    """Whatever has the focus, Enter presses the button that the dialog is for."""
    assert [each for each in dialog.findChildren(QPushButton) if each.isDefault()] == [
        dialog.export
    ]
    qtbot.mouseClick(dialog.form.panels["table"], Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    wait_for_preview(dialog, compared, qtbot)
    with qtbot.waitSignal(dialog.export_requested, timeout=WAIT_MS):
        QTest.keyClick(dialog.form.panels["table"], Qt.Key.Key_Return)
    assert compared.exporter.choices.hidden == ("table",)
    (chooser,) = dialog.findChildren(QFileDialog)
    chooser.reject()
