"""What a crash would lose is kept, offered at the next start and given back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from driving import SMALL, WAIT_MS, noise, run_by, settle
from PySide6.QtWidgets import QDialog
from session_files import document
from session_hands import crashed, kept, press, write

from convgui import tasks
from convgui.model.session import Session
from convgui.opencv import cv2
from convgui.sessions import recovery
from convgui.sessions.leftovers import left_behind

ROOT = Path(__file__).parents[2]


def test_every_change_is_kept_within_a_second(compared, qtbot):
    assert kept(compared, qtbot) is None
    acts = (
        lambda: compared.controller.change("hashes", 7),
        lambda: compared.history.notes.setPlainText("a thought"),
        lambda: compared.history.recorder.rename(1, "first"),
        lambda: compared.controller.undo(),
        lambda: compared.controller.set_image(noise(12, 13)),
    )
    for act in acts:
        act()
        settle(compared, qtbot)
        now = kept(compared, qtbot)
        wanted = compared.sessions.state.document()
        assert (now.session, now.notes) == (wanted.session, wanted.notes)
        assert [run.name for run in now.runs] == [run.name for run in wanted.runs]
        np.testing.assert_array_equal(now.image.pixels, compared.controller.image.pixels)
    compared.history.notes.setPlainText("")
    compared.history.recorder.rename(1, "")


def test_changes_without_an_end_do_not_put_it_off(compared, qtbot):
    timer = compared.sessions.autosaver._timer
    compared.controller.change("hashes", 7)
    first = timer.remainingTime()
    compared.controller.change("hashes", 8)
    assert 0 <= timer.remainingTime() <= first <= 500
    settle(compared, qtbot)


def test_what_takes_long_to_keep_is_kept_more_rarely(compared, qtbot, monkeypatch):
    saver = compared.sessions.autosaver
    monkeypatch.setattr(tasks, "keep_session", lambda *_: time.sleep(0.5) or True)
    compared.controller.change("hashes", 7)
    qtbot.waitUntil(lambda: not saver.busy(), timeout=WAIT_MS)
    assert saver._between == 0.8


def test_forgetting_does_not_put_the_next_keeping_off(compared, qtbot, tmp_path):
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    write(compared, qtbot, tmp_path / "study.convgui")
    saver = compared.sessions.autosaver
    qtbot.waitUntil(lambda: not saver.busy(), timeout=WAIT_MS)
    saver._begun = saver._between = 0.0
    saver._jobs.submit("autosave", tasks.forget_session, saver._slot)
    qtbot.waitUntil(lambda: not saver.busy(), timeout=WAIT_MS)
    run_by(compared, qtbot, compared.controller.change, "hashes", 8)
    assert kept(compared, qtbot).session.hashes == 8
    write(compared, qtbot, tmp_path / "study.convgui")


def test_what_is_saved_is_not_kept_for_a_crash(compared, qtbot, tmp_path):
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    assert kept(compared, qtbot).origin == ""
    write(compared, qtbot, tmp_path / "study.convgui")
    assert kept(compared, qtbot) is None
    run_by(compared, qtbot, compared.controller.change, "hashes", 8)
    assert kept(compared, qtbot).origin == str(tmp_path / "study.convgui")
    write(compared, qtbot, tmp_path / "study.convgui")


def test_two_windows_keep_their_own(compared, make_window, qtbot):
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    other = make_window()
    run_by(other, qtbot, other.opener.open_sample, SMALL)
    run_by(other, qtbot, other.controller.change, "hashes", 8)
    assert [kept(each, qtbot).session.hashes for each in (compared, other)] == [7, 8]
    # Nobody is offered what the other has.
    assert {compared.messages.topic, other.messages.topic} == {""}


def test_what_a_crash_left_is_offered_and_restored(make_window, qtbot, tmp_path):
    made = document(origin=str(tmp_path / "study.convgui"))
    slot = crashed(made)
    window = make_window()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    assert not window.findChildren(QDialog)
    # Other news come first; the offer comes back.
    window.messages.show_info("Something else.")
    window.messages.close_button.click()
    assert window.messages.topic == "recover"
    comparison = run_by(window, qtbot, press, window, "restore")
    assert comparison.request.session == made.session
    assert window.isWindowModified()
    assert window.windowTitle() == "study[*] – convgui"
    qtbot.waitUntil(lambda: len(window.history.recorder.journal.runs) == 4)
    # It goes only once this window has kept it itself.
    qtbot.waitUntil(lambda: not slot.path.exists(), timeout=WAIT_MS)
    assert kept(window, qtbot).notes == made.notes
    write(window, qtbot, tmp_path / "study.convgui")


def test_a_second_crash_before_it_is_kept_loses_nothing(make_window, qtbot, monkeypatch):
    slot = crashed(document())
    window = make_window()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    monkeypatch.setattr(window.sessions.autosaver, "_write", lambda: None)
    run_by(window, qtbot, press, window, "restore")
    assert slot.path.exists()
    # As a crash does: nothing is tidied up, but the locks are gone.
    window.sessions.recoverer.close()
    found = left_behind()
    assert found.path == slot.path
    found.release()
    window.sessions.state.note_revision()
    window.history.show_notes("")
    for run in window.history.recorder.journal.runs:
        window.history.recorder.rename(run.number, "")


def test_later_leaves_it_and_discard_removes_it(make_window, qtbot):
    slots = [crashed(document(notes=str(number))) for number in range(2)]
    for age, slot in enumerate(slots):
        os.utime(slot.path, (time.time() - age, time.time() - age))
    window = make_window()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    press(window, "later")
    assert window.messages.isHidden()
    assert all(slot.path.exists() for slot in slots)
    window.menus.entries["recover"].trigger()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    press(window, "discard")
    assert not slots[0].path.exists()
    # The next one is asked about.
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    window.close()
    assert slots[1].path.exists()
    assert left_behind().path == slots[1].path


def test_damaged_remains_are_told_and_do_no_harm(make_window, qtbot):
    slot = crashed(document())
    slot.path.write_bytes(b"PK\x03\x04 and nothing else")
    window = make_window()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    press(window, "restore")
    settle(window, qtbot)
    assert "can't be read" in window.messages.text.text()
    assert slot.path.exists()


def test_a_folder_that_can_not_be_written_is_told_once(compared, qtbot, own_folders, caplog):
    folder = recovery.folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    told = []
    compared.sessions.autosaver.failed.connect(lambda *each: told.append(each))
    for hashes in (7, 8):
        run_by(compared, qtbot, compared.controller.change, "hashes", hashes)
        qtbot.waitUntil(lambda: not compared.sessions.autosaver.busy(), timeout=WAIT_MS)
    assert len(told) == 1
    # Each is written down.
    assert sum("not kept" in each.getMessage() for each in caplog.records) >= 2
    assert compared.messages.property("role") == "message-error"


CHILD = """
import sys
from PySide6.QtCore import QTimer
from convgui import app, main_window

def begin(self):
    self.controller.compared.connect(lambda *each: act(self))

def act(window):
    if window.controller.session.hashes != 11:
        window.controller.change("hashes", 11)
        window.history.notes.setPlainText("before the crash")
        window.sessions.autosaver.kept.connect(lambda: print("kept", flush=True))

real = main_window.MainWindow.show
def show(self):
    begin(self)
    real(self)
main_window.MainWindow.show = show
app.main([sys.argv[1]])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no such kill")
def test_after_kill_minus_nine_everything_is_offered(make_window, qtbot, tmp_path):
    picture = tmp_path / "photo.png"
    cv2.imwrite(str(picture), noise(30, 40).pixels)
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(picture)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert child.stdout.readline() == "kept\n"
    finally:
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        child.stdout.close()
    window = make_window()
    qtbot.waitUntil(lambda: window.messages.topic == "recover")
    comparison = run_by(window, qtbot, press, window, "restore")
    assert comparison.request.session == replace(Session(), hashes=11)
    assert comparison.request.image_name == "photo.png"
    assert window.history.notes.toPlainText() == "before the crash"
    window.history.notes.setPlainText("")
