"""Where the program writes down what went wrong: a file in the user's state folder that rotates.

What is written are the program's own words, file names and tracebacks, cut where they are long:
pixels, weights and texts of files never are.
"""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

from platformdirs import user_log_path

from convgui import about

LOG = logging.getLogger("convgui")
LARGEST_LOG, OLD_LOGS = 1_000_000, 2
LONGEST_LINE, MOST_LINES = 300, 200
TAIL_BYTES = 64_000


def path() -> Path:
    """Gives the file that faults are written to."""
    return Path(user_log_path("convgui", appauthor=False)) / "convgui.log"


def start() -> logging.Handler:
    """Writes to the log from now on, to stderr where that can't be; gives what must be stopped."""
    handler: logging.Handler
    file = path()
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            file, maxBytes=LARGEST_LOG, backupCount=OLD_LOGS, encoding="utf-8", errors="replace",
            delay=False,
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(Cut("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.info("convgui %s begins", about.version())
    return handler


def stop(handler: logging.Handler) -> None:
    """Writes no more."""
    LOG.removeHandler(handler)
    handler.close()


class Cut(logging.Formatter):
    """Cuts what is too long to be the program's own words, such as an array in a message."""

    def format(self, record: logging.LogRecord) -> str:
        lines = super().format(record).splitlines()
        if len(lines) > MOST_LINES:
            half = MOST_LINES // 2
            lines = [*lines[:half], "...", *lines[-half:]]
        return "\n".join(
            line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}..." for line in lines
        )


def tail(count: int) -> list[str]:
    """Gives the last lines of the log; none where there is none."""
    try:
        with path().open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - TAIL_BYTES))
            data = file.read(TAIL_BYTES)
    except OSError:
        return []
    return data.decode("utf-8", "replace").splitlines()[-count:]
