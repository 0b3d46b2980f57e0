"""Whatever a name leads to, there is an image or one sentence for the user, and never a wait."""

from __future__ import annotations

import errno
import os
import pickle
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_files import GRAY, IEND, RGB, chunk, ihdr, png, saved

from convgui.model import reader
from convgui.model.files import display_name
from convgui.model.image import ImageError, ImageTooLarge
from convgui.model.reader import read_image

PICTURE = saved(RGB, "PNG")


def _refusal(source: str | Path | bytes) -> str:
    with pytest.raises(ImageError) as caught:
        read_image(source)
    message = str(caught.value)
    assert message.endswith(".")
    assert "\n" not in message
    assert " can't be opened: " in message
    return message


@pytest.mark.parametrize(
    "name",
    [
        b"plain.png", b"no suffix", b"wrong.jpg", b"-rf.png", "پیکره‌ها.png".encode(),
        "中文 é ñ 🙂.png".encode(), b"x" * 240 + b".png", b"two\nlines.png", b"not\xff\xfeutf8.png",
    ],
)  # fmt: skip
def test_odd_names_open(tmp_path: Path, name: bytes) -> None:
    path = os.path.join(os.fsencode(tmp_path), name)
    try:
        Path(os.fsdecode(path)).write_bytes(PICTURE)
    except OSError:
        pytest.xfail("this disk does not take such a name")
    for source in (os.fsdecode(path), Path(os.fsdecode(path))):
        image = read_image(source)
        np.testing.assert_array_equal(image.pixels, RGB)
        assert image.path == Path(os.fsdecode(path))
        assert image.name.isprintable() or "\u200c" in image.name
        image.name.encode("utf-8")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("photo.png", "photo.png"), ("two\nlines", "two�lines"), ("a\u202egnp.exe", "a�gnp.exe"),
        ("پیکره\u200cها.png", "پیکره\u200cها.png"), (os.fsdecode(b"b\xff"), "b�"), ("/", "/"),
    ],
)  # fmt: skip
def test_names_are_shown_without_tricks(name: str, shown: str) -> None:
    assert display_name(Path(name)) == shown


@given(st.binary(min_size=1, max_size=40))
def test_every_name_can_be_shown(name: bytes) -> None:
    shown = display_name(Path(os.fsdecode(name.replace(b"/", b"-").replace(b"\0", b"-"))))
    shown.encode("utf-8")
    assert "\n" not in shown


def test_a_relative_name_becomes_an_absolute_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here.png").write_bytes(PICTURE)
    monkeypatch.chdir(tmp_path)
    image = read_image("here.png")
    assert image.path == tmp_path / "here.png"
    assert image.name == "here.png"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"), (b"Dear reader", "text"), (b"<svg xmlns='x'></svg>", "SVG"),
        (b"\x7fELF" + bytes(4000), "program"), (bytes(5000), "zeros"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_image_whatever_its_name(
    tmp_path: Path, content: bytes, words: str
) -> None:
    (tmp_path / "photo.png").write_bytes(content)
    assert _refusal(tmp_path / "photo.png").startswith("photo.png can't be opened: ")
    assert words in _refusal(tmp_path / "photo.png")
    assert words in _refusal(content)


def test_what_is_no_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo.png")
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "loop.png").symlink_to(tmp_path / "loop.png")
    (tmp_path / "dangling.png").symlink_to(tmp_path / "nowhere")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket.png"))
        assert "device or a pipe" in _refusal(tmp_path / "socket.png")
    assert "device or a pipe" in _refusal(tmp_path / "fifo.png")
    assert "it is a folder" in _refusal(tmp_path / "folder.png")
    assert "leads back to itself" in _refusal(tmp_path / "loop.png")
    for missing in ("dangling.png", "missing.png", "folder.png/x", "nul\0l", "x" * 300):
        assert "no such file" in _refusal(tmp_path / missing)
    for device in ("/dev/null", "/dev/zero"):
        assert "device or a pipe" in _refusal(device)


def test_a_link_and_a_second_name_open(tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(PICTURE)
    (tmp_path / "link.png").symlink_to("picture.png")
    os.link(tmp_path / "picture.png", tmp_path / "second.png")
    for name in ("link.png", "second.png"):
        assert read_image(tmp_path / name).name == name


def test_a_huge_file_of_nothing_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "sparse.png").open("wb") as file:
        file.truncate(3 << 30)
    assert "zeros" in _refusal(tmp_path / "sparse.png")
    with (tmp_path / "vast.png").open("wb") as file:
        file.write(PICTURE)
        file.truncate(5 << 30)
    assert "larger than 4 GB" in _refusal(tmp_path / "vast.png")


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "no permission to read it"), (errno.EMFILE, os.strerror(errno.EMFILE))],
)
def test_a_file_that_may_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """Simulated: root may read everything."""

    def fail(*arguments: object) -> int:
        raise OSError(number, os.strerror(number))

    (tmp_path / "photo.png").write_bytes(PICTURE)
    monkeypatch.setattr(os, "open", fail)
    assert words in _refusal(tmp_path / "photo.png")


def test_a_large_image_is_asked_about_and_then_opened() -> None:
    with pytest.raises(ImageTooLarge) as caught:
        read_image(PICTURE, max_pixels=863)
    error = pickle.loads(pickle.dumps(caught.value))
    assert (error.width, error.height) == (36, 24)
    assert error.bytes_needed == 36 * 24 * 3 * 2
    assert str(error) == str(caught.value)
    assert "36 x 24 pixels" in str(error)
    assert read_image(PICTURE, max_pixels=864).width == 36
    assert read_image(PICTURE, max_pixels=None).width == 36


def test_fifty_megapixels_are_asked_about_from_the_header_alone() -> None:
    """The data would inflate to this size, but none of it is inflated before the answer."""
    claimed = png(ihdr(9000, 6000, 1), chunk(b"IDAT", bytes(8000)), IEND)
    with pytest.raises(ImageTooLarge, match="more than 50 megapixels"):
        read_image(claimed)
    assert "damaged" in _refusal_of_all(claimed)


def _refusal_of_all(data: bytes) -> str:
    with pytest.raises(ImageError) as caught:
        read_image(data, max_pixels=None)
    return str(caught.value)


@pytest.mark.parametrize(("width", "height"), [(50_000, 50_000), (1, 999_999_999)])
def test_beyond_two_gigapixels_there_is_nothing_to_ask(width: int, height: int) -> None:
    head = b"P4\n%d %d\n" % (width, height)
    header = reader.formats.header.Header("PBM", width, height, gray=True, parts=(head,))
    with pytest.raises(reader.Unreadable, match="more than convgui can hold"):
        reader._check_size("scan", header, None)


def test_not_enough_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(data: bytes) -> None:
        raise MemoryError

    monkeypatch.setattr(reader, "decode", exhausted)
    assert "not enough memory" in _refusal(PICTURE)


CHECK_ENVIRONMENT = """
import os
before = dict(os.environ, QT_QPA_FONTDIR="/mine")
os.environ["QT_QPA_FONTDIR"] = "/mine"
from convgui.opencv import cv2
assert dict(os.environ) == before, set(os.environ.items()) ^ set(before.items())
assert cv2.utils.logging.getLogLevel() == cv2.utils.logging.LOG_LEVEL_SILENT
"""


def test_opencv_leaves_the_environment_alone() -> None:
    subprocess.run(
        [sys.executable, "-W", "error", "-c", CHECK_ENVIRONMENT], check=True, timeout=300
    )


def test_reading_does_not_need_qt() -> None:
    code = "import sys; from convgui.model.reader import read_image; assert 'PySide6' not in {}"
    subprocess.run(
        [sys.executable, "-c", code.format("sys.modules and 'cv2' not in sys.modules")],
        check=True, timeout=300,
    )  # fmt: skip


def test_a_gray_picture_has_one_channel() -> None:
    image = read_image(saved(GRAY, "PNG"))
    assert (image.channels, image.pixels.shape) == (1, GRAY.shape)
