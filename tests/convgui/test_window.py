"""The real window, used as a person uses it."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QPalette
from PySide6.QtWidgets import QApplication

from convgui import settings, tasks
from convgui.model import compute
from convgui.model.image import Image, ImageTooLarge
from convgui.model.session import Session
from convgui.style import DARK, LIGHT

WAIT_MS = 20_000
BLOCK_MS = 50


@pytest.fixture
def compared(window, qtbot):
    """The window with the hand-worked sample compared."""
    with qtbot.waitSignal(window.controller.compared, timeout=WAIT_MS):
        window.opener.open_sample("hand")
    settle(window, qtbot)
    return window


def settle(window, qtbot):
    qtbot.waitUntil(lambda: not window.jobs.busy(), timeout=WAIT_MS)


def run_by(window, qtbot, act, *args):
    """Does something that must lead to a run, and gives what the last run gave."""
    with qtbot.waitSignal(window.controller.compared, timeout=WAIT_MS):
        act(*args)
    settle(window, qtbot)
    return window.controller.comparison


def large_image(height=1080, width=1920):
    rng = np.random.default_rng(1)
    return Image(rng.integers(0, 256, (height, width, 3), np.uint8), "large")


def slow(session, image, progress):
    """A run that lasts until it is cancelled, and polls as a kernel does."""
    for step in range(10_000):
        progress(
            compute.Progress(
                "lsh", "LSH, products", step / 10_000, compute.Operations(), 1_000_000
            )
        )
        time.sleep(0.001)


def test_the_first_start_is_empty_and_says_what_is_missing(window):
    assert window.controller.image is None
    for key in ("run", "export-figure", "copy-figure", "zoom-fit"):
        entry = window.menus.entries[key]
        assert not entry.isEnabled()
        assert entry.toolTip()
    assert not window.messages.isVisible()


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


def test_changing_a_parameter_in_the_dock_runs_again(compared, qtbot):
    row = compared.parameters.rows["hashes"]
    comparison = run_by(compared, qtbot, row.editor.spin.setValue, 5)
    assert comparison.request.session.hashes == 5
    assert comparison["lsh"].technique.hashes == 5
    assert row.dot.text() == "●"

    comparison = run_by(compared, qtbot, row.dot.click)
    assert comparison.request.session == Session()
    assert row.dot.text() == ""


def test_one_drag_of_a_slider_is_one_step_of_undo(compared, qtbot):
    slider = compared.parameters.rows["hashes"].editor.slider
    before = compared.controller.session
    slider.setSliderDown(True)
    for position in (3, 7, 12):
        slider.setValue(position)
    assert compared.controller.session.hashes == 13
    slider.setSliderDown(False)
    slider.setSliderDown(True)
    slider.setValue(20)
    slider.setSliderDown(False)

    compared.controller.undo()
    assert compared.controller.session.hashes == 13
    compared.controller.undo()
    assert compared.controller.session == before
    assert not compared.menus.entries["undo"].isEnabled()
    comparison = run_by(compared, qtbot, compared.controller.redo)
    assert comparison.request.session.hashes == 13
    assert compared.parameters.rows["hashes"].editor.value() == 13


def test_dragging_shows_results_on_the_way(window, qtbot):
    shown = []
    run_by(window, qtbot, window.opener.open_sample, "hand")
    window.controller.compared.connect(lambda comparison: shown.append(comparison))
    window.controller.begin_drag()
    for hashes in range(3, 9):
        window.controller.change("hashes", hashes)
        qtbot.waitUntil(lambda: not window.jobs.busy("run") or len(shown) > 1, timeout=WAIT_MS)
    window.controller.end_drag()
    settle(window, qtbot)
    assert len(shown) > 1
    assert shown[-1].request.session.hashes == 8


def test_cancel_ends_a_run_within_a_tenth_of_a_second(window, qtbot):
    image = large_image(2160, 3840)
    window.controller.set_image(image)
    window.controller.change("kernel_size", 15)
    with qtbot.waitSignal(window.controller.progressed, timeout=WAIT_MS):
        pass
    assert window.status.bar.isVisible()

    asked = time.monotonic()
    window.menus.entries["cancel"].trigger()
    assert not window.jobs.busy()
    qtbot.waitUntil(lambda: not window.jobs.alive(), timeout=WAIT_MS)
    assert time.monotonic() - asked < 0.1
    assert "ancel" in window.status.step.text()
    assert not window.status.bar.isVisible()
    assert window.controller.comparison is None


def test_cancel_leaves_the_last_result(compared, qtbot, monkeypatch):
    last = compared.controller.comparison
    monkeypatch.setattr(tasks, "run", slow)
    compared.controller.run()
    with qtbot.waitSignal(compared.controller.progressed, timeout=WAIT_MS):
        pass
    qtbot.keyClick(compared, Qt.Key.Key_Escape)
    assert not compared.jobs.busy()
    assert compared.controller.comparison is last
    qtbot.waitUntil(lambda: not compared.jobs.alive(), timeout=WAIT_MS)


def longest_pause(window, qtbot, kernel_size):
    """Runs a large image and gives the longest time in which the window answered nothing."""
    beats = [time.monotonic()]
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: beats.append(time.monotonic()))
    timer.start(5)
    with qtbot.waitSignal(window.controller.progressed, timeout=WAIT_MS):
        window.controller.change("kernel_size", kernel_size)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: len(beats) > 20, timeout=WAIT_MS)
    timer.stop()
    return max(np.diff(beats)) * 1000


def test_the_window_never_blocks_while_a_large_image_runs(window, qtbot):
    run_by(window, qtbot, window.controller.set_image, large_image())
    # A pause of the program comes back every time, one of a machine that is busy does not.
    pauses = []
    for kernel_size in (7, 9, 11, 13, 15):
        pauses.append(longest_pause(window, qtbot, kernel_size))
        if pauses[-1] <= BLOCK_MS:
            break
    assert min(pauses) <= BLOCK_MS, f"blocked for {pauses} ms"


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


def drop(window, paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    enter = QDragEnterEvent(QPoint(5, 5), action, data, button, keys.NoModifier)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPointF(5, 5), action, data, button, keys.NoModifier)
    QApplication.sendEvent(window, event)


def test_of_several_dropped_files_the_first_is_opened_and_that_is_said(window, qtbot, tmp_path):
    paths = [tmp_path / "a.png", tmp_path / "b.png"]
    for path in paths:
        QImage(8, 8, QImage.Format.Format_RGB888).save(str(path))
    comparison = run_by(window, qtbot, drop, window, paths)
    assert comparison.request.image_name == "a.png"


def test_a_huge_image_is_asked_about_first(window, qtbot, monkeypatch):
    asked = []

    def read(source, most, progress):
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


def test_parameters_that_do_not_fit_are_explained_and_undone(compared, qtbot):
    last = compared.controller.comparison
    with qtbot.waitSignal(compared.controller.failed, timeout=WAIT_MS):
        compared.controller.change("kernel_size", 31)
    assert "filter" in compared.messages.text.text().lower()
    assert compared.controller.comparison is last
    run_by(compared, qtbot, compared.controller.undo)
    assert not compared.messages.isVisible()


def test_a_fault_of_the_program_is_shown_with_details(compared, qtbot, monkeypatch):
    def fault(session, image, progress):
        raise KeyError("nobody thought of this")

    monkeypatch.setattr(tasks, "run", fault)
    with qtbot.waitSignal(compared.controller.failed, timeout=WAIT_MS):
        compared.controller.run()
    bar = compared.messages
    assert bar.unfold.isVisible()
    assert not bar.details.isVisible()
    bar.unfold.click()
    assert "nobody thought of this" in bar.details.toPlainText()
    bar.close_button.click()
    assert not bar.isVisible()


def test_weights_are_typed_as_fractions(compared, qtbot):
    grid = compared.parameters.weights.grid
    index = grid.model().index(1, 1)
    comparison = run_by(compared, qtbot, grid.model().setData, index, "5/4")
    assert comparison.request.filters[0, 0, 1, 1] == 1.25
    assert comparison.request.filters[0, 0, 0, 0] == np.float32(1 / 9)
    assert comparison.request.filter_name == "custom"

    grid.model().setData(index, "a lot")
    assert compared.messages.isVisible()
    assert compared.controller.session.weights[1][1] == 1.25


def test_weights_are_pasted_as_text(compared, qtbot):
    weights = compared.parameters.weights
    weights.as_text.click()
    weights.text.setPlainText("0 1/2\n-1 3")
    comparison = run_by(compared, qtbot, weights.use.click)
    assert comparison.request.filters[0, 0].tolist() == [[0, 0.5], [-1, 3]]


def test_weights_are_loaded_from_a_file(compared, qtbot, tmp_path):
    path = tmp_path / "weights.csv"
    path.write_text("1,2\n3,4\n")
    comparison = run_by(compared, qtbot, compared.controller.load_weights, str(path))
    assert comparison.request.filters[0, 0].tolist() == [[1, 2], [3, 4]]

    with qtbot.waitSignal(compared.controller.failed, timeout=WAIT_MS):
        compared.controller.load_weights(str(tmp_path / "none.csv"))
    assert "none.csv" in compared.messages.text.text()


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("f.pdf", b"%PDF"),
        ("f.svg", b"<?xml"),
        ("f.png", b"\x89PNG"),
        ("n.csv", b""),
        ("n.json", b"{"),
    ],
)
def test_exports_are_written_and_said_where(compared, qtbot, tmp_path, name, start):
    path = tmp_path / name
    export = compared.exporter.export_figure if name[0] == "f" else compared.exporter.export_numbers
    with qtbot.waitSignal(compared.exporter.written, timeout=WAIT_MS):
        export(str(path))
    assert path.read_bytes().startswith(start)
    assert path.stat().st_size > 100
    assert str(path) in compared.messages.text.text()
    if name.endswith("json"):
        assert json.loads(path.read_text())["techniques"]["lsh"]
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == [name]


def test_a_failed_export_leaves_the_old_file(compared, qtbot, tmp_path, monkeypatch):
    path = tmp_path / "old.csv"
    path.write_text("precious")

    def full(path, data):
        raise OSError(f"{path} could not be written: no space left on the disk")

    monkeypatch.setattr(tasks, "write_atomically", full)
    with qtbot.waitSignal(compared.exporter.failed, timeout=WAIT_MS):
        compared.exporter.export_numbers(str(path))
    assert path.read_text() == "precious"
    assert "no space left" in compared.messages.text.text()


def test_an_ending_that_means_nothing_is_refused(compared, qtbot, tmp_path):
    with qtbot.waitSignal(compared.exporter.failed, timeout=WAIT_MS):
        compared.exporter.export_figure(str(tmp_path / "figure.doc"))
    assert ".svg" in compared.messages.text.text()


def test_the_report_s_experiment_shows_what_was_claimed(compared, qtbot):
    with qtbot.waitSignal(compared.controller.measured, timeout=WAIT_MS) as signal:
        compared.controller.load_experiment("lsh")
    rows = signal.args[0]
    assert {row.technique: row.claimed for row in rows} == {"differential": 100.0, "lsh": 0.0}
    settle(compared, qtbot)
    assert compared.controller.session.width == 38
    with qtbot.waitSignal(compared.controller.measured, timeout=WAIT_MS) as signal:
        compared.controller.undo()
    assert signal.args == [None]
    settle(compared, qtbot)


def test_closing_during_a_run_ends_it_and_nothing_is_told(window, qtbot, monkeypatch):
    monkeypatch.setattr(tasks, "run", slow)
    window.controller.set_image(large_image(64, 64))
    with qtbot.waitSignal(window.controller.progressed, timeout=WAIT_MS):
        pass
    told = []
    for signal in (window.controller.compared, window.controller.progressed):
        signal.connect(told.append)
    assert window.close()
    assert not window.jobs.alive()
    qtbot.wait(60)
    assert told == []


def test_themes_change_at_once(compared):
    application = QApplication.instance()
    for choice, theme in (("dark", DARK), ("light", LIGHT)):
        compared.menus.entries[f"theme-{choice}"].trigger()
        colour = application.palette().color(QPalette.ColorRole.Window).name()
        assert colour == theme.window
        assert compared.appearance.theme is theme
        assert compared.menus.entries[f"theme-{choice}"].isChecked()


def test_the_next_start_is_as_this_one_was_left(make_window, qtbot):
    first = make_window()
    run_by(first, qtbot, first.opener.open_sample, "hand")
    run_by(first, qtbot, first.controller.change, "hashes", 7)
    first.view.set_theme("dark")
    first.view.set_linked(False)
    first.view.set_error_mode("absolute")
    first.parameters.groups["LSH"].header.click()
    first.docks["results"].close()
    first.resize(first.minimumSizeHint().width(), 740)
    size = first.size()
    assert first.close()

    second = make_window()
    assert second.controller.session == Session(hashes=7)
    assert second.appearance.choice == "dark"
    assert not second.menus.entries["link"].isChecked()
    assert second.menus.entries["error-absolute"].isChecked()
    assert second.parameters.folded_groups() == ("LSH",)
    assert not second.docks["results"].isVisible()
    assert second.height() == size.height()


@pytest.mark.parametrize("content", [b"", b"{", b"[1, 2]", b'{"session": 5, "state": "####"}'])
def test_a_broken_settings_file_never_stops_the_start(make_window, content):
    settings.path().parent.mkdir(parents=True, exist_ok=True)
    settings.path().write_bytes(content)
    window = make_window()
    assert window.controller.session == Session()
    assert window.isVisible()


def test_settings_that_can_not_be_written_do_not_stop_the_end(window, monkeypatch):
    def refuse(kept):
        raise OSError("the disk is full")

    monkeypatch.setattr(settings, "save", refuse)
    assert window.close()
