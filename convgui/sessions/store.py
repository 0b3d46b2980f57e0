"""Session files on the disk: read with their image, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from convgui.export.atomic import write_atomically
from convgui.fence import read_image
from convgui.model.damage import ANYTHING
from convgui.model.files import display_name, read_regular
from convgui.model.formats.header import Unreadable
from convgui.model.image import Image, ImageError, ImageTooLarge
from convgui.sessions import archive, arrays, values
from convgui.sessions.archive import MOST_FILE
from convgui.sessions.decode import Newer, decode, schema
from convgui.sessions.document import MOST_REMARK, SCHEMA, Document, Link
from convgui.sessions.encode import SETTINGS, encode
from convgui.sessions.problem import NewerSession, SessionError, Unfit

MOST_INSIDE = 256 << 20
"""Bytes of pixels that are kept in the file; a larger image is linked, if it has a file."""
BEGINNING = 64
BLOCK = 1 << 20
MOST_LETTERS = 40
"""Of a parameter's name in a remark: three of them must still make one sentence."""

Tell = Callable[[float], object]


@dataclass(frozen=True, eq=False)
class Opened:
    """A document from a file, and a sentence on everything that is not as it was saved."""

    document: Document
    remarks: tuple[str, ...] = ()


def save(document: Document, path: str | os.PathLike[str], progress: Tell | None = None) -> None:
    """Write a document to a file, which then has all of it, or is as it was before.

    Parameters
    ----------
    document : Document
    path : str or path
    progress : callable, optional
        Told 1 before the file is touched, the last moment at which it may raise to give up.

    Raises
    ------
    SessionError
        If the file is of a newer convgui: that one is never overwritten.
    OSError
        With one sentence for the user.
    """
    data = to_bytes(document)
    if is_newer(path):
        raise NewerSession(
            f"{display_name(Path(path))} was saved by a newer convgui and is left as it is; "
            "save under another name."
        )
    if progress is not None:
        progress(1.0)
    write_atomically(path, data)


def to_bytes(document: Document) -> bytes:
    """Give the whole content of a document's file."""
    data = archive.pack(encode(settled(document)))
    if len(data) > MOST_FILE:
        raise SessionError("The session is larger than 1 GB; link the image instead of keeping it.")
    return data


def settled(document: Document) -> Document:
    """Give the document with its image either inside or linked, as it can be."""
    image = document.image
    if image is None:
        return replace(document, link=document.link)
    if image.path is None or (document.inside and image.pixels.nbytes <= MOST_INSIDE):
        return replace(document, inside=True, link=None)
    pixels = arrays.digest(image)
    link = document.link
    if link is None or link.pixels != pixels or link.path != str(image.path):
        link = Link(image.name, str(image.path), _sha256(image.path), pixels, image.pixels.shape)
    return replace(document, inside=False, link=link)


def is_newer(path: str | os.PathLike[str]) -> bool:
    """Tell whether there is a file that a newer convgui saved."""
    try:
        if os.path.getsize(path) > MOST_FILE:
            return False
        data = read_regular(Path(path), _is_zip, BEGINNING)
        # Whatever else a later format may hold, and however that is packed.
        content = archive.unpack(data, {SETTINGS}, others=True)
        return schema(values.parse(content[SETTINGS])) > SCHEMA
    except archive.Strange:
        return True
    except (OSError, ValueError, KeyError, Unreadable, MemoryError):
        # Whatever else is there is for the dialog to ask about.
        return False


def load(path: str | os.PathLike[str]) -> Opened:
    """Give what is in a session file, with its image if that is still to be had.

    Raises
    ------
    SessionError
        One sentence for the user. Nothing is changed by it.
    """
    name = display_name(Path(path))
    try:
        if os.path.isfile(path) and os.path.getsize(path) > MOST_FILE:
            raise Unfit("it is larger than 1 GB")
        document, odd = decode(archive.unpack(read_regular(Path(path), _is_zip, BEGINNING)))
    except Newer as problem:
        raise NewerSession(f"{name} can't be opened: {problem}.") from None
    except (Unfit, Unreadable) as problem:
        raise SessionError(f"{name} can't be opened: {problem}.") from None
    except (OSError, ValueError) as problem:
        raise SessionError(f"{name} can't be opened: the system says “{problem}”.") from None
    except MemoryError:
        raise SessionError(f"{name} can't be opened: there is not enough memory.") from None
    remarks = []
    if odd:
        names = [values.clean(each, MOST_LETTERS) or "?" for each in odd[:3]]
        some = ", ".join(names) + (" …" if len(odd) > 3 else "")
        remarks.append(f"Some parameters were not understood and have their defaults: {some}.")
    if document.image is None and document.link is not None:
        image, remark = fetch(document.link)
        document = replace(document, image=image)
        remarks += [remark] if remark else []
    return Opened(document, tuple(remarks))


def fetch(link: Link) -> tuple[Image | None, str]:
    """Give a linked image, and a sentence if it is not, or is no longer, the one that was meant."""
    name = link.name or "The image"
    if not link.path:
        return None, f"{name} was not kept in the session and has no file; open it again."
    if not os.path.lexists(link.path):
        place = values.clean(link.path, MOST_REMARK)
        return None, f"{name} is no longer at {place}; the settings are here without it."
    try:
        # It may have been opened like that; what it is now is told by its pixels.
        image = read_image(link.path, damage=ANYTHING)
    except ImageTooLarge:
        return None, f"{name} is large; open it by itself."
    except ImageError as problem:
        return None, str(problem)
    if arrays.digest(image) != link.pixels:
        if image.damaged:
            return None, f"{name} is damaged now; the settings are here without it."
        return image, f"{name} has changed since the session was saved: figures may differ."
    return image, ""


def _is_zip(beginning: bytes) -> None:
    if not beginning.startswith(b"PK"):
        raise Unreadable("it is no session file")


def _sha256(path: Path) -> str:
    """Give a file's digest, or "" where it can't be read."""
    found = hashlib.sha256()
    if not path.is_file():
        return ""
    try:
        with path.open("rb") as stream:
            while block := stream.read(BLOCK):
                found.update(block)
    except OSError:
        return ""
    return found.hexdigest()
