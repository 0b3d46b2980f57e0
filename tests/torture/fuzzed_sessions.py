"""Fuzzes session files: made-up ones, any value in any place, changed bytes, and the way back."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
from hostile_sessions import ODD, newer, places, put, sessions, sound, with_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from scorecard import Score
from session_files import document, entries, run, version_1, zipped
from watched import Cases, no_sentence, some

from convgui.model.image import Image
from convgui.model.parameters import PARAMETERS
from convgui.model.session import Session
from convgui.model.session_json import from_json
from convgui.sessions import SessionError, load, save
from convgui.sessions.store import to_bytes

TEXTS = st.text(st.characters(exclude_categories=()), max_size=12) | st.sampled_from(
    ["a" * 299 + " b", " ", "\u202e", "\ud800", "../x", "né\u0301"]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS | st.sampled_from(ODD),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def hypothetical(score: Score, count: int) -> settings:
    """Gives how hypothesis goes about so many examples, always in the same way."""
    return settings(
        max_examples=count, database=None, deadline=None, phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck), print_blob=False,
    )  # fmt: skip


def fuzz(score: Score, cases: Cases, folder: Path) -> None:
    """Tries a share of all of it."""
    file = folder / "hostile.convgui"
    for name, make in some(score, sessions().items(), 15):
        file.write_bytes(make())
        _refused(cases, f"session {name}", file, weigh="many" in name or "bomb" in name)
    _newer(cases, file)
    _values_in_places(score, cases, file)
    _changed_bytes(score, cases, file)
    _there_and_back(score, cases, folder)


def _refused(cases: Cases, name: str, file: Path, weigh: bool = False) -> None:
    """What can't be a session is refused in a sentence; what can be is none the worse for it."""
    before = file.read_bytes()
    with cases.case(name, weigh=weigh) as wrong:
        try:
            opened = load(file)
        except SessionError as error:
            wrong += filter(None, [no_sentence(str(error))])
        else:
            # Whatever was taken must be a session that can be kept again.
            to_bytes(opened.document)
            for remark in opened.remarks:
                wrong += filter(None, [no_sentence(remark)])
        if file.read_bytes() != before:
            wrong.append("the file was changed")


def _newer(cases: Cases, file: Path) -> None:
    """A later program's session is neither read as one of ours nor written over."""
    for name, data in newer():
        file.write_bytes(data)
        with cases.case(f"session {name}", file.parent) as wrong:
            for act in (lambda: load(file), lambda: save(document(), file)):
                try:
                    act()
                    wrong.append("it was taken")
                except SessionError as error:
                    wrong += filter(None, [no_sentence(str(error))])
            if file.read_bytes() != data:
                wrong.append("it was written over")


def _values_in_places(score: Score, cases: Cases, file: Path) -> None:
    """Every odd value in every place, then what hypothesis thinks of."""
    told = json.loads(entries(sound())["session.json"])
    pairs = [(path, value) for path in places(told) for value in (*ODD, ...)]
    random.Random(score.seed).shuffle(pairs)
    for path, value in pairs[: score.part(len(pairs), 40)]:
        file.write_bytes(with_settings(put(json.loads(json.dumps(told)), path, value)))
        _refused(cases, f"session: {str(value)[:40]!r} at {path}", file)

    @seed(score.seed)
    @hypothetical(score, score.part(1000, 20))
    @given(st.sampled_from(list(places(told))), VALUES)
    def any_value(path: tuple[object, ...], value: object) -> None:
        file.write_bytes(with_settings(put(json.loads(json.dumps(told)), path, value)))
        _refused(cases, f"session: {str(value)[:60]!a} at {path}", file)

    any_value()


def _changed_bytes(score: Score, cases: Cases, file: Path) -> None:
    """Bytes that are changed, taken out, doubled, cut off; in the zip, and in what it holds."""
    whole = (sound(), version_1())
    for number in range(score.part(4000, 60)):
        rng = random.Random(f"{score.seed}/{number}")
        data = bytearray(rng.choice(whole))
        if number % 2:
            parts = entries(bytes(data))
            name = rng.choice(list(parts))
            changed = mutated(bytearray(parts[name]), rng)
            data = bytearray(zipped({**parts, name: changed}.items()))
        else:
            data = bytearray(mutated(data, rng))
        file.write_bytes(data)
        _refused(cases, f"session with changed bytes, number {number} of seed {score.seed}", file)


def mutated(data: bytearray, rng: random.Random) -> bytes:
    """Gives bytes with one to four changes."""
    for _ in range(rng.randint(1, 4)):
        if not data:
            break
        at = rng.randrange(len(data))
        way = rng.randrange(7)
        if way == 0:
            data[at] = rng.randrange(256)
        elif way == 1:
            data[at] ^= 1 << rng.randrange(8)
        elif way == 2:
            del data[at : at + rng.randint(1, 30)]
        elif way == 3:
            data[at:at] = data[at : at + rng.randint(1, 30)]
        elif way == 4:
            del data[at:]
        elif way == 5:
            data[at : at + 4] = rng.choice((b"\xff" * 4, b"\0" * 4, b"\x7f" * 4, b"\0\0\0\x80"))
        else:
            data[at:at] = rng.choice((b"9" * 40, b"[" * 40, b'"', b"\\u", b"-", b"NaN", b"\0"))
    return bytes(data)


def _there_and_back(score: Score, cases: Cases, folder: Path) -> None:
    """A session that is opened and saved again is the same, byte for byte."""
    file = folder / "kept.convgui"
    for number in range(score.part(400, 6)):
        rng = np.random.default_rng([score.seed, number])
        with cases.case(f"round trip {number} of seed {score.seed}", folder) as wrong:
            save(_any_document(rng), file)
            first = file.read_bytes()
            opened = load(file)
            save(opened.document, file)
            if opened.remarks:
                wrong.append(f"there were remarks: {opened.remarks}")
            if file.read_bytes() != first:
                wrong.append("other bytes came out")


def _any_session(rng: np.random.Generator) -> Session:
    told: dict[str, object] = {}
    for each in PARAMETERS:
        if each.kind == "bool":
            told[each.key] = bool(rng.integers(2))
        elif each.kind == "choice":
            told[each.key] = str(rng.choice([choice for choice, _ in each.choices]))
        elif each.kind == "int":
            told[each.key] = int(rng.integers(each.minimum, each.maximum + 1))
        else:
            told[each.key] = float(rng.uniform(each.minimum, each.maximum))
    if rng.integers(2):
        shape = (3, 5) if rng.integers(2) else (2, 1, 4, 3)
        told["weights"] = (rng.normal(size=shape) * 10.0 ** rng.integers(-300, 300)).tolist()
    return from_json(told)


def _any_text(rng: np.random.Generator, most: int = 40) -> str:
    letters = rng.integers(1, 0x10FFFF, rng.integers(0, most))
    plain = rng.integers(32, 127, rng.integers(0, 400))
    return "".join(map(chr, (letters, plain)[rng.integers(2)]))


def _any_document(rng: np.random.Generator) -> object:
    kind = (np.uint8, np.float32)[rng.integers(2)]
    shape = (int(rng.integers(1, 40)), int(rng.integers(1, 40)), 3)[: rng.integers(2, 4)]
    pixels = rng.integers(0, 256, shape).astype(kind)
    if kind is np.float32:
        pixels.reshape(-1)[0] = rng.choice([np.nan, np.inf, -0.0, 1e-44, 3e38])
    numbers = sorted({int(each) for each in rng.integers(1, 1_000_000_000, rng.integers(0, 4))})
    image = Image(pixels, _any_text(rng), notes=(_any_text(rng),), damaged=bool(rng.integers(2)))
    notes = _any_text(rng, 500).encode("utf-8", "replace").decode()
    return document(
        session=_any_session(rng), image=image if rng.integers(4) else None, notes=notes,
        runs=tuple(run(n, _any_session(rng), name=_any_text(rng), image_name=_any_text(rng))
                   for n in numbers),
        pinned=(numbers[0] if numbers else 0, 0), inside=True,
        look={"gamma": float(rng.uniform(0.2, 5)), "wipe": "vertical", "error_levels_low": -1e-9},
    )  # fmt: skip
