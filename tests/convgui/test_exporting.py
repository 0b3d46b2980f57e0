"""Taking results away."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from driving import WAIT_MS

from convgui import tasks

ROOT = Path(tasks.__file__).parents[1]


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


def test_closing_waits_for_what_is_being_written(compared, qtbot, tmp_path):
    path = tmp_path / "f.pdf"
    compared.exporter.export_figure(str(path))
    compared.close()
    assert compared.isVisible()
    qtbot.waitUntil(lambda: not compared.isVisible(), timeout=WAIT_MS)
    assert path.read_bytes().startswith(b"%PDF")


def test_a_window_that_waited_stays_where_writing_failed(compared, qtbot, tmp_path):
    with qtbot.waitSignal(compared.exporter.failed, timeout=WAIT_MS):
        compared.exporter.export_numbers(str(tmp_path / "nowhere" / "n.csv"))
        compared.close()
    assert compared.isVisible()
    assert "nowhere" in compared.messages.text.text()
    compared.close()
    assert not compared.isVisible()


def test_a_program_that_ends_with_a_picture_on_the_clipboard_ends_well():
    program = (
        "from PySide6.QtGui import QImage\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from convgui import exporting\n"
        "application = QApplication([])\n"
        "picture = QImage(4, 3, QImage.Format.Format_RGB32)\n"
        "exporting._to_clipboard(b'packed', picture)\n"
        "held = application.clipboard().mimeData()\n"
        "assert bytes(held.data('image/png')) == b'packed'\n"
        "assert application.clipboard().image().size() == picture.size()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
