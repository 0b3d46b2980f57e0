"""The window from right to left: what is mirrored, and on which side it then is."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget

from convgui import style
from convgui.widgets.collapsible import CollapsibleGroup
from convgui.widgets.number import NumberEdit

DIRECTIONS = {
    "left to right": Qt.LayoutDirection.LeftToRight,
    "right to left": Qt.LayoutDirection.RightToLeft,
}


@pytest.fixture(params=["before", "after"])
def show(request, qtbot):
    """Gives a function that shows a widget; the direction is set before or after it is made."""
    application = QApplication.instance()
    kept = application.layoutDirection()
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

    yield shown
    application.setLayoutDirection(kept)


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
def test_an_arrow_stands_before_its_title_and_points_at_what_is_folded(show, direction):
    group = show(lambda: CollapsibleGroup("Image", QWidget()), direction)
    mirrored = direction == DIRECTIONS["right to left"]
    open_ = ink_of(group.header)
    ink = np.nonzero(open_.any(axis=0))[0]
    middle = open_.shape[1] / 2
    assert (ink > middle).all() if mirrored else (ink < middle).all()

    group.set_folded(True)
    arrow = ink_of(group.header)[:, -20:] if mirrored else ink_of(group.header)[:, :20]
    heights = arrow.sum(axis=0)
    inked = heights[heights > 0]
    # A triangle is high where it is broad, and ends in its point.
    assert inked[0] < inked[-1] if mirrored else inked[0] > inked[-1]
