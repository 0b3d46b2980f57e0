"""Session files that were made up: bombs, names that lead elsewhere, nonsense in every place."""

from __future__ import annotations

import io
import json
import pickle
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from session_files import altered, document, entries, zipped

from convgui.sessions.store import to_bytes

MARKER = "a pickle was here"
DEEP = 100_000
HUGE = (10**400, -(10**400), 1e308, -1e308, 2**31, 2**31 - 1, 2**63, -(2**63), 2**64)
ODD: tuple[Any, ...] = (
    None, True, False, "", "\ud800", "\udcff x", "a\0b", "x" * 5000, "../../x", "\u202e", [], {},
    [[]], {"a": 1}, float("nan"), float("inf"), float("-inf"), -1, 0, 1.5, *HUGE,
)  # fmt: skip
PATHS = (
    "../evil", "../../../../evil", "/evil", "//evil", "..\\evil", "C:\\evil", "C:evil",
    "\\\\host\\x", "a/../../evil", "./../evil", "weights/../../evil.npy", "~/evil", "evil\0.npy",
    "weights/./x.npy",
)  # fmt: skip


class Payload:
    """Makes a file where pickled data are taken for granted."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (Path(MARKER),))


def sound() -> bytes:
    """Gives a session file with something in every place."""
    return to_bytes(document())


def npy(header: str, content: bytes = b"", version: bytes = b"\1\0") -> bytes:
    """Gives the bytes of an array whose header is made up."""
    data = header.encode("latin-1", "replace") + b"\n"
    length = struct.pack("<H" if version == b"\1\0" else "<L", len(data))
    return b"\x93NUMPY" + version + length + data + content


def hostile_arrays() -> dict[str, bytes]:
    """Gives arrays that are none, or far too much."""
    pickled = pickle.dumps(Payload())
    header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }"
    found = {
        "pickle": pickled,
        "objects": npy(header % ("|O", "(1, 1)"), pickled),
        "objects of four": npy(header % ("|O", "(1, 1, 1, 1)"), pickled),
        "a call": npy("__import__('os').system('touch x')"),
        "a comprehension": npy("{k: [0] * 10**9 for k in ['descr', 'fortran_order', 'shape']}"),
        "a power": npy(header % ("<f8", "(9**9**9, 1)")),
        "brackets": npy("(" * 9000),
        "brackets, closed": npy("(" * 4000 + ")" * 4000),
        "minus signs": npy("-" * 9000 + "1"),
        "plus": npy("+".join(["1"] * 3000)),
        "nothing": b"", "magic": b"\x93NUMPY", "no version": b"\x93NUMPY\x09\x09\0\0",
        "header of 4 GB": b"\x93NUMPY\2\0\xff\xff\xff\xff{}",
        "header of zeros": npy("\0" * 500),
        "subarray": npy(header % ("(999999999,)f8", "(1, 1)")),
        "records": npy("{'descr': [('a', '<f8', (65535, 65535))], 'fortran_order': False, "
                       "'shape': (1, 1), }"),
        "zero bytes each": npy(header % ("|V0", "(9999999, 9999999)")),
        "date": npy(header % ("<M8[s]", "(2, 2)"), bytes(32)),
        "text": npy(header % ("<U1", "(2, 2)"), bytes(16)),
        "version 3": npy(header % ("<f8", "(2, 2)"), bytes(32), b"\3\0"),
    }  # fmt: skip
    for shape in ("(99999999, 99999999)", "(-1, -1)", "(0, 5)", "()", "(True, True)", "(1.5, 2)",
                  "('a', 2)", "(2,)", "(1, " * 32 + ")" * 32, "(18446744073709551616, 1)",
                  "(4294967296, 4294967296)", "None"):  # fmt: skip
        found[f"shape {shape[:30]}"] = npy(header % ("<f8", shape), bytes(64))
    for kind in ("<f16", "|b1", ">f8", "<c16", "<f2", "|S99999999", "<f3", "é", "O", "q" * 900):
        found[f"type {kind[:20]}"] = npy(header % (kind, "(2, 2)"), bytes(64))
    return found


def _linked(name: str, target: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for key, content in entries(sound()).items():
            if key != name:
                archive.writestr(key, content)
        info = zipfile.ZipInfo(name)
        info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, target)
    return stream.getvalue()


def _twice(name: str) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*entries(sound()).items(), (name, entries(sound())[name])])


def _lying(size: int) -> bytes:
    """States that an entry is smaller than it is."""
    data = bytearray(zipped([("session.json", bytes(150 << 20))]))
    for start, at in ((data.index(b"PK\1\2"), 24), (0, 22)):
        data[start + at : start + at + 4] = struct.pack("<L", size)
    return bytes(data)


def _overlapping() -> bytes:
    """Names the same packed bytes a thousand times, as the best of bombs do."""
    data = zipped([("weights/a.npy", bytes(8 << 20))])
    start, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    entry = data[start:end]
    many = b"".join(entry.replace(b"weights/a.npy", b"weights/%05x" % n) for n in range(1000))
    tail = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1000, 1000, len(many), start, 0)
    return data[:start] + many + tail


def sessions() -> dict[str, Callable[[], bytes]]:
    """Gives made-up session files by name, each made when it is wanted."""

    def settings(text: str | bytes) -> Callable[[], bytes]:
        return lambda: zipped([("session.json", text)])

    def within(name: str, content: bytes) -> Callable[[], bytes]:
        return lambda: zipped([*((key, each) for key, each in entries(sound()).items()
                                 if key != name), (name, content)])  # fmt: skip

    head = '{"format": "convgui session", "schema": 2, "settings": '
    found: dict[str, Callable[[], bytes]] = {
        "empty": lambda: b"",
        "deep lists": settings(head + "[" * DEEP),
        "deep lists, closed": settings(head + "[" * DEEP + "]" * DEEP + "}"),
        "deep tables": settings('{"a":' * DEEP + "1" + "}" * DEEP),
        "deep toml": settings("a = " + "[" * DEEP + "]" * DEEP),
        "many lists": settings(head + "[" + "[]," * 9_000_000 + "[]]}"),
        "many tables": settings(head + "[" + "{}," * 9_000_000 + "{}]}"),
        "many numbers": settings(head + "[" + "1.5," * 7_000_000 + "1]}"),
        "many keys": settings("{" + ",".join(f'"{n}":0' for n in range(900_000)) + "}"),
        "one long text": settings('{"format": "' + "\\u0041" * 4_000_000 + '"}'),
        "quotes without end": settings('{"' + '\\"' * 9_000_000),
        "blanks": settings(b"[" + b" " * (31 << 20)),
        "bomb of zeros": lambda: zipped([("image.npy", bytes(300 << 20))]),
        "bomb beside": lambda: zipped([*entries(sound()).items(), ("x/y", bytes(300 << 20))]),
        "lying size": lambda: _lying(100),
        "lying nothing": lambda: _lying(0),
        "overlapping": _overlapping,
        "symlink image": lambda: _linked("image.npy", "/etc/passwd"),
        "symlink settings": lambda: _linked("session.json", "/etc/passwd"),
        "symlink beside": lambda: _linked("weights/x.npy", "/etc/passwd"),
        "nan": settings('{"format": NaN, "schema": NaN}'),
        "long digits": settings('{"schema": ' + "9" * 100_000 + "}"),
        "long exponent": settings('{"schema": 1e' + "9" * 100_000 + "}"),
        "lone surrogates": settings('{"format": "\\ud800\\udfff\\udcff"}'),
        "keys twice": settings('{"schema": 2, "schema": 3, "format": "convgui session"}'),
    }
    for name in ("session.json", "image.npy", "notes.txt", "thumbnails/1.npy"):
        found[f"{name} twice"] = lambda name=name: _twice(name)
    for path in PATHS:
        found[f"entry {path!r}"] = lambda path=path: _named(path)
    for name, content in hostile_arrays().items():
        for place in ("image.npy", "thumbnails/1.npy"):
            found[f"{place}: {name}"] = within(place, content)
    return found


def _named(path: str) -> bytes:
    """Gives a sound session with one more entry, its name written as it is."""
    data = zipped([*entries(sound()).items(), ("N" * len(path.encode()), b"x")])
    return data.replace(b"N" * len(path.encode()), path.encode())


def newer() -> Iterator[tuple[str, bytes]]:
    """Gives sessions of a later program, one with things that no session of today has."""
    yield "newer", altered(lambda told: told.update(schema=3))
    yield "far newer", altered(lambda told: told.update(schema=2**31 - 1, runs="other"))
    parts = entries(altered(lambda told: told.update(schema=3, film=[1])))
    yield "newer, more entries", zipped([*parts.items(), ("film/1.mp4", b"x"), ("Ünï.bin", b"")])
    yield "newer, packed otherwise", zipped(parts.items(), zipfile.ZIP_BZIP2)


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Gives the way to every value within JSON."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, (*path, index))


def put(told: Any, path: tuple[Any, ...], value: Any) -> Any:
    """Puts a value in a place, or takes the place away where it is ``Ellipsis``."""
    if not path:
        return None if value is ... else value
    within = told
    for key in path[:-1]:
        within = within[key]
    if value is ...:
        del within[path[-1]]
    else:
        within[path[-1]] = value
    return told


def with_settings(told: Any) -> bytes:
    """Gives the sound session with other settings."""
    text = json.dumps(told, ensure_ascii=True)
    return zipped({**entries(sound()), "session.json": text.encode()}.items())
