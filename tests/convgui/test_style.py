"""The two palettes, and the theme that follows a choice."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from contrast import contrast, luminance
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
)

from convgui import style
from convgui.model.colours import TECHNIQUE_COLOURS


def test_the_palettes_are_those_that_were_designed():
    dark, light = style.DARK, style.LIGHT
    assert (dark.window, dark.panel, dark.text, dark.muted) == (
        "#1f2023", "#27282c", "#e6e6e6", "#9a9da3",
    )  # fmt: skip
    assert (light.window, light.panel, light.text, light.muted) == (
        "#f4f4f5", "#ffffff", "#1c1c1e", "#6b6e74",
    )  # fmt: skip
    assert dark.image_background == light.image_background
    assert (style.TITLE, style.BODY, style.CAPTION, style.GRID) == (13, 12, 11, 8)


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=lambda theme: theme.name)
def test_what_is_read_can_be_read(theme):
    for behind in (theme.window, theme.panel, theme.raised, theme.selection, theme.pressed):
        assert contrast(theme.text, behind) > 6
    for behind in (theme.window, theme.panel):
        assert contrast(theme.muted, behind) > 4.5
        assert contrast(theme.error, behind) > 4.5
    assert contrast(theme.text, theme.error_background) > 6


def test_techniques_differ_in_lightness_too():
    values = sorted(luminance(colour) for colour in TECHNIQUE_COLOURS.values())
    assert all(b - a > 0.03 for a, b in pairwise(values))


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=lambda theme: theme.name)
def test_the_sheet_has_no_colour_left_to_fill_in(qapp, theme):
    style.Appearance(theme.name)
    assert not re.search(r"@\w", qapp.styleSheet())
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.window
    assert qapp.palette().color(QPalette.ColorRole.Base).name() == theme.panel


def test_a_change_of_theme_is_told_once(qapp):
    appearance, told = style.Appearance("light"), []
    appearance.changed.connect(told.append)
    appearance.choose("light")
    appearance.choose("dark")
    appearance.choose("dark")
    assert told == [style.DARK]
    assert appearance.theme.dark


def test_an_unknown_choice_is_refused_or_means_the_system(qapp):
    appearance = style.Appearance("purple")
    assert appearance.choice == "system"
    assert appearance.theme in (style.LIGHT, style.DARK)
    with pytest.raises(ValueError, match="purple"):
        appearance.choose("purple")


@pytest.mark.parametrize("size", [style.TITLE, style.BODY, style.CAPTION])
def test_fonts_have_a_size_in_points_that_is_the_size_in_pixels(qapp, size):
    font = style.font(size, semibold=True, tabular=True)
    assert font.pointSizeF() > 0
    screen = QApplication.primaryScreen()
    assert font.pointSizeF() * screen.logicalDotsPerInch() / 72 == pytest.approx(size)


def test_the_icon_is_a_picture(qapp):
    assert not style.application_icon().pixmap(32, 32).isNull()


@pytest.mark.parametrize(
    "kind",
    [QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QPushButton, QRadioButton, QSpinBox],
    ids=lambda kind: kind.__name__,
)  # fmt: skip
@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=lambda theme: theme.name)
def test_outlines_can_be_seen_wherever_an_editor_stands(qtbot, theme, kind):
    style.Appearance(theme.name)
    editor = kind()
    qtbot.addWidget(editor)
    editor.ensurePolished()
    # The style draws an outline in this shade of the window's colour.
    outline = editor.palette().window().color().darker(140)
    for ground in (theme.window, theme.panel):
        assert abs(outline.lightness() - QColor(ground).lightness()) > 20
