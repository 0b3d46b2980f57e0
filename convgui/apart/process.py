"""A process beside this one, and bytes to it and from it that never take longer than allowed."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import convgui

TICK = 0.02
"""Seconds between two looks at whether the answer is still wanted."""

CHILD = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from importlib import import_module; import_module(sys.argv[2]).main()"
)
ROOT = str(Path(convgui.__file__).resolve().parents[1])


POSSIBLE = os.name == "posix"
"""Whether the system lets pipes be waited on; Windows does not."""


class Gone(Exception):
    """Says that the process has ended, or was ended; the text is what it last printed."""


class Late(Exception):
    """Says that the process did not answer in time."""


class Other:
    """The other side, from its start to its end.

    Parameters
    ----------
    module : str
        Whose ``main`` it runs, see :func:`convgui.apart.serving.serve`.

    Raises
    ------
    OSError
        If the system starts no process.

    Attributes
    ----------
    ready : bool
        Whether it has said that it can be asked; for who asks to note.
    owed : bool
        Whether an answer is to come that nobody waits for any more; likewise.
    """

    def __init__(self, module: str) -> None:
        with ExitStack() as opened:
            self._errors = opened.enter_context(tempfile.TemporaryFile())
            # Nothing from the folder that the program was started in: what lies there is data.
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-c", CHILD, ROOT, module],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, bufsize=0,
            )  # fmt: skip
            self._opened = opened.pop_all()
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._to, self._from = self._child.stdin, self._child.stdout
        for end in (self._to, self._from):
            os.set_blocking(end.fileno(), False)
        self.ready = self.owed = False

    @property
    def id(self) -> int:
        """The system's number for it."""
        return self._child.pid

    def send(self, data: bytes | memoryview, until: float, look: Callable[[], object]) -> None:
        """Writes everything; ``look`` is called now and then and may raise.

        Raises
        ------
        Gone, Late
            If the process has ended, or takes nothing until ``until`` of the monotonic clock.
        """
        rest = memoryview(data)
        while rest:
            self._wait(self._to.fileno(), select.POLLOUT, until, look)
            try:
                rest = rest[os.write(self._to.fileno(), rest[: 1 << 20]) :]
            except BlockingIOError:
                continue
            except OSError:
                raise Gone(self.last_words()) from None

    def wait(self, until: float, look: Callable[[], object]) -> None:
        """Waits for what comes next, or for the end; raises as :meth:`send` does, but not Gone."""
        self._wait(self._from.fileno(), select.POLLIN, until, look)

    def receive(self, room: memoryview, until: float, look: Callable[[], object]) -> None:
        """Fills ``room``; raises as :meth:`send` does."""
        while room:
            self._wait(self._from.fileno(), select.POLLIN, until, look)
            try:
                count = os.readv(self._from.fileno(), [room[: 1 << 20]])
            except BlockingIOError:
                continue
            except OSError:
                count = 0
            if not count:
                raise Gone(self.last_words())
            room = room[count:]

    def end(self) -> None:
        """Ends the process, whatever it does."""
        self._child.kill()
        self._child.wait()
        self._to.close()
        self._from.close()
        self._opened.close()

    def alive(self) -> bool:
        """Tells whether it still runs."""
        return self._child.poll() is None

    def last_words(self) -> str:
        """Gives how it ended, and the end of what it printed on its standard error stream."""
        self._child.kill()
        status = self._child.wait()
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - 2000))
        return f"exit status {status}\n" + self._errors.read().decode("utf-8", "replace")

    def _wait(self, descriptor: int, event: int, until: float, look: Callable[[], object]) -> None:
        # select() knows only descriptors below 1024, and a program can have more files open.
        waiting = select.poll()
        waiting.register(descriptor, event)
        while True:
            ready = waiting.poll(TICK * 1000)
            look()
            if ready:
                return
            if time.monotonic() > until:
                raise Late
