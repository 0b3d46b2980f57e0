"""Where the program is entered from outside of it, and faults put there.

Python's profile function is told of every call. What it raises comes out of the function that was
about to begin, whatever that is connected to: so a fault can be put into any slot, event handler,
job or callback without touching it. It is taken away by the interpreter as soon as it has raised.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
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
        self._in_c = threading.local()

    def __call__(self, frame: FrameType, event: str, arg: Any) -> None:
        if event == "c_call":
            self._stack().append(frame)
        elif event in ("c_return", "c_exception"):
            stack = self._stack()
            if stack and stack[-1] is frame:
                stack.pop()
        elif event == "call" and frame.f_code.co_filename.startswith(OURS):
            self._enter(frame)

    def _stack(self) -> list[FrameType]:
        if not hasattr(self._in_c, "stack"):
            self._in_c.stack = []
        found: list[FrameType] = self._in_c.stack
        return found

    def _enter(self, frame: FrameType) -> None:
        code, back = frame.f_code, frame.f_back
        if code.co_name in PASSED_OVER or code.co_filename.endswith(OWN_NET):
            return
        if self.target is not None and (self.fired or code is not self.target):
            return
        name = back.f_code.co_filename if back is not None else ""
        stack = self._stack()
        through_c = bool(stack) and stack[-1] is back
        if name.startswith(HERE) and not through_c:
            return
        apart = through_c or not name.startswith(OURS) or back.f_code.co_name == "_work"
        if not apart and not _draws(back):
            return
        if self.target is None:
            self.found.setdefault(code, name_of(code))
            return
        self.fired = True
        stack.clear()
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
