"""The dock of parameters: made from the table, tells wishes, changes nothing itself."""

from __future__ import annotations

import dataclasses

import pytest
from PySide6.QtCore import Qt

from convgui.model import edit
from convgui.model.parameters import GROUPS, PARAMETERS
from convgui.model.session import Session
from convgui.panels.parameters import ParameterPanel
from convgui.style import DARK, LIGHT, Appearance


@pytest.fixture
def panel(qtbot):
    made = ParameterPanel()
    qtbot.addWidget(made)
    made.show_session(Session(), None)
    made.show_weights(edit.shown_weights(Session()), 0)
    made.told = []
    made.changed.connect(lambda key, value: made.told.append((key, value)))
    return made


def other_value(parameter):
    """A value that is not the default, and how an editor is brought to it."""
    if parameter.kind == "bool":
        return not parameter.default
    if parameter.kind == "choice":
        return next(value for value, _ in parameter.choices if value != parameter.default)
    return (parameter.default or parameter.minimum) + 2


def bring_to(editor, parameter, value):
    if parameter.kind == "bool":
        editor.click()
    elif parameter.kind == "choice":
        editor.setCurrentIndex(editor.findData(value))
        editor.activated.emit(editor.currentIndex())
    else:
        editor.spin.setValue(value)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda each: each.key)
def test_a_row_shows_and_tells_its_value(panel, parameter):
    row, value = panel.rows[parameter.key], other_value(parameter)
    assert row.editor.accessibleName() or row.editor.spin.accessibleName()

    bring_to(row.editor, parameter, value)
    assert panel.told == [(parameter.key, value)]

    changed = dataclasses.replace(Session(), **{parameter.key: value})
    if parameter.key != "filter_name":
        panel.show_session(changed, None)
        assert row.dot.text() == "●"
        with_reset = []
        panel.reset_requested.connect(with_reset.append)
        row.dot.click()
        assert with_reset == [parameter.key]
    panel.show_session(Session(), None)
    assert row.dot.text() == ""
    assert panel.told == [(parameter.key, value)]


def test_no_size_of_one_s_own_is_told_as_none(panel):
    panel.show_session(Session(width=300), None)
    panel.rows["width"].editor.spin.setValue(0)
    assert panel.told == [("width", None)]


def test_what_a_choice_disables_is_greyed_and_says_why(panel):
    row = panel.rows["padding"]
    assert row.editor.isEnabled()
    usual = row.toolTip()
    panel.show_session(Session(same_padding=True), None)
    assert not row.editor.isEnabled()
    assert row.toolTip()
    assert row.toolTip() != usual


def test_groups_fold_and_remember(panel):
    assert tuple(panel.groups) == GROUPS
    panel.groups["LSH"].header.click()
    assert panel.folded_groups() == ("LSH",)
    assert panel.groups["LSH"].body.isHidden()
    panel.fold_groups(["Run", "Image", "no such group"])
    assert panel.folded_groups() == ("Image", "Run")


def test_a_weight_typed_over_is_told_with_all_others_as_text(panel):
    told = []
    panel.weights_edited.connect(told.append)
    model = panel.weights.grid.model()
    assert model.setData(model.index(0, 2), "- 1 / 3")
    assert len(told) == 1
    rows = told[0].splitlines()
    assert [len(row.split()) for row in rows] == [3, 3, 3]
    assert rows[0].split()[2] == "-1/3"
    assert float(rows[1].split()[0]) == 1 / 9


def test_a_weight_that_is_left_as_it_was_tells_nothing(panel):
    told = []
    panel.weights_edited.connect(told.append)
    model = panel.weights.grid.model()
    index = model.index(1, 1)
    assert not model.setData(index, model.data(index, Qt.ItemDataRole.EditRole))
    assert told == []


def test_weights_of_a_bank_are_fixed_and_say_why(panel):
    session = Session(filter_name="gabor", kernel_size=5, filter_count=3)
    panel.show_weights(edit.shown_weights(session, 2), 2)
    grid = panel.weights.grid
    assert not grid.model().flags(grid.model().index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert grid.toolTip()
    assert "3 of 3" in panel.weights.caption.text()


def test_outlines_can_be_seen_in_both_themes(panel):
    for theme in (DARK, LIGHT):
        Appearance(theme.name)
        colour = panel.rows["hashes"].editor.spin.palette().window().color().darker(140)
        assert abs(colour.lightness() - panel.palette().base().color().lightness()) > 20


def test_the_captions_of_a_large_bank_make_the_panel_no_wider(panel):
    narrowest = panel.content.minimumSizeHint().width()
    session = Session(filter_name="random", kernel_size=31, filter_count=256)
    panel.show_weights(edit.shown_weights(session, 255), 255)
    assert panel.content.minimumSizeHint().width() <= narrowest
    assert panel.weights.caption.toolTip() == panel.weights.caption.text()
