"""A job that fails once is asked for again by what the user does next, and its answer is shown."""

from __future__ import annotations

import pytest
from driving import WAIT_MS, noise, run_by, settle

from convgui import tasks
from convgui.model import bits_view, cluster_members, cluster_scene, drift_view, inspection
from convgui.model.inspect_window import Place


class Once:
    """Stands in for a job's function and fails the first time."""

    def __init__(self, real):
        self.real, self.calls = real, 0

    def __call__(self, *args):
        self.calls += 1
        if self.calls == 1:
            raise KeyError("the first time")
        return self.real(*args)


@pytest.fixture
def once(monkeypatch):
    def put(module, name):
        made = Once(getattr(module, name))
        monkeypatch.setattr(module, name, made)
        return made

    return put


def fails(window, qtbot, made, act, *args):
    """Does something, and waits until its job has failed and is told."""
    before = made.calls
    act(*args)
    qtbot.waitUntil(lambda: made.calls > before, timeout=WAIT_MS)
    settle(window, qtbot)
    assert "KeyError" in window.messages.text.text()


@pytest.fixture
def reuse(compared, qtbot):
    run_by(compared, qtbot, compared.controller.set_image, noise(40, 60))
    compared.tab_actions["reuse_tab"].trigger()
    settle(compared, qtbot)
    return compared.reuse_tab


def values(tab):
    return {line.key: line.cells[1].text for line in tab.cluster.sheet.lines}


def test_a_cluster_that_was_not_found_is_looked_for_by_the_next_click(
    compared, reuse, once, qtbot
):
    reuse.reuser.choose((3, 4))
    settle(compared, qtbot)
    assert reuse.picture.view.marks is not None
    fails(compared, qtbot, once(cluster_members, "look"), reuse.reuser.choose, (9, 9))
    assert reuse.picture.view.marks is None
    reuse.reuser.choose((9, 9))
    settle(compared, qtbot)
    assert values(reuse)["own"] not in "…–"
    assert reuse.picture.view.marks is not None


def test_a_spread_that_is_not_measured_is_not_waited_for(compared, reuse, once, qtbot):
    fails(compared, qtbot, once(cluster_members, "measure"), reuse.reuser.choose, (9, 9))
    assert values(reuse)["own"] == "–"
    assert values(reuse)["members"] not in "…–"
    reuse.reuser.choose((9, 9))
    settle(compared, qtbot)
    assert values(reuse)["own"] not in "…–"


def test_clusters_drift_and_bits_are_worked_out_when_they_are_looked_at_again(
    compared, reuse, once, qtbot
):
    compared.controller.change("threshold", 20.0)
    compared.controller.change("reference", "previous")
    settle(compared, qtbot)
    for module, name, group in ((drift_view, "measure", "drift"), (bits_view, "measure", "bits")):
        made, group = once(module, name), reuse.groups[group]
        fails(compared, qtbot, made, group.header.click)
        group.header.click()
        group.header.click()
        settle(compared, qtbot)
        assert made.calls == 2
    assert reuse.drift.plot.isVisibleTo(reuse)
    assert reuse.bits.sheet.isVisibleTo(reuse)
    made = once(cluster_scene, "build")
    fails(compared, qtbot, made, reuse.reuser.set_colouring, "size")
    assert reuse.reuser.scene is None
    reuse.groups["bits"].header.click()
    settle(compared, qtbot)
    assert reuse.reuser.scene is not None


@pytest.fixture
def inspect(compared, qtbot):
    run_by(compared, qtbot, compared.opener.opened.emit, noise(14, 17))
    compared.tab_actions["inspect"].trigger()
    qtbot.waitUntil(lambda: compared.inspect.inspection is not None, timeout=WAIT_MS)
    settle(compared, qtbot)
    return compared.inspect


def test_an_output_that_was_not_explained_is_explained_by_the_next_step(
    compared, inspect, once, qtbot
):
    start = inspect.inspection.place
    made = once(inspection, "inspect")
    fails(compared, qtbot, made, inspect.step, 0, 1)
    assert inspect.inspection.place == start
    inspect.step(0, 1)
    settle(compared, qtbot)
    assert inspect.inspection.place == Place(0, start.row, start.column + 1)
    assert not compared.messages.isVisible()


def test_a_run_that_can_not_be_explained_is_not_explained_by_the_last_one(
    compared, inspect, once, qtbot
):
    made = once(inspection, "inspect")
    fails(compared, qtbot, made, compared.controller.change, "hashes", 5)
    assert inspect.inspection is None
    compared.tab_actions["compare"].trigger()
    compared.tab_actions["inspect"].trigger()
    settle(compared, qtbot)
    assert inspect.inspection.comparison is compared.controller.comparison


def test_playing_stops_where_a_window_is_not_explained(compared, inspect, once, qtbot):
    made = once(inspection, "inspect")
    fails(compared, qtbot, made, inspect.set_playing, True)
    assert not inspect.player.playing
    inspect.set_playing(True)
    qtbot.waitUntil(lambda: made.calls > 2, timeout=WAIT_MS)
    inspect.set_playing(False)
    settle(compared, qtbot)


def test_a_region_that_was_not_measured_shows_no_figures_of_another(compared, once, qtbot):
    run_by(compared, qtbot, compared.opener.opened.emit, noise(20, 30))
    compared.docks["analysis"].raise_()
    sheet, view = compared.analysis.region, compared.compare
    compared.looker.want_region(True)
    frame(view, 2, 3)
    settle(compared, qtbot)
    assert figures(sheet)
    fails(compared, qtbot, once(tasks, "measure_region"), frame, view, 6, 5)
    assert not figures(sheet)
    compared.looker.want_region(True)
    settle(compared, qtbot)
    assert figures(sheet)


def test_accuracies_of_a_region_are_asked_for_again(compared, once, qtbot):
    run_by(compared, qtbot, compared.opener.opened.emit, noise(20, 30))
    frame(compared.compare, 2, 3)
    made = once(tasks, "restrict")
    entry = compared.menus.entries["region-only"]
    fails(compared, qtbot, made, entry.trigger)
    compared.menus.entries["error-flip"].trigger()
    settle(compared, qtbot)
    assert made.calls == 2
    where = compared.results.where
    qtbot.waitUntil(lambda: "Of the region" in where.text(), timeout=WAIT_MS)
    entry.trigger()
    qtbot.waitUntil(lambda: not where.isVisibleTo(compared.results), timeout=WAIT_MS)


def test_the_report_s_figures_of_another_image_are_put_away(compared, once, qtbot):
    run_by(compared, qtbot, compared.controller.load_experiment, "lsh")
    shown = []
    compared.controller.measured.connect(shown.append)
    made = once(tasks, "measure_published")
    fails(compared, qtbot, made, compared.controller.set_image, noise(12, 12))
    assert shown == [None]
    compared.controller.run()
    settle(compared, qtbot)
    assert shown[-1]


def figures(sheet):
    return [line.cells[1:] for line in sheet.table.lines if line.cells[1:]]


def frame(compare, left, top):
    """Frames a region of the pictures."""
    compare.places._frame((left, top), (left + 5, top + 4))
