"""The parameters of reuse: what follows from a choice, what it greys, and how it is worked."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from driving import run_by
from PySide6.QtCore import Qt

from convgui.model import edit, reuse
from convgui.model.image import Image
from convgui.model.parameters import BY_KEY, PARAMETERS
from convgui.model.resolve import resolve
from convgui.model.reuse_parameters import FAMILY_CHOICES
from convgui.model.session import Session
from convgui.model.session_json import from_json, to_json
from convgui.model.shown import SWITCHES, shown
from cyconv import LSH, LowRank
from cyconv.techniques.checks import CORRECTIONS, REPRESENTATIVES
from cyconv.techniques.families import FAMILIES

OLD = {"hashes": 5, "scope": "window", "lsh_seed": 4, "reuse": False, "lsh_as_published": False}
"""What a session of the release before said of LSH."""


def choose(window, qtbot, key, value):
    """Chooses by keyboard, as a person does, and gives the comparison that follows."""
    box = window.parameters.rows[key].editor
    place = box.findData(value)
    assert place >= 0
    box.setFocus()

    def press():
        steps = place - box.currentIndex()
        for _ in range(abs(steps)):
            qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)

    return run_by(window, qtbot, press)


def greyed(key, **changes):
    return BY_KEY[key].disabled_reason(Session(**changes), None)


def test_every_family_can_be_chosen_and_is_explained():
    assert [name for name, _ in FAMILY_CHOICES] == list(FAMILIES)
    for key in ("family", "rank_family"):
        parameter = BY_KEY[key]
        assert len(parameter.choice_tips) == len(parameter.choices)
        for (_, label), tip in zip(parameter.choices, parameter.choice_tips, strict=True):
            assert f"{label}: {tip}" in parameter.tip
            assert tip.endswith(".")
    assert {name for name, _ in BY_KEY["representative"].choices} <= set(REPRESENTATIVES)
    assert tuple(name for name, _ in BY_KEY["correction"].choices) == CORRECTIONS


@pytest.mark.parametrize("family", FAMILIES)
def test_a_step_is_greyed_where_the_family_never_takes_one(family):
    reason = greyed("step", family=family)
    assert (reason != "") == (FAMILIES[family].steps == "never")
    assert reason == "" or reason.endswith(".")
    chosen = edit.change(Session(), "family", family)
    assert (chosen.step != 0) == (FAMILIES[family].steps == "must")
    # Nor can it be taken away by hand, or by the dot.
    for back in (edit.change(chosen, "step", 0.0), edit.reset(chosen, "step")):
        assert reuse.lsh(back).step == reuse.lsh(chosen).step


def test_what_does_not_go_together_is_greyed():
    assert greyed("piece").endswith(".")
    assert greyed("piece", scope="pieces") == ""
    assert greyed("correction", reuse=False).endswith(".")
    assert greyed("correction", reuse=False, scope="pieces") == ""
    assert greyed("reuse", scope="pieces").endswith(".")
    for key in ("family", "step", "representative", "correction"):
        assert "published" in greyed(key, lsh_as_published=True)
    assert edit.change(Session(reuse=False), "scope", "pieces").reuse


@pytest.mark.parametrize("technique", SWITCHES)
def test_what_is_not_shown_is_neither_run_nor_changed(technique):
    on, off = (Session(**{SWITCHES[technique]: each}) for each in (True, False))
    assert technique in shown(on)
    assert technique not in shown(off)
    group = {"differential": "Differential", "lsh": "LSH", "low-rank": "Low rank"}[technique]
    rows = [each for each in PARAMETERS if each.group == group]
    assert rows
    for row in rows:
        assert "switched off" in row.disabled_reason(off, None)
        assert "switched off" not in row.disabled_reason(on, None)


@pytest.mark.parametrize("published", [False, True])
def test_no_session_of_the_dock_is_refused(published):
    """Whatever is chosen after whatever else: what is greyed must not stop the run."""
    image = Image(np.zeros((9, 9, 3), np.uint8), "black")
    scopes = [value for value, _ in BY_KEY["scope"].choices]
    choices = product(FAMILIES, (0.0, 5.0), scopes, REPRESENTATIVES, CORRECTIONS, (True, False))
    for family, step, scope, representative, correction, again in choices:
        session = Session(
            family=family, step=step, scope=scope, representative=representative,
            correction=correction, reuse=again, lsh_as_published=published, show_low_rank=True,
        )  # fmt: skip
        made = resolve(session, image).techniques
        assert [each.name for each in made] == list(shown(session))


def test_every_parameter_of_reuse_arrives():
    session = Session(
        hashes=6, family="principal", step=7.5, scope="pieces", piece=11, representative="first",
        correction="brightness", lsh_seed=3, rank=9, rank_family="outputs", rank_seed=2,
    )  # fmt: skip
    assert reuse.lsh(session) == LSH(6, "principal", 7.5, 11, "first", "brightness", seed=3)
    assert reuse.low_rank(session) == LowRank(9, "outputs", seed=2)
    assert from_json(to_json(session)) == session


def test_sessions_of_before_open_as_they_were():
    session = from_json(OLD)
    assert session == replace(
        Session(), hashes=5, scope="window", lsh_seed=4, reuse=False
    )
    assert shown(session) == ("exact", "differential", "lsh")
    assert reuse.lsh(session) == LSH(5, scope="window", seed=4, reuse=False)


def test_a_family_is_chosen_by_hand_and_taken_back(compared, qtbot):
    rows = compared.parameters.rows
    assert not rows["step"].editor.isEnabled()
    assert rows["step"].editor.spin.text() == "by sign"
    comparison = choose(compared, qtbot, "family", "quantised")
    assert comparison["lsh"].technique == LSH(2, "quantised", reuse.STEP)
    assert rows["step"].editor.isEnabled()
    assert rows["step"].editor.value() == reuse.STEP
    comparison = run_by(compared, qtbot, rows["step"].editor.spin.setValue, 40.0)
    assert comparison["lsh"].technique.step == 40
    comparison = choose(compared, qtbot, "correction", "projection")
    assert comparison["lsh"].technique == LSH(2, "quantised", 40.0, correction="projection")
    # Past brightness to projections, and the step.
    for _ in range(3):
        run_by(compared, qtbot, compared.controller.undo)
    assert compared.controller.comparison["lsh"].technique.step == reuse.STEP
    run_by(compared, qtbot, compared.controller.reset_all)
    assert compared.controller.comparison["lsh"].technique == LSH()


def test_pieces_are_chosen_by_hand(compared, qtbot):
    rows = compared.parameters.rows
    run_by(compared, qtbot, rows["reuse"].editor.click)
    assert not rows["correction"].editor.isEnabled()
    comparison = choose(compared, qtbot, "scope", "pieces")
    assert comparison["lsh"].technique.scope == Session().piece
    assert comparison["lsh"].technique.reuse
    assert rows["piece"].editor.isEnabled()
    assert not rows["reuse"].editor.isEnabled()
    assert rows["reuse"].toolTip() == "Products of pieces are always reused."
    comparison = run_by(compared, qtbot, rows["piece"].editor.spin.setValue, 5)
    assert comparison["lsh"].technique.scope == 5
