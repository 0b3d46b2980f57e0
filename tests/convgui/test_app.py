"""The start of the program and its end."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from convgui import app, settings
from convgui.main_window import MainWindow
from convgui.model.session import Session


@pytest.fixture
def used(qapp, qtbot, monkeypatch):
    """Lets a test use the window where the program would run until it is closed."""
    steps = []

    def run():
        (window,) = (w for w in qapp.topLevelWidgets() if isinstance(w, MainWindow))
        for step in steps:
            step(window)
        window.close()
        return 0

    monkeypatch.setattr(QApplication, "exec", staticmethod(run))
    monkeypatch.setattr(app.signal, "signal", lambda *args: None)
    return steps


def test_it_starts_empty_and_ends(used):
    seen = []
    used.append(lambda window: seen.append((window.isVisible(), window.controller.image)))
    assert app.main([]) == 0
    assert seen == [(True, None)]
    assert settings.path().exists()
    assert sys.excepthook is sys.__excepthook__


def test_it_opens_the_image_that_is_named(used, qtbot, tmp_path):
    path = tmp_path / "-named.png"
    QImage(8, 6, QImage.Format.Format_RGB888).save(str(path))
    names = []

    def wait(window):
        qtbot.waitUntil(lambda: window.controller.comparison is not None, timeout=20_000)
        names.append(window.controller.image.name)

    used.append(wait)
    assert app.main(["--", str(path)]) == 0
    assert names == ["-named.png"]


def test_settings_are_reset_when_asked(used):
    settings.save(settings.Settings(session=Session(hashes=9), theme="dark"))
    seen = []
    used.append(lambda window: seen.append(window.controller.session))
    app.main([])
    app.main(["--reset-settings"])
    assert seen == [Session(hashes=9), Session()]


def test_a_fault_in_a_slot_is_shown_in_the_window(used):
    texts = []

    def fail(window):
        try:
            raise KeyError("nobody thought of this")
        except KeyError:
            sys.excepthook(*sys.exc_info())
        texts.append((window.messages.isVisible(), window.messages.text.text()))

    used.append(fail)
    assert app.main([]) == 0
    ((visible, text),) = texts
    assert visible
    assert "nobody thought of this" in text


def test_damaged_settings_are_told_of(used):
    settings.path().parent.mkdir(parents=True)
    settings.path().write_text("{")
    texts = []
    used.append(lambda window: texts.append(window.messages.text.text()))
    app.main([])
    assert "damaged" in texts[0]
