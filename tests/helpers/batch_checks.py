"""What the entry that exports a batch must do, for the test of the table."""

from __future__ import annotations

from driving import WAIT_MS
from PySide6.QtCore import Qt

from convgui.batch_dialog import BatchDialog
from convgui.model.samples import sample_path


def exports_a_batch(bench, spec):
    bench.trigger(spec.key)
    dialog = bench.dialog(BatchDialog)
    assert not dialog.start.isEnabled()
    dialog.form.list.add([str(sample_path("hand"))])
    bench.qtbot.keyClicks(dialog.form.target, str(bench.folder / "out"))
    with bench.qtbot.waitSignal(bench.window.batch.ended, timeout=WAIT_MS):
        bench.qtbot.mouseClick(dialog.start, Qt.MouseButton.LeftButton)
        assert not bench.window.menus.entries[spec.key].isEnabled()
    assert (bench.folder / "out" / "hand-blur.pdf").exists()
    assert "1 of 1 images are exported" in bench.window.messages.text.text()
    assert bench.window.menus.entries[spec.key].isEnabled()


CHECKS = {"export-batch": exports_a_batch}
