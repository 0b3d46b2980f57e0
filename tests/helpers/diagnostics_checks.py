"""What the entry that copies diagnostics must do, for the test of the table."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

import cyconv
from convgui import about


def copies_what_a_report_needs(bench, spec):
    bench.trigger(spec.key)
    text = QGuiApplication.clipboard().text()
    for wanted in (about.version(), "numpy", cyconv.isa(), "cores", "parameters", "log"):
        assert wanted in text
    assert str(bench.folder) not in text
    assert bench.window.messages.topic == "diagnostics"
    QGuiApplication.clipboard().clear()
    # From the palette, too.
    bench.trigger("commander")
    palette = bench.window.commander.palette
    bench.qtbot.keyClicks(palette.field, "copy diag")
    bench.qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert "numpy" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()


CHECKS = {"diagnostics": copies_what_a_report_needs}
