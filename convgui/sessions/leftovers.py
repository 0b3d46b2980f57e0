"""Finds the session that a crash left behind, and tidies the folder that such sessions are in."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from convgui.export import temporary
from convgui.model.formats.header import Unreadable
from convgui.sessions.decode import Newer, decode
from convgui.sessions.document import SUFFIX
from convgui.sessions.lock import Lock
from convgui.sessions.problem import Unfit
from convgui.sessions.recovery import Orphan, folder, read_plain, remove, remove_all

MOST_KEPT = 10
"""Sessions that are left behind at most; the oldest go."""
STALE_SECONDS = 2.0
"""Age of a lock that nobody holds at which nobody is about to hold it."""


def left_behind(place: Path | None = None) -> Orphan | None:
    """Give the latest session that nobody holds, or None, and tidy the folder.

    What a newer convgui left is left to it.
    """
    place = place or folder()
    found: Orphan | None = None
    free = 0
    for path in _newest_first(place):
        lock = Lock(path.with_suffix(".lock"))
        if not lock.take():
            continue
        # The window that it belonged to may have ended by itself just now.
        if not path.exists():
            lock.release(remove=True)
            continue
        free += 1
        if free > MOST_KEPT:
            remove_all(path)
            lock.release(remove=True)
        elif found is None and not _is_newer(path):
            found = Orphan(path, lock)
        else:
            lock.release()
    _tidy(place)
    return found


def _is_newer(path: Path) -> bool:
    try:
        decode(read_plain(path))
    except Newer:
        return True
    except (Unfit, Unreadable, MemoryError):
        # Damaged: reading it will say so, and it can be discarded.
        return False
    return False


def _newest_first(place: Path) -> list[Path]:
    found = []
    with suppress(OSError):
        for path in place.glob(f"*{SUFFIX}"):
            with suppress(OSError):
                found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)]


def _tidy(place: Path) -> None:
    """Remove what killed processes leave besides sessions, as soon as nobody holds it."""
    temporary.tidy(str(place))
    with suppress(OSError):
        for path in [*place.glob("*-*.npy"), *place.glob("*.lock")]:
            stem = path.stem.partition("-")[0]
            if (place / f"{stem}{SUFFIX}").exists():
                continue
            with suppress(OSError):
                # Pixels are written by who holds the lock; a lock that is made just now is not.
                if path.suffix == ".npy" or time.time() - path.stat().st_mtime > STALE_SECONDS:
                    _tidy_one(path, place / f"{stem}.lock")


def _tidy_one(path: Path, locked: Path) -> None:
    lock = Lock(locked)
    if lock.take():
        if path != locked:
            remove(path)
        lock.release(remove=True)
