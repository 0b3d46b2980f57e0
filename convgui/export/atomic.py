"""Files written whole or not at all, so a failed export leaves the old file as it was."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from .temporary import Temporary, tidy

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "the folder does not exist",
    errno.ENOTDIR: "a part of the path is a file, not a folder",
    errno.EISDIR: "it is a folder",
    errno.EEXIST: "a file of that name is there already",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EFBIG: "the file would be larger than the disk allows",
    errno.EIO: "the disk reported an error",
}


class WriteError(OSError):
    """Says in one sentence what could not be written and why; ``errno`` is the system's."""

    def __init__(self, message: str, number: int | None = None) -> None:
        super().__init__(message)
        self.errno = number


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Write ``data`` to ``path`` so that readers see the old file or the new one, never a part.

    The bytes go to a new file in the same folder, are forced to the disk, and take the name in
    one step. A link is followed, the old file's permissions are kept. What is no regular file,
    such as ``/dev/stdout``, is written to as it is.

    Raises
    ------
    WriteError
        An OSError whose text is one sentence for the user; the old file is then unchanged.
    """
    try:
        _write(os.path.realpath(path) if _is_replaceable(path) else os.fspath(path), data)
    except (OSError, ValueError) as problem:
        raise _explained(path, problem) from problem


def make_folder(path: str | os.PathLike[str], mode: int = 0o777) -> None:
    """Make a folder, and those that it is in, where they are not there yet.

    Parameters
    ----------
    path : str or path
    mode : int
        Permissions of the folder if it is made.

    Raises
    ------
    WriteError
        As :func:`write_atomically` does.
    """
    try:
        os.makedirs(path, mode, exist_ok=True)
    except (OSError, ValueError) as problem:
        raise _explained(path, problem) from problem


def _is_replaceable(path: str | os.PathLike[str]) -> bool:
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return True
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode)


def _write(path: str, data: bytes) -> None:
    mode: int | None = None
    with suppress(FileNotFoundError):
        mode = os.stat(path).st_mode
    if mode is not None and stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if mode is not None and not stat.S_ISREG(mode):
        _write_all(os.open(path, os.O_WRONLY), data, lasting=False)
        return
    folder = os.path.dirname(path)
    # What killed writers left there goes first: it may be what fills the disk.
    tidy(folder)
    temporary = Temporary(folder)
    try:
        if mode is not None:
            with suppress(OSError):
                os.chmod(temporary.path, stat.S_IMODE(mode))
        _write_all(temporary.descriptor, data, lasting=True)
        os.replace(temporary.path, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary.path)
        raise
    finally:
        temporary.let_go()
    _sync_folder(folder)


def _write_all(descriptor: int, data: bytes, *, lasting: bool) -> None:
    """Write every byte and close; a full disk may take only some of them without an error."""
    try:
        rest = memoryview(data)
        while rest:
            written = os.write(descriptor, rest)
            if written <= 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            rest = rest[written:]
        if lasting:
            os.fsync(descriptor)
            size = os.fstat(descriptor).st_size
            if size != len(data):
                raise OSError(f"only {size} of {len(data)} bytes arrived on the disk")
    finally:
        os.close(descriptor)


def _sync_folder(folder: str) -> None:
    """Force the new name to the disk, where the system can; the file itself is already there."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):
        descriptor = os.open(folder or os.curdir, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(path: str | os.PathLike[str], problem: OSError | ValueError) -> WriteError:
    number = getattr(problem, "errno", None)
    reason = _REASONS.get(number) if number is not None else None
    if reason is None:
        reason = (getattr(problem, "strerror", None) or str(problem)).rstrip(".")
    shown = os.fsencode(Path(path)).decode("utf-8", "replace")
    return WriteError(f"{shown} could not be written: {reason}.", number)
