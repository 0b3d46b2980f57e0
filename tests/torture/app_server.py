"""Starts the program many times, each in a process of its own, without importing it each time.

usage: app_server.py, told line by line on its standard input what to start: a JSON object with
``script`` and ``argument`` (of app_scripts.py), ``arguments`` of the command line, ``home`` and
``told``, the file that the process writes to. It answers with the process's id, and when that has
ended with its status and the moment of its end; ``null`` on the input ends it.

A process that it starts runs through the whole end of the interpreter, as one that was started by
hand does.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any

import app_scripts
import matplotlib.figure  # noqa: F401  # what an export would import first

from convgui import app


def serve() -> dict[str, Any]:
    """Gives what is to be done, in the process that is to do it."""
    for line in sys.stdin:
        wanted = json.loads(line)
        if wanted is None:
            break
        process = os.fork()
        if not process:
            return dict(wanted)
        print(json.dumps({"process": process}), flush=True)
        _, status = os.waitpid(process, 0)
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps({"status": code, "ended": time.monotonic()}), flush=True)
    return {}


def main() -> int:
    wanted = serve()
    if not wanted:
        return 0
    told = os.open(wanted["told"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(told, 1)
    os.dup2(told, 2)
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = wanted["home"]
    app_scripts.install(wanted["script"], wanted["argument"])
    return app.run(wanted["arguments"])


if __name__ == "__main__":
    sys.exit(main())
