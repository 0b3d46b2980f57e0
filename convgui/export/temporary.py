"""Files for the time of writing, which no killed process leaves behind for good.

A writer holds a lock on its file for as long as it needs it, and the system takes that back when
the writer ends, however it ends. So whoever writes to the folder next can tell which of these
files are nobody's, and removes them.
"""

from __future__ import annotations

import os
import re
import secrets
import time
from contextlib import suppress

if os.name == "nt":
    _LOCKS = False
else:
    import fcntl

    _LOCKS = True

NAME = re.compile(r"\.convgui-[0-9a-f]{16}\.tmp")
STALE_SECONDS = 600.0
"""Age at which a file is nobody's where the system has no such locks."""
TRIES = 10
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_LOOKED_AT = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


class Temporary:
    """A new file in a folder, this process's until it is let go.

    Parameters
    ----------
    folder : str
        "" for the current one.

    Attributes
    ----------
    path : str
    descriptor : int
        To write to, and to close.

    Raises
    ------
    OSError
        As the system says.
    """

    def __init__(self, folder: str) -> None:
        for _ in range(TRIES):
            # A short name of its own: the target's may already be as long as the disk allows.
            self.path = os.path.join(folder, f".convgui-{secrets.token_hex(8)}.tmp")
            self.descriptor = os.open(self.path, _FLAGS, 0o666)
            if _is_ours(self.descriptor):
                break
            # Somebody who tidies up met it before it was held.
            os.close(self.descriptor)
        # Of the same opened file, so that closing the one to write to does not let the lock go.
        self._holder: int | None = None
        if _LOCKS:
            with suppress(OSError):
                self._holder = os.dup(self.descriptor)

    def let_go(self) -> None:
        """Give the lock up; the file has another name by now, or is gone."""
        if self._holder is not None:
            os.close(self._holder)
            self._holder = None


def tidy(folder: str) -> None:
    """Remove the files of writers that were killed; what can't be removed stays."""
    with suppress(OSError), os.scandir(folder or os.curdir) as entries:
        for path in [entry.path for entry in entries if NAME.fullmatch(entry.name)]:
            with suppress(OSError):
                _remove_if_nobodys(path)


def _is_ours(descriptor: int) -> bool:
    if not _LOCKS:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        # No locks on this disk: then nobody takes the file for a dead one's, either.
        return True
    return os.fstat(descriptor).st_nlink > 0


def _remove_if_nobodys(path: str) -> None:
    if not _LOCKS:
        if time.time() - os.stat(path).st_mtime > STALE_SECONDS:
            os.unlink(path)
        return
    descriptor = os.open(path, _LOOKED_AT)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(path)
    finally:
        os.close(descriptor)
