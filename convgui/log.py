"""Where the program writes down what went wrong: a file in the user's state folder that rotates.

What is written are the program's own words, file names and tracebacks, cut where they are long:
pixels, weights and texts of files never are.
"""

from __future__ import annotations

import logging
import logging.handlers
import re
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


_NUMBERS = re.compile(r"^[\s\[\](){},;.\deE+-]*\d[\s\[\](){},;.\deE+-]*$")
_CONTENTS = (
    re.compile(r"\barray\(.*"),
    re.compile(r"\b[bB](['\"]).*"),
    # Shapes and places have four numbers at the most, what was read has more, or decimals.
    re.compile(r"[\[(]*(?:[-+]?\d[\d.eE+-]*[\])]*[,;\s]+[\[(]*){4,}(?:[-+]?\d[\d.eE+-]*)?[\])]*"),
    re.compile(r"[-+]?\d*\.\d{3,}(?:[eE][-+]?\d+)?"),
    re.compile(r"(['\"])(?:(?!\1).){25,}\1?"),
)


def without_contents(text: str) -> str:
    """Gives a text without what may have come from a file: arrays, many numbers, long quotes.

    Messages of exceptions may hold what was worked on. Where a traceback says in which file of
    the program it was is left as it is.
    """
    lines: list[str] = []
    for line in text.splitlines():
        told = line
        if not line.startswith('  File "'):
            for pattern in _CONTENTS:
                told = pattern.sub("…", told)
            told = "…" if _NUMBERS.match(told) else told
        if told != "…" or lines[-1:] != ["…"]:
            lines.append(told)
    return "\n".join(lines)


class Cut(logging.Formatter):
    """Leaves out what may be a file's, and cuts what is too long to be the program's own."""

    def format(self, record: logging.LogRecord) -> str:
        lines = without_contents(super().format(record)).splitlines()
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
