"""The same files through the running window: opened, dropped, pasted, typed, started with."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

from hostile_sessions import ODD, hostile_arrays, places, put, sessions, sound, with_settings
from live_window import FAULT, LiveWindow, limited, live_window
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from scorecard import Score
from session_files import entries
from watched import no_sentence, some

from convgui import settings

MIMES = ("image/png", "image/tiff", "image/jpeg", "image/bmp", "application/x-qt-image")
TEXTS = (
    "", "\0", "\ud800", "a" * 200_000, "9" * 9000, "<b>x</b>" * 99, "file:///etc/passwd", "\u202e",
    "1 2; 3 x", "]" + " " * 900_000, "1" * 900_000 + "x", "1 " * 400_000,
)  # fmt: skip
BYTES = (b"", b"x", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\xff" * 99, b"GIF89a",
         b"\xff\xd8\xff" * 30, b"BM" * 5)  # fmt: skip


def fuzz(score: Score, folder: Path) -> None:
    """Tries a share of all of it."""
    with live_window() as live:
        _sessions(score, live, folder)
        _weights(score, live, folder)
        _clipboard(score, live, folder)
        _names(score, live)
        score.check(live.computes(), "the window no longer computes after all of these")
    _starts(score)


def _case(score: Score, live: LiveWindow, name: str, act: Callable[[], object]) -> None:
    live.clear()
    with limited(name):
        try:
            act()
            live.settle()
            live.repaint(times=1)
        except Exception as error:
            live.faults.append(f"{type(error).__name__}: {error}")
    text = live.message()
    if FAULT in text:
        live.faults.append(text)
    # A message may have two sentences: what is wrong, and what to do.
    elif text and (problem := no_sentence(text.split(". ")[0].rstrip(".") + ".")):
        live.faults.append(problem)
    score.case(f"window: {name}: {'; '.join(live.faults)[:900]}" if live.faults else None)


def _sessions(score: Score, live: LiveWindow, folder: Path) -> None:
    file = folder / "through the window.convgui"
    told = json.loads(entries(sound())["session.json"])
    within = "runs", "look", "settings", "pinned"
    runs = [path for path in places(told) if path and path[0] in within]
    made = dict(sessions())
    for path in runs:
        for value in ODD:
            # Made when it is wanted: there are thousands.
            made[f"{str(value)[:30]!a} at {path}"] = lambda path=path, value=value: with_settings(
                put(json.loads(json.dumps(told)), path, value)
            )
    chosen = random.Random(score.seed).sample(list(made), score.part(250, 10))
    for name in chosen:
        file.write_bytes(made[name]())
        live.window.sessions.files.answer("unsaved", "discard")
        _case(score, live, f"session {name}", lambda: _opened(live, file))


def _opened(live: LiveWindow, file: Path) -> None:
    live.window.opener.open_path(str(file))
    if live.window.messages.topic == "unsaved":
        for button in live.window.messages.answers:
            if button.property("answer") == "discard":
                button.click()
                break


def _weights(score: Score, live: LiveWindow, folder: Path) -> None:
    for name, data in some(score, hostile_arrays().items(), 3):
        file = folder / "pasted.npy"
        file.write_bytes(data)
        _case(score, live, f"weights {name}",
              lambda file=file: live.window.opener.weights_chosen.emit(str(file)))  # fmt: skip
    for text in some(score, TEXTS, 3):
        _case(score, live, f"weights typed {text[:30]!a}",
              lambda text=text: live.window.parameters.weights_edited.emit(text))  # fmt: skip


def _clipboard(score: Score, live: LiveWindow, folder: Path) -> None:
    clipboard = QGuiApplication.clipboard()
    given: list[tuple[str, QMimeData]] = []
    for kind in MIMES:
        for data in BYTES:
            mime = QMimeData()
            mime.setData(kind, data)
            given.append((f"{kind} {data[:9]!r}", mime))
    for text in TEXTS:
        mime = QMimeData()
        mime.setText(text)
        given.append((f"text {text[:20]!a}", mime))
    for url in ("file:///", "file:///dev/zero", "file:///dev/null", "http://x/y.png", "file:///%00",
                "file:", "file://host/share/x.png", f"file://{folder}", "file:///a%0Ab.png",
                "data:image/png;base64,AAAA", "file:///none.convgui"):  # fmt: skip
        mime = QMimeData()
        mime.setUrls([QUrl(url)])
        given.append((f"address {url}", mime))
    for name, mime in some(score, given, 8):
        clipboard.setMimeData(mime)
        _case(score, live, f"pasted {name}", live.window.opener.paste)
    clipboard.clear()


def _names(score: Score, live: LiveWindow) -> None:
    """Names of runs, and notes."""
    if not live.computes():
        score.case("the window does not compute")
    history = live.window.history
    for text in some(score, TEXTS, 2):
        _case(score, live, f"a run named {text[:20]!a}",
              lambda text=text: history.recorder.rename(history.recorder.journal.last, text))
        _case(score, live, f"notes {text[:20]!a}", lambda text=text: history.show_notes(text))
    live.window.history.show_notes("")
    live.window.sessions.files.answer("unsaved", "discard")


def _starts(score: Score) -> None:
    """Windows that start with settings which were tampered with."""
    file = settings.path()
    settings.save(settings.load())
    told = json.loads(file.read_bytes())
    paths = [path for path in places(told) if path and path[0] != "session"]
    ways = [(path, value) for path in paths for value in ODD]
    random.Random(score.seed).shuffle(ways)
    for path, value in ways[: score.part(40, 2)]:
        file.write_text(json.dumps(put(json.loads(json.dumps(told)), path, value)))
        with live_window() as live:
            name = f"start with {str(value)[:30]!a} at {path}"
            live.clear()
            _case(score, live, name, lambda: None)
    settings.reset()
