"""From a comparison to the pictures and figures of its panels, for one filter of the bank."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from convgui.model import lookup, maps, numbers, planes
from convgui.model.look import Look
from convgui.widgets.arrangement import ERROR, EXACT, INPUT
from convgui.widgets.layer import MINUS, Grid, Layer
from cyconv import filters

from .compare_words import error_figures, plain_title, short_unit, unit_of_error, value_unit
from .names import technique_label

if TYPE_CHECKING:
    from convgui.model.compute import Comparison, Outcome
    from convgui.model.image import Image

translate = QCoreApplication.translate


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
    short, short_unit : str
        The title and the unit where there is little room; "" for the same.
    colour : str
        Of the stripe beside the title, where that is not its technique's by the panel's name.
    alert : str
        How many values are not finite; "" where all are.
    """

    title: str
    layer: Layer
    figures: tuple[str, ...] = ("",)
    unit: str = ""
    alert: str = ""
    short: str = ""
    short_unit: str = ""
    colour: str = ""


def image_content(image: Image, look: Look) -> Content:
    """Gives the input panel for an image that nothing has been run on yet."""
    levels = maps.image_levels(image.pixels)
    return _input(image.pixels, image.stored, levels, look, alert_words(image.unfit))


def _input(
    pixels: np.ndarray, stored: str, levels: maps.Levels, look: Look, alert: str = ""
) -> Content:
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[..., 0]
    size = f"{pixels.shape[1]} × {pixels.shape[0]}"
    kind = (
        translate("ComparePanel", "RGB") if pixels.ndim == 3 else translate("ComparePanel", "grey")
    )
    figures = f"{size} · {kind} · {stored}", f"{size} · {kind}", size
    layer = grey(pixels, levels, look)
    return Content(plain_title(INPUT), layer, figures, value_unit(stored) + toned(look), alert)


def grey(pixels: np.ndarray, levels: maps.Levels, look: Look, grid: Grid | None = None) -> Layer:
    """Gives an image in its levels, exposure and gamma applied."""
    low, high = look.shown_levels(levels)
    signed = low == -high
    grid = grid or Grid()
    if pixels.ndim == 3:
        tone = None if look.gamma == 1 else lookup.curve(look.gamma, signed)
        return Layer(pixels, (low, high), None, grid, tone)
    return Layer(pixels, (low, high), lookup.gray(look.gamma, signed), grid)


def toned(look: Look) -> str:
    """Says beside the unit that greys are not proportional to values."""
    return "" if look.gamma == 1 else f" γ {look.gamma:g}"


def alert_words(unfit: planes.Unfit) -> str:
    """Says how many values are not finite."""
    nans, infinite = unfit
    parts = []
    if nans:
        parts.append(translate("ComparePanel", "{0} NaN").format(numbers.si(nans)))
    if infinite:
        parts.append(translate("ComparePanel", "{0} infinite").format(numbers.si(infinite)))
    return ", ".join(parts)


def scene(comparison: Comparison, index: int, look: Look) -> dict[str, Content]:
    """Gives the content of every picture panel, by name.

    Parameters
    ----------
    comparison : Comparison
    index : int
        The filter of the bank whose outputs are shown.
    look : Look
        Kind, levels and colours of the error maps, levels and tone of the images.
    """
    request = comparison.request
    channels = request.image
    pixels = channels[0] if channels.shape[0] != 3 else np.moveaxis(channels, 0, -1)
    geometry = request.geometry
    window = tuple(request.filters.shape[2:])
    placement = geometry.place(tuple(channels.shape[1:]), window)
    grid = Grid.of_output(placement.before, window, geometry.strides, geometry.dilations)
    unit = value_unit(request.stored)
    mode = look.error_mode
    ready = planes.prepare(comparison, index, mode, look.shown)
    levels = look.output_levels or ready.levels
    error_levels = look.error_levels or ready.error_levels

    alert = alert_words(ready.image_unfit)
    contents = {
        INPUT: _input(pixels, request.stored, ready.image_levels, look, alert),
        EXACT: Content(
            plain_title(EXACT),
            grey(ready.outputs[EXACT], levels, look, grid),
            _exact_figures(comparison),
            unit + toned(look),
            alert_words(ready.unfit[EXACT]),
            short_unit=short_unit(unit) + toned(look),
        ),
    }
    for outcome in comparison.outcomes:
        name = outcome.name
        if name == EXACT:
            continue
        contents[name] = Content(
            technique_label(name),
            grey(ready.outputs[name], levels, look, grid),
            _figures(comparison, outcome),
            unit + toned(look),
            alert_words(ready.unfit[name]),
            short_unit=short_unit(unit) + toned(look),
        )
        contents[name + ERROR] = Content(
            plain_title(name + ERROR, mode),
            Layer(ready.errors[name], error_levels, look.error_map.table, grid),
            error_figures(outcome, ready),
            unit_of_error(unit, mode),
            alert_words(ready.unfit_errors[name]),
            translate("ComparePanel", "Error"),
            unit_of_error(short_unit(unit), mode),
        )
    return contents


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


def filter_figures(comparison: Comparison, index: int) -> tuple[str, ...]:
    """Gives what stands beside the filter's title."""
    request = comparison.request
    count, _, rows, columns = request.filters.shape
    preset = filters.PRESETS.get(request.filter_name)
    size = f"{columns} × {rows}"
    name = f"{translate('Parameters', preset.label)} · {size}" if preset is not None else size
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
