"""A lock on a file, which the system itself takes back when its holder ends, however it ends."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

if os.name == "nt":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]  # Windows only
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """Holds a file for this process alone until it is let go.

    Parameters
    ----------
    path : Path
        Made where it is missing; its folder must be there.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether it is held by this object."""
        return self._descriptor is not None

    def take(self) -> bool:
        """Take the lock if nobody has it, and tell whether it is held now."""
        if self._descriptor is not None:
            return True
        while True:
            try:
                descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            except OSError:
                return False
            try:
                _take(descriptor)
            except OSError:
                os.close(descriptor)
                return False
            # Whoever held it may have removed the file meanwhile; then this one holds nothing.
            if os.name == "nt" or os.fstat(descriptor).st_nlink:
                self._descriptor = descriptor
                return True
            os.close(descriptor)

    def release(self, *, remove: bool = False) -> None:
        """Let the lock go, and remove its file if that is asked for and it is held."""
        if self._descriptor is None:
            return
        if remove:
            # While it is still held, lest another window's file goes. Windows can't: it stays.
            with suppress(OSError):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
