"""Catches what nobody else does: an exception is logged and shown, and the program goes on."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from convgui import log

LOG = logging.getLogger("convgui")
QT_LOG = logging.getLogger("convgui.qt")
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Rescue(QObject):
    """Takes the place of Python's last resort for exceptions, which would end a slot silently."""

    caught = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._handler: logging.Handler | None = None

    def install(self) -> None:
        """Catches from now on, in all threads."""
        self._handler = log.start()
        sys.excepthook = self.catch
        threading.excepthook = self._catch_in_thread
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Leaves everything as it was before."""
        qInstallMessageHandler(None)
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._handler is not None:
            log.stop(self._handler)
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


def _log_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    QT_LOG.log(LEVELS.get(kind, logging.WARNING), "%s", text)
