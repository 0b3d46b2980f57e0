"""What every test of the window stands on: no screen, its own settings, and a check for leaks."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from driving import SMALL, run_by
from holding import held
from marking import Marker
from patience import WAIT_MS, WAIT_SECONDS, PatientBot
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from convgui import autosaving, keeping, main_window, recovering, settings
from convgui.main_window import MainWindow
from convgui.style import Appearance

QT_FIXTURES = {"qapp", "qtbot"}

LeakCheck = Callable[[], list[str]]


def _deliver() -> None:
    """Collects garbage and delivers deferred deletes, which pytest-qt only posts."""
    for _ in range(2):
        gc.collect()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


@pytest.fixture(scope="module", autouse=True)
def _modules_left_out_of_collections() -> None:
    """Makes the many collections of garbage quick: what is imported by now is there to stay."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Hands that wait for a full machine."""
    return PatientBot(request)


@pytest.fixture(autouse=True)
def _patient_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has a window that closes wait for its threads, which a full machine may put off.

    How soon a window closes is a row of the scorecard; here a thread that is left behind is to
    mean that it does not end, not that it has not come to run yet.
    """
    for module in (autosaving, keeping, main_window, recovering):
        monkeypatch.setattr(module, "CLOSE_SECONDS", WAIT_SECONDS)


@pytest.fixture
def find_leaks(qapp: QApplication) -> LeakCheck:
    """Gives a function that lists what is new since the test began and should be gone."""
    # Nothing is collected: garbage that is there already is kept here and not found again.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # Kept as objects: an address may be used again by what comes later.
    before = held()

    def find() -> list[str]:
        _deliver()
        return [
            f"{kind} {each!r}"
            for kind, now in held().items()
            for each in now
            if each not in before[kind]
        ]

    return find


@pytest.fixture(autouse=True)
def no_leaks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test of Qt that leaves a window, a thread, a timer or the like behind."""
    if not QT_FIXTURES.intersection(request.fixturenames):
        yield
        return
    find_leaks = request.getfixturevalue("find_leaks")
    yield
    leaked = find_leaks()
    assert not leaked, f"left behind: {', '.join(leaked)}"


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keeps settings and logs of a test to itself."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "APPDATA",
                 "LOCALAPPDATA"):  # fmt: skip
        monkeypatch.setenv(name, str(tmp_path / "user"))
    return tmp_path / "user"


@pytest.fixture
def make_window(
    qapp: QApplication, qtbot: QtBot, no_leaks: None
) -> Iterator[Callable[[], MainWindow]]:
    """Gives a function that starts the real window from the settings on disk."""
    made: list[MainWindow] = []

    def make() -> MainWindow:
        kept = settings.load()
        window = MainWindow(kept, Appearance(kept.theme))
        made.append(window)
        with qtbot.waitExposed(window):
            window.show()
        return window

    yield make
    for window in made:
        window.close()
        assert not window.jobs.alive()
        # A theme is put on to the end, whether or not anybody sees it.
        dresser = window.appearance.dresser
        qtbot.waitUntil(lambda each=dresser: not each.busy, timeout=WAIT_MS)
        window.deleteLater()
    made.clear()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """The real window, as at the very first start."""
    return make_window()


@pytest.fixture
def compared(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window with the smallest sample compared."""
    run_by(window, qtbot, window.opener.open_sample, SMALL)
    return window


@pytest.fixture
def marked(
    qapp: QApplication, make_window: Callable[[], MainWindow]
) -> Iterator[Callable[[], MainWindow]]:
    """Gives a function that starts the window in a language of marks."""
    marker = Marker()
    QCoreApplication.installTranslator(marker)
    yield make_window
    QCoreApplication.removeTranslator(marker)
