"""Starts the real window and writes where its widgets are, for whoever drives it from outside.

usage: drive_probe.py PLACES [ARGUMENT ...]

`PLACES` is a JSON file that is replaced whenever something moved. Nothing else is done to the
window: what happens in it comes from its mouse and its keys.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from convgui.__main__ import main

LOOK_MS = 40


def _words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, (QAbstractButton, QLabel)) else ""


def _place(widget: QWidget) -> dict[str, object]:
    corner = widget.mapToGlobal(QPoint(0, 0))
    ratio = widget.devicePixelRatioF()
    return {
        "class": type(widget).__name__,
        "object": widget.objectName(),
        "name": widget.accessibleName(),
        "text": _words(widget),
        "title": widget.windowTitle(),
        "focus": widget.hasFocus(),
        "window": widget.isWindow(),
        "x": round(corner.x() * ratio),
        "y": round(corner.y() * ratio),
        "width": round(widget.width() * ratio),
        "height": round(widget.height() * ratio),
    }


class Probe(QTimer):
    """Writes the places of all visible widgets as long as the program runs."""

    def __init__(self, file: Path) -> None:
        super().__init__(interval=LOOK_MS)
        self._file, self._last = file, ""
        self.timeout.connect(self._look)
        self.start()

    def _look(self) -> None:
        places = [_place(each) for each in QApplication.allWidgets() if each.isVisible()]
        titles = [each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()]
        text = json.dumps({"titles": titles, "widgets": places})
        if text != self._last:
            part = self._file.with_suffix(".part")
            part.write_text(text)
            os.replace(part, self._file)
            self._last = text


if __name__ == "__main__":
    APPLICATION = QApplication(["convgui"])
    PROBE = Probe(Path(sys.argv[1]))
    sys.exit(main(sys.argv[2:]))
