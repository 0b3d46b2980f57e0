"""What a crash would lose, kept in a folder of the user's: one session for each running window.

A window holds the lock of its own session. A session whose lock nobody holds was left behind by
a window that did not end by itself. Pixels are written once, beside the session, under their
digest, so that each later step writes little; a session is only ever written after its pixels.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import platformdirs

from convgui.export.atomic import make_folder, write_atomically
from convgui.model.files import read_regular
from convgui.model.formats.header import Unreadable
from convgui.model.image import Image
from convgui.sessions import archive, arrays, values
from convgui.sessions.decode import decode
from convgui.sessions.document import SUFFIX, Document
from convgui.sessions.encode import IMAGE, SETTINGS, encode
from convgui.sessions.lock import Lock
from convgui.sessions.problem import SessionError, Unfit
from convgui.sessions.store import MOST_INSIDE, Opened, fetch, settled

DIGITS = 24


def folder() -> Path:
    """Give the folder, whether it exists or not."""
    return platformdirs.user_state_path("convgui", appauthor=False) / "recovery"


class Slot:
    """Where one window keeps its session; nothing is made before there is something to keep.

    Parameters
    ----------
    place : Path, optional
        The folder, `folder` by default.
    """

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or folder()
        self._name = secrets.token_hex(8)
        self._lock = Lock(self._place / f"{self._name}.lock")
        self._image: Image | None = None
        self._digest = ""

    @property
    def path(self) -> Path:
        """The session's file."""
        return self._place / f"{self._name}{SUFFIX}"

    def write(self, document: Document) -> None:
        """Keep a document in place of the one before.

        Raises
        ------
        OSError
            With one sentence for the user.
        """
        make_folder(self._place, mode=0o700)
        if not self._lock.take():
            raise OSError(f"{self._place} can't be written to, so a crash would lose your changes.")
        image = document.image
        if image is not None and image.path is not None and image.pixels.nbytes > MOST_INSIDE:
            document = settled(replace(document, inside=False))
            image = None
        before, digest = self._digest, self._keep_pixels(image)
        document = replace(document, inside=image is not None)
        write_atomically(self.path, archive.pack(encode(document, digest)))
        if before and before != digest:
            remove(_pixels(self.path, before))

    def _keep_pixels(self, image: Image | None) -> str:
        """Write pixels that are not there yet, and give their digest."""
        if image is not self._image:
            digest = ""
            if image is not None:
                digest = arrays.digest(image)
                write_atomically(_pixels(self.path, digest), arrays.encode(image.pixels))
            self._image, self._digest = image, digest
        return self._digest

    def clear(self) -> None:
        """Forget what is kept: it is saved elsewhere, or not wanted."""
        if self._lock.held:
            remove_all(self.path)
        self._image, self._digest = None, ""

    def close(self) -> None:
        """Forget what is kept, and let go of the place."""
        self.clear()
        self._lock.release(remove=True)

    def abandon(self) -> None:
        """Let go of the place as a crash would: what is kept stays, to be offered again."""
        self._lock.release()


class Orphan:
    """A session that was left behind, held so that no other window offers it, too."""

    def __init__(self, path: Path, lock: Lock) -> None:
        self.path = path
        self._lock = lock

    @property
    def when(self) -> float:
        """Seconds since 1970 when it was last written; 0 if it is gone."""
        try:
            return self.path.stat().st_mtime
        except OSError:
            return 0.0

    def read(self) -> Opened:
        """Give what was kept; the files stay until they are discarded.

        Raises
        ------
        SessionError
            If it can't be read.
        """
        try:
            return _read(self.path)
        except (Unfit, Unreadable) as problem:
            reason = f"What was left behind can't be read: {problem}."
        except MemoryError:
            reason = "There is not enough memory for what was left behind."
        raise SessionError(reason)

    def discard(self) -> None:
        """Remove it for good."""
        remove_all(self.path)
        self._lock.release(remove=True)

    def release(self) -> None:
        """Leave it for the next start."""
        self._lock.release()


def read_plain(path: Path) -> dict[str, bytes]:
    """Give the entries of a session that was kept, without its pixels.

    Raises
    ------
    Unreadable, Unfit
        If it is no session.
    """
    return archive.unpack(read_regular(path, _anything, 4))


def _read(path: Path) -> Opened:
    content = read_plain(path)
    told = values.parse(content.get(SETTINGS, b""))
    record = values.take(told, "image", dict) if told.get("image") is not None else {}
    wanted = record.get("pixels")
    remarks: list[str] = []
    if isinstance(wanted, str) and record.get("kept") == "inside" and IMAGE not in content:
        opened = _with_pixels(content, _pixels(path, wanted[:DIGITS]), wanted)
        if opened is not None:
            return opened
        # The pixels are gone; the file that they came from may not be.
        told["image"] = _elsewhere(record)
        content[SETTINGS] = values.dump(told)
    document, _ = decode(content)
    if document.image is None and document.link is not None:
        image, remark = fetch(document.link)
        document = replace(document, image=image)
        remarks += [remark] if remark else []
    return Opened(document, tuple(remarks))


def _with_pixels(content: dict[str, bytes], beside: Path, digest: str) -> Opened | None:
    """Give what was kept with the pixels beside it, if those are what was written."""
    try:
        data = read_regular(beside, _anything, 4)
        document, _ = decode({**content, IMAGE: data})
    except (Unreadable, Unfit):
        return None
    image = document.image
    return Opened(document) if image is not None and arrays.digest(image) == digest else None


def _elsewhere(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "kept": "elsewhere", "name": record.get("name", ""), "path": record.get("path", ""),
        "sha256": "", "pixels": record["pixels"], "shape": [],
    }  # fmt: skip


def _anything(beginning: bytes) -> None:
    """Accept any beginning; what it is is looked at later."""


def _pixels(path: Path, digest: str) -> Path:
    # Of a name within a file only digits are taken, so that it leads nowhere else.
    safe = "".join(each for each in digest[:DIGITS] if each in "0123456789abcdef")
    return path.with_name(f"{path.stem}-{safe}.npy")


def remove_all(path: Path) -> None:
    """Remove a session and the pixels beside it; the session first, for it speaks of them."""
    remove(path)
    with suppress(OSError):
        for beside in path.parent.glob(f"{path.stem}-*.npy"):
            remove(beside)


def remove(path: Path) -> None:
    """Remove a file if it is there and can be."""
    with suppress(OSError):
        path.unlink()
