"""The end of the process, which no job that is still at work must meet."""

from __future__ import annotations

import atexit
import os
import sys
import threading
from contextlib import suppress

from convgui.jobs import THREAD


def leave(status: int) -> None:
    """Ends the process where a job's thread still runs; comes back where none does.

    The interpreter's own end stops such a thread in the middle of whatever it does. In C++, as in
    that of Qt, or of matplotlib where no process of its own could be had, that is a crash, so the
    interpreter is left out: all else that is done at its end is done here.
    """
    if not any(each.name.startswith(THREAD) for each in threading.enumerate()):
        return
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        # There may be none, or nobody who reads it.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(status)
