"""Takes screenshots of the real window in the states that matter, into one folder.

usage: shots.py [--out FOLDER] [--theme light|dark] [--small] [--mirrored] [--scale S] [NAME ...]
"""

from __future__ import annotations

from own_home import HOME

# isort: split
import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from feel_shots import STATES as FEEL
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shot_hands import settle, wait
from shots_inspect import STATES as INSPECT
from shots_keeping import KEEPING, forget
from shots_reuse import STATES as REUSE

from convgui.main_window import MainWindow
from convgui.model.choosing import Wish
from convgui.model.image import Image
from convgui.model.samples import SAMPLES, sample_path
from convgui.settings import Settings
from convgui.style import Appearance

LARGE = (1440, 900)
SMALL = (1000, 700)


def first_start(window: MainWindow) -> None:
    """As a new user finds it."""
    window.opener.open_sample(SAMPLES[0].name)
    settle(window)


def empty(window: MainWindow) -> None:
    """Before an image is open."""
    settle(window)


def compared(window: MainWindow) -> None:
    """A photograph, a wider blur, more clusters."""
    for key, value in (("kernel_size", 5), ("hashes", 14)):
        window.controller.change(key, value)
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    settle(window)


def bank(window: MainWindow) -> None:
    """A bank of filters, one of which is shown."""
    values = {"filter_name": "gabor", "kernel_size": 7, "filter_count": 8, "hashes": 12}
    for key, value in values.items():
        window.controller.change(key, value)
    window.opener.open_path(str(sample_path("chelsea")))
    settle(window)
    settle(window)


def dark(window: MainWindow) -> None:
    """The same in the dark theme."""
    window.view.set_theme("dark")
    compared(window)


def small(window: MainWindow) -> None:
    """The smallest window that is promised to work."""
    first_start(window)


def zoomed(window: MainWindow) -> None:
    """So close that the values stand in the pixels."""
    window.opener.open_path(str(sample_path("coffee")))
    settle(window)
    for _ in range(7):
        window.compare.zoom_in()
    settle(window)


def running(window: MainWindow) -> None:
    """In the middle of a run: the last result dimmed, operations and memory rising."""
    window.opener.open_path(str(sample_path("coffee")))
    settle(window)
    draw = np.random.default_rng(0)
    pixels = draw.integers(0, 256, (2160, 3840, 3), np.uint8)
    for key, value in (("kernel_size", 11), ("filter_name", "random"), ("filter_count", 32)):
        window.controller.change(key, value)
    settle(window)
    reports: list[object] = []
    window.controller.progressed.connect(reports.append)
    window.controller.image = Image(pixels, "large.png")
    window.controller.run()
    wait(lambda: len(reports) > 12)


def error(window: MainWindow) -> None:
    """A file that is no image."""
    first_start(window)
    broken = Path(HOME) / "holiday.png"
    broken.write_bytes(Path(sample_path("page")).read_bytes()[:3000])
    window.opener.open_path(str(broken))
    settle(window)


def published(window: MainWindow) -> None:
    """The report's experiment, its claims beside what is measured."""
    first_start(window)
    window.controller.load_experiment("lsh")
    settle(window, 1.0)


def wiped(window: MainWindow) -> None:
    """A line between the exact output and the others."""
    compared(window)
    window.view.toggle_wipe("vertical")
    settle(window)


def flickering(window: MainWindow) -> None:
    """The exact output in every panel, as while the key is held; errors are squared."""
    compared(window)
    window.view.set_error_mode("squared")
    window.view.set_flicker(True)
    settle(window)


def analysed(window: MainWindow) -> None:
    """Levels and colours beside the pictures; errors relative, the images lighter."""
    compared(window)
    window.docks["analysis"].raise_()
    window.view.change_look(error_mode="relative", size_map="sea", gamma=2.0, exposure=0.5)
    settle(window)


def marked(window: MainWindow) -> None:
    """A bin of the histogram kept, its pixels marked on the maps."""
    analysed(window)
    window.view.set_automatic()
    window.view.set_error_mode("signed")
    settle(window)
    view = window.analysis.histogram.view
    view.setFocus()
    for key in [Qt.Key.Key_Left] * 30:
        QTest.keyClick(view, key)
    settle(window)


def framed(window: MainWindow) -> None:
    """A region framed and measured, and the field to go to a pixel."""
    analysed(window)
    window.view.set_automatic()
    window.analysis.fold_groups(("images", "errors", "histogram"))
    for _ in range(2):
        window.compare.zoom_in()
    window.compare.places.frame_seen()
    window.compare.zoom_out()
    settle(window)
    window.compare.places.go_to.chosen.emit(200, 150)
    window.compare.places.ask_pixel()
    settle(window)


def figure_dialog(window: MainWindow) -> None:
    """The dialog of the figure, with the figure that it will be."""
    compared(window)
    window.menus.entries["export-figure"].trigger()
    settle(window, 0.6)
    settle(window)


def batch_dialog(window: MainWindow) -> None:
    """The dialog that a batch is set up in."""
    first_start(window)
    samples = [str(sample_path(each.name)) for each in SAMPLES]
    window.batch.choose([*samples, os.path.dirname(samples[0])])
    settle(window)


def batched(window: MainWindow) -> None:
    """What a batch came to, one of its files being no image."""
    first_start(window)
    broken = Path(HOME) / "holiday.png"
    broken.write_bytes(Path(sample_path("page")).read_bytes()[:3000])
    sources = (str(sample_path("hand")), str(broken), str(sample_path("icon")))
    window.batch.start(sources, str(Path(HOME) / "figures"), "pdf")
    settle(window)
    window.messages.unfold.click()


def choose_dialog(window: MainWindow) -> None:
    """The dialog that asks what a setting of LSH is to be chosen for."""
    compared(window)
    window.menus.entries["choose-reuse"].trigger()
    settle(window)


def chosen(window: MainWindow) -> None:
    """A setting that was chosen for a quarter of the multiplications, and its run's verdict."""
    bank(window)
    window.choose.choose(Wish(percent=25.0))
    settle(window)
    settle(window)


@dataclass(frozen=True)
class Shot:
    """A state of the window, and the size it is shown at."""

    name: str
    prepare: Callable[[MainWindow], None]
    size: tuple[int, int] = LARGE


SHOTS = (
    Shot("first-start", first_start),
    Shot("empty", empty),
    Shot("compared", compared),
    Shot("bank", bank),
    Shot("dark", dark),
    Shot("zoomed", zoomed),
    Shot("running", running),
    Shot("error", error),
    Shot("published", published),
    Shot("small", small, SMALL),
    Shot("wiped", wiped),
    Shot("analysed", analysed),
    Shot("marked", marked),
    Shot("framed", framed),
    Shot("flickering", flickering),
    Shot("figure-dialog", figure_dialog),
    Shot("batch-dialog", batch_dialog),
    Shot("batched", batched),
    Shot("choose-dialog", choose_dialog),
    Shot("chosen", chosen),
    *(Shot(name, state) for name, state in FEEL.items()),
    *(Shot(name, partial(prepare, settle=settle)) for name, prepare in INSPECT.items()),
    *(Shot(name, partial(prepare, settle=settle)) for name, prepare in REUSE.items()),
    *(Shot(name, partial(prepare, settle=settle)) for name, prepare in KEEPING.items()),
)


def take(shot: Shot, folder: Path, theme: str) -> None:
    """Opens a window of its own, brings it to the state and keeps what it shows."""
    window = MainWindow(Settings(theme=theme), Appearance(theme))
    window.resize(*shot.size)
    window.show()
    shot.prepare(window)
    file = folder / f"{shot.name}.png"
    seen = QApplication.activeModalWidget() or window
    if not seen.grab().save(str(file)):
        raise OSError(f"{file} could not be written")
    print(file)
    if seen is not window:
        seen.close()
    window.controller.cancel()
    forget(window)
    window.close()
    window.deleteLater()
    QApplication.processEvents()


def main() -> int:
    """Takes the shots that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("shots"), metavar="FOLDER")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--mirrored", action="store_true", help="from right to left")
    parser.add_argument("--small", action="store_true", help="all in the smallest window")
    parser.add_argument("--scale", default="", metavar="S", help="points of the screen a pixel")
    parser.add_argument("names", nargs="*", metavar="NAME")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - {shot.name for shot in SHOTS}
    if unknown:
        parser.error(f"no such shot: {', '.join(sorted(unknown))}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.scale:  # read when the application is made
        os.environ["QT_SCALE_FACTOR"] = arguments.scale
    application = QApplication.instance() or QApplication(["convgui"])
    if arguments.mirrored:
        application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    for shot in SHOTS:
        if not arguments.names or shot.name in arguments.names:
            size = SMALL if arguments.small else shot.size
            take(replace(shot, size=size), arguments.out, arguments.theme)
    return 0


if __name__ == "__main__":
    sys.exit(main())
