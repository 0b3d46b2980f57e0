"""Which parts of a window there are to look at, and the grids that a part is shown in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from convgui.model import maps
from convgui.model.compute import EXACT
from convgui.model.inspect_hash import Hashing
from convgui.model.inspection import Inspection
from convgui.widgets.tap_cells import Cells

from . import inspect_words

translate = QCoreApplication.translate

GRIDS = ("window", "reference", "difference", "filter", "products")
"""Every grid there is; the reference is a window, too, or what stands for one."""


@dataclass(frozen=True)
class Part:
    """What is looked at: a channel, a span that is hashed by itself, or the sum over all.

    Attributes
    ----------
    label : str
    channel : int or None
        Among those that the filter sees; None for the sum.
    span : int
        Of the spans that are hashed, which is told of.
    names, sums : tuple
        For the sum, what is summed up.
    """

    label: str
    channel: int | None
    span: int = 0
    names: tuple[str, ...] = ()
    sums: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class Shown:
    """One grid: which, its cells, its title, and the operator before it."""

    key: str
    cells: Cells
    title: str
    sign: str = ""


def parts(found: Inspection, name: str) -> tuple[Part, ...]:
    """Gives the parts of a technique's window, the sum last where there are several."""
    story = found.reuse.get(name)
    channels = tuple(translate("InspectPanel", each) for each in found.channels)
    if story is None:
        terms = found.exact
        if name != EXACT and found.differential is not None:
            terms = found.differential.added
        each = [Part(label, number) for number, label in enumerate(channels)]
        return _with_sum(each, channels, tuple(terms.sums.tolist()))
    taps = found.exact.values[0].size
    made: list[Part] = []
    for number, span in enumerate(story.spans):
        seen = range(span.start // taps, (span.stop - 1) // taps + 1)
        for channel in seen:
            label = channels[channel]
            if len(story.spans) != len(channels) and len(story.spans) > 1:
                label = f"{label} {span.start}–{span.stop - 1}"
            made.append(Part(label, channel, number))
    names, sums = _addends(story, channels)
    return _with_sum(made, names, sums)


def _addends(
    story: Hashing, channels: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Gives what the output is the sum of: products and corrections, span by span."""
    names, sums = [], []
    whole = len(story.spans) == 1
    for number, span in enumerate(story.spans):
        label = channels[number] if len(story.spans) == len(channels) else str(number + 1)
        products = translate("InspectPanel", "Filter × representative")
        names.append(products if whole else label)
        sums.append(span.looked_up)
        if len(span.coefficients):
            correction = translate("InspectPanel", "Correction")
            names.append(correction if whole else f"{label}, {correction.lower()}")
            sums.append(float(span.corrections.sum()))
    return tuple(names), tuple(sums)


def _with_sum(
    each: list[Part], names: tuple[str, ...], sums: tuple[float, ...]
) -> tuple[Part, ...]:
    if len(names) == 1 and len(each) == 1:
        return tuple(each)
    return (*each, Part(translate("InspectPanel", "Sum"), None, 0, names, sums))


def shown(found: Inspection, name: str, part: Part) -> tuple[Shown, ...]:
    """Gives the grids of a part, in the order in which they are read; none for the sum."""
    if part.channel is None:
        return ()
    channel, story = part.channel, found.reuse.get(name)
    outside = ~found.taps.inside
    weights = found.exact.weights[channel]
    pixels = maps.image_levels(found.comparison.request.image)
    window = Shown(
        "window", _grey(found.exact.values[channel], pixels, outside),
        translate("InspectPanel", "Window"),
    )  # fmt: skip
    if name == "differential" and found.differential is not None:
        return _difference(found, channel, window, weights, pixels)
    if story is None:
        products = found.exact.products[channel]
        return (window, *_times(weights, products, None))
    span = story.spans[part.span]
    flat = np.full(found.exact.values.size, np.nan)
    flat[span.start : span.stop] = span.standing
    stands = flat.reshape(found.exact.values.shape)[channel]
    absent = np.isnan(stands) & ~_inside(span.start, span.stop, found)[channel]
    with np.errstate(all="ignore"):
        products = np.where(absent, 0.0, stands * weights)
    cells = Cells(window.cells.values, *pixels, grey=True, outside=outside, absent=absent)
    return (
        Shown("window", cells, window.title),
        Shown("reference", Cells(np.where(absent, 0.0, stands), *pixels, grey=True, absent=absent),
              inspect_words.standing(story), "≈"),
        *_times(weights, products, absent),
    )  # fmt: skip


def _inside(start: int, stop: int, found: Inspection) -> np.ndarray:
    shape = found.exact.values.shape
    every = np.arange(found.exact.values.size)
    return ((every >= start) & (every < stop)).reshape(shape)


def _difference(
    found: Inspection, channel: int, window: Shown, weights: np.ndarray,
    pixels: tuple[float, float],
) -> tuple[Shown, ...]:
    story = found.differential
    away = story.difference[channel]
    crossed = story.left_out[channel]
    if story.place is None:
        return (window, *_times(weights, story.added.products[channel], None))
    seen = _grey(story.window[channel], pixels, ~found.taps.inside)
    outside = None if story.taps is None else ~story.taps.inside
    first = Shown("window", seen, window.title)
    other = Shown(
        "reference", _grey(story.reference[channel], pixels, outside),
        translate("InspectPanel", "Reference"), "−",
    )  # fmt: skip
    if story.published:
        first = Shown("window", seen, window.title, "−")
        other = Shown("reference", other.cells, other.title)
    order = (other, first) if story.published else (first, other)
    faint = away == 0
    cells = _signed(away, faint=faint, crossed=crossed)
    products = story.added.products[channel]
    return (
        *order,
        Shown("difference", cells, translate("InspectPanel", "Difference"), "="),
        Shown("filter", _signed(weights), translate("InspectPanel", "Filter"), "×"),
        Shown("products", _signed(products, faint=faint), _products(products), "="),
    )


def _times(
    weights: np.ndarray, products: np.ndarray, absent: np.ndarray | None
) -> tuple[Shown, ...]:
    return (
        Shown("filter", _signed(weights, absent=absent), translate("InspectPanel", "Filter"), "×"),
        Shown("products", _signed(products, absent=absent), _products(products), "="),
    )


def _products(products: np.ndarray) -> str:
    """Names the products, and their sum."""
    with np.errstate(all="ignore"):
        total = inspect_words.words(float(products.sum()))
    return translate("InspectPanel", "Products, sum {0}").format(total)


def _grey(values: np.ndarray, pixels: tuple[float, float], outside: np.ndarray | None) -> Cells:
    return Cells(values, *pixels, grey=True, outside=outside)


def _signed(values: np.ndarray, **marks: np.ndarray | None) -> Cells:
    """Gives signed values, as strong as they are large."""
    finite = np.abs(values[np.isfinite(values)])
    return Cells(values, high=float(finite.max(initial=0.0)), **marks)
