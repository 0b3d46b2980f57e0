"""Bytes of a file that someone named, whatever the name leads to."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Callable
from pathlib import Path

from convgui.model.formats.header import Unreadable

MOST_BYTES = 1 << 32

_REASONS = {
    errno.ENOENT: "there is no such file",
    errno.ENOTDIR: "there is no such file",
    errno.EACCES: "there is no permission to read it",
    errno.EPERM: "there is no permission to read it",
    errno.ELOOP: "it is a link that leads back to itself",
    errno.ENAMETOOLONG: "there is no such file",
    errno.ENXIO: "it is not a file but a device or a pipe",
    errno.EISDIR: "it is a folder",
    errno.EIO: "the disk reported an error",
}
# No file system has longer ones, but somebody may ask for one.
_LONGEST_NAME = 255
# Letters joined or kept apart on purpose, as in Persian words and in emoji.
_JOINERS = "\u200c\u200d"


def display_name(path: Path) -> str:
    """Give a file's name so that it can be shown: no control characters, no broken letters."""
    name = str(path.name or path)
    try:
        name = os.fsencode(name).decode("utf-8", "replace")
    except UnicodeEncodeError:
        # Half of a pair of surrogates: no file is called so, but one can be asked for.
        name = name.encode("utf-8", "replace").decode()
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1]}…"
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter not in _JOINERS
        else letter
        for letter in name
    )


def read_regular(
    path: Path, accept: Callable[[bytes], object], beginning: int, most: int = MOST_BYTES
) -> bytes:
    """Give the content of a regular file; never wait for a pipe, never read a device.

    Parameters
    ----------
    path : Path
        Of any bytes that the system allows in a name.
    accept : callable
        Is given the first ``beginning`` bytes, and may raise Unreadable before the rest is read.
    most : int
        Bytes of the largest file that is read.

    Raises
    ------
    Unreadable
        With the reason, as a clause.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags | getattr(os, "O_NOCTTY", 0))
    except ValueError:
        raise Unreadable("there is no such file") from None
    except OSError as problem:
        if os.path.isdir(path):
            raise Unreadable(_REASONS[errno.EISDIR]) from None
        raise Unreadable(_reason(problem)) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unreadable(_REASONS[errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.ENXIO])
    with os.fdopen(descriptor, "rb") as file:
        try:
            # What is not there yet, as in a log of the system's, is None.
            start = file.read(beginning) or b""
            accept(start)
            if status.st_size > most:
                size = f"{most >> 30} GB" if most >= 1 << 30 else f"{most >> 20} MB"
                raise Unreadable(f"the file is larger than {size}")
            # No more than it had when it was opened: room for all that is asked for is taken.
            return start + (file.read(max(0, status.st_size - len(start))) or b"")
        except OSError as problem:
            raise Unreadable(_reason(problem)) from None


def _reason(problem: OSError) -> str:
    fallback = f"the system says “{problem.strerror}”" if problem.strerror else "it can't be read"
    return _REASONS.get(problem.errno or 0, fallback)
