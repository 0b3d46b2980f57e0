"""What every entry of the Inspect tab must do, for the test of the table."""

from __future__ import annotations

from driving import WAIT_MS, settle
from PySide6.QtGui import QGuiApplication

from convgui.model import formula
from convgui.model.inspect_window import Place


def opened(bench):
    """Brings the tab to the front; gives what is explained."""
    bench.window.tab_actions["inspect"].trigger()
    bench.qtbot.waitUntil(lambda: bench.window.inspect.inspection is not None, timeout=WAIT_MS)
    settle(bench.window, bench.qtbot)
    return bench.window.inspect


def inspects_the_pixel(bench, spec):
    window = bench.window
    view = window.compare.pictures["lsh"].view
    view.pointed.emit(view.layer.centre(2, 0))
    view.pointed.emit(None)
    bench.trigger(spec.key)
    assert window.tabs.currentWidget() is window.inspect
    bench.qtbot.waitUntil(lambda: window.inspect.inspection is not None, timeout=WAIT_MS)
    settle(window, bench.qtbot)
    assert window.inspect.inspection.place == Place(0, 2, 0)


def plays(bench, spec):
    assert not bench.window.menus.entries[spec.key].isEnabled()
    panel = opened(bench)
    for wanted in (True, False):
        bench.trigger(spec.key)
        assert panel.player.playing == wanted
        assert panel.bar.play.isChecked() == wanted
        assert bench.window.menus.entries[spec.key].isChecked() == wanted


def closes_up(bench, spec):
    panel = opened(bench)
    near = panel.pictures.input.view.view
    bench.trigger(spec.key)
    assert not panel.bar.close_up.isChecked()
    assert panel.pictures.input.view.view != near
    bench.trigger(spec.key)
    assert panel.pictures.input.view.view == near
    assert bench.window.menus.entries[spec.key].isChecked()


def copies_the_formula(bench, spec):
    panel = opened(bench)
    write = formula.text if spec.key.endswith("text") else formula.latex
    for index, name in enumerate(panel.inspection.names):
        panel.techniques.setCurrentIndex(index)
        bench.trigger(spec.key)
        assert QGuiApplication.clipboard().text() == write(panel.inspection, name)
    QGuiApplication.clipboard().clear()


def opens_the_lesson(bench, spec):
    panel = opened(bench)
    before = panel.inspection
    bench.trigger("lesson")
    bench.qtbot.waitUntil(panel.strip.isVisible, timeout=WAIT_MS)
    settle(bench.window, bench.qtbot)
    assert panel.inspection.comparison is not before.comparison
    bench.trigger("lesson-end")
    settle(bench.window, bench.qtbot)
    assert not panel.strip.isVisible()
    assert panel.inspection.comparison is before.comparison
    assert panel.inspection.place == before.place


CHECKS = {
    "inspect-pixel": inspects_the_pixel,
    "inspect-play": plays,
    "inspect-close-up": closes_up,
    "inspect-copy-text": copies_the_formula,
    "inspect-copy-latex": copies_the_formula,
    "lesson": opens_the_lesson,
    "lesson-end": opens_the_lesson,
}
