"""What the entries on damaged files are held to."""

from __future__ import annotations

from convgui.model.damage import LEVELS


def settles_the_level(bench, spec):
    assert bench.window.opener.damage == "warn"
    bench.trigger(spec.key)
    assert bench.window.opener.damage == spec.value
    assert bench.window.menus.entries[spec.key].isChecked()


CHECKS = {f"damage-{level}": settles_the_level for level in LEVELS}
