"""What a failure is called to the user."""

from __future__ import annotations

import logging
import os
import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from convgui.model.image import ImageError
from convgui.model.resolve import ResolveError

if TYPE_CHECKING:
    from convgui.jobs import Failure

LOG = logging.getLogger(__name__)
MEANT_FOR_USERS = (ValueError, OSError, ImageError)
_CHAIN = re.compile(r"(Error calling Python override of [^ ]+\(\): )+")
"""What PySide puts before an exception, once for each of Qt's calls that it came through."""

MOST_LETTERS = 200
"""Of what an exception says; the rest stands in the details."""


def explain(failure: Failure) -> tuple[str, str]:
    """Gives a sentence, and details where the failure is the program's own.

    Bad values and files are raised with a sentence meant for users; anything else is a fault of
    the program, and its traceback is what a report of it needs.
    """
    error = failure.error
    if not is_fault(failure):
        text = _said_by_system(error) or str(error)
        if isinstance(error, ResolveError):
            text = text[:1].upper() + text[1:]
        return text if text.endswith((".", "!", "?")) else f"{text}.", ""
    LOG.error("%s", failure.details)
    name = type(error).__name__
    return fault(f"{name}: {error}" if str(error) else name), failure.details


def log_unwanted(kind: str, failure: Failure) -> None:
    """Writes down a fault in a job whose answer nobody waits for any more."""
    if is_fault(failure):
        LOG.error("Job %s, no longer wanted:\n%s", kind, failure.details)


def is_fault(failure: Failure) -> bool:
    """Tells whether a failure is the program's own, not one of a value or a file."""
    return not (isinstance(failure.error, MEANT_FOR_USERS) and str(failure.error))


def fault(text: str) -> str:
    """Gives the sentence on a fault of the program, from the exception's name and words."""
    if text.partition(":")[0] in ("MemoryError", "_ArrayMemoryError"):
        return QCoreApplication.translate(
            "Errors", "There is not enough memory for this. Make the image or the bank smaller."
        )
    text = " ".join(_CHAIN.sub("", text).split())
    if len(text) > MOST_LETTERS:
        text = f"{text[:MOST_LETTERS]}…"
    return QCoreApplication.translate(
        "Errors", "Something went wrong in the program: {error}. You can go on working."
    ).format(error=text.rstrip("."))


def _said_by_system(error: BaseException) -> str:
    """Gives a sentence for what the system refused and nobody has put into words yet, else ""."""
    if not isinstance(error, OSError) or error.strerror is None:
        return ""
    if not isinstance(error.filename, (str, bytes)):
        text = QCoreApplication.translate("Errors", "The system refused this: {reason}.")
        return text.format(reason=error.strerror)
    text = QCoreApplication.translate("Errors", "{name} could not be used: {reason}.")
    return text.format(name=os.fsdecode(error.filename), reason=error.strerror)
