"""What is said in a terminal: text on standard output, and in one line what went wrong."""

from __future__ import annotations

import os
import sys

from convgui.export.atomic import WriteError


def prepare() -> None:
    """Makes both streams such that writing to them can't end the program with a traceback."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed by whoever started the program, who then wants to hear nothing.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  # to the end
        elif hasattr(stream, "reconfigure"):
            # A terminal in another encoding must not end the program at the first "×".
            stream.reconfigure(errors="replace")


def say(text: str) -> None:
    """Writes text to standard output, all of it before this returns.

    Raises
    ------
    BrokenPipeError
        If nobody reads it any more.
    WriteError
        If it can't be written, as to a disk that is full; the message is one sentence.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        silence()
        reason = error.strerror or str(error)
        raise WriteError(f"The output could not be written: {reason}.", error.errno) from None


def fail(message: object) -> int:
    """Prints one line on standard error; gives the exit status for bad input."""
    print("convgui:", " ".join(str(message).split()), file=sys.stderr)
    return 2


def silence() -> None:
    """Drops what standard output still holds, so that it can't fail again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
