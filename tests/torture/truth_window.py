"""The real window, given settings and read as a person reads it: every number as its text."""

from __future__ import annotations

import time

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QApplication

from convgui import settings
from convgui.main_window import MainWindow
from convgui.style import Appearance

PATIENCE = 60.0
Row = tuple[tuple[str, str], ...]


class Screen:
    """A window with hands to use it and eyes to read it."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication([])
        kept = settings.load()
        self.window = MainWindow(kept, Appearance(kept.theme))
        self.window.resize(1000, 700)
        self.window.show()
        self.failed: list[str] = []
        self.window.controller.failed.connect(self._fail)
        self.wait()

    def _fail(self, text: str, details: str, topic: str) -> None:
        self.failed.append(f"{text}{details}")

    def wait(self) -> None:
        """Lets the window work until nothing runs and nothing waits to be shown."""
        end = time.monotonic() + PATIENCE
        while True:
            self.application.processEvents()
            if not self.window.jobs.busy():
                break
            if time.monotonic() > end:
                raise TimeoutError("a run did not end")
            time.sleep(0.0005)
        self.application.processEvents()

    def compare(self, image, session):
        """Sets a picture and parameters; gives the comparison, or None and what was said."""
        self.failed.clear()
        controller = self.window.controller
        before = controller.comparison
        # A run of the old picture gives way to that of the new one before it is shown.
        controller.take(session, fresh=True)
        if image is not None:
            controller.set_image(image)
        self.wait()
        after = controller.comparison
        return None if after is before else after

    def lines(self, name: str) -> dict[str, Row]:
        """Gives a table of the results by the texts of its first column, parts with their place.

        Each cell is its text and its tooltip.
        """
        model = getattr(self.window.results, name).model()
        found: dict[str, Row] = {}

        def read(parent: QModelIndex, path: str) -> None:
            for row in range(model.rowCount(parent)):
                cells = []
                for column in range(model.columnCount(parent)):
                    index = model.index(row, column, parent)
                    tip = index.data(Qt.ItemDataRole.ToolTipRole)
                    cells.append((str(index.data() or ""), str(tip or "")))
                key = f"{path}{cells[0][0]}"
                found[key] = tuple(cells[1:])
                read(model.index(row, 0, parent), f"{key}/")

        read(QModelIndex(), "")
        return found

    def close(self) -> None:
        """Ends the window."""
        self.window.close()
        self.window.deleteLater()
        self.application.processEvents()
