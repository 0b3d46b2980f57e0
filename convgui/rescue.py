"""Catches what nobody else does: an exception is logged and shown, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import TypeVar

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from convgui import log

LOG = logging.getLogger("convgui")
QT_LOG = logging.getLogger("convgui.qt")
SAME_SECONDS = 5.0
"""Within which the same fault, as at every repaint, is told only once."""
MOST_KNOWN = 50
"""Different faults that are told within that time; what floods on has been told enough."""
T = TypeVar("T")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def attempted(act: Callable[[], T], otherwise: T | None = None) -> T | None:
    """Gives what a call gives; what it raises is told as if nobody had caught it."""
    try:
        return act()
    except Exception as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return otherwise


class Rescue(QObject):
    """Takes the place of Python's last resort for exceptions, which would end a slot silently."""

    caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler: logging.Handler | None = None
        self._unraisable: Callable[[sys.UnraisableHookArgs], object] = sys.unraisablehook
        self._known: dict[tuple[str, ...], float] = {}

    def install(self) -> None:
        """Catches from now on, in all threads."""
        self._handler = log.start()
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        self._unraisable, sys.unraisablehook = sys.unraisablehook, self._catch_unraisable
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Leaves everything as it was before."""
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        sys.unraisablehook = self._unraisable
        if self._handler is not None:
            log.stop(self._handler)
            self._handler = None

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Logs an exception and tells the window of it; whatever happens, raises nothing."""
        error = error if error is not None else kind()
        details = _details(kind, error, trace)
        if self._is_known(_kinship(kind, error, trace)):
            return
        # Whoever started the program from a terminal reads it there, as usual.
        with suppress(Exception):
            sys.__excepthook__(kind, error, trace)
        if issubclass(kind, KeyboardInterrupt):
            return
        LOG.error("%s", details)
        # The window may be gone already.
        with suppress(RuntimeError):
            self.caught.emit(_named(kind, error), details)

    def forget(self) -> None:
        """Tells what was told before as if it were new."""
        self._known.clear()

    def _is_known(self, fault: tuple[str, ...]) -> bool:
        """Tells whether this very fault was told just now, or too many were, and notes it."""
        now = time.monotonic()
        self._known = {each: at for each, at in self._known.items() if now - at < SAME_SECONDS}
        if fault in self._known or len(self._known) >= MOST_KNOWN:
            return True
        self._known[fault] = now
        return False

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self.catch(args.exc_type, args.exc_value, args.exc_traceback)

    def _catch_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        """Takes what was raised where nobody could be told, as while something was put away."""
        self.catch(args.exc_type, args.exc_value, args.exc_traceback)


def _named(kind: type[BaseException], error: BaseException) -> str:
    """Gives an exception's name, with what it says if it says anything."""
    try:
        text = str(error)
    except Exception:
        text = ""
    return f"{kind.__name__}: {text}" if text else kind.__name__


def _details(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Gives where an exception came from, or at least what it is called."""
    try:
        return "".join(traceback.format_exception(kind, error, trace))
    except Exception:
        return kind.__name__


def _kinship(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> tuple[str, ...]:
    """Gives what all repeats of a fault share: where it was raised.

    The way there differs from one repaint to the next, and so does what it says, where numbers or
    calls of Qt are in it.
    """
    if trace is None:
        return (_named(kind, error),)
    while trace.tb_next is not None:
        trace = trace.tb_next
    return kind.__name__, trace.tb_frame.f_code.co_filename, str(trace.tb_lineno)


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    QT_LOG.log(LEVELS.get(kind, logging.WARNING), "%s", text)
