"""Fuzzes settings files, weights, recipes and what is pasted."""

from __future__ import annotations

import ast
import io
import json
import random
import shlex
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from fuzzed_sessions import VALUES, hypothetical, mutated
from hostile_sessions import DEEP, ODD, hostile_arrays, places, put
from hypothesis import given, seed
from hypothesis import strategies as st
from scorecard import Score
from watched import Cases, no_sentence, some

from convgui import settings
from convgui.export import recipe
from convgui.export.figure_options import FigureChoices
from convgui.model import edit
from convgui.model.image import Image
from convgui.model.look import Look
from convgui.model.session import Session
from cyconv import filters

ALPHABET = "0123456789.,;/-+eE \t\n\r[]()#−–x\"'\0é١½∞"
NAMES = (
    "'; touch evil #.png", '"; import os; os.system("touch evil") #.png', "$(touch evil).png",
    "`touch evil`.png", "a\nimport os.png", "--help", "-o", "a\\", "{x}", "%s", "~", "a b.png",
    "'''", '"""', "\\'", "\u2028x.png", "\u202egnp.x", "#", "!ls", "a'b\"c`d$e\\f.png",
)  # fmt: skip


def _long_texts() -> dict[str, str]:
    """Gives texts that take a pattern which goes back and forth for hours."""
    most = filters.parse.__globals__["MAX_TEXT"] - 10
    return {
        "closed and blanks": "]" + " " * most, "many closed": "] " * (most // 2),
        "closed, commas": "]" + "," * most, "closed, both": "]" + " ," * (most // 2),
        "digits": "1" * most, "digits and a letter": "1" * most + "x", "points": "1." * (most // 2),
        "fraction of blanks": "1" + " " * most + "/", "fractions": "1/" * (most // 2),
        "numbers": "1 " * (most // 2), "rows": "1;" * (most // 2), "commas": "," * most,
        "signs": "-" * most, "exponent": "1e" + "9" * most, "brackets": "[" * most,
        "open and closed": "[]" * (most // 2), "comma numbers": "1,5 " * (most // 4),
        "blanks": " " * most, "lines": "\n" * most, "comments": "#" * most,
        "deep toml": "a = " + "[" * DEEP + "]" * DEEP, "deep json": '{"a":' * DEEP,
        "blanks and a letter": "1" + " " * most + "x", "nul": "\0" * most,
        "too long": "1" * (most + 100), "minus signs": "\u2212" * (most // 4),
    }  # fmt: skip


def fuzz(score: Score, cases: Cases, folder: Path) -> None:
    """Tries a share of all of it."""
    _weights(score, cases, folder)
    _settings(score, cases, folder)
    _recipes(score, cases, folder)


def _weighed(cases: Cases, name: str, act: Callable[[], object], weigh: bool = False) -> None:
    with cases.case(name, weigh=weigh) as wrong:
        try:
            found = act()
        except ValueError as error:
            wrong += filter(None, [no_sentence(str(error))])
        else:
            if not (isinstance(found, np.ndarray) and np.isfinite(found).all()):
                wrong.append(f"it was taken for {found!r}")
            elif found.ndim not in (2, 4) or not found.size or max(found.shape[-2:]) > 255:
                wrong.append(f"it was taken for weights of shape {found.shape}")
            else:
                edit.with_weights(Session(), found)


def _weights(score: Score, cases: Cases, folder: Path) -> None:
    def of(name: str, data: bytes) -> Callable[[], object]:
        file = folder / name
        file.write_bytes(data)
        return lambda: filters.load(file)

    for name, text in some(score, _long_texts().items(), 6):
        _weighed(cases, f"weights typed: {name}", lambda text=text: filters.parse(text), True)
        for suffix in (".csv", ".txt"):
            _weighed(cases, f"weights{suffix}: {name}", of(f"w{suffix}", text.encode()))
    for name, data in some(score, hostile_arrays().items(), 8):
        _weighed(cases, f"weights.npy: {name}", of("w.npy", data), True)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("a.npy", data)
        for suffix in (".npz", ".npy", ".txt"):
            what = f"weights{suffix}: a zip of {name}"
            _weighed(cases, what, of(f"w{suffix}", packed.getvalue()))
    for name, data in {"utf-16": b"\xff\xfe1\0", "odd utf-16": b"\xff\xfe1", "utf-8": b"\xff1 2",
                       "mark": b"\xef\xbb\xbf1 2", "nothing": b"", "nul": b"\0" * 99}.items():
        _weighed(cases, f"weights of {name}", of("w.txt", data))
    array = io.BytesIO()
    np.save(array, np.random.default_rng(1).normal(size=(2, 3, 3, 3)))
    sound = {".npy": array.getvalue(), ".csv": b"1;2,5;3\n4;5;6\n", ".txt": b"1/9 [2, 3]; 4 5 6 #"}
    for number in range(score.part(5000, 60)):
        rng = random.Random(f"{score.seed}/{number}")
        suffix = rng.choice(list(sound))
        data = mutated(bytearray(sound[suffix]), rng)
        _weighed(cases, f"weights{suffix}, changed, number {number} of seed {score.seed}",
                 of(f"w{suffix}", data))  # fmt: skip

    @seed(score.seed)
    @hypothetical(score, score.part(2000, 30))
    @given(st.text(ALPHABET, max_size=60) | st.text(max_size=30))
    def any_text(text: str) -> None:
        _weighed(cases, f"weights typed: {text!a}", lambda: filters.parse(text))

    any_text()


def _settings(score: Score, cases: Cases, folder: Path) -> None:
    """No settings file keeps the window from starting, and a newer one is left alone."""
    file = folder / "settings" / "settings.json"
    settings.save(settings.Settings(session=Session(weights=((1.0, 2.0),)), recent=("/a",),
                  view=Look().to_plain() | {"history.folded": "notes", "tab": "compare"},
                  figure=FigureChoices().to_plain()), file)  # fmt: skip
    told = json.loads(file.read_bytes())
    head = json.dumps(told)[:-1]
    broken = {
        "deep": b"[" * DEEP, "deep tables": b'{"a":' * DEEP, "deep toml": b"a = " + b"[" * DEEP,
        "deep within": (head + ', "x": ' + "[" * DEEP + "]" * DEEP + "}").encode(),
        "many lists": (head + ', "x": [' + "[]," * 4_000_000 + "0]}").encode(),
        "long digits": (head + ', "version": ' + "9" * 100_000 + "}").encode(),
        "nan": (head + ', "version": NaN}').encode(), "16 MB": b"[" + b" " * (17 << 20),
        "nothing": b"", "pickle": hostile_arrays()["pickle"],
        "utf-16": json.dumps(told).encode("utf-16"),
    }  # fmt: skip
    for name, data in some(score, broken.items(), 3):
        _started(cases, f"settings: {name}", file, data)
    odd = (*ODD, ...)
    pairs = [(path, value) for path in places(told) for value in odd]
    random.Random(score.seed).shuffle(pairs)
    for path, value in pairs[: score.part(len(pairs), 40)]:
        changed = put(json.loads(json.dumps(told)), path, value)
        data = json.dumps(changed).encode()
        _started(cases, f"settings: {str(value)[:40]!a} at {path}", file, data)

    @seed(score.seed)
    @hypothetical(score, score.part(1500, 20))
    @given(st.sampled_from(list(places(told))), VALUES)
    def any_value(path: tuple[object, ...], value: object) -> None:
        data = json.dumps(put(json.loads(json.dumps(told)), path, value)).encode()
        _started(cases, f"settings: {str(value)[:60]!a} at {path}", file, data)

    any_value()
    for number in range(score.part(2000, 30)):
        rng = random.Random(f"{score.seed}/{number}")
        data = mutated(bytearray(json.dumps(told).encode()), rng)
        _started(cases, f"settings, changed, number {number} of seed {score.seed}", file, data)


def _started(cases: Cases, name: str, file: Path, data: bytes) -> None:
    file.write_bytes(data)
    with cases.case(name, file.parent) as wrong:
        kept = settings.load(file)
        if kept.problem:
            wrong += filter(None, [no_sentence(kept.problem.split(". ")[0].rstrip(".") + ".")])
        Look.from_plain(kept.view)
        FigureChoices.from_plain(kept.figure)
        newer = "newer" in kept.problem
        try:
            settings.save(kept, file)
        except OSError as error:
            wrong += filter(None, [no_sentence(str(error))])
        if newer != (file.read_bytes() == data) and newer:
            wrong.append("newer settings were written over")
        if not newer and settings.load(file).problem:
            wrong.append("what was written is not read again")


def _recipes(score: Score, cases: Cases, folder: Path) -> None:
    """What is copied to be run elsewhere runs nothing but what it should."""
    for name in NAMES:
        image = Image(np.zeros((2, 2), np.uint8), name, folder / name)
        for kind in (recipe.PYTHON, recipe.COMMAND):
            with cases.case(f"recipe {kind} of {name!a}") as wrong:
                text = recipe.make(kind, Session(), image, folder).text
                if kind == recipe.COMMAND:
                    words = shlex.split(text)
                    if str(image.path) not in words:
                        wrong.append(f"the shell would read {words}")
                    continue
                texts = [each.value for each in ast.walk(ast.parse(text))
                         if isinstance(each, ast.Constant)]  # fmt: skip
                calls = {ast.unparse(each.func) for each in ast.walk(ast.parse(text))
                         if isinstance(each, ast.Call)}  # fmt: skip
                if str(image.path) not in texts or any("os." in each for each in calls):
                    wrong.append(f"Python would read {text}")
