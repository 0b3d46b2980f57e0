"""Sessions in the real window: opened, saved, asked about, kept for after a crash."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from driving import SMALL, WAIT_MS, drop, noise, run_by, settle
from PySide6.QtWidgets import QDialog, QFileDialog
from session_files import altered, document, version_1

from convgui import settings
from convgui.model.image import Image
from convgui.model.session import Session
from convgui.opencv import cv2
from convgui.sessions import load, recovery, save
from convgui.sessions.leftovers import left_behind
from convgui.sessions.recovery import Slot

ROOT = Path(__file__).parents[2]


@pytest.fixture
def files(window):
    return window.sessions.files


def write(window, qtbot, path):
    with qtbot.waitSignal(window.sessions.files.saved, timeout=WAIT_MS):
        window.sessions.files.save_to(str(path))
    return path


def kept(window, qtbot):
    """Waits until all is on the disk that a crash would lose, and gives it."""
    qtbot.waitUntil(lambda: not window.sessions.autosaver.busy(), timeout=WAIT_MS)
    path = window.sessions.autosaver.path
    return recovery.Orphan(path, None).read().document if path.exists() else None


def press(window, answer):
    """Clicks an answer in the message bar."""
    button = next(b for b in window.messages.answers if b.property("answer") == answer)
    button.click()


def crashed(made):
    slot = Slot()
    slot.write(made)
    slot.abandon()
    return slot


def test_what_is_saved_comes_back_in_another_window(compared, make_window, qtbot, tmp_path):
    compared.history.notes.setPlainText("as it was")
    compared.view.set_error_mode("squared")
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    qtbot.waitUntil(lambda: len(compared.history.recorder.journal.runs) == 2)
    compared.history.recorder.pin(0, 1)
    compared.history.recorder.rename(2, "seven")
    path = write(compared, qtbot, tmp_path / "study.convgui")
    before = path.read_bytes()

    other = make_window()
    run_by(other, qtbot, other.opener.open_path, str(path))
    assert other.windowTitle() == "study[*] – convgui"
    assert not other.isWindowModified()
    assert other.controller.session.hashes == 7
    assert other.view.look.error_mode == "squared"
    assert other.history.notes.toPlainText() == "as it was"
    assert [run.name for run in other.history.recorder.journal.runs] == ["", "seven"]
    np.testing.assert_array_equal(other.controller.image.pixels, compared.controller.image.pixels)
    # The run that this sets off is the one that was saved.
    qtbot.wait(50)
    assert not other.isWindowModified()
    write(other, qtbot, path)
    assert path.read_bytes() == before


def test_the_title_marks_what_is_not_saved(compared, qtbot, tmp_path):
    assert compared.windowTitle() == "Untitled[*] – convgui"
    assert not compared.isWindowModified()
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    assert compared.isWindowModified()
    write(compared, qtbot, tmp_path / "a [*].convgui")
    assert compared.windowTitle() == "a [*][*][*] – convgui"
    assert not compared.isWindowModified()
    compared.history.notes.setPlainText("a thought")
    assert compared.isWindowModified()
    compared.history.notes.setPlainText("")
    assert not compared.isWindowModified()
    run_by(compared, qtbot, compared.controller.run)
    qtbot.wait(50)
    assert not compared.isWindowModified()


def test_dropped_recent_and_named_on_the_command_line(window, files, qtbot, tmp_path, make_window):
    path = tmp_path / "study.convgui"
    save(document(), path)
    run_by(window, qtbot, drop, window, [path])
    assert files.path == str(path)
    assert settings.load().recent == (str(path),)
    other = make_window()
    run_by(other, qtbot, other.recent.actions()[0].trigger)
    assert other.sessions.files.path == str(path)


def test_an_older_file_opens(window, files, qtbot, tmp_path):
    path = tmp_path / "old.convgui"
    path.write_bytes(version_1())
    comparison = run_by(window, qtbot, files.open_path, str(path))
    assert comparison.request.session.hashes == 9
    qtbot.waitUntil(lambda: len(window.history.recorder.journal.runs) == 1)


def test_a_newer_or_damaged_file_is_refused_and_what_is_there_stays(compared, qtbot, tmp_path):
    newer = altered(lambda told: told.update(schema=3))
    for data, words in ((newer, "a newer convgui saved it"), (b"PK\x03\x04", "it is cut off")):
        path = tmp_path / "other.convgui"
        path.write_bytes(data)
        compared.sessions.files.open_path(str(path))
        settle(compared, qtbot)
        assert words in compared.messages.text.text()
        assert compared.messages.details.toPlainText() == ""
        assert compared.controller.comparison is not None
        assert compared.sessions.files.path == ""
    path.write_bytes(newer)
    compared.sessions.files.save_to(str(path))
    settle(compared, qtbot)
    assert "left as it is" in compared.messages.text.text()
    assert path.read_bytes() == newer


def test_an_image_that_is_gone_is_told_and_all_else_is_there(window, files, qtbot, tmp_path):
    source, path = tmp_path / "photo.png", tmp_path / "study.convgui"
    cv2.imwrite(str(source), np.zeros((9, 8), np.uint8))
    made = document(image=Image(np.zeros((9, 8), np.uint8), "photo.png", source), inside=False)
    save(made, path)
    source.unlink()
    files.open_path(str(path))
    settle(window, qtbot)
    assert "photo.png is no longer at" in window.messages.text.text()
    assert window.controller.image is None
    assert window.controller.session == made.session
    assert not window.menus.entries["session-inside"].isChecked()
    before = load(path).document
    write(window, qtbot, path)
    # What was known of the image is not lost with it.
    assert load(path).document.link == before.link


def test_a_save_that_fails_says_why_and_nothing_is_lost(compared, qtbot, tmp_path):
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    compared.sessions.files.save_to(str(tmp_path / "none" / "study.convgui"))
    settle(compared, qtbot)
    assert "the folder does not exist" in compared.messages.text.text()
    assert compared.isWindowModified()
    assert compared.sessions.files.path == ""


def test_it_asks_before_changes_are_lost(compared, qtbot, tmp_path):
    path = write(compared, qtbot, tmp_path / "study.convgui")
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    compared.sessions.files.new()
    assert compared.messages.topic == "unsaved"
    assert not compared.findChildren(QDialog)
    compared.messages.close_button.click()
    assert compared.controller.session.hashes == 7

    compared.sessions.files.new()
    press(compared, "save")
    qtbot.waitUntil(lambda: compared.sessions.files.path == "", timeout=WAIT_MS)
    assert load(path).document.session.hashes == 7
    assert compared.controller.session == Session()


def test_it_asks_before_it_closes_and_saves_to_the_end(compared, qtbot, tmp_path):
    write(compared, qtbot, tmp_path / "study.convgui")
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    compared.close()
    assert compared.isVisible()
    assert compared.messages.topic == "unsaved"
    press(compared, "save")
    # Closed once more while it is written, it waits for that.
    compared.close()
    qtbot.waitUntil(lambda: not compared.isVisible(), timeout=WAIT_MS)
    assert load(tmp_path / "study.convgui").document.session.hashes == 7
    assert left_behind() is None


def test_without_a_name_notes_or_a_file_it_just_closes(compared, qtbot):
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    kept(compared, qtbot)
    compared.close()
    assert not compared.isVisible()
    assert list(recovery.folder().iterdir()) == []


def test_notes_that_are_not_saved_are_asked_about(compared, qtbot):
    compared.history.notes.setPlainText("worth something")
    compared.close()
    assert compared.isVisible()
    press(compared, "discard")
    assert not compared.isVisible()


def test_saving_for_the_first_time_while_closing_asks_where(compared, qtbot, tmp_path):
    compared.history.notes.setPlainText("worth something")
    compared.close()
    press(compared, "save")
    (dialog,) = compared.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "a.convgui"))
    qtbot.waitUntil(lambda: not compared.isVisible(), timeout=WAIT_MS)
    assert load(tmp_path / "a.convgui").document.notes == "worth something"


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
        files = compared.sessions.files
        assert (now.session, now.notes) == (compared.controller.session, files.document().notes)
        assert [run.name for run in now.runs] == [run.name for run in files.document().runs]
        np.testing.assert_array_equal(now.image.pixels, compared.controller.image.pixels)
    compared.history.notes.setPlainText("")
    compared.history.recorder.rename(1, "")


def test_changes_without_an_end_do_not_put_it_off(compared, qtbot):
    timer = compared.sessions.autosaver._timer
    assert timer.interval() <= 500
    compared.controller.change("hashes", 7)
    qtbot.wait(timer.interval() // 3)
    left = timer.remainingTime()
    compared.controller.change("hashes", 8)
    assert timer.remainingTime() <= left < timer.interval()
    settle(compared, qtbot)


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
    window.sessions.files.note_revision()
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


def test_a_folder_that_can_not_be_written_is_told_once(compared, qtbot, own_folders):
    folder = recovery.folder()
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    told = []
    compared.sessions.autosaver.failed.connect(lambda *each: told.append(each))
    for hashes in (7, 8):
        run_by(compared, qtbot, compared.controller.change, "hashes", hashes)
        qtbot.waitUntil(lambda: not compared.sessions.autosaver.busy(), timeout=WAIT_MS)
    assert len(told) == 1
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


def test_settings_files_and_sessions_do_not_mix(window, files, qtbot, tmp_path):
    path = tmp_path / "settings.convgui"
    path.write_text(json.dumps({"version": 1}))
    files.open_path(str(path))
    settle(window, qtbot)
    assert "it is no session file" in window.messages.text.text()
