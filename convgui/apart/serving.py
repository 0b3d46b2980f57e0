"""The other side of a process: a loop that answers on the standard output what is asked."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from typing import Any, BinaryIO

from convgui.apart import wire

Answer = Callable[[BinaryIO, dict[str, Any], BinaryIO, int], object]


def serve(warm: Callable[[], object], answer: Answer, idle: float | None = None) -> None:
    """Answers until the standard input ends.

    Parameters
    ----------
    warm : callable
        Imports what takes long, before the first question.
    answer : callable
        Given where to answer to, the words of a question, where the bytes behind them are to be
        read from, and how many these are.
    idle : float, optional
        Seconds without a question after which it ends by itself.
    """
    # Keys of a terminal are meant for the program that was started there.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not get between the answers.
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    warm()
    told.write(wire.pack({"ready": True}))
    told.flush()
    waiting = select.poll()
    waiting.register(asked, select.POLLIN)
    # Nothing of a question can be in the buffer yet: it is asked when the last one is answered.
    while waiting.poll(None if idle is None else 1e3 * idle):
        head = asked.read(wire.HEAD.size)
        if len(head) < wire.HEAD.size:
            return
        length, follows = wire.lengths(head)
        answer(told, wire.words_of(asked.read(length)), asked, follows)
        told.flush()
