"""An end like that of kill -9 at a chosen call that touches the disk."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

CALLS = ("open", "write", "fsync", "fstat", "replace", "chmod", "close", "unlink", "mkdir")
MOMENTS = ("before", "half", "after")


def end_at(step: int, moment: str) -> None:
    """Ends this process at the step-th of these calls: before it, half through, or after it."""
    left = [step]

    def wrapped(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                if moment == "half" and name == "write":
                    real(args[0], bytes(args[1])[: len(args[1]) // 2])
                if moment == "after":
                    real(*args, **options)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **options)

        return call

    for name in CALLS:
        setattr(os, name, wrapped(name, getattr(os, name)))
