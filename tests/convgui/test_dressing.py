"""Another theme, put on step by step, ends as one that was worn from the start."""

from __future__ import annotations

import pytest
from driving import SMALL, run_by, wear
from patience import WAIT_MS
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from convgui import style


@pytest.fixture
def labels(window):
    """A label that is seen and one that is not, of a colour that only the sheet gives."""
    made = {name: QLabel("x", window.centralWidget()) for name in ("seen", "hidden")}
    for label in made.values():
        style.set_role(label, "muted")
        label.show()
    made["hidden"].hide()
    return made


def colour(label):
    return label.palette().windowText().color().name()


@pytest.mark.parametrize("theme", [style.DARK, style.LIGHT], ids=lambda theme: theme.name)
def test_what_is_seen_and_what_is_not_wear_it_in_the_end(window, qtbot, labels, theme):
    wear(window, qtbot, "light" if theme.dark else "dark")
    assert {colour(each) for each in labels.values()} != {theme.muted}
    wear(window, qtbot, theme.name)
    assert [colour(each) for each in labels.values()] == [theme.muted] * 2


def looks(window):
    """What the docks that are seen look like, and the tab in front."""
    parts = *window.docks.values(), window.tabs.currentWidget(), window.status
    return [each.grab().toImage() for each in parts if each.isVisible()]


def test_it_looks_as_if_it_had_been_worn_from_the_start(window, qtbot):
    run_by(window, qtbot, window.opener.open_sample, SMALL)
    wear(window, qtbot, "dark")
    # Qt itself dresses all that it is given a sheet for.
    application = QApplication.instance()
    sheet = application.styleSheet()
    application.setStyleSheet("")
    application.setStyleSheet(sheet)
    window.apply_theme(style.DARK)
    wanted = looks(window)
    wear(window, qtbot, "light")
    assert looks(window) != wanted
    wear(window, qtbot, "dark")
    assert looks(window) == wanted


def test_nothing_is_painted_while_the_half_of_it_is_dressed(window, qtbot):
    wear(window, qtbot, "light")
    told = []
    window.appearance.changed.connect(lambda theme: told.append(window.updatesEnabled()))
    window.view.set_theme("dark")
    assert window.appearance.dresser.busy
    assert not window.updatesEnabled()
    qtbot.waitUntil(lambda: not window.appearance.dresser.busy, timeout=WAIT_MS)
    assert told == [False]
    assert window.updatesEnabled()


def test_themes_that_change_faster_than_they_are_put_on_end_with_the_last(window, qtbot, labels):
    wear(window, qtbot, "light")
    told = []
    window.appearance.changed.connect(told.append)
    for choice in ("dark", "light", "dark"):
        window.view.set_theme(choice)
    qtbot.waitUntil(lambda: not window.appearance.dresser.busy, timeout=WAIT_MS)
    assert told == [style.DARK]
    assert window.updatesEnabled()
    assert {colour(each) for each in labels.values()} == {style.DARK.muted}


def test_a_widget_that_is_gone_before_its_turn_is_left_out(window, qtbot, labels):
    wear(window, qtbot, "light")
    window.appearance.changed.connect(lambda theme: [each.deleteLater() for each in gone])
    gone = [QWidget(window) for _ in range(50)]
    for each in gone:
        each.ensurePolished()
    wear(window, qtbot, "dark")
    assert colour(labels["hidden"]) == style.DARK.muted


def test_the_sheet_is_the_same_in_every_theme(window, qtbot):
    wear(window, qtbot, "light")
    sheet = QApplication.instance().styleSheet()
    wear(window, qtbot, "dark")
    assert QApplication.instance().styleSheet() == sheet
