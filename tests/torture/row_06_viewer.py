"""Row 6: whatever array there is, the window shows it or says in a sentence why not."""

from __future__ import annotations

import resource
import time
import warnings
from functools import cache
from unittest import mock

import array_zoo
import numpy as np
from live_window import FAULT, LiveWindow, limited, live_window
from PySide6.QtCore import Qt
from scorecard import Row, Score
from shiboken6 import delete

from convgui.model import lookup, maps
from convgui.model.image import Image, ImageError
from convgui.model.numbers import si
from convgui.widgets.held_view import HeldView
from convgui.widgets.image_view import ImageView
from convgui.widgets.layer import Layer
from convgui.widgets.lit_view import LitView
from convgui.widgets.marked_view import MarkedView
from convgui.widgets.view import View

SECONDS = 20.0
"""That a case may take in all; it takes one or two."""
LARGE = 20_000
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Home)


def run(score: Score) -> None:
    warnings.simplefilter("error")
    shown, refused = array_zoo.shown(), array_zoo.refused()
    slowest = 0.0
    with live_window() as live:
        _open_docks(live)
        for name, pixels in shown[: score.part(len(shown), 5)]:
            slowest = max(slowest, _case(score, live, name, lambda p=pixels: _in_window(live, p)))
        for name, pixels in refused[: score.part(len(refused), 6)]:
            _case(score, live, name, lambda n=name, p=pixels: _refused(live, n, p))
        for name, pixels in (shown + refused)[:: max(1, round(1 / score.share / 2))]:
            _case(score, live, f"{name} in a view", lambda p=pixels: _in_views(live, p))
        if score.share >= 0.5:
            _case(score, live, "20,000 x 20,000", lambda: _large(live))
        _case(score, live, "20,000 x 20,000 in a view", lambda: _large_view(live))
        score.check(live.computes(), "the window no longer computes after all of these")
        for view in _views():
            delete(view)
    score.figure("slowest case", f"{slowest:.1f} s")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    score.figure("most memory", f"{most:,.0f} MB")


def _case(score: Score, live: LiveWindow, name: str, act: object) -> float:
    """Tries one case, and counts all that went wrong in it as one failure."""
    live.clear()
    began = time.monotonic()
    found = ""
    with limited(name):
        try:
            found = act() or ""
        except Exception as error:
            found = f"{type(error).__name__}: {error}"
    taken = time.monotonic() - began
    if FAULT in live.message():
        live.faults.append(live.message())
    found = found or score.over(taken, SECONDS)
    faults = "; ".join(each for each in (found, *live.faults) if each)
    score.case(f"{name}: {faults[:1500]}" if faults else None)
    return taken


def _open_docks(live: LiveWindow) -> None:
    """Brings everything to the front that shows values."""
    for dock in live.window.docks.values():
        dock.show()
    live.window.docks["analysis"].raise_()
    live.window.analysis.fold_groups(())
    live.window.controller.change("show_low_rank", True)
    # Pictures that are smaller than the window have outputs, too.
    live.window.controller.change("same_padding", True)
    live.turn()


def _in_window(live: LiveWindow, pixels: np.ndarray) -> str:
    """Shows an array in the window, looks at it in every way, and compares what is told of it."""
    window = live.window
    window.tabs.setCurrentWidget(window.compare)
    live.show(Image.of(np.asarray(pixels), "zoo"))
    live.repaint()
    view = window.compare.pictures["input"].view
    for key in ("zoom-fit", *["zoom-in"] * 9, "zoom-actual", *["zoom-out"] * 9):
        if not live.trigger(key):
            return f"{key} can't be chosen: {live.message()}"
        if key != "zoom-in":
            live.point(view, view.width() // 2, view.height() // 2)
    live.repaint()
    live.trigger("zoom-fit")
    live.repaint(window.compare)
    for mode in maps.ERROR_MODES:
        live.trigger(f"error-{mode}")
        live.settle()
        live.repaint(window.compare, window.analysis, times=1)
    for pressed in KEYS:
        live.key(view, pressed)
    window.looker.mark(3)
    live.trigger("wipe-vertical")
    live.settle()
    live.repaint(window.compare, window.analysis)
    live.trigger("wipe-vertical")
    live.trigger("error-signed")
    wrong = _counted(live, pixels)
    live.trigger("inspect-pixel")
    live.settle()
    window.inspect.step(0, 1)
    live.settle()
    live.repaint(window.inspect)
    if window.inspect.inspection is None:
        wrong += " nothing is explained"
    window.tabs.setCurrentWidget(window.reuse_tab)
    live.settle()
    live.repaint(window.reuse_tab)
    return wrong


def _counted(live: LiveWindow, pixels: np.ndarray) -> str:
    """Compares how many NaN and infinities are told with how many there are."""
    pictures = live.window.compare.pictures
    with np.errstate(over="ignore", invalid="ignore"):
        values = np.asarray(pixels).astype(np.float32)
    told = {"input": values, "exact": live.window.controller.comparison.exact.result.output[0]}
    for name, array in told.items():
        words = pictures[name].title.accessibleDescription()
        for word, count in (("NaN", np.isnan(array)), ("infinite", np.isinf(array))):
            wanted = f"{si(int(count.sum()))} {word}"
            if (wanted in words) != bool(count.any()) or (word in words) != bool(count.any()):
                return f"{name} should tell {wanted!r}, and tells {words!r}."
    return ""


def _refused(live: LiveWindow, name: str, pixels: np.ndarray) -> str:
    """Tries to make a picture of what is none."""
    try:
        Image.of(pixels, name)
    except ImageError as error:
        text = str(error)
        one = text.endswith(".") and "\n" not in text and text.count(". ") == 0
        return "" if one and len(text) < 200 and name in text else f"no sentence: {text!r}"
    return "it was taken for a picture"


def _in_views(live: LiveWindow, pixels: np.ndarray) -> str:
    """Hands an array to every kind of view itself."""
    plane = pixels.ndim == 2
    try:
        layer = Layer(pixels, (0.0, 255.0), lookup.gray() if plane else None)
    except ValueError as error:
        return "" if "\n" not in str(error) and len(str(error)) < 200 else str(error)
    height, width = layer.size
    for view in _views():
        view.set_layer(layer)
        for scale in (min(300 / width, 200 / height), 1e-3, 1.0, 256.0):
            view.set_view(View(width / 2, height / 2, scale))
            view.set_point(layer.centre(height // 2, width // 2))
            live.repaint(view)
        for key in KEYS:
            live.key(view, key)
        view.set_layer(None)
    return ""


@cache
def _views() -> tuple[ImageView, ...]:
    """Gives one view of every kind, kept like those of the window."""
    found = tuple(kind() for kind in (ImageView, HeldView, MarkedView, LitView))
    for view in found:
        view.resize(300, 200)
        view.show()
        view.set_colours("#202020", "#c0272d")
    return found


def _large(live: LiveWindow) -> str:
    """A picture of 400 megapixels, on a machine that has too little memory to compare it."""
    window = live.window
    window.tabs.setCurrentWidget(window.compare)
    pixels = np.broadcast_to(np.arange(LARGE, dtype=np.uint16).astype(np.uint8), (LARGE, LARGE))
    with mock.patch("cyconv.memory.available", return_value=1 << 30):
        window.opener.opened.emit(Image.of(pixels, "large"))
        live.until(lambda: "free" in live.message(), "the question about memory")
        for key in ("zoom-fit", *["zoom-in"] * 12, "zoom-actual", *["zoom-out"] * 14):
            live.trigger(key)
        live.repaint(times=3)
        live.trigger("zoom-fit")
        live.repaint(times=3)
        window.controller.close_image()
        live.settle()
    return ""


def _large_view(live: LiveWindow) -> str:
    row = np.full(LARGE, np.nan, np.float32)
    row[::3] = np.inf
    return _in_views(live, np.broadcast_to(row, (LARGE, LARGE)))


ROW = Row(6, "Viewer torture", run, quick=0.04)
