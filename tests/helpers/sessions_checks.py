"""What every entry of the File menu on sessions must do."""

from __future__ import annotations

from driving import WAIT_MS, settle
from PySide6.QtWidgets import QFileDialog
from session_files import document, entries

from convgui.model.session import Session
from convgui.sessions import load, save
from convgui.sessions.recovery import Slot


def begins_anew(bench, spec):
    window = bench.window
    bench.run(window.controller.change, "hashes", 6)
    bench.trigger(spec.key)
    assert window.controller.image is None
    assert window.controller.session == Session()
    assert window.history.recorder.journal.runs == ()
    assert not window.isWindowModified()
    assert not window.menus.entries["undo"].isEnabled()


def opens(bench, spec):
    path = bench.folder / "study.convgui"
    save(document(), path)
    bench.trigger(spec.key)
    dialog = bench.dialog(QFileDialog)
    comparison = bench.run(dialog.fileSelected.emit, str(path))
    dialog.reject()
    assert comparison.request.session == document().session
    assert bench.window.windowTitle() == "study[*] – convgui"
    assert not bench.window.isWindowModified()


def saves(bench, spec):
    files, path = bench.window.sessions.files, bench.folder / "study.convgui"
    bench.trigger(spec.key)
    dialog = bench.dialog(QFileDialog)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    with bench.qtbot.waitSignal(files.saved, timeout=WAIT_MS):
        dialog.fileSelected.emit(str(path))
    dialog.reject()
    assert load(path).document.session == bench.window.controller.session
    bench.run(bench.window.controller.change, "hashes", 6)
    assert bench.window.isWindowModified()
    with bench.qtbot.waitSignal(files.saved, timeout=WAIT_MS):
        bench.trigger("session-save")
    assert load(path).document.session.hashes == 6
    assert not bench.window.isWindowModified()


def keeps_the_image_inside(bench, spec):
    files, path = bench.window.sessions.files, bench.folder / "study.convgui"
    for inside in (False, True):
        bench.trigger(spec.key)
        assert bench.window.menus.entries[spec.key].isChecked() == inside
        with bench.qtbot.waitSignal(files.saved, timeout=WAIT_MS):
            files.save_to(str(path))
        assert ("image.npy" in entries(path.read_bytes())) == inside


def asks_again(bench, spec):
    window = bench.window
    assert not window.menus.entries[spec.key].isEnabled()
    slot = Slot()
    slot.write(document())
    slot.abandon()
    window.sessions.recover()
    bench.qtbot.waitUntil(lambda: window.messages.topic == "recover")
    window.messages.close_button.click()
    bench.trigger(spec.key)
    bench.qtbot.waitUntil(lambda: window.messages.topic == "recover")
    settle(window, bench.qtbot)


CHECKS = {
    "session-new": begins_anew,
    "session-open": opens,
    "session-save": saves,
    "session-save-as": saves,
    "session-inside": keeps_the_image_inside,
    "recover": asks_again,
}
