"""Disks that fail, each for the process that it is called in."""

from __future__ import annotations

import ctypes
import errno
import os
import random
import resource
import shutil
from collections.abc import Callable
from pathlib import Path

NOBODY = 65534
CLONE_NEWNS = 0x20000
MOUNT_PRIVATE = 0x44000
PAGE = 4096


class NotHere(Exception):
    """Says that this machine does not let the fault be made."""


def _failing(number: int) -> Callable[..., None]:
    def fail(*args: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def full(folder: Path, size: int, draw: random.Random) -> None:
    """Takes some bytes, then none."""
    real, left = os.write, [draw.randrange(size)]

    def write(file: int, data: memoryview) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written = real(file, data[: left[0]])
        left[0] -= written
        return written

    os.write = write


def silent(folder: Path, size: int, draw: random.Random) -> None:
    """Takes some bytes, then none, and never says so."""
    real, left = os.write, [draw.randrange(size)]

    def write(file: int, data: memoryview) -> int:
        left[0] -= real(file, data[: left[0]])
        return len(data)

    os.write = write


def nothing(folder: Path, size: int, draw: random.Random) -> None:
    """Takes nothing, as /dev/full does."""
    os.write = _failing(errno.ENOSPC)


def small_disk(folder: Path, size: int, draw: random.Random) -> None:
    """A disk of its own that is really full but for some pages."""
    library = ctypes.CDLL(None, use_errno=True)
    if os.geteuid() or library.unshare(CLONE_NEWNS):
        raise NotHere
    library.mount(b"none", b"/", None, MOUNT_PRIVATE, None)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    pages = sum(-(-len(data) // PAGE) for data in before.values())
    room = pages + 8 + -(-size // PAGE)
    if library.mount(b"none", bytes(folder), b"tmpfs", 0, f"size={room * PAGE}".encode()):
        raise NotHere
    for name, data in before.items():
        (folder / name).write_bytes(data)
    free = os.statvfs(folder).f_bavail - draw.randrange(-(-size // PAGE))
    # In a folder of its own, so that it is no leftover of the writer's.
    (folder / "filler").mkdir()
    with (folder / "filler" / "it").open("wb") as file:
        file.write(bytes(PAGE * free))


def too_large(folder: Path, size: int, draw: random.Random) -> None:
    """A limit on the size of files."""
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (draw.randrange(size), limit))


def unsynced(folder: Path, size: int, draw: random.Random) -> None:
    """The disk reports an error when it is to make sure."""
    os.fsync = _failing(errno.EIO)


def unclosed(folder: Path, size: int, draw: random.Random) -> None:
    """The error comes with the end only, as over a network."""
    real, broken = os.close, []

    def close(file: int) -> None:
        real(file)
        if not broken:
            broken.append(file)
            raise OSError(errno.EDQUOT, os.strerror(errno.EDQUOT))

    os.close = close


def unnamed(folder: Path, size: int, draw: random.Random) -> None:
    """The new file can't take the name of the old one."""
    os.replace = _failing(draw.choice((errno.EACCES, errno.EXDEV, errno.EIO, errno.EBUSY)))


def read_only(folder: Path, size: int, draw: random.Random) -> None:
    """A folder of somebody else's."""
    folder.chmod(0o555)
    if os.geteuid() == 0:
        for path in folder.iterdir():
            path.chmod(0o444)
        os.seteuid(NOBODY)


def vanished(folder: Path, size: int, draw: random.Random) -> None:
    """A folder that was removed meanwhile."""
    shutil.rmtree(folder)


def in_the_way(folder: Path, size: int, draw: random.Random) -> None:
    """A file of the folder's name."""
    shutil.rmtree(folder)
    folder.write_bytes(b"in the way")


def no_descriptors(folder: Path, size: int, draw: random.Random) -> None:
    """As many open files as the system allows."""
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, limit))


FAULTS = (
    full, silent, nothing, small_disk, too_large, unsynced, unclosed, unnamed, read_only, vanished,
    in_the_way, no_descriptors,
)  # fmt: skip
GONE = (vanished, in_the_way)
