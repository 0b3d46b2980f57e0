"""A file is written whole or not at all, and a failure says why in one sentence."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from convgui.export import atomic
from convgui.export.atomic import WriteError, make_folder, write_atomically
from convgui.export.temporary import Temporary, tidy

POSIX = sys.platform != "win32"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def _failing(number: int) -> object:
    def fail(*args: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_new_file_is_written_and_nothing_else_left(tmp_path: Path) -> None:
    write_atomically(tmp_path / "figure.pdf", b"new")
    assert (tmp_path / "figure.pdf").read_bytes() == b"new"
    assert _names(tmp_path) == ["figure.pdf"]


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "numbers.csv"
    target.write_bytes(b"a much longer old file")
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_an_empty_file_and_a_relative_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_atomically("empty", b"")
    assert _names(tmp_path) == ["empty"]


@pytest.mark.parametrize("name", ["پیکره.pdf", "a" * 240 + ".pdf", "-rf", "two\nlines"])
def test_odd_names(tmp_path: Path, name: str) -> None:
    write_atomically(tmp_path / name, b"new")
    assert _names(tmp_path) == [name]


def test_a_disk_that_takes_a_few_bytes_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:7]))
    write_atomically(tmp_path / "slow", bytes(range(100)))
    assert (tmp_path / "slow").read_bytes() == bytes(range(100))


@pytest.mark.parametrize(
    ("function", "number", "words"),
    [
        ("write", errno.ENOSPC, "the disk is full"),
        ("fsync", errno.EIO, "the disk reported an error"),
        ("replace", errno.EACCES, "no permission"),
        ("replace", errno.EXDEV, os.strerror(errno.EXDEV)),
    ],
)
def test_a_failure_keeps_the_old_file_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, function: str, number: int, words: str
) -> None:
    target = tmp_path / "figure.svg"
    target.write_bytes(b"old")
    monkeypatch.setattr(os, function, _failing(number))
    with pytest.raises(OSError, match="could not be written") as caught:
        write_atomically(target, b"new" * 1000)
    assert caught.value.errno == number
    assert words in str(caught.value)
    assert str(target) in str(caught.value)
    assert str(caught.value).endswith(".")
    assert target.read_bytes() == b"old"
    assert _names(tmp_path) == ["figure.svg"]


def test_a_disk_that_takes_nothing_more_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.write
    left = [10]

    def fills(file: int, data: memoryview) -> int:
        written = real(file, data[: left[0]]) if left[0] else 0
        left[0] -= written
        return written

    monkeypatch.setattr(os, "write", fills)
    with pytest.raises(WriteError, match="disk is full"):
        write_atomically(tmp_path / "figure", bytes(100))
    assert _names(tmp_path) == []


def test_a_file_that_arrives_shorter_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some disks promise to have written, and have not."""
    target = tmp_path / "figure"
    target.write_bytes(b"old")
    real = os.write

    def lies(file: int, data: memoryview) -> int:
        real(file, data[:3])
        return len(data)

    monkeypatch.setattr(os, "write", lies)
    with pytest.raises(WriteError, match="3 of 100 bytes"):
        write_atomically(target, bytes(100))
    assert target.read_bytes() == b"old"


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(file: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "figure", b"new")
    assert _names(tmp_path) == []


def test_a_missing_folder_and_a_folder_in_its_place(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="the folder does not exist"):
        write_atomically(tmp_path / "nowhere" / "figure", b"new")
    (tmp_path / "folder").mkdir()
    with pytest.raises(WriteError, match="it is a folder"):
        write_atomically(tmp_path / "folder", b"new")
    with pytest.raises(WriteError, match="could not be written"):
        write_atomically(tmp_path / "nul\0l", b"new")
    assert _names(tmp_path) == ["folder"]


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Simulated: root may write anywhere."""
    monkeypatch.setattr(os, "open", _failing(errno.EACCES))
    with pytest.raises(WriteError, match="no permission to write there"):
        write_atomically(tmp_path / "figure", b"new")


@pytest.mark.skipif(not POSIX, reason="Windows has other permissions")
def test_permissions_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"old")
    old.chmod(0o640)
    write_atomically(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    mask = os.umask(0o022)
    try:
        write_atomically(tmp_path / "new", b"new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o644


@pytest.mark.skipif(not POSIX, reason="Windows has no such files")
def test_links_are_followed_and_pipes_written_to(tmp_path: Path) -> None:
    real = tmp_path / "real"
    real.write_bytes(b"old")
    link = tmp_path / "link"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    write_atomically("/dev/null", b"new")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)


def test_a_folder_that_can_not_be_synced_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = os.fsync, []

    def second_fails(file: int) -> None:
        calls.append(file)
        if len(calls) > 1:
            raise OSError(errno.EINVAL, "not here")
        real(file)

    monkeypatch.setattr(atomic.os, "fsync", second_fails)
    write_atomically(tmp_path / "figure", b"new")
    assert (tmp_path / "figure").read_bytes() == b"new"


@pytest.mark.skipif(not POSIX, reason="Windows has no such locks")
def test_what_a_killed_writer_left_goes_with_the_next_one(tmp_path: Path) -> None:
    (tmp_path / ".convgui-0123456789abcdef.tmp").write_bytes(b"half")
    (tmp_path / ".convgui-of-somebody.tmp").write_bytes(b"theirs")
    write_atomically(tmp_path / "figure", b"new")
    assert _names(tmp_path) == [".convgui-of-somebody.tmp", "figure"]


@pytest.mark.skipif(not POSIX, reason="Windows has no such locks")
def test_what_another_writer_needs_stays_until_it_is_done(tmp_path: Path) -> None:
    other = Temporary(str(tmp_path))
    write_atomically(tmp_path / "figure", b"new")
    assert Path(other.path).exists()
    # The one to write to is closed before the file gets its name.
    os.close(other.descriptor)
    tidy(str(tmp_path))
    assert Path(other.path).exists()
    other.let_go()
    tidy(str(tmp_path))
    assert _names(tmp_path) == ["figure"]


@pytest.mark.skipif(not POSIX, reason="Windows has no such locks")
def test_a_writer_whose_file_is_tidied_away_takes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between making it and holding it, somebody else may take it for a dead one's."""
    real, met = os.open, []

    def opened(path: str, *args: object) -> int:
        descriptor = real(path, *args)
        if str(path).endswith(".tmp") and not met:
            met.append(path)
            os.unlink(path)
        return descriptor

    monkeypatch.setattr(os, "open", opened)
    write_atomically(tmp_path / "figure", b"new")
    assert met
    assert _names(tmp_path) == ["figure"]


def test_a_folder_that_can_not_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WriteError, match="a part of the path is a file") as caught:
        make_folder(tmp_path / "file" / "below")
    assert str(caught.value).endswith(".")
