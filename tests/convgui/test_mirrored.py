"""The window from right to left: what is mirrored, and on which side it then is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from convgui import style
from convgui.widgets.number import NumberEdit

DIRECTIONS = {
    "left to right": Qt.LayoutDirection.LeftToRight,
    "right to left": Qt.LayoutDirection.RightToLeft,
}


@pytest.fixture
def read_from(qapp):
    """Brings the application's direction back at the end."""
    kept = qapp.layoutDirection()
    yield
    qapp.setLayoutDirection(kept)


@pytest.fixture(params=["before", "after"])
def show(request, qtbot, read_from):
    """Gives a function that shows a widget; the direction is set before or after it is made."""
    application = QApplication.instance()
    style.apply(style.LIGHT)

    def shown(make, direction):
        if request.param == "before":
            application.setLayoutDirection(direction)
        widget = make()
        qtbot.addWidget(widget)
        widget.resize(300, widget.sizeHint().height())
        with qtbot.waitExposed(widget):
            widget.show()
        widget.setLayoutDirection(direction)
        return widget

    return shown


def looks(widget):
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8)
    rows = rows.reshape(image.height(), image.bytesPerLine())[:, : 3 * image.width()]
    return rows.reshape(image.height(), image.width(), 3).astype(int)


@pytest.mark.parametrize("direction", DIRECTIONS.values(), ids=DIRECTIONS)
def test_a_slider_is_filled_from_its_low_end(show, direction):
    number = show(lambda: NumberEdit(0, 100, 1, slider=True), direction)
    number.set_value(30)
    screen = looks(number.slider)
    middle = screen[screen.shape[0] // 2]
    filled = np.array(QColor(style.LIGHT.muted).getRgb()[:3])
    ends = [(np.abs(middle[columns] - filled).max(axis=1) < 8).mean()
            for columns in (slice(4, 14), slice(-14, -4))]  # fmt: skip
    assert ends == ([1, 0] if direction == DIRECTIONS["left to right"] else [0, 1])


def ink_of(widget):
    """Which pixels differ from what is behind them."""
    screen = looks(widget)
    return np.abs(screen - screen[screen.shape[0] // 2, screen.shape[1] // 2]).sum(axis=2) > 200


@pytest.mark.parametrize("direction", DIRECTIONS.values(), ids=DIRECTIONS)
def test_an_arrow_stands_before_its_title_and_points_at_it_when_folded(
    make_window, read_from, direction
):
    QApplication.instance().setLayoutDirection(direction)
    window = make_window()
    group = window.parameters.groups["Image"]
    mirrored = direction == DIRECTIONS["right to left"]
    open_ = ink_of(group.header)
    ink = np.nonzero(open_.any(axis=0))[0]
    middle = open_.shape[1] / 2
    assert (ink > middle).all() if mirrored else (ink < middle).all()

    # The arrow is the outermost of what is drawn, and a gap parts it from the title.
    group.header.click()
    columns = ink_of(group.header).sum(axis=0)
    heights = columns[::-1] if mirrored else columns
    first = np.nonzero(heights)[0][0]
    arrow = heights[first : first + np.nonzero(heights[first:] == 0)[0][0]]
    # A triangle is high where it is broad, and ends in its point, which is towards the title.
    assert len(arrow) >= 3
    assert arrow[0] > arrow[-1]
