"""A session file that was made up is refused in one sentence, at once, and does nothing."""

from __future__ import annotations

import io
import json
import pickle
import struct
import time
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from session_files import altered, document, entries, zipped

from convgui.sessions import SessionError, load, save, values
from convgui.sessions.document import MOST_NAME
from convgui.sessions.store import to_bytes

SOUND = to_bytes(document())
MOST_MEMORY, MOST_CPU_SECONDS = 200 << 20, 5.0


class Payload:
    """Makes a file where pickled data are taken for granted."""

    def __reduce__(self):
        return (Path.touch, (Path("run-by-a-pickle"),))


def without(name):
    return zipped([pair for pair in entries(SOUND).items() if pair[0] != name])


def with_entry(name, content):
    return zipped([*((key, each) for key, each in entries(SOUND).items() if key != name),
                   (name, content)])  # fmt: skip


def told(**changes):
    return altered(lambda values: values.update(changes))


def of_run(**changes):
    return altered(lambda values: values["runs"][0].update(changes))


def objects():
    return pickle.dumps(Payload())


def npy(header: str, content: bytes = b""):
    data = header.encode().ljust(118) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(data)) + data + content


def linked(name):
    """Holds a symbolic link, as archives of other programs may."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for key, content in entries(SOUND).items():
            info = zipfile.ZipInfo(key)
            info.external_attr = (0o120777 if key == name else 0o644) << 16
            archive.writestr(info, content)
    return stream.getvalue()


def settings(text):
    return zipped([("session.json", text)])


def many():
    return zipped([(f"thumbnails/{number}.npy", b"") for number in range(2500)])


def wide_directory():
    """States more entries than memory could hold, of which there are none."""
    return SOUND[:-22] + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 1 << 30, 0, 0)


DEEP = '{"format": "convgui session", "schema": 2, "settings": ' + "[" * 100_000
HUGE = "{'descr': '|u1', 'fortran_order': False, 'shape': (99999999, 99999999, 3), }"
HOSTILE = {
    "empty": b"",
    "text": b"hello",
    "no zip": b"PK\x03\x04" + b"\0" * 500,
    "cut off": SOUND[: len(SOUND) // 2],
    "added to": SOUND + b"x",
    "flipped": SOUND[:300] + bytes([SOUND[300] ^ 255]) + SOUND[301:],
    "no settings": without("session.json"),
    "no image": without("image.npy"),
    "no thumbnail": without("thumbnails/2.npy"),
    "other zip": zipped([("word/document.xml", "<xml/>")]),
    "bomb": zipped([*entries(SOUND).items(), ("weights/a.npy", bytes(60 << 20))]),
    "nested bomb": zipped([("session.json", b"[" + b" " * (40 << 20))]),
    "packed otherwise": zipped(entries(SOUND).items(), zipfile.ZIP_LZMA),
    "upwards": with_entry("../../evil.npy", b"x"),
    "absolute": with_entry("/etc/evil", b"x"),
    "backslash": with_entry("..\\evil", b"x"),
    "drive": with_entry("C:evil", b"x"),
    "many": many(),
    "wide directory": wide_directory(),
    "symlink": linked("image.npy"),
    "many lists": settings('{"a": [' + "[]," * 9_000_000 + "0]}"),
    "many texts": settings('{"' + '\\"' * 9_000_000),
    "deep": settings(DEEP),
    "deep, closed": settings(DEEP + "]" * 100_000 + "}"),
    "deep objects": settings('{"a":' * 100_000 + "1" + "}" * 100_000),
    "no object": settings("[1, 2]"),
    "not utf-8": settings(b'{"format": "\xff"}'),
    "long number": settings('{"schema": ' + "9" * 10_000 + "}"),
    "other format": told(format="other"),
    "schema text": told(schema="2"),
    "schema nothing": told(schema=None),
    "schema below": told(schema=0),
    "settings list": told(settings=[]),
    "runs text": told(runs="many"),
    "runs numbers": told(runs=[1, 2]),
    "too many runs": altered(lambda values: values.update(runs=values["runs"] * 100)),
    "runs twice": altered(lambda values: values["runs"].append(values["runs"][0])),
    "pins": told(pinned=["a", "b"]),
    "three pins": told(pinned=[1, 2, 5]),
    "look": told(look=[]),
    "image text": told(image="coffee.png"),
    "image elsewhere": told(image={"kept": "/etc/passwd"}),
    "image nowhere": told(image={"kept": "elsewhere", "name": "a", "shape": [], "path": "\0"}),
    "image digest": told(
        image={"kept": "elsewhere", "name": "a", "path": "/a", "shape": [1], "pixels": "../x"}
    ),
    "number text": of_run(number="1"),
    "number true": of_run(number=True),
    "number below": of_run(number=-1),
    "number beyond": of_run(number=2**31),
    "number too near": of_run(number=2**30),
    "size": of_run(size=[1, 2]),
    "size nothing": of_run(size=[0, 1, 1]),
    "figures": of_run(figures={}),
    "psnr": of_run(figures=[{"technique": "lsh", "psnr": "high"}]),
    "weights nowhere": altered(lambda values: values["settings"].update(weights="weights/x.npy")),
    "weights path": altered(lambda values: values["settings"].update(weights="../x.npy")),
    "weights inline": altered(lambda values: values["settings"].update(weights=[[1.0]])),
    "pickled image": with_entry("image.npy", objects()),
    "pickled thumbnail": with_entry("thumbnails/1.npy", objects()),
    "object array": with_entry(
        "image.npy", npy("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }", objects())
    ),
    "huge array": with_entry("image.npy", npy(HUGE)),
    "below nothing": with_entry("image.npy", npy(HUGE.replace("99999999", "-1"))),
    "header code": with_entry("image.npy", npy("__import__('os').system('touch run-by-numpy')")),
    "deep header": with_entry("image.npy", npy("(" * 110)),
    "notes": with_entry("notes.txt", b"\xff\xfe\x00"),
    "long notes": with_entry("notes.txt", bytes(5 << 20)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_in_one_sentence(name: str, tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    file = tmp_path / "hostile.convgui"
    file.write_bytes(HOSTILE[name])
    tracemalloc.start()
    start = time.process_time()
    with pytest.raises(SessionError) as caught:
        load(file)
    taken, (_, most) = time.process_time() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    text = str(caught.value)
    assert text.startswith("hostile.convgui can't be opened: ")
    assert text.endswith(".")
    assert "\n" not in text
    assert len(text) < 200
    assert "Error" not in text
    # Far more than any of these takes; what is made up must not be believed.
    assert most < MOST_MEMORY
    assert taken < MOST_CPU_SECONDS
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["here", "hostile.convgui"]
    assert file.read_bytes() == HOSTILE[name]


@pytest.mark.parametrize("kind", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_newer_session_is_never_written_over(tmp_path: Path, kind: int) -> None:
    parts = entries(altered(lambda values: values.update(schema=3, film=[1])))
    file = tmp_path / "newer.convgui"
    file.write_bytes(zipped([*parts.items(), ("film/1.mp4", b"x")], kind))
    before = file.read_bytes()
    with pytest.raises(SessionError, match="newer convgui"):
        save(document(), file)
    assert file.read_bytes() == before


def test_names_that_are_cut_short_are_the_same_the_next_time() -> None:
    name = "a" * (MOST_NAME - 1) + " b"
    assert values.clean(values.clean(name)) == values.clean(name)


def test_a_name_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "twice.convgui"
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*entries(SOUND).items(), ("notes.txt", b"other")])
    file.write_bytes(data)
    with pytest.raises(SessionError, match=r"holds notes\.txt twice"):
        load(file)


def test_a_lying_size_unpacks_no_more_than_it_says(tmp_path: Path) -> None:
    data = bytearray(zipped([("session.json", bytes(150 << 20))]))
    for start, at in ((data.index(b"PK\1\2"), 24), (0, 22)):
        data[start + at : start + at + 4] = struct.pack("<L", 100)
    file = tmp_path / "lying.convgui"
    file.write_bytes(data)
    tracemalloc.start()
    with pytest.raises(SessionError):
        load(file)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/none/at/all"])
def test_what_is_no_file_is_refused(path: str) -> None:
    with pytest.raises(SessionError, match="can't be opened"):
        load(path)


@given(st.data())
@limits(max_examples=150, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_changed_bytes_are_refused_or_harmless(tmp_path: Path, data) -> None:
    changed = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(SOUND) - 1))] = data.draw(st.integers(0, 255))
    file = tmp_path / "changed.convgui"
    file.write_bytes(changed)
    # Anything but a session or a sentence would be raised here.
    with suppress(SessionError):
        load(file)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner,
                                                                max_size=3),
    max_leaves=6,
)  # fmt: skip
PLACES = ("schema", "settings", "image", "inside", "look", "runs", "pinned", "origin")


@given(place=st.sampled_from(PLACES), value=plain)
@limits(max_examples=150, deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_any_value_in_any_place_is_refused_or_harmless(tmp_path: Path, place, value) -> None:
    parts = entries(SOUND)
    values = json.loads(parts["session.json"])
    within = values if place != "runs" else values["runs"][0]
    for key in [place] if place != "runs" else list(within):
        within[key] = value
    file = tmp_path / "any.convgui"
    file.write_bytes(zipped({**parts, "session.json": json.dumps(values)}.items()))
    # Anything but a session or a sentence would be raised here.
    with suppress(SessionError):
        load(file)


def test_big_endian_and_turned_arrays_are_refused(tmp_path: Path) -> None:
    for kind in (np.dtype(">f4"), np.dtype("complex64"), np.dtype("S4")):
        header = f"{{'descr': '{kind.str}', 'fortran_order': False, 'shape': (1, 1), }}"
        file = tmp_path / "kind.convgui"
        file.write_bytes(with_entry("image.npy", npy(header, bytes(kind.itemsize))))
        with pytest.raises(SessionError, match="of a kind that it should not"):
            load(file)
