"""Every way to an image, and what is said about a file that holds none."""

from __future__ import annotations

import numpy as np
import pytest
from driving import WAIT_MS, drop, run_by
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage

from convgui import tasks
from convgui.model.image import Image, ImageTooLarge


def test_opening_a_file_compares_it(window, qtbot, tmp_path):
    path = tmp_path / "grün 图.png"
    assert QImage(9, 7, QImage.Format.Format_RGB888).save(str(path))

    comparison = run_by(window, qtbot, window.opener.open_path, str(path))

    assert comparison.request.image.shape == (3, 7, 9)
    assert [outcome.name for outcome in comparison.outcomes] == ["exact", "differential", "lsh"]
    assert window.menus.entries["export-figure"].isEnabled()
    assert window.recent.actions()[0].data() == str(path)


def test_a_sample_is_no_recent_file(compared):
    assert [action.data() for action in compared.recent.actions()] == []


@pytest.mark.parametrize("damage", ["no image", "truncated", "missing"])
def test_dropping_a_broken_file_says_so_and_keeps_what_was_there(compared, qtbot, tmp_path, damage):
    path = tmp_path / "broken.png"
    if damage == "no image":
        path.write_text("This is a letter, not a picture.")
    elif damage == "truncated":
        QImage(64, 64, QImage.Format.Format_RGB888).save(str(path))
        path.write_bytes(path.read_bytes()[:40])
    image = compared.controller.image

    with qtbot.waitSignal(compared.opener.failed, timeout=WAIT_MS):
        drop(compared, [path])

    assert compared.messages.isVisible()
    assert compared.messages.text.text()
    assert "Traceback" not in compared.messages.text.text()
    assert compared.controller.image is image
    # And the next good one takes the message away.
    run_by(compared, qtbot, compared.opener.open_sample, "icon")
    assert not compared.messages.isVisible()


def test_of_several_dropped_files_the_first_is_opened_and_that_is_said(window, qtbot, tmp_path):
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        QImage(8, 8, QImage.Format.Format_RGB888).save(str(path))
    comparison = run_by(window, qtbot, drop, window, paths)
    assert comparison.request.image_name == "a.png"
    assert "2 files" in window.messages.text.text()


@pytest.mark.parametrize("damaged", [False, True])
def test_what_reading_did_is_said(window, qtbot, monkeypatch, damaged):
    note = "It is shown turned by 90 degrees."
    image = Image(np.zeros((8, 8), np.uint8), "photo.jpg", notes=(note,), damaged=damaged)
    monkeypatch.setattr(tasks, "open_image", lambda source, most, damage, progress: image)
    run_by(window, qtbot, window.opener.open_path, "photo.jpg")
    bar = window.messages
    assert bar.isVisible()
    assert "photo.jpg" in bar.text.text()
    assert ("damaged" in bar.text.text()) == damaged
    assert note in bar.text.text() + bar.details.toPlainText()


def test_a_second_image_that_is_opened_at_once_is_the_one_that_is_shown(window, qtbot):
    window.opener.open_sample("coffee")
    comparison = run_by(window, qtbot, window.opener.open_sample, "icon")
    assert comparison.request.image_name == "icon.png"
    assert window.controller.image.name == "icon.png"


def test_a_huge_image_is_asked_about_first(window, qtbot, monkeypatch):
    asked = []

    def read(source, most, damage, progress):
        asked.append(most)
        if most is not None:
            raise ImageTooLarge("too large", 10_000, 8_000, 480_000_000)
        return Image(np.zeros((8, 8), np.uint8), "huge.png")

    monkeypatch.setattr(tasks, "open_image", read)
    with qtbot.waitSignal(window.opener.asked, timeout=WAIT_MS):
        window.opener.open_path("huge.png")
    assert "480.0 MB" in window.messages.text.text()
    assert "10000 × 8000" in window.messages.text.text()
    assert window.controller.image is None

    run_by(window, qtbot, window.messages.accept.click)
    assert asked == [50_000_000, None]
    assert window.controller.image.name == "huge.png"


def test_pasting_an_image_opens_it(window, qtbot):
    picture = QImage(7, 5, QImage.Format.Format_RGB888)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    comparison = run_by(window, qtbot, window.opener.paste)
    assert comparison.request.image.shape == (3, 5, 7)
    assert window.controller.image.pixels[0, 0].tolist() == [255, 0, 0]


def test_pasting_a_file_opens_it(window, qtbot, tmp_path):
    path = tmp_path / "copied.png"
    QImage(7, 5, QImage.Format.Format_RGB888).save(str(path))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    QGuiApplication.clipboard().setMimeData(data)
    comparison = run_by(window, qtbot, window.opener.paste)
    assert comparison.request.image_name == "copied.png"


def test_pasting_text_says_what_to_do(window):
    QGuiApplication.clipboard().setText("no picture")
    window.opener.paste()
    assert "Copy an image" in window.messages.text.text()


def test_a_clipboard_that_holds_nothing_at_all_is_told(window, monkeypatch):
    """What a new clipboard gives on systems without one."""

    class Clipboard:
        def mimeData(self):
            return None

    monkeypatch.setattr(QGuiApplication, "clipboard", Clipboard)
    window.opener.paste()
    assert "no image to paste" in window.messages.text.text()
