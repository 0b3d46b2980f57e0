"""The log rotates, holds only the program's own words, and is told without private paths."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import convgui
from convgui import diagnosis, log
from convgui.model.image import Image
from convgui.model.session import Session


@pytest.fixture
def written():
    handler = log.start()
    yield log.path()
    log.stop(handler)


def test_it_lies_in_the_user_s_state_folder(written, own_folders):
    assert written.is_file()
    assert written.is_relative_to(own_folders)
    assert "begins" in written.read_text(encoding="utf-8")


def test_it_rotates(written, monkeypatch):
    (handler,) = log.LOG.handlers
    monkeypatch.setattr(handler, "maxBytes", 2000)
    for number in range(200):
        log.LOG.info("line %d of many that are long enough to fill a file", number)
    files = sorted(each.name for each in written.parent.iterdir())
    assert files == ["convgui.log", "convgui.log.1", "convgui.log.2"]
    assert all(each.stat().st_size < 2500 for each in written.parent.iterdir())
    assert "line 199" in written.read_text(encoding="utf-8")


def test_what_is_too_long_to_be_its_own_words_is_cut(written):
    log.LOG.error("%s", "x" * 10_000)
    log.LOG.error("%s", "\n".join(f"line {number}" for number in range(10_000)))
    text = written.read_text(encoding="utf-8")
    assert len(text) < 10_000
    assert "line 0" in text
    assert "line 9999" in text
    assert "x" * 400 not in text


@pytest.mark.parametrize("contents", [
    np.arange(300).reshape(10, 10, 3) + 700, np.arange(12.0) / 7, b"secret bytes", [0.8271827] * 2,
    tuple(range(70_100, 70_109)), "a sentence of a file that nobody else should read",
])  # fmt: skip
def test_contents_in_an_exception_s_message_are_left_out(written, contents):
    try:
        raise RuntimeError(f"can't use {contents!r} here")
    except RuntimeError:
        log.LOG.exception("a fault")
    text = written.read_text(encoding="utf-8")
    for secret in ("70", "0.8", "0.14", "secret", "sentence"):
        assert secret not in text.split("RuntimeError: ")[1]
    assert "RuntimeError: can't use" in text
    assert "test_log.py" in text


@pytest.mark.parametrize("message", [
    "an output of (3, 13, 33) in float32 would take 5 MiB", "level must be one of v1, v3, got 'v9'",
    "2026-11-23 02:00:01,500 ERROR convgui: x", "took 1.5 s for 3 x 3, 0.25 of it",
])  # fmt: skip
def test_the_program_s_own_words_are_left_as_they_are(message):
    assert log.without_contents(message) == message


def test_a_folder_that_can_not_be_written_stops_nothing(own_folders, capsys):
    own_folders.write_text("a file where a folder should be")
    handler = log.start()
    log.LOG.warning("still told")
    log.stop(handler)
    assert type(handler) is logging.StreamHandler
    assert log.tail(5) == []


def test_the_last_lines(written):
    for number in range(5000):
        log.LOG.info("line %d", number)
    assert [line.split()[-1] for line in log.tail(3)] == ["4997", "4998", "4999"]


@pytest.mark.parametrize("path", [
    "/home/ann/x ray/patient.png", "/data/secret/patient.png", "C:\\Users\\ann\\patient.png",
    "\\\\server\\share\\patient.png", "/patient", '"/mnt/two words/patient of mine.png"',
    "'C:\\Program Files\\patient of mine.png'", "/tmp/a:b/patient.png",
])  # fmt: skip
@pytest.mark.parametrize("words", ["could not read {}", "{}: no such file", "({})", "open={}, 3"])
def test_no_path_is_told(path, words):
    told = diagnosis.without_paths(words.format(path))
    assert "patient" not in told
    assert "ann" not in told
    assert "<a path>" in told


def test_the_program_s_own_places_are_told_by_name():
    own = Path(convgui.__file__).parent / "app.py"
    assert diagnosis.without_paths(f'File "{own}", line 3') == (
        'File "<program>/convgui/app.py", line 3'
    )
    for text in ("1/9 of 3 / 4", "2026-11-23 02:00:01,500 INFO", "M x C/groups", "a/b"):
        assert diagnosis.without_paths(text) == text


def test_a_report_tells_settings_and_neither_names_nor_pixels_nor_weights(written):
    pixels = np.full((5, 6), 173, np.uint8)
    image = Image(pixels, "patient.png", Path("/home/ann/patient.png"))
    session = replace(Session(hashes=7), filter_name="custom", weights=((0.123456, 7.5),))
    kept = {"theme": "dark", "sessions.path": "/home/ann/it.convgui", "inspect.on": True}
    log.LOG.error("a fault at /home/ann/patient.png")
    text = diagnosis.now(session, image, kept)
    for word in ("patient", "ann", "173", "0.123456", "it.convgui"):
        assert word not in text
    for word in ("numpy", '"hashes": 7', "(5, 6) uint8", '"theme": "dark"', "a fault at"):
        assert word in text
