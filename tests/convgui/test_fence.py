"""Images are read in another process, whose death, silence or nonsense is survived."""

from __future__ import annotations

import io
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_files import DEEP, EVERY, RGB, saved

from convgui.apart import process, wire
from convgui.apart.process import Gone
from convgui.fence import Fence, child, fence
from convgui.model import reader
from convgui.model.damage import LEVELS
from convgui.model.image import ImageError, ImageTooLarge
from cyconv import Cancelled

PNG = saved(RGB, "PNG")


@pytest.fixture(scope="module")
def other() -> Iterator[Fence]:
    """A fence of the tests' own."""
    made = Fence()
    yield made
    made.close()


@pytest.mark.parametrize("name", EVERY)
def test_what_comes_through_is_what_was_read(other, name):
    data = EVERY[name][0]
    given_, wanted = other.read_image(data), reader.read_image(data)
    np.testing.assert_array_equal(given_.pixels, wanted.pixels)
    assert given_.pixels.dtype == wanted.pixels.dtype
    assert not given_.pixels.flags.writeable
    facts = ("name", "path", "notes", "damaged", "stored")
    assert [getattr(given_, fact) for fact in facts] == [getattr(wanted, fact) for fact in facts]


def test_a_file_is_found_whatever_it_is_called(other, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for raw in (b"plain.png", b"not\xffunicode.png", b"two\nlines.png", b"-"):
        path = Path(os.fsdecode(raw))
        path.write_bytes(PNG)
        image = other.read_image(path)
        assert image.path == tmp_path / path
        assert image.name == reader.read_image(path).name


def test_reasons_come_through(other, tmp_path):
    missing = tmp_path / "missing.png"
    for source, limit in ((b"no image", 100), (b"", 100), (missing, 100), (PNG, 863)):
        with pytest.raises(ImageError) as here:
            reader.read_image(source, max_pixels=limit)
        with pytest.raises(type(here.value)) as there:
            other.read_image(source, max_pixels=limit)
        assert str(there.value) == str(here.value)
    assert isinstance(there.value, ImageTooLarge)
    assert (there.value.width, there.value.height) == (36, 24)
    assert there.value.bytes_needed == here.value.bytes_needed


def test_without_the_means_images_are_read_here(monkeypatch, tmp_path):
    monkeypatch.setattr(process, "POSSIBLE", False)
    here = Fence()
    here.start()
    np.testing.assert_array_equal(here.read_image(PNG).pixels, reader.read_image(PNG).pixels)
    with pytest.raises(ImageError):
        here.read_image(tmp_path / "missing.png")
    assert here.process is None
    here.close()


def test_it_is_read_where_the_system_refuses_to_bound_memory(monkeypatch):
    def refuse(what, limits):
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "setrlimit", refuse)
    monkeypatch.setattr(signal, "alarm", lambda seconds: 0)
    told = io.BytesIO()
    words = {"memory": 1 << 30, "seconds": 1.0, "max_pixels": None, "name": "", "damage": "warn"}
    child._answer(told, words, io.BytesIO(PNG), len(PNG))
    length, follows = wire.lengths(told.getvalue()[: wire.HEAD.size])
    assert wire.words_of(told.getvalue()[wire.HEAD.size :][:length])["shape"] == list(RGB.shape)
    assert follows == RGB.size


def test_a_process_that_died_is_started_again(other):
    before = other.read_image(PNG)
    first = other.process
    os.kill(first, signal.SIGKILL)
    other._process._child.wait()
    np.testing.assert_array_equal(other.read_image(PNG).pixels, before.pixels)
    assert other.process != first


def test_a_program_with_many_files_open_reads_images():
    most = 1100
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < most + 100:
        pytest.skip("the system does not allow so many open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most + 100), hard))
    crowd, crowded = [os.open(os.devnull, os.O_RDONLY) for _ in range(most)], Fence()
    try:
        assert crowded.read_image(PNG).pixels.shape == RGB.shape
    finally:
        crowded.close()
        for descriptor in crowd:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_crash_is_one_sentence(other, caplog):
    other.start()

    def crash(_):
        os.kill(other.process, signal.SIGSEGV)

    with pytest.raises(ImageError, match=r"^odd can't be opened: the decoder crashed on it\.$"):
        other.read_image(PNG, name="odd", progress=crash)
    assert f"exit status {-signal.SIGSEGV}" in caplog.text
    assert other.read_image(PNG).pixels.shape == RGB.shape


def test_one_that_hangs_is_given_up(other):
    other.read_image(PNG)

    def halt(_):
        os.kill(other.process, signal.SIGSTOP)

    with pytest.raises(ImageError, match=r"^odd can't be opened: it was not read within 0\.2 sec"):
        other.read_image(PNG, name="odd", progress=halt, seconds=0.2)
    assert other.read_image(PNG).pixels.shape == RGB.shape


def test_what_is_given_up_is_not_taken_for_the_next_answer(other):
    other.read_image(PNG)

    def stop(_):
        raise Cancelled

    with pytest.raises(Cancelled):
        other.read_image(saved(DEEP, "PNG"), progress=stop)
    assert other.read_image(PNG).pixels.shape == RGB.shape


@pytest.mark.skipif(sys.platform == "win32", reason="Windows bounds no process's memory so simply")
def test_memory_is_bounded(other, monkeypatch):
    monkeypatch.setattr(fence, "MEMORY", 1 << 20)
    with pytest.raises(ImageError, match=r"there is not enough memory for it\.$"):
        other.read_image(saved(np.zeros((2000, 2000, 3), np.uint8), "PNG"))


def test_a_large_image_leaves_no_large_process(other, monkeypatch):
    monkeypatch.setattr(fence, "HEAVY", 1000)
    assert other.read_image(PNG).pixels.shape == RGB.shape
    assert other.process is None


def test_without_a_process_there_is_a_reason(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nonexistent/python")
    with pytest.raises(ImageError, match=r"the process that reads images could not be started"):
        Fence().read_image(PNG)


class Liar:
    """Another side that answers what it is told to."""

    ready = True

    def __init__(self, answer):
        self.answer = answer

    def alive(self):
        return True

    def send(self, data, until, look):
        pass

    def receive(self, room, until, look):
        if len(room) > len(self.answer):
            raise Gone("no more")
        room[:] = self.answer[: len(room)]
        self.answer = self.answer[len(room) :]

    def end(self):
        pass


def lied_to(answer: bytes) -> str:
    """Gives the sentence that such an answer leads to."""
    deceived = Fence()
    deceived._process = Liar(answer)
    with pytest.raises(ImageError) as caught:
        deceived.read_image(PNG, name="odd")
    assert deceived.process is None
    return str(caught.value)


@pytest.mark.parametrize(
    "words",
    [
        {"shape": [4, 4], "type": "object"}, {"shape": [4, 4], "type": "uint8"},
        {"shape": [-4, -4], "type": "uint8"}, {"shape": [4, 4, 2], "type": "uint8"},
        {"shape": [1 << 40, 1 << 40], "type": "float32"}, {"shape": 16, "type": "uint8"},
        {"shape": [], "type": "uint8"}, {"shape": ["4", "4"], "type": "uint8"}, {},
    ],
    ids=str,
)  # fmt: skip
def test_pixels_that_can_not_be_are_not_believed(words):
    assert lied_to(wire.pack(words, 15) + bytes(15)) == (
        "odd can't be opened: the decoder crashed on it."
    )


@given(st.binary(max_size=40))
def test_nonsense_is_not_believed(answer):
    assert lied_to(answer) == "odd can't be opened: the decoder crashed on it."


def test_deep_and_long_words_are_refused():
    for text in (b"[" * 100_000, b"[]", b"\xff\xff", b"nul"):
        with pytest.raises(wire.Garbled):
            wire.words_of(text)
    for length in (0, 1, wire.MOST_WORDS + 1):
        with pytest.raises(wire.Garbled):
            wire.lengths(struct.pack("<IQ", length, 0))


def test_levels_of_damage(other):
    half = EVERY["JPEG"][0][: len(EVERY["JPEG"][0]) * 3 // 4]
    broken = bytearray(PNG)
    broken[PNG.index(b"IDAT") + 12] ^= 0xFF
    seen = {}
    for level in LEVELS:
        for name, data in (("whole", PNG), ("half", half), ("broken", bytes(broken))):
            try:
                image = other.read_image(data, damage=level)
                seen[level, name] = "damaged" if image.damaged else "sound"
            except ImageError:
                seen[level, name] = "refused"
    assert all(seen[level, "whole"] == "sound" for level in LEVELS)
    assert seen["strict", "half"] == seen["strict", "broken"] == "refused"
    assert "sound" not in {seen[key] for key in seen if key[1] != "whole"}
    for name in ("half", "broken"):
        shown = [seen[level, name] != "refused" for level in LEVELS]
        assert shown == sorted(shown)
    assert seen["anything", "half"] == "damaged"
    with pytest.raises(ValueError, match=r"damage must be one of strict, warn, truncated, any"):
        reader.read_image(PNG, damage="lax")
