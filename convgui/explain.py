"""What a failure is called to the user."""

from __future__ import annotations

import logging
import os

from PySide6.QtCore import QCoreApplication

from convgui.jobs import Failure
from convgui.model.image import ImageError
from convgui.model.resolve import ResolveError

LOG = logging.getLogger(__name__)
MEANT_FOR_USERS = (ValueError, OSError, ImageError)


def explain(failure: Failure) -> tuple[str, str]:
    """Gives a sentence, and details where the failure is the program's own.

    Bad values and files are raised with a sentence meant for users; anything else is a fault of
    the program, and its traceback is what a report of it needs.
    """
    error = failure.error
    if isinstance(error, MEANT_FOR_USERS) and str(error):
        text = _said_by_system(error) or str(error)
        if isinstance(error, ResolveError):
            text = text[:1].upper() + text[1:]
        return text if text.endswith((".", "!", "?")) else f"{text}.", ""
    LOG.error("%s", failure.details)
    if isinstance(error, MemoryError):
        text = QCoreApplication.translate(
            "Errors", "There is not enough memory for this. Make the image or the bank smaller."
        )
    else:
        text = QCoreApplication.translate(
            "Errors", "Something went wrong in the program: {error}. You can go on working."
        ).format(error=f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)
    return text, failure.details


def _said_by_system(error: BaseException) -> str:
    """Gives a sentence for what the system refused and nobody has put into words yet, else ""."""
    if not isinstance(error, OSError) or error.strerror is None:
        return ""
    if not isinstance(error.filename, (str, bytes)):
        text = QCoreApplication.translate("Errors", "The system refused this: {reason}.")
        return text.format(reason=error.strerror)
    text = QCoreApplication.translate("Errors", "{name} could not be used: {reason}.")
    return text.format(name=os.fsdecode(error.filename), reason=error.strerror)
