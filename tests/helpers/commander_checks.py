"""What the entry of the command palette must do, for the test of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt


def finds_a_command(bench, spec):
    bench.trigger(spec.key)
    palette = bench.window.commander.palette
    assert palette.isVisible()
    bench.qtbot.keyClicks(palette.field, "theme dark")
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert bench.window.appearance.choice == "dark"
    assert not palette.isVisible()


CHECKS = {"commander": finds_a_command}
