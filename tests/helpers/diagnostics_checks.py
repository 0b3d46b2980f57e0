"""What the entry that copies diagnostics must do, for the test of the table."""

from __future__ import annotations

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


CHECKS = {"diagnostics": copies_what_a_report_needs}
