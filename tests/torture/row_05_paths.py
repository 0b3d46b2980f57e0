"""Row 5: whatever a path leads to, there is an image or one sentence, at once."""

from __future__ import annotations

import contextlib
import io
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from opened import Opened
from path_zoo import DECODES, EITHER, REFUSE, Zoo
from picture_files import RGB, saved
from scorecard import Row, Score

from convgui import cli
from convgui.fence import Fence
from convgui.model import reader
from convgui.model.image import ImageError

MOST_SECONDS = 2.0
PICTURE = saved(RGB, "PNG")
NOBODY = 65534


def run(score: Score) -> None:
    """Tries every path through the reader, the command line and the window."""
    with tempfile.TemporaryDirectory(prefix="zoo-") as name, _inside(name):
        zoo = Zoo(Path(name), PICTURE)
        paths = sorted(zoo.paths.items(), key=repr)
        before = sorted(os.listdir(os.fsencode(name)))
        fence = Fence()
        for path, verdict in paths:
            _through_the_reader(score, fence, path, verdict)
        fence.close()
        step = max(1, round(0.2 / score.share))
        for path, verdict in paths[score.seed % step :: step]:
            _through_the_command_line(score, path, verdict)
        _as_arguments(score, name)
        with Opened() as opened:
            opened.settle()
            for path, verdict in paths:
                _through_the_window(score, opened, path, verdict)
            opened.settle()
        _unreadable(score, zoo)
        after = sorted(os.listdir(os.fsencode(name)))
        score.check(after == before, f"files came or went: {set(after) ^ set(before)}")
        zoo.close()
        _while_it_changes(score, Path(name))
    score.figure("paths", str(len(paths)))


@contextlib.contextmanager
def _inside(folder: str) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _judge(score: Score, verdict: str, seen: str, said: str, seconds: float) -> str:
    """Gives what is wrong, nothing where all is well."""
    faults = []
    if seen not in ({DECODES: {DECODES}, REFUSE: {REFUSE}, EITHER: {DECODES, REFUSE}}[verdict]):
        faults.append(f"must be {verdict}, is {seen}")
    if seen == REFUSE:
        said = said.strip()
        if "\n" in said or not said.endswith(".") or len(said) > 900 or "Traceback" in said:
            faults.append("is not one sentence")
        if any(ord(letter) < 32 or 0xD800 <= ord(letter) < 0xE000 for letter in said):
            faults.append("has letters that can't be shown")
        if "crashed" in said or "not read within" in said:
            faults.append("ended the decoder")
    if seen == REFUSE and (late := score.over(seconds, MOST_SECONDS)):
        faults.append(late)
    return "; ".join(faults)


def _tell(score: Score, way: str, path: str, wrong: str, said: str) -> None:
    score.case(f"{way} {path[-80:]!r}: {wrong}: {said[-300:]!r}" if wrong else None)


def _through_the_reader(score: Score, fence: Fence, path: str, verdict: str) -> None:
    began, said = time.monotonic(), ""
    try:
        image = fence.read_image(path)
        seen = DECODES if np.array_equal(image.pixels, RGB) and not image.damaged else "wrong"
    except ImageError as problem:
        seen, said = REFUSE, str(problem)
    except Exception as problem:
        seen, said = "raised", repr(problem)
    wrong = _judge(score, verdict, seen, said, time.monotonic() - began)
    _tell(score, "reader", path, wrong, said)


def _through_the_window(score: Score, opened: Opened, path: str, verdict: str) -> None:
    began = time.monotonic()
    seen, said = opened.image(path)
    wrong = _judge(score, verdict, seen, said, time.monotonic() - began)
    if opened.caught:
        wrong += f"; raised {opened.caught}"
        opened.caught.clear()
    _tell(score, "window", path, wrong, said)


def _through_the_command_line(score: Score, path: str, verdict: str) -> None:
    began, out, error = time.monotonic(), io.StringIO(), io.StringIO()
    arguments = ["--filter", "blur", "--json", "-", "--", path]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
            status = cli.main(arguments)
    except SystemExit as ended:
        status = ended.code
    except BaseException as problem:
        status, error = repr(problem), io.StringIO("raised.")
    seen = {0: DECODES, 2: REFUSE}.get(status, f"status {status}")
    said = error.getvalue()
    wrong = _judge(score, verdict, seen, said, time.monotonic() - began)
    _tell(score, "command line", path, wrong, said)


def _as_arguments(score: Score, folder: str) -> None:
    """Gives the oddest names to a process of its own, as bytes."""
    odd = [b"bad\xff\xfeutf8.png", b"new\nline.png", b"./-rf.png", b"fifo.png", b"/dev/zero"]
    for name in odd[: score.part(len(odd), 2)]:
        command = [sys.executable, "-m", "convgui", "compare", "--csv", "-", os.fsdecode(name)]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=60, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
        right = 2 if name in (b"fifo.png", b"/dev/zero") else 0
        said = done.stderr.decode("utf-8", "replace")
        score.check(
            done.returncode == right and "Traceback" not in said and said.count("\n") <= 1,
            f"process {name!r}: status {done.returncode}, must be {right}: {said[-300:]!r}",
        )


def _unreadable(score: Score, zoo: Zoo) -> None:
    """Reads what nobody may read; who may read everything becomes somebody else for it."""
    path = zoo.folder / "unreadable.png"
    path.write_bytes(PICTURE)
    path.chmod(0)
    reader.warm()
    is_root = os.geteuid() == 0
    if is_root:
        zoo.folder.chmod(0o755)
        os.seteuid(NOBODY)
    said = "it was shown"
    try:
        reader.read_image(path)
    except ImageError as problem:
        said = str(problem)
    finally:
        if is_root:
            os.seteuid(0)
    score.check("there is no permission to read it" in said, f"unreadable: {said}")
    path.unlink()


def _while_it_changes(score: Score, folder: Path) -> None:
    """Reads a file that comes and goes, grows and shrinks meanwhile."""
    path, fence, chance = folder / "changing.png", Fence(), random.Random(score.seed)

    def come_and_go() -> None:
        path.write_bytes(PICTURE)
        path.unlink()

    def shrink() -> None:
        path.write_bytes(PICTURE)
        os.truncate(path, chance.randrange(len(PICTURE)))

    def grow() -> None:
        with open(path, "ab") as file:
            file.write(PICTURE * chance.randrange(200))
        path.write_bytes(PICTURE)

    def become_a_folder() -> None:
        path.unlink(missing_ok=True)
        path.mkdir()
        path.rmdir()

    for change in (come_and_go, shrink, grow, become_a_folder):
        ended = threading.Event()
        changing = threading.Thread(target=_again, args=(change, ended))
        changing.start()
        for _ in range(score.part(300, 40)):
            _through_the_reader(score, fence, str(path), EITHER)
        ended.set()
        changing.join()
        if path.exists():
            path.unlink()
    fence.close()


def _again(change: Callable[[], None], ended: threading.Event) -> None:
    while not ended.is_set():
        change()


ROW = Row(5, "Paths of every kind", run, quick=0.05)
