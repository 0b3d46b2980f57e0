"""What every entry of the history's menu must do."""

from __future__ import annotations

from driving import settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from convgui.model.session import Session


def recorded(bench):
    """Gives the history once a second run is in it, and the latest chosen."""
    history = bench.window.history
    bench.run(bench.window.controller.change, "hashes", 6)
    bench.qtbot.waitUntil(lambda: len(history.recorder.journal.runs) == 2)
    return history


def pins(bench, spec):
    history = recorded(bench)
    number = history.recorder.journal.runs[-1].number
    bench.trigger(spec.key)
    assert history.recorder.journal.pinned[spec.value] == number
    assert bench.window.docks["history"].isVisible()
    bench.trigger(spec.key)
    assert history.recorder.journal.pinned == (0, 0)
    settle(bench.window, bench.qtbot)


def restores(bench, spec):
    history = recorded(bench)
    history.runs.setCurrentIndex(history.runs.runs.index(1))
    comparison = bench.run(bench.trigger, spec.key)
    assert comparison.request.session == Session()
    comparison = bench.run(bench.trigger, "undo")
    assert comparison.request.session.hashes == 6


def names(bench, spec):
    history = recorded(bench)
    bench.trigger(spec.key)
    field = history.runs.findChild(QLineEdit)
    bench.qtbot.keyClicks(field, "the best so far")
    bench.qtbot.keyClick(field, Qt.Key.Key_Return)
    # The editor hands over what was typed when it is done with the key.
    bench.qtbot.waitUntil(lambda: bool(history.recorder.journal.runs[-1].name))
    assert history.recorder.journal.runs[-1].name == "the best so far"
    assert history.runs.currentIndex().data() == "the best so far"


def deletes(bench, spec):
    history = recorded(bench)
    bench.trigger(spec.key)
    assert [run.session for run in history.recorder.journal.runs] == [Session()]
    bench.trigger(spec.key)
    assert not bench.window.menus.entries[spec.key].isEnabled()
    bench.window.messages.accept.click()
    assert [run.session for run in history.recorder.journal.runs] == [Session()]


def goes_to_the_notes(bench, spec):
    bench.window.docks["history"].hide()
    bench.window.activateWindow()
    bench.trigger(spec.key)
    assert QApplication.focusWidget() is bench.window.history.notes
    bench.qtbot.keyClicks(bench.window.history.notes, "wxr")
    assert bench.window.sessions.state.document().notes == "wxr"
    bench.window.history.show_notes("")


CHECKS = {
    "history-pin-a": pins,
    "history-pin-b": pins,
    "history-restore": restores,
    "history-name": names,
    "history-delete": deletes,
    "notes": goes_to_the_notes,
}
