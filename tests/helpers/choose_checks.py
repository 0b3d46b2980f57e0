"""What the entry that has a setting of reuse chosen must do, for the test of the table."""

from __future__ import annotations


def asks_what_is_wanted(bench, spec):
    bench.trigger(spec.key)
    dialog = bench.window.choose.dialog
    assert dialog.isVisible()
    assert dialog.percent.isEnabled()
    dialog.reject()
    assert not bench.window.jobs.busy("choose")


CHECKS = {"choose-reuse": asks_what_is_wanted}
