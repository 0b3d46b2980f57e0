"""Named bytes as one zip file and back, within bounds that are checked before anything is read.

Nothing is ever extracted to a folder, so a name in the file can't lead anywhere; one that tries
to is still a reason to refuse the file, for no session was ever saved like that.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Container, Iterable, Mapping

from convgui.sessions.problem import Unfit

MOST_FILE = 1 << 30
"""Bytes of a session file, packed or unpacked."""
MOST_ENTRIES = 2000
MOST_DIRECTORY = 1 << 20
MOST_RATIO = 200
"""Bytes that one packed byte may stand for, beyond the first `SLACK` bytes of all."""
SLACK = 16 << 20
SPARSE = 100
"""What packs better than this is kept unpacked, lest it look like a bomb."""
LARGE = 1 << 20

_END, _END_SIZE = struct.Struct("<4s4H2LH"), 22
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_KNOWN = re.compile(r"[a-z]+(/[a-z0-9]+)?\.[a-z]+")
_WRONG = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
    NotImplementedError, OverflowError, KeyError, IndexError,
)  # fmt: skip


class Strange(Unfit):
    """It may be a session, but is packed as no version so far packs one."""


def pack(entries: Mapping[str, bytes]) -> bytes:
    """Give a zip file of these entries, in their order; the same entries give the same bytes."""
    data, sparse = _pack(entries, frozenset())
    return _pack(entries, sparse)[0] if sparse else data


def _pack(entries: Mapping[str, bytes], stored: Container[str]) -> tuple[bytes, set[str]]:
    stream = io.BytesIO()
    sparse: set[str] = set()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.external_attr = 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            # A large picture is packed in little time rather than as small as can be.
            archive.writestr(info, content, compresslevel=1 if len(content) > LARGE else 6)
            if len(content) > LARGE and len(content) > SPARSE * info.compress_size:
                sparse.add(name)
    return stream.getvalue(), sparse


def unpack(
    data: bytes, only: Container[str] | None = None, *, others: bool = False
) -> dict[str, bytes]:
    """Give the entries of a zip file whose names a session file may have.

    Parameters
    ----------
    data : bytes
    only : container of str, optional
        Read no other entries.
    others : bool
        Let other entries be as they may: they are not read.

    Raises
    ------
    Unfit
        If it is no zip file, is damaged, would take too much room, or names what it must not.
    """
    _check_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if others:
                infos = [info for info in infos if only is None or info.filename in only]
            _check(infos, len(data))
            return {
                info.filename: _content(archive, info)
                for info in infos
                if _KNOWN.fullmatch(info.filename) and (only is None or info.filename in only)
            }
    except (Unfit, MemoryError):
        raise
    except _WRONG as error:
        raise Unfit("it is damaged") from error


def _check_end(data: bytes) -> None:
    """Refuse what has no plain end, or a directory that alone would fill the memory."""
    if len(data) > MOST_FILE:
        raise Unfit("it is larger than 1 GB")
    if not data.startswith(b"PK\x03\x04"):
        raise Unfit("it is no session file")
    if len(data) < _END_SIZE:
        raise Unfit("it is cut off")
    sign, _, _, here, entries, size, _, comment = _END.unpack(data[-_END_SIZE:])
    if sign != b"PK\x05\x06" or comment:
        raise Unfit("it is cut off, or something was added to it")
    wide = data[-_END_SIZE - _LOCATOR_SIZE : -_END_SIZE].startswith(_LOCATOR)
    if wide or here != entries or entries > MOST_ENTRIES or size > MOST_DIRECTORY:
        raise Unfit("it has more entries than a session has")


def _check(infos: Iterable[zipfile.ZipInfo], packed: int) -> None:
    names: set[str] = set()
    total = 0
    for info in infos:
        name = info.orig_filename
        if name.startswith("/") or re.search(r"\.\.|[\\:\0]", name):
            raise Unfit("it names a path outside of itself")
        if name in names:
            raise Unfit(f"it holds {name} twice")
        if stat.S_IFMT(info.external_attr >> 16) not in (0, stat.S_IFREG):
            raise Unfit("it holds a link or a device")
        if info.flag_bits & 1:
            raise Unfit("it is encrypted")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Strange("it is packed in a way that is not read")
        names.add(name)
        total += info.file_size
    if total > MOST_FILE or total > SLACK + MOST_RATIO * packed:
        raise Unfit("it would take more memory than a session takes")


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as stream:
        # With a number, never more than that is unpacked, whatever the entry holds.
        content = stream.read(info.file_size) if info.file_size else b""
        if len(content) != info.file_size or stream.read(1):
            raise Unfit("it is damaged")
    return content
