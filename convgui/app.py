"""Starts the window: application, theme, log, and the net that catches what nobody else does."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from convgui import lasting, rescue, settings, translation
from convgui.about import version
from convgui.fence import FENCE
from convgui.leaving import leave
from convgui.main_window import MainWindow
from convgui.model.samples import SAMPLES
from convgui.style import Appearance, application_icon


def run(argv: Sequence[str] = ()) -> int:
    """Shows the window until it is closed, as :func:`main`, and leaves the process to nothing else.

    A job can be in the midst of something that can't be stopped, as in C++ of Qt's; it must not be
    met by the interpreter's end.
    """
    code = main(argv)
    leave(code)
    return code


def main(argv: Sequence[str] = ()) -> int:
    """Shows the window until it is closed; gives the exit code.

    Parameters
    ----------
    argv : sequence of str
        Without the program's name: an image to open (the first sample without one),
        ``--reset-settings``.
    """
    parser = argparse.ArgumentParser("convgui", add_help=False)
    parser.add_argument("image", nargs="?")
    parser.add_argument("--reset-settings", action="store_true")
    wanted = parser.parse_args(list(argv))
    if wanted.reset_settings:
        settings.reset()
    # It takes as long to start as the window does.
    FENCE.start()
    # Python runs its own handler only when Qt comes back to it, which may be never.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    application = QApplication.instance() or QApplication(["convgui"])
    application.setApplicationName("convgui")
    application.setApplicationVersion(version())
    application.setDesktopFileName("convgui")
    application.setWindowIcon(application_icon())
    translation.install(application)
    net = rescue.Rescue()
    net.install()
    kept = settings.load()
    lasting.leave_out()
    window = MainWindow(kept, Appearance(kept.theme))
    net.caught.connect(window.tell_caught)
    window.show()
    if wanted.image:
        window.opener.open_path(wanted.image)
    else:
        window.opener.open_sample(SAMPLES[0].name)
    code = application.exec()
    net.remove()
    # Widgets must be gone before the interpreter takes Qt apart in an order of its own.
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code
