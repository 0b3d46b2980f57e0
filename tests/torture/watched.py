"""A case that is watched: what it opens, runs and removes, how long it takes and how much memory.

Python tells its audit hooks of every file that is opened, every process, and every name that a
pickle asks for. A hook can't be taken away again, so there is one, which listens while a case runs.
"""

from __future__ import annotations

import os
import resource
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from scorecard import Score

T = TypeVar("T")
SECONDS = 2.0
MEMORY = 200 << 20
LONGEST = 300
"""Letters of a sentence."""

FORBIDDEN = (
    "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "subprocess.Popen", "pty.",
    "pickle.find_class", "socket.", "urllib.", "ctypes.", "os.symlink", "os.link",
    "shutil.", "os.chown", "code.__new__", "webbrowser.", "http.", "ftplib.",
)  # fmt: skip
WRITES = {
    "os.chmod": 1, "os.remove": 1, "os.rename": 2, "os.mkdir": 1, "os.rmdir": 1, "os.truncate": 1,
}  # fmt: skip


class Watch:
    """Listens to what one thread does.

    Attributes
    ----------
    seen : list of str
        What it should not have done.
    """

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._thread = 0
        self._allowed: tuple[str, ...] = ()
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if threading.get_ident() != self._thread:
            return
        if event.startswith(FORBIDDEN):
            self.seen.append(f"{event} {str(args)[:120]}")
        elif event == "open":
            path, _, flags = args
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self._note_write(event, path)
        elif event in WRITES:
            for path in args[: WRITES[event]]:
                self._note_write(event, path)

    def _note_write(self, event: str, path: object) -> None:
        if isinstance(path, int) or not isinstance(path, (str, bytes, os.PathLike)):
            return
        if not f"{os.path.abspath(os.fsdecode(path))}{os.sep}".startswith(self._allowed):
            self.seen.append(f"{event} {path!r}")

    @contextmanager
    def listening(self, *allowed: Path) -> Iterator[None]:
        """Listens; only below these folders may anything be written."""
        self.seen = []
        self._allowed = tuple(f"{each}{os.sep}" for each in allowed) or ("\0",)
        self._thread = threading.get_ident()
        try:
            yield
        finally:
            self._thread = 0


class Cases:
    """Counts cases, each tried under a watch.

    Parameters
    ----------
    score : Score
    home : Path
        A folder in which everything that a case leaves is seen.
    """

    def __init__(self, score: Score, home: Path) -> None:
        self._score = score
        self._home = home
        self._watch = Watch()
        self._before = set(home.rglob("*"))
        self.slowest = ("", 0.0)

    @contextmanager
    def case(self, name: str, *allowed: Path, weigh: bool = False) -> Iterator[list[str]]:
        """Tries one; what is wrong with it goes into the list.

        Parameters
        ----------
        name : str
            By which it can be tried again.
        *allowed : Path
            Where it may write.
        weigh : bool
            Whether its memory is counted byte by byte, which takes time.
        """
        wrong: list[str] = []
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if weigh:
            tracemalloc.start()
        began, wall = time.thread_time(), time.monotonic()
        with self._watch.listening(*allowed):
            try:
                yield wrong
            except Exception as error:
                wrong.append(f"{type(error).__name__}: {error}")
        # Tracing makes everything a few times slower.
        taken = (time.thread_time() - began) / (3 if weigh else 1)
        if taken > SECONDS:
            wrong.append(f"it took {taken:.1f} s ({time.monotonic() - wall:.1f} on the clock)")
        if taken > self.slowest[1]:
            self.slowest = name, taken
        if weigh:
            held = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            if held > MEMORY:
                wrong.append(f"it took {held >> 20} MB")
        more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most
        if more << 10 > 2 * MEMORY:
            wrong.append(f"the process grew by {more >> 10} MB")
        wrong += self._watch.seen
        self._score.case(f"{name}: {'; '.join(wrong)[:900]}" if wrong else None)

    def nothing_left(self, name: str) -> None:
        """Counts a case that is well if nothing is there that was not there at the beginning."""
        more = set(self._home.rglob("*")) - self._before
        self._score.check(not more, f"{name} left {sorted(map(str, more))[:5]}")


def some(score: Score, items: Iterable[T], least: int) -> list[T]:
    """Gives the share of a list that the score asks for, evenly spread, but so many at least."""
    every = list(items)
    count = score.part(len(every), least)
    return [every[index * len(every) // count] for index in range(count)] if count else []


def no_sentence(text: str) -> str:
    """Gives what keeps a text from being one sentence for people; "" if it is one."""
    if not text or text != text.strip() or not text.endswith((".", "!", "?")):
        return f"no sentence: {text[:LONGEST]!r}"
    if "\n" in text or len(text) > LONGEST or "Traceback" in text or "Error(" in text:
        return f"not one sentence: {text[:LONGEST]!r}"
    try:
        text.encode()
    except UnicodeEncodeError:
        return f"it can't be shown: {text!r}"
    return ""
