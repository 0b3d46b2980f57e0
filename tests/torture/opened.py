"""The real window, to which files are given one after another, all in one process."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from convgui import rescue, settings
from convgui.controller import WEIGHTS
from convgui.main_window import MainWindow
from convgui.open_images import OPEN
from convgui.style import Appearance

LIMIT_MS = 60_000


class Opened:
    """Starts the window; ``image`` and ``weights`` open a file and tell what became of it."""

    def __init__(self) -> None:
        self.application = QApplication.instance() or QApplication(["convgui"])
        self.net = rescue.Rescue()
        self.caught: list[str] = []
        self.net.caught.connect(lambda *told: self.caught.append(" ".join(map(str, told))))
        self.net.install()
        kept = settings.load()
        self.window = MainWindow(kept, Appearance(kept.theme))
        self.window.show()
        self._loop = QEventLoop()
        self._told: tuple[str, str] = ("", "")
        opener, controller = self.window.opener, self.window.controller
        opener.opened.connect(self._shown)
        opener.failed.connect(self._failed)
        opener.asked.connect(self._asked)
        controller.failed.connect(self._failed)
        self.window.jobs.finished.connect(self._finished)

    def image(self, path: str) -> tuple[str, str]:
        """Opens an image; gives "decodes", "damaged", "refuse", "asked" or "silence", and words."""
        return self._wait(self.window.opener.open_path, path)

    def weights(self, path: str) -> tuple[str, str]:
        """Loads weights; gives "decodes", "refuse" or "silence", and words."""
        return self._wait(self.window.controller.load_weights, path)

    def settle(self) -> None:
        """Puts the image away and waits until nothing runs."""
        self.window.opener.close_image()
        while self.window.jobs.busy():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def _wait(self, act: Any, path: str) -> tuple[str, str]:
        self._told = ("silence", "")
        timer = QTimer(singleShot=True)
        timer.timeout.connect(self._loop.quit)
        timer.start(LIMIT_MS)
        QTimer.singleShot(0, lambda: act(path))
        self._loop.exec()
        timer.stop()
        return self._told

    def _tell(self, verdict: str, text: str) -> None:
        self._told = (verdict, text)
        # What is told behind this, as that a shown image is damaged, belongs to it, too.
        QTimer.singleShot(0, self._loop.quit)

    def _shown(self, image: Any) -> None:
        self._tell("damaged" if image.damaged else "decodes", "; ".join(image.notes))

    def _failed(self, text: str, details: str, topic: str) -> None:
        if topic == WEIGHTS or (topic == OPEN and self._told[0] == "silence"):
            self._tell("refuse", text)

    def _asked(self, text: str, answer: str, topic: str) -> None:
        self._tell("asked", text)

    def _finished(self, kind: str, result: object) -> None:
        if kind == WEIGHTS:
            self._tell("decodes", "")

    def __enter__(self) -> Opened:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.window.close()
        self.net.remove()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
