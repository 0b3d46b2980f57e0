"""What every entry of the View menu on comparing pictures must do, for the test of the table."""

from __future__ import annotations

from driving import settle
from PySide6.QtCore import Qt

from convgui.model import colour_maps, maps
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.maps import Levels
from convgui.model.shown import SWITCHES, shown


def shows_errors(bench, spec):
    other = "signed" if spec.value != "signed" else "absolute"
    bench.trigger(f"error-{other}")
    bench.trigger(spec.key)
    assert bench.window.view.look.error_mode == spec.value
    assert bench.window.menus.entries[spec.key].isChecked()
    assert not bench.window.menus.entries[f"error-{other}"].isChecked()


def wipes(bench, spec):
    view, entry = bench.window.compare.pictures["lsh"].view, bench.window.menus.entries[spec.key]
    bench.trigger(spec.key)
    assert view.wipe.upright == (spec.value == "vertical")
    assert entry.isChecked()
    bench.trigger(spec.key)
    assert view.wipe is None
    assert not entry.isChecked()


def flickers(bench, spec):
    told = []
    bench.window.view.flickered.connect(told.append)
    bench.trigger(spec.key)
    assert bench.window.menus.entries[spec.key].isChecked()
    bench.trigger(spec.key)
    assert told == [True, False]
    assert not bench.window.menus.entries[spec.key].isChecked()


def holds_against(bench, spec):
    window = bench.window
    if spec.value not in shown(window.controller.session):
        assert not window.menus.entries[spec.key].isEnabled()
        bench.run(window.parameters.rows[SWITCHES[spec.value]].editor.click)
    bench.trigger(spec.key)
    pictures = window.compare.pictures
    outputs = [
        name for name, panel in pictures.items()
        if "." not in name and name != "input" and panel.view.layer is not None
    ]  # fmt: skip
    assert spec.value in outputs
    for name in outputs:
        wanted = pictures[spec.value].view.layer if name != spec.value else None
        assert pictures[name].view.other is wanted
    if spec.value in SWITCHES:
        # What is switched off gives way to the exact output.
        bench.run(window.parameters.rows[SWITCHES[spec.value]].editor.click)
        other = next(name for name in outputs if name not in ("exact", spec.value))
        assert pictures[other].view.other is pictures["exact"].view.layer


def colours_errors(bench, spec):
    bench.window.view.set_error_mode("signed" if "signed" in spec.needs else "squared")
    settle(bench.window, bench.qtbot)
    bench.trigger(spec.key)
    layer = bench.window.compare.pictures["lsh.error"].view.layer
    assert layer.table is colour_maps.named(spec.value).table
    assert bench.window.menus.entries[spec.key].isChecked()


def counts_in_logarithms(bench, spec):
    bench.window.dock_actions["analysis"].trigger()
    box = bench.window.analysis.histogram.logarithmic
    for wanted in (False, True):
        bench.trigger(spec.key)
        assert box.isChecked() == wanted
        assert bench.window.menus.entries[spec.key].isChecked() == wanted


def asks_for_a_pixel(bench, spec):
    bench.trigger(spec.key)
    places = bench.window.compare.places
    assert places.go_to.isVisible()
    bench.qtbot.keyClicks(places.go_to.field, "1, 2")
    bench.qtbot.keyClick(places.go_to.field, Qt.Key.Key_Return)
    assert not places.go_to.isVisible()
    assert bench.window.compare.pictures["lsh"].view.point == (1.5, 2.5)


def frames(bench, spec):
    places = bench.window.compare.places
    bench.trigger("region-seen")
    height, width = bench.window.compare.pictures["input"].view.layer.size
    assert places.region == (0, 0, width, height)
    bench.trigger("region-clear")
    assert places.region is None


def measures_the_region_only(bench, spec):
    bench.trigger(spec.key)
    assert bench.window.view.look.region_only
    assert bench.window.results.region_only.isChecked()
    bench.trigger(spec.key)
    assert not bench.window.results.region_only.isChecked()


def draws_a_line(bench, spec):
    compare = bench.window.compare
    compare._link.go((0.5, 0.5))
    bench.trigger(spec.key)
    compare._link.go((2.5, 1.5))
    bench.trigger(spec.key)
    compare._link.go((0.5, 2.5))
    assert compare.profiler.line == ((0.5, 0.5), (2.5, 1.5))
    bench.trigger(spec.key)
    assert compare.profiler.line is None


def goes_along_the_column(bench, spec):
    bench.window.dock_actions["analysis"].trigger()
    for wanted in (True, False):
        bench.trigger(spec.key)
        assert bench.window.analysis.profile.column.isChecked() == wanted
        assert bench.window.menus.entries[spec.key].isChecked() == wanted


def takes_levels_back(bench, spec):
    entry, view = bench.window.menus.entries[spec.key], bench.window.view
    assert not entry.isEnabled()
    before = bench.window.compare.pictures["lsh"].view.layer.levels
    view.change_look(output_levels=Levels(1.0, 2.0), gamma=3.0)
    assert bench.window.compare.pictures["lsh"].view.layer.levels == (1.0, 2.0)
    bench.trigger(spec.key)
    assert bench.window.compare.pictures["lsh"].view.layer.levels == before
    assert view.look.gamma == 1.0


LOOKING = {
    "wipe-vertical": wipes,
    "wipe-horizontal": wipes,
    "flicker": flickers,
    **{f"against-{name}": holds_against for name in TECHNIQUE_COLOURS},
    **{f"error-{mode}": shows_errors for mode in maps.ERROR_MODES},
    **{f"map-{each.name}": colours_errors for each in (*colour_maps.SIGNED, *colour_maps.SIZES)},
    "log-counts": counts_in_logarithms,
    "go-to": asks_for_a_pixel,
    "region-seen": frames,
    "region-clear": frames,
    "region-only": measures_the_region_only,
    "profile-line": draws_a_line,
    "profile-column": goes_along_the_column,
    "levels-auto": takes_levels_back,
}
