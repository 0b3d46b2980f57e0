"""Tabs, docks, dialogs and messages in a language of marks: no text escapes translation."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, run_by, settle
from marking import escaped, unmarked
from PySide6.QtWidgets import QApplication
from session_hands import crashed, press, write

from convgui.batch_dialog import BatchDialog
from convgui.figure_dialog import FigureDialog
from convgui.model.image import Image
from convgui.model.inspect_window import Place
from convgui.model.samples import sample_path
from convgui.resources import model_texts
from convgui.sessions import Document


def assert_translated(root):
    assert "\n".join(escaped(root)) == ""


@pytest.fixture
def opened(marked, qtbot):
    """A window in a language of marks, all techniques shown."""
    window = marked()
    window.controller.change("show_low_rank", True)
    run_by(window, qtbot, window.opener.open_sample, "icon")
    return window


def test_the_figure_dialog(opened, qtbot):
    opened.menus.entries["export-figure"].trigger()
    (dialog,) = opened.findChildren(FigureDialog)
    settle(opened, qtbot)
    assert_translated(dialog)
    dialog.reject()
    assert dialog.form.panels.keys() >= {"exact", "lsh", "error-lsh"}


def test_the_batch_dialog_and_what_a_batch_says(opened, qtbot, tmp_path):
    said = []
    kept = opened.status.step.setText
    opened.status.step.setText = lambda text: (said.append(text), kept(text))
    broken = tmp_path / "hand.png"
    broken.write_bytes(b"no picture")
    opened.batch.choose([str(sample_path("hand")), str(tmp_path)])
    (dialog,) = opened.findChildren(BatchDialog)
    assert_translated(dialog)
    dialog.form.list.clear()
    dialog.reject()
    with qtbot.waitSignal(opened.batch.ended, timeout=WAIT_MS):
        opened.batch.start(
            (str(sample_path("hand")), str(broken)), str(tmp_path / "icon"), "png"
        )
    settle(opened, qtbot)
    # File names are as they are; the folders above them are this machine's.
    text = opened.messages.text.text().replace(str(tmp_path), "")
    assert not unmarked(text.replace("comparisons.csv", "")), text
    assert opened.messages.topic == "batch"
    assert said
    for text in said:
        assert not unmarked(text), text


def test_what_sessions_say_and_ask(opened, qtbot, tmp_path):
    opened.history.notes.setPlainText("hand")
    write(opened, qtbot, tmp_path / "hand.png.convgui")
    opened.history.notes.setPlainText("hand icon")
    opened.sessions.files.new()
    assert opened.messages.answers
    assert_translated(opened.messages)
    press(opened, "discard")
    settle(opened, qtbot)
    crashed(Document(notes="hand"))
    opened.sessions.recover()
    qtbot.waitUntil(lambda: len(opened.messages.answers) == 3, timeout=WAIT_MS)
    assert_translated(opened.messages)
    press(opened, "restore")
    settle(opened, qtbot)
    assert_translated(opened.messages)
    opened.history.notes.setPlainText("")


def test_the_history_and_its_pair(opened, qtbot):
    window = opened
    run_by(window, qtbot, window.controller.change, "kernel_size", 5)
    qtbot.waitUntil(lambda: len(window.history.recorder.journal.runs) == 2, timeout=WAIT_MS)
    window.dock_actions["history"].trigger()
    window.tab_actions["pair"].trigger()
    assert_translated(window)
    for place, number in ((0, 1), (1, 2)):
        window.history.recorder.pin(place, number)
    settle(window, qtbot)
    for mode in ("relative", "flip", "signed"):
        window.view.set_error_mode(mode)
        settle(window, qtbot)
        assert_translated(window)
    names = {place.text() for place in window.history.captions.values()}
    assert all(name.startswith("«") for name in names)
    window.history.recorder.delete(2)
    assert_translated(window.messages)


@pytest.mark.parametrize("name", ["exact", "differential", "lsh", "low-rank"])
def test_inspect(opened, qtbot, name):
    window = opened
    window.controller.change("correction", "projection")
    window.controller.change("reference", "previous")
    run_by(window, qtbot, window.controller.change, "threshold", 3.0)
    window.tab_actions["inspect"].trigger()
    qtbot.waitUntil(lambda: window.inspect.inspection is not None, timeout=WAIT_MS)
    window.inspect.inspector.go(Place(0, 2, 3))
    settle(window, qtbot)
    names = window.inspect.inspection.names
    window.inspect.techniques.setCurrentIndex(names.index(name))
    for channel in range(window.inspect.channels.count()):
        window.inspect.channels.setCurrentIndex(channel)
        QApplication.processEvents()
        assert_translated(window.inspect)


def test_the_lesson(opened, qtbot):
    opened.inspect.start_lesson()
    settle(opened, qtbot)
    for place in (Place(0, 0, 0), Place(0, 2, 2)):
        opened.inspect.inspector.go(place)
        settle(opened, qtbot)
        assert_translated(opened.inspect)


def test_reuse(opened, qtbot):
    window = opened
    window.controller.change("reference", "previous")
    run_by(window, qtbot, window.controller.change, "threshold", 3.0)
    window.tab_actions["reuse_tab"].trigger()
    window.reuse_tab.fold_groups(())
    settle(window, qtbot)
    for colouring in ("cluster", "size", "share", "image"):
        at = window.reuse_tab.picture.colouring.findData(colouring)
        if at >= 0:
            window.reuse_tab.picture.colouring.setCurrentIndex(at)
            window.reuse_tab.picture.colouring_chosen.emit(colouring)
            settle(window, qtbot)
    window.reuse_tab.picture.place_chosen.emit((4, 5))
    settle(window, qtbot)
    assert_translated(window.reuse_tab)
    window.controller.change("show_lsh", False)
    settle(window, qtbot)
    assert_translated(window.reuse_tab)


def test_the_report_s_experiment_and_values_that_are_none(opened, qtbot):
    run_by(opened, qtbot, opened.controller.load_experiment, "lsh")
    settle(opened, qtbot)
    assert_translated(opened)
    flat = Image(np.full((12, 12, 3), 9, np.uint8), "hand")
    run_by(opened, qtbot, opened.controller.set_image, flat)
    assert_translated(opened)


def test_what_is_copied_as_a_recipe(opened, qtbot):
    for key in ("copy-python", "copy-command"):
        opened.menus.entries[key].trigger()
        settle(opened, qtbot)
        assert_translated(opened.messages)


def test_every_part_of_the_operations_is_told_to_translators(opened, qtbot):
    told = {text for context, text in model_texts.texts() if context == "Steps"}
    for values in (
        {"reference": "previous", "threshold": 3.0, "correction": "projection"},
        {"family": "centred", "scope": "window", "lsh_as_published": True},
        {"kernel_size": 9, "filter_name": "gabor", "filter_count": 4, "stride": 2},
    ):
        for key, value in values.items():
            opened.controller.change(key, value)
        settle(opened, qtbot)
        for outcome in opened.controller.comparison.outcomes:
            counted = outcome.prediction.report, outcome.prediction.model, outcome.result.executed
            names = {part.name for each in counted for part in each.parts}
            assert names | {outcome.result.facts.path} <= told
