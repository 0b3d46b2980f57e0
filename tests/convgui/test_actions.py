"""Every entry of the table does its job, and says why when it can't.

A new entry needs a check here, a part's entry one in ``CHECKS`` of the helper ``NAME_checks``:
without one, ``test_every_entry_has_a_check`` fails.
"""

from __future__ import annotations

from importlib import import_module

import pytest
from driving import SMALL, WAIT_MS, endless, run_by
from looking_checks import LOOKING
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel

from convgui import tasks
from convgui.actions import ACTIONS, MENUS, REASONS, TOOL_BAR
from convgui.figure_dialog import FigureDialog
from convgui.model.published import SETTINGS
from convgui.model.samples import SAMPLES
from convgui.model.session import Session
from convgui.panels.shortcut_sheet import ShortcutSheet
from convgui.parts import PARTS

KEYS = [spec.key for spec in ACTIONS]


class Bench:
    """The window, compared, with hands to work it."""

    def __init__(self, window, qtbot, folder):
        self.window, self.qtbot, self.folder = window, qtbot, folder

    def trigger(self, key):
        entry = self.window.menus.entries[key]
        assert entry.isEnabled(), f"{key} is greyed: {entry.toolTip()}"
        entry.trigger()

    def run(self, act, *args):
        return run_by(self.window, self.qtbot, act, *args)

    def dialog(self, kind=QDialog):
        (found,) = self.window.findChildren(kind)
        assert found.isVisible()
        return found


@pytest.fixture
def bench(compared, qtbot, tmp_path):
    return Bench(compared, qtbot, tmp_path)


def opens_a_file(bench, spec):
    path = bench.folder / "chosen.png"
    QImage(6, 4, QImage.Format.Format_RGB888).save(str(path))
    bench.trigger(spec.key)
    dialog = bench.dialog(QFileDialog)
    assert dialog.fileMode() == QFileDialog.FileMode.ExistingFile
    comparison = bench.run(dialog.fileSelected.emit, str(path))
    dialog.reject()
    assert comparison.request.image_name == "chosen.png"


def opens_a_sample(bench, spec):
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.image_path is not None
    assert spec.value in {sample.name for sample in SAMPLES}


def pastes(bench, spec):
    picture = QImage(6, 4, QImage.Format.Format_RGB888)
    picture.fill(0)
    QGuiApplication.clipboard().setImage(picture)
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.image.shape == (3, 4, 6)


def exports(bench, spec):
    bench.trigger(spec.key)
    if spec.key == "export-figure":
        bench.qtbot.mouseClick(bench.dialog(FigureDialog).export, Qt.MouseButton.LeftButton)
    dialog = bench.dialog(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    for kind in dialog.nameFilters():
        dialog.filterSelected.emit(kind)
        path = bench.folder / f"written.{dialog.defaultSuffix()}"
        with bench.qtbot.waitSignal(bench.window.exporter.written, timeout=WAIT_MS):
            dialog.fileSelected.emit(str(path))
        assert path.stat().st_size > 0
    dialog.reject()


def copies(bench, spec):
    with bench.qtbot.waitSignal(bench.window.exporter.noted, timeout=WAIT_MS):
        bench.trigger(spec.key)
        assert not bench.window.menus.entries[spec.key].isEnabled()
    assert QGuiApplication.clipboard().image().width() > 500
    assert bench.window.menus.entries[spec.key].isEnabled()
    QGuiApplication.clipboard().clear()


def closes_the_image(bench, spec):
    bench.trigger(spec.key)
    assert bench.window.controller.image is None
    assert not bench.window.menus.entries[spec.key].isEnabled()


def closes(bench, spec):
    bench.trigger(spec.key)
    assert not bench.window.isVisible()


def undoes(bench, spec):
    bench.run(bench.window.controller.change, "hashes", 6)
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.session == Session()


def redoes(bench, spec):
    bench.run(bench.window.controller.change, "hashes", 6)
    bench.run(bench.window.controller.undo)
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.session.hashes == 6


def resets(bench, spec):
    bench.run(bench.window.controller.change, "hashes", 6)
    bench.run(bench.window.controller.change, "filter_name", "sobel-x")
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.session == Session()
    assert not bench.window.menus.entries[spec.key].isEnabled()


def loads_the_experiment(bench, spec):
    comparison = bench.run(bench.trigger, spec.key)
    wanted = SETTINGS[spec.value]
    assert comparison.request.session.weights == wanted.weights
    assert comparison.request.image.shape[1:] == (wanted.height, wanted.width)


def zooms(bench, spec):
    called = []
    panel, name = bench.window.compare, spec.callback.rpartition(".")[2]
    bench.monkeypatch.setattr(panel, name, lambda: called.append(name))
    bench.trigger(spec.key)
    assert called == [name]


def links(bench, spec):
    told = []
    bench.window.view.linked_changed.connect(told.append)
    bench.trigger(spec.key)
    bench.trigger(spec.key)
    assert told == [False, True]
    assert bench.window.menus.entries[spec.key].isChecked()


def sets_the_theme(bench, spec):
    bench.trigger(spec.key)
    assert bench.window.appearance.choice == spec.value
    assert bench.window.menus.entries[spec.key].isChecked()


def runs(bench, spec):
    before = bench.window.controller.comparison
    assert bench.run(bench.trigger, spec.key) is not before


def cancels(bench, spec):
    bench.monkeypatch.setattr(tasks, "run", endless)
    bench.window.controller.run()
    bench.trigger(spec.key)
    assert not bench.window.jobs.busy()
    bench.qtbot.waitUntil(lambda: not bench.window.jobs.alive(), timeout=WAIT_MS)


def lists_keys(bench, spec):
    bench.trigger(spec.key)
    sheet = bench.dialog(ShortcutSheet)
    assert ("Ctrl+Z", "Undo") in sheet.lines()
    sheet.reject()


def opens_a_dialog(bench, spec):
    bench.trigger(spec.key)
    dialog = bench.dialog()
    texts = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert all(word in texts for word in ("convgui", "numpy"))
    dialog.reject()


CHECKS = {
    "open": opens_a_file,
    **{f"sample-{sample.name}": opens_a_sample for sample in SAMPLES},
    "paste": pastes,
    "close": closes_the_image,
    "export-figure": exports,
    "export-numbers": exports,
    "copy-figure": copies,
    "quit": closes,
    "undo": undoes,
    "redo": redoes,
    "reset": resets,
    **{f"experiment-{name}": loads_the_experiment for name in SETTINGS},
    **{f"zoom-{name}": zooms for name in ("fit", "actual", "in", "out")},
    "link": links,
    **LOOKING,
    **{f"theme-{name}": sets_the_theme for name in ("system", "light", "dark")},
    "run": runs,
    "cancel": cancels,
    "shortcuts": lists_keys,
    "about": opens_a_dialog,
}
for part in PARTS:
    if part.entries:
        CHECKS |= import_module(f"{part.name}_checks").CHECKS


def test_every_entry_has_a_check():
    assert sorted(CHECKS) == sorted(KEYS)


@pytest.mark.parametrize("spec", ACTIONS, ids=KEYS)
def test_an_entry_does_its_job(bench, monkeypatch, spec):
    bench.monkeypatch = monkeypatch
    CHECKS[spec.key](bench, spec)


@pytest.mark.parametrize("spec", ACTIONS, ids=KEYS)
def test_an_entry_is_whole(spec):
    assert spec.text
    assert spec.tip.endswith(".")
    assert spec.menu in MENUS
    assert set(spec.needs) <= set(REASONS)
    assert not spec.choice or (spec.checkable and spec.value is not None)


def test_no_key_is_used_twice(window):
    keys = [
        keys.toString(QKeySequence.SequenceFormat.PortableText)
        for action in window.findChildren(QAction)
        for keys in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    assert "Ctrl+=" in keys


def test_every_key_does_what_its_entry_does(compared):
    done = []
    for action in (*compared.menus.entries.values(), *compared.recent.actions()):
        action.triggered.disconnect()
        action.setEnabled(True)
        for keys in action.shortcuts():
            connection = action.triggered.connect(lambda *_, each=action: done.append(each))
            QTest.keySequence(compared, keys)
            assert done == [action], f"{keys.toString()} does not lead to {action.text()}"
            action.triggered.disconnect(connection)
            done.clear()


def test_every_entry_is_in_a_menu_and_says_what_it_does(window):
    shown = {action for menu in window.menus.menus.values() for action in menu.actions()}
    for entry in window.menus.entries.values():
        assert entry in shown
        assert entry.toolTip()
        if not entry.isEnabled():
            assert entry.toolTip() in REASONS.values()


def test_no_entry_of_the_tool_bar_is_unknown(window):
    for name in filter(None, TOOL_BAR):
        key = name.removeprefix("+")
        assert key in window.menus.entries or key in window.menus.menus


def test_recent_files_are_opened_again_and_forgotten(bench):
    path = bench.folder / "again.png"
    QImage(6, 4, QImage.Format.Format_RGB888).save(str(path))
    bench.run(bench.window.opener.open_path, str(path))
    bench.run(bench.window.opener.open_sample, SMALL)

    again, _, forget = bench.window.recent.actions()
    comparison = bench.run(again.trigger)
    assert comparison.request.image_name == "again.png"

    forget.trigger()
    bench.qtbot.waitUntil(lambda: not bench.window.recent.actions())
    assert not bench.window.recent.menuAction().isEnabled()
    assert bench.window.recent.menuAction().toolTip()
