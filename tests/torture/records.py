"""What the program logs, kept for a row to look at."""

from __future__ import annotations

import logging

UNWANTED = "no longer wanted"


class Records(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        logging.getLogger("convgui").addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())

    @property
    def unwanted(self) -> list[str]:
        """Faults of jobs whose answer nobody waited for any more: they are not shown."""
        return [text for text in self.texts if UNWANTED in text]

    def remove(self) -> None:
        logging.getLogger("convgui").removeHandler(self)
