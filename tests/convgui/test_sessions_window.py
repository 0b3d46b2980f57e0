"""Sessions in the real window: opened, saved, asked about before anything is lost."""

from __future__ import annotations

import json

import numpy as np
import pytest
from driving import WAIT_MS, drop, run_by, settle
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from session_files import altered, document, version_1
from session_hands import kept, press, write

from convgui import settings
from convgui.model.image import Image
from convgui.model.session import Session
from convgui.opencv import cv2
from convgui.sessions import load, recovery, save
from convgui.sessions.leftovers import left_behind


@pytest.fixture
def files(window):
    return window.sessions.files


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
    QApplication.processEvents()
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
    QApplication.processEvents()
    assert not compared.isWindowModified()


def test_dropped_recent_and_named_on_the_command_line(window, files, qtbot, tmp_path, make_window):
    path = tmp_path / "study.convgui"
    save(document(), path)
    run_by(window, qtbot, drop, window, [path])
    assert window.sessions.state.path == str(path)
    assert settings.load().recent == (str(path),)
    other = make_window()
    run_by(other, qtbot, other.recent.actions()[0].trigger)
    assert other.sessions.state.path == str(path)


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
        assert compared.sessions.state.path == ""
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
    assert compared.sessions.state.path == ""


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
    qtbot.waitUntil(lambda: compared.sessions.state.path == "", timeout=WAIT_MS)
    assert load(path).document.session.hashes == 7
    assert compared.controller.session == Session()


def test_it_asks_again_where_what_was_to_come_instead_is_refused(compared, qtbot, tmp_path):
    path, other = write(compared, qtbot, tmp_path / "study.convgui"), tmp_path / "other.convgui"
    other.write_bytes(b"no session")
    run_by(compared, qtbot, compared.controller.change, "hashes", 7)
    compared.sessions.files.open_path(str(other))
    press(compared, "discard")
    settle(compared, qtbot)
    assert "it is no session file" in compared.messages.text.text()
    assert not compared.close()
    assert compared.messages.topic == "unsaved"
    assert compared.controller.session.hashes == 7
    assert load(path).document.session.hashes != 7


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


def test_settings_files_and_sessions_do_not_mix(window, files, qtbot, tmp_path):
    path = tmp_path / "settings.convgui"
    path.write_text(json.dumps({"version": 1}))
    files.open_path(str(path))
    settle(window, qtbot)
    assert "it is no session file" in window.messages.text.text()
