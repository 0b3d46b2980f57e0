"""What the entries that copy a run as text must do, for the test of the table."""

from __future__ import annotations

import numpy as np
from driving import WAIT_MS
from PySide6.QtGui import QGuiApplication

from convgui.model.image import Image


def copies_the_run(bench, spec):
    recipes = bench.window.recipes
    bench.run(bench.window.controller.change, "hashes", 5)
    with bench.qtbot.waitSignal(recipes.copied, timeout=WAIT_MS):
        bench.trigger(spec.key)
    text = QGuiApplication.clipboard().text()
    assert {"python": "cyconv.LSH(hashes=5)", "command": " --hashes 5\n"}[spec.value] in text
    assert str(bench.window.controller.image.path) in text
    assert "clipboard" in bench.window.messages.text.text()

    # What was pasted has no file that the text could name.
    bench.run(bench.window.controller.set_image, Image(np.zeros((8, 8), np.uint8), "pasted"))
    assert not bench.window.menus.entries[spec.key].isEnabled()
    assert "Save it to a file" in bench.window.menus.entries[spec.key].toolTip()
    bench.trigger("close")
    with bench.qtbot.waitSignal(recipes.copied, timeout=WAIT_MS):
        bench.trigger(spec.key)
    assert "first sample" in bench.window.messages.text.text()
    QGuiApplication.clipboard().clear()


CHECKS = {f"copy-{kind}": copies_the_run for kind in ("python", "command")}
