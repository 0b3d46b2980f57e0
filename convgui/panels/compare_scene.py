"""From a comparison to the pictures and figures of its panels, for one filter of the bank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from convgui.model import lookup, maps, numbers
from convgui.model.compute import LABELS
from convgui.widgets.arrangement import ERROR, EXACT, INPUT
from convgui.widgets.layer import Grid, Layer
from cyconv import filters

if TYPE_CHECKING:
    from convgui.model.compute import Comparison, Outcome
    from convgui.model.image import Image

WHOLE_NUMBERED = ("uint8", "uint16")


def _tr(text: str) -> str:
    return QCoreApplication.translate("ComparePanel", text)


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
    alert : str
        How many values are not finite; "" where all are.
    """

    title: str
    layer: Layer
    figures: tuple[str, ...] = ("",)
    unit: str = ""
    alert: str = ""


def image_content(image: Image) -> Content:
    """Gives the input panel for an image that nothing has been run on yet."""
    return _input(image.pixels, image.stored)


def _input(pixels: np.ndarray, stored: str) -> Content:
    if pixels.ndim == 3 and pixels.shape[2] != 3:
        pixels = pixels[..., 0]
    size = f"{pixels.shape[1]} × {pixels.shape[0]}"
    kind = _tr("RGB") if pixels.ndim == 3 else _tr("grey")
    levels = maps.image_levels(pixels)
    layer = Layer(pixels, levels, None if pixels.ndim == 3 else lookup.gray())
    figures = f"{size} · {kind} · {stored}", f"{size} · {kind}", size
    return Content(plain_title(INPUT), layer, figures, _unit(stored), _unfit(pixels))


def _unit(stored: str) -> str:
    return _tr("grey levels") if stored in WHOLE_NUMBERED else ""


def _unfit(values: np.ndarray) -> str:
    """Says how many values are not finite."""
    if values.dtype.kind != "f" or np.isfinite(values).all():
        return ""
    nans, infinite = maps.unfit(values)
    parts = []
    if nans:
        parts.append(_tr("{0} NaN").format(numbers.si(nans)))
    if infinite:
        parts.append(_tr("{0} infinite").format(numbers.si(infinite)))
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
    planes = request.image
    pixels = planes[0] if planes.shape[0] != 3 else np.moveaxis(planes, 0, -1)
    geometry = request.geometry
    window = tuple(request.filters.shape[2:])
    placement = geometry.place(tuple(planes.shape[1:]), window)
    grid = Grid.of_output(placement.before, window, geometry.strides, geometry.dilations)
    unit = _unit(request.stored)

    contents = {INPUT: _input(pixels, request.stored)}
    exact = maps.plane(comparison.exact.result.output, index)
    levels = maps.output_levels(exact)
    count = numbers.si(comparison.exact.result.executed.multiplications)
    figures = _tr("{0} multiplications").format(count), _tr("{0} mult.").format(count)
    contents[EXACT] = Content(
        plain_title(EXACT), Layer(exact, levels, lookup.gray(), grid), figures, unit, _unfit(exact)
    )
    others = [outcome for outcome in comparison.outcomes if outcome.name != EXACT]
    errors = {each.name: comparison.error(each.name, index, mode) for each in others}
    error_levels = maps.error_levels(errors.values(), mode, exact)
    table = lookup.for_errors(mode)
    for outcome in others:
        plane = maps.plane(outcome.result.output, index)
        contents[outcome.name] = Content(
            _title(outcome),
            Layer(plane, levels, lookup.gray(), grid),
            _figures(comparison, outcome),
            unit,
            _unfit(plane),
        )
        error = errors[outcome.name]
        contents[outcome.name + ERROR] = Content(
            plain_title(outcome.name + ERROR, mode),
            Layer(error, error_levels, table, grid),
            _error_figures(outcome),
            unit,
            _unfit(error),
        )
    return contents


def _title(outcome: Outcome) -> str:
    published = getattr(outcome.technique, "as_published", False)
    return _tr("{0}, as published").format(outcome.label) if published else outcome.label


def plain_title(name: str, mode: str = maps.SIGNED) -> str:
    """Gives the title of a panel by the panel's name."""
    if name == INPUT:
        return _tr("Input")
    technique = name.removesuffix(ERROR)
    label = LABELS.get(technique, technique)
    if technique == name:
        return label
    words = _tr("|{0} − exact|") if mode == maps.ABSOLUTE else _tr("{0} − exact")
    return words.format(label)


def _figures(comparison: Comparison, outcome: Outcome) -> tuple[str, ...]:
    """Gives PSNR and share of the multiplications: what it costs for what it gives."""
    psnr = outcome.accuracy.psnr
    quality = _tr("no error") if psnr == float("inf") else numbers.decibels(psnr)
    share = 100 * comparison.multiplications(outcome.name)
    cost = numbers.percent(share)
    if 0.95 <= share < 1e6:
        cost = f"{share:.0f} %" if share >= 9.95 else f"{share:.1f} %"
    return (
        _tr("{0} · {1} of the multiplications").format(quality, cost),
        _tr("{0} · {1} of mult.").format(quality, cost),
        f"{quality} · {cost}",
        quality,
    )


def _error_figures(outcome: Outcome) -> tuple[str, ...]:
    largest = numbers.number(outcome.accuracy.max_abs_error)
    relative = numbers.number(outcome.accuracy.relative_l2, 3)
    return (
        _tr("largest {0} · relative L2 {1}").format(largest, relative),
        _tr("largest {0}").format(largest),
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
    which = _tr("{0} of {1}").format(index + 1, count)
    return f"{name} · {which}", f"{size} · {which}", which


def geometry_words(comparison: Comparison) -> str:
    """Gives the geometry where it is not the plain one: "stride 2, padding 1"."""
    geometry = comparison.request.geometry
    parts = []
    for name, value, plain in (
        (_tr("stride"), geometry.stride, (1, 1)),
        (_tr("padding"), geometry.padding, (0, 0)),
        (_tr("dilation"), geometry.dilation, (1, 1)),
    ):
        if value != plain:
            same = isinstance(value, str) or value[0] == value[1]
            shown = value if isinstance(value, str) else value[0]
            parts.append(f"{name} {shown}" if same else f"{name} {value[0]} × {value[1]}")
    return ", ".join(parts)
