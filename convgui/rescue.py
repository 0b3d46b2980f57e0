"""Catches what nobody else does: an exception is logged and shown, and the program goes on."""

from __future__ import annotations

import logging
import logging.handlers
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from platformdirs import user_log_path
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

LOG = logging.getLogger("convgui")
QT_LOG = logging.getLogger("convgui.qt")
LARGEST_LOG, OLD_LOGS = 1_000_000, 2
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_path() -> Path:
    """Gives the file that faults are written to."""
    return Path(user_log_path("convgui", appauthor=False)) / "convgui.log"


class Rescue(QObject):
    """Takes the place of Python's last resort for exceptions, which would end a slot silently."""

    caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler: logging.Handler | None = None

    def install(self) -> None:
        """Catches from now on, in all threads."""
        self._handler = _handler()
        LOG.addHandler(self._handler)
        LOG.setLevel(logging.INFO)
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Leaves everything as it was before."""
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._handler is not None:
            LOG.removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def catch(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Logs an exception and tells the window of it."""
        # Whoever started the program from a terminal reads it there, as usual.
        sys.__excepthook__(kind, error or kind(), trace)
        if issubclass(kind, KeyboardInterrupt):
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        LOG.error("%s", details)
        self.caught.emit(f"{kind.__name__}: {error}", details)

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self.catch(args.exc_type, args.exc_value, args.exc_traceback)


def _handler() -> logging.Handler:
    """Gives a handler that writes to the log file, or to stderr where that can't be."""
    path = log_path()
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=LARGEST_LOG, backupCount=OLD_LOGS, encoding="utf-8", delay=False
        )
    except OSError:
        handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    QT_LOG.log(LEVELS.get(kind, logging.WARNING), "%s", text)
