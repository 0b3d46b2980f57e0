"""What is remembered while the window is open: written beside it, and never after its end."""

from __future__ import annotations

import threading

from patience import WAIT_MS, WAIT_SECONDS

from convgui import keeping, settings


def test_files_that_were_opened_are_written_down_beside_the_window(window, qtbot, monkeypatch):
    threads, save = [], settings.save
    monkeypatch.setattr(
        keeping.settings, "save",
        lambda kept: (threads.append(threading.current_thread()), save(kept)),
    )  # fmt: skip
    window.keeper.remember_path("/somewhere/one.png")
    window.keeper.remember_path("/somewhere/two.png")
    wanted = ("/somewhere/two.png", "/somewhere/one.png")
    qtbot.waitUntil(lambda: settings.load().recent == wanted, timeout=WAIT_MS)
    assert threading.main_thread() not in threads
    assert not window.jobs.busy()


def test_what_is_written_late_never_replaces_what_the_end_leaves(window, monkeypatch):
    go, save = threading.Event(), settings.save

    def slow(kept):
        if threading.current_thread() is not threading.main_thread():
            go.wait(WAIT_SECONDS)
        save(kept)

    monkeypatch.setattr(keeping.settings, "save", slow)
    window.keeper.remember_path("/somewhere/one.png")
    window.view.set_theme("dark")
    threading.Timer(0.1, go.set).start()
    assert window.close()
    kept = settings.load()
    assert kept.theme == "dark"
    assert kept.recent == ("/somewhere/one.png",)
