"""The user's language: the texts of the program, of Qt's own dialogs, and the direction of reading.

Texts are in English in the code, and pass through Qt's tools (``make translations``). A language
whose file of translations is not there is English.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

FOLDER = "translations"


def folder() -> Path:
    """Gives where the translations of the program are, if there are any."""
    return Path(str(resources.files("convgui.resources") / FOLDER))


def install(
    application: QApplication, locale: QLocale | None = None, place: Path | None = None
) -> bool:
    """Lets an application speak the system's language; tells whether it does.

    Parameters
    ----------
    application : QApplication
    locale : QLocale, optional
        Another language than the system's.
    place : Path, optional
        Another folder than :func:`folder`.
    """
    locale = locale or QLocale.system()
    own = QTranslator(application)
    if not own.load(locale, "convgui", "_", str(place or folder()), ".qm"):
        own.deleteLater()
        return False
    application.installTranslator(own)
    dialogs = QTranslator(application)
    path = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if dialogs.load(locale, "qtbase", "_", path):
        application.installTranslator(dialogs)
    if locale.textDirection() == Qt.LayoutDirection.RightToLeft:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    return True
