"""How quick the window is: start, drags, repaints, a 16k image, and the longest block of a run.

usage: window_speed.py [start] [drag] [paint] [large] [beat]

Prints medians; nothing is asserted. Wanted: start under 1.5 s, 20 results a second at 512 x 512,
repaints under 16 ms, no block of the event loop over 50 ms.
"""

from __future__ import annotations

from own_home import HOME

# isort: split
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from shot_hands import settle, wait

from convgui.main_window import MainWindow
from convgui.model.image import Image
from convgui.settings import Settings
from convgui.style import Appearance

STARTS, SECONDS, PANS, RUNS = 5, 3.0, 40, 5
SIDE = 16_384
CHILD = """
from PySide6.QtCore import QTimer
from convgui import app
from convgui.main_window import MainWindow
show = MainWindow.showEvent
def shown(window, event):
    show(window, event)
    QTimer.singleShot(0, lambda: (print("shown", flush=True), window.close()))
MainWindow.showEvent = shown
app.main()
"""


def report(what: str, value: float, unit: str, wanted: str) -> None:
    """Prints one line."""
    print(f"{what:<52}{value:10.1f} {unit:<12} wanted {wanted}", flush=True)


def noise(height: int, width: int, channels: int = 3) -> Image:
    """An image in which no two windows are the same."""
    shape = (height, width, channels) if channels > 1 else (height, width)
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    return Image(pixels, "noise")


def start() -> None:
    """From the start of the process to a window that takes events."""
    times = []
    for _ in range(STARTS):
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", CHILD], stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            times.append(time.perf_counter() - began)
    report("start to a window that answers", 1e3 * median(times), "ms", "< 1500")


def drag(window: MainWindow) -> None:
    """Results a second while a slider is dragged."""
    window.controller.set_image(noise(512, 512))
    settle(window)
    # Only counted: whoever held the results would have each take its memory anew.
    seen: list[None] = []
    window.results.region_only.setFocus()
    window.controller.compared.connect(lambda _: seen.append(None))
    slider = window.parameters.rows["divisor"].editor.slider
    slider.setSliderDown(True)
    end, step = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        step += 1
        slider.setValue(slider.minimum() + 1 + step % (slider.maximum() - slider.minimum()))
        QApplication.processEvents()
        time.sleep(0.002)
    slider.setSliderDown(False)
    report("slider drag, 512 x 512 RGB, 3 x 3, three techniques", len(seen) / SECONDS,
           "results/s", ">= 20")  # fmt: skip
    settle(window)


def repaints(window: MainWindow, act: Callable[[int], None]) -> float:
    """Median milliseconds of an act and the repaint of all pictures that follows it."""
    times = []
    for step in range(PANS):
        began = time.perf_counter()
        act(step)
        for panel in window.compare.pictures.values():
            if panel.view.isVisible() and panel.view.layer is not None:
                panel.view.viewport().repaint()
        times.append(time.perf_counter() - began)
    QApplication.processEvents()
    return 1e3 * median(times)


def pan(window: MainWindow) -> Callable[[int], None]:
    """Gives an act that pans all pictures by a little, to and fro."""
    view = window.compare.pictures["input"].view

    def act(step: int) -> None:
        view.moved.emit(view.view.panned(view.area, 0.07 if step % 20 < 10 else -0.07, 0.03))

    return act


def paint(window: MainWindow) -> None:
    """Repaints of a 1080p comparison: all pictures together, six of them."""
    window.controller.set_image(noise(1080, 1920))
    settle(window)
    report("1080p, repaint of all six pictures", repaints(window, lambda step: None), "ms", "< 16")
    for name, times in (("fitted", 0), ("closer", 2)):
        for _ in range(times):
            window.compare.zoom_in()
        report(f"1080p, pan and repaint of six, {name}", repaints(window, pan(window)), "ms",
               "< 16")  # fmt: skip


def large(window: MainWindow) -> None:
    """A 16k image: to open the file, to show it, to pan it at every scale."""
    from convgui.model.reader import read_image
    from convgui.opencv import cv2

    path = Path(HOME) / "large.tif"
    row = np.random.default_rng(0).integers(0, 256, (64, SIDE), np.uint8)
    cv2.imwrite(str(path), np.tile(row, (SIDE // 64, 1)), [cv2.IMWRITE_TIFF_COMPRESSION, 1])
    began = time.perf_counter()
    image = read_image(path, max_pixels=None)
    report(f"{SIDE} x {SIDE} grey, read", 1e3 * (time.perf_counter() - began), "ms", "in a job")
    path.unlink()
    window.controller.close_image()
    began = time.perf_counter()
    window.compare.show_image(image)
    QApplication.processEvents()
    report(f"{SIDE} x {SIDE}, first shown", 1e3 * (time.perf_counter() - began), "ms", "< 50")
    for step in range(8):
        scale = window.compare.pictures["input"].view.view.scale
        report(f"{SIDE} x {SIDE}, pan and repaint, scale {scale:.3f}",
               repaints(window, pan(window)), "ms", "< 16")  # fmt: skip
        window.compare.zoom_in()
        if step == 6:
            window.compare.zoom_actual()
    window.compare.show_image(None)


def beat(window: MainWindow) -> None:
    """The longest time between two beats of the event loop, while a 4k image is worked on."""
    beats: list[float] = []
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))

    def longest(act: Callable[[], None]) -> float:
        beats[:] = [time.perf_counter()]
        timer.start()
        act()
        settle(window)
        timer.stop()
        return 1e3 * max(np.diff(beats))

    image = noise(2160, 3840)
    window.controller.set_image(image)
    settle(window)
    slider = window.parameters.rows["divisor"].editor.slider

    def dragged() -> None:
        for value in range(1, 12):
            slider.setValue(slider.minimum() + value)
            end = time.monotonic() + 0.05
            wait(lambda end=end: time.monotonic() > end)

    acts = {
        "runs": window.controller.run,
        "drags": dragged,
        "exports": lambda: window.exporter.export_figure(str(Path(HOME) / "figure.png")),
    }
    for name, act in acts.items():
        report(f"4k, longest block during {name}", median(longest(act) for _ in range(RUNS)),
               "ms", "< 50")  # fmt: skip


def main() -> int:
    """Measures what is named, or all."""
    parts = {"start": start, "drag": drag, "paint": paint, "large": large, "beat": beat}
    unknown = set(sys.argv[1:]) - set(parts)
    if unknown:
        print(f"no such part: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    names = sys.argv[1:] or list(parts)
    if "start" in names:
        start()
    QApplication.instance() or QApplication(["convgui"])
    window = MainWindow(Settings(theme="light"), Appearance("light"))
    window.resize(1440, 900)
    window.show()
    settle(window)
    for name in names:
        if name != "start":
            parts[name](window)
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
