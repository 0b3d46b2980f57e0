"""From a comparison to the pictures and figures of its panels, for one filter of the bank."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from convgui.model import lookup, maps, numbers, planes
from convgui.model.compute import LABELS
from convgui.widgets.arrangement import ERROR, EXACT, INPUT
from convgui.widgets.layer import MINUS, Grid, Layer
from cyconv import filters

if TYPE_CHECKING:
    from convgui.model.compute import Comparison, Outcome
    from convgui.model.image import Image

translate = QCoreApplication.translate

WHOLE_NUMBERED = ("uint8", "uint16")


@dataclass(frozen=True, eq=False)
class Content:
    """What one panel shows.

    Attributes
    ----------
    title : str
    layer : Layer
    figures : tuple of str
        The figures beside the title, the fullest wording first.
    unit : str
        Of the values.
    short : str
        The title where there is little room; "" for the same.
    alert : str
        How many values are not finite; "" where all are.
    """

    title: str
    layer: Layer
    figures: tuple[str, ...] = ("",)
    unit: str = ""
    alert: str = ""
    short: str = ""


def image_content(image: Image) -> Content:
    """Gives the input panel for an image that nothing has been run on yet."""
    return _input(image.pixels, image.stored, maps.image_levels(image.pixels))


def _input(pixels: np.ndarray, stored: str, levels: maps.Levels, alert: str = "") -> Content:
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[..., 0]
    size = f"{pixels.shape[1]} × {pixels.shape[0]}"
    kind = (
        translate("ComparePanel", "RGB") if pixels.ndim == 3 else translate("ComparePanel", "grey")
    )
    layer = Layer(pixels, levels, None if pixels.ndim == 3 else lookup.gray())
    figures = f"{size} · {kind} · {stored}", f"{size} · {kind}", size
    return Content(plain_title(INPUT), layer, figures, _unit(stored), alert)


def _unit(stored: str) -> str:
    return translate("ComparePanel", "grey levels") if stored in WHOLE_NUMBERED else ""


def _alert(unfit: planes.Unfit) -> str:
    """Says how many values are not finite."""
    nans, infinite = unfit
    parts = []
    if nans:
        parts.append(translate("ComparePanel", "{0} NaN").format(numbers.si(nans)))
    if infinite:
        parts.append(translate("ComparePanel", "{0} infinite").format(numbers.si(infinite)))
    return ", ".join(parts)


def scene(comparison: Comparison, index: int, mode: str) -> dict[str, Content]:
    """Gives the content of every picture panel, by name.

    Parameters
    ----------
    comparison : Comparison
    index : int
        The filter of the bank whose outputs are shown.
    mode : str
        ``"signed"`` or ``"absolute"``, of the error maps.
    """
    request = comparison.request
    channels = request.image
    pixels = channels[0] if channels.shape[0] != 3 else np.moveaxis(channels, 0, -1)
    geometry = request.geometry
    window = tuple(request.filters.shape[2:])
    placement = geometry.place(tuple(channels.shape[1:]), window)
    grid = Grid.of_output(placement.before, window, geometry.strides, geometry.dilations)
    unit = _unit(request.stored)
    ready = planes.prepare(comparison, index, mode)

    contents = {
        INPUT: _input(pixels, request.stored, ready.image_levels, _alert(ready.image_unfit)),
        EXACT: Content(
            plain_title(EXACT),
            Layer(ready.outputs[EXACT], ready.levels, lookup.gray(), grid),
            _exact_figures(comparison),
            unit,
            _alert(ready.unfit[EXACT]),
        ),
    }
    for outcome in comparison.outcomes:
        name = outcome.name
        if name == EXACT:
            continue
        contents[name] = Content(
            outcome.label,
            Layer(ready.outputs[name], ready.levels, lookup.gray(), grid),
            _figures(comparison, outcome),
            unit,
            _alert(ready.unfit[name]),
        )
        contents[name + ERROR] = Content(
            plain_title(name + ERROR, mode),
            Layer(ready.errors[name], ready.error_levels, lookup.for_errors(mode), grid),
            _error_figures(outcome),
            unit,
            _alert(ready.unfit_errors[name]),
            translate("ComparePanel", "Error"),
        )
    return contents


def plain_title(name: str, mode: str = maps.SIGNED) -> str:
    """Gives the title of a panel by the panel's name."""
    if name == INPUT:
        return translate("ComparePanel", "Input")
    technique = name.removesuffix(ERROR)
    label = LABELS.get(technique, technique)
    if technique == name:
        return label
    words = (
        translate("ComparePanel", "|{0} − exact|")
        if mode == maps.ABSOLUTE
        else translate("ComparePanel", "{0} − exact")
    )
    return words.format(label)


def _exact_figures(comparison: Comparison) -> tuple[str, ...]:
    count = numbers.si(comparison.exact.result.executed.multiplications)
    return translate("ComparePanel", "{0} multiplications").format(count), translate(
        "ComparePanel", "{0} mult."
    ).format(count)


def _figures(comparison: Comparison, outcome: Outcome) -> tuple[str, ...]:
    """Gives what it costs for what it gives, after a word on flaws that are left in."""
    figures = _quality_and_cost(comparison, outcome)
    if not getattr(outcome.technique, "as_published", False):
        return figures
    return (
        *(translate("ComparePanel", "as published · {0}").format(each) for each in figures),
        translate("ComparePanel", "as published"),
        translate("ComparePanel", "publ."),
    )


def _quality_and_cost(comparison: Comparison, outcome: Outcome) -> tuple[str, ...]:
    """Gives PSNR and share of the multiplications."""
    share = 100 * comparison.multiplications(outcome.name)
    cost = numbers.percent(share)
    if 0.95 <= share < 1e6:
        cost = f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"
    psnr = outcome.accuracy.psnr
    if math.isnan(psnr):
        return translate("ComparePanel", "{0} of the multiplications").format(cost), translate(
            "ComparePanel", "{0} of mult."
        ).format(cost)
    exact = math.isinf(psnr) and psnr > 0
    quality = translate("ComparePanel", "no error") if exact else numbers.decibels(psnr)
    quality = quality.replace("-", MINUS)
    return (
        translate("ComparePanel", "{0} · {1} of the multiplications").format(quality, cost),
        translate("ComparePanel", "{0} · {1} of mult.").format(quality, cost),
        f"{quality} · {cost}",
        quality,
    )


def _error_figures(outcome: Outcome) -> tuple[str, ...]:
    if math.isnan(outcome.accuracy.max_abs_error):
        return ("",)
    largest = numbers.number(outcome.accuracy.max_abs_error)
    relative = numbers.number(outcome.accuracy.relative_l2, 3)
    return (
        translate("ComparePanel", "largest {0} · relative L2 {1}").format(largest, relative),
        translate("ComparePanel", "largest {0}").format(largest),
        largest,
    )


def filter_figures(comparison: Comparison, index: int) -> tuple[str, ...]:
    """Gives what stands beside the filter's title."""
    request = comparison.request
    count, _, rows, columns = request.filters.shape
    preset = filters.PRESETS.get(request.filter_name)
    size = f"{columns} × {rows}"
    name = f"{preset.label} · {size}" if preset is not None else size
    if count == 1:
        return name, size
    which = translate("ComparePanel", "{0} of {1}").format(index + 1, count)
    return f"{name} · {which}", f"{size} · {which}", which


def geometry_words(comparison: Comparison) -> str:
    """Gives the geometry where it is not the plain one: "stride 2, padding 1"."""
    geometry = comparison.request.geometry
    parts = []
    for name, value, plain in (
        (translate("ComparePanel", "stride"), geometry.stride, (1, 1)),
        (translate("ComparePanel", "padding"), geometry.padding, (0, 0)),
        (translate("ComparePanel", "dilation"), geometry.dilation, (1, 1)),
    ):
        if value != plain:
            same = isinstance(value, str) or value[0] == value[1]
            shown = value if isinstance(value, str) else value[0]
            parts.append(f"{name} {shown}" if same else f"{name} {value[0]} × {value[1]}")
    return ", ".join(parts)
