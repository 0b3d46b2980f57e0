"""Where the program is entered from outside of it, and faults put there.

Python's profile function is told of every call. What it raises comes out of the function that was
about to begin, whatever that is connected to: so a fault can be put into any slot, event handler,
job or callback without touching it. It is taken away by the interpreter as soon as it has raised.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, FrameType
from typing import Any

import convgui

OURS = os.path.dirname(os.path.abspath(convgui.__file__)) + os.sep
HERE = os.path.dirname(os.path.abspath(__file__)) + os.sep
PASSED_OVER = ("<genexpr>", "<listcomp>", "<dictcomp>", "<setcomp>", "<lambda>", "<module>")
OWN_NET = ("rescue.py", "drawn.py", OURS + "log.py")
"""What catches faults is not itself a place where they are put."""
DRAWING, NEAR = "drawn.py", 6
"""A function so near below what draws counts as one, too: a painter is open around it."""


class Injected(Exception):
    """A fault that was put there."""


class Injectedly:
    """Listens to calls; notes entry points, or puts a fault into one of them.

    An entry point is a function of the program that was not called by another one of it: by Qt,
    by a signal, by a thread, by the kernels.

    Attributes
    ----------
    found : dict
        Entry points as code, with how they were entered.
    fired : bool
        Whether the fault was put.
    """

    def __init__(self, target: CodeType | None = None, error: type[Exception] = Injected) -> None:
        self.target = target
        self.error = error
        self.found: dict[CodeType, str] = {}
        self.fired = False

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        """Takes the first call of a thread; the others go straight to a listener of its own."""
        listen = self._listener()
        sys.setprofile(listen)
        listen(frame, event, arg)

    def _listener(self) -> Callable[[FrameType, str, Any], None]:
        """Gives what one thread is listened to with; it is called for every call, so is short."""
        in_c: list[FrameType] = []
        target = self.target

        def listen(frame: FrameType, event: str, arg: Any) -> None:
            if event == "c_call":
                in_c.append(frame)
            elif event == "call":
                code = frame.f_code
                if code is target if target is not None else code.co_filename.startswith(OURS):
                    self._enter(frame, in_c)
            elif event != "return" and in_c and in_c[-1] is frame:
                in_c.pop()

        return listen

    def _enter(self, frame: FrameType, in_c: list[FrameType]) -> None:
        code, back = frame.f_code, frame.f_back
        if self.fired or code.co_name in PASSED_OVER or code.co_filename.endswith(OWN_NET):
            return
        name = back.f_code.co_filename if back is not None else ""
        through_c = bool(in_c) and in_c[-1] is back
        if name.startswith(HERE) and not through_c:
            return
        apart = through_c or not name.startswith(OURS) or back.f_code.co_name == "_work"
        if not apart and not _draws(back):
            return
        if self.target is None:
            self.found.setdefault(code, name_of(code))
            return
        self.fired = True
        in_c.clear()
        raise self.error(f"put into {name_of(code)}")

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listens in this thread and in all that begin meanwhile."""
        threading.setprofile(self)
        sys.setprofile(self)
        try:
            yield
        finally:
            sys.setprofile(None)
            threading.setprofile(None)


def _draws(frame: FrameType | None) -> bool:
    """Tells whether a function is called by what draws."""
    for _ in range(NEAR):
        if frame is None:
            return False
        if frame.f_code.co_filename.endswith(DRAWING):
            return True
        frame = frame.f_back
    return False


def name_of(code: CodeType) -> str:
    """Gives a function's place and name."""
    return f"{code.co_filename.removeprefix(OURS)}:{code.co_qualname}"
