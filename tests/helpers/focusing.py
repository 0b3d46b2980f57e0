"""Whether the focus of a widget can be seen, and what a widget looks like."""

from __future__ import annotations

import numpy as np
from contrast import contrast
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

# How far the colour of a mark must be from that behind it, by WCAG 2.2.
SEEN = 3.0


def pixels(widget):
    """What a widget looks like."""
    return rows_of(widget.grab())


def rows_of(pixmap):
    """The pixels of a picture, height x width x 3."""
    picture = pixmap.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(picture.constBits(), np.uint8)
    rows = rows.reshape(picture.height(), picture.bytesPerLine())[:, : 3 * picture.width()]
    return rows.reshape(picture.height(), picture.width(), 3).copy()


def assert_marked(widget, behind):
    """Checks that the widget, which has the focus, shows it, and goes to the next one."""
    focused = pixels(widget)
    QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert not widget.hasFocus()
    changed = focused[(focused != pixels(widget)).any(axis=2)]
    assert len(changed), f"{widget} looks the same with and without focus"
    best = max(contrast(QColor(*each), behind) for each in {*map(tuple, changed.tolist())})
    assert best >= SEEN, f"{widget} shows its focus by {best:.1f}"
