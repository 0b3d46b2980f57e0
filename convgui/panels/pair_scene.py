"""From two runs of the history to the pictures of their outputs and of their difference."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from convgui.model import maps, numbers
from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.model.flip import PER_DEGREE
from convgui.model.look import Look
from convgui.sessions.journal import Journal
from convgui.sessions.outputs import Held
from convgui.sessions.pair import Pair
from convgui.widgets.layer import MINUS, Grid, Layer
from convgui.widgets.readout import Field

from .compare_readout import padded, widest
from .compare_scene import Content, alert_words, grey, toned
from .compare_words import short_unit, unit_of_error, value_unit
from .names import technique_label
from .run_words import PLACES

translate = QCoreApplication.translate

A, B, DIFFERENCE = "a", "b", "difference"
TITLES = {
    maps.SIGNED: "B − A",
    maps.ABSOLUTE: "|B − A|",
    maps.RELATIVE: "|B − A| ÷ |A|",
    maps.SQUARED: "(B − A)²",
    maps.FLIP: "FLIP(B, A)",
}


def pair_scene(pair: Pair, journal: Journal, look: Look) -> dict[str, Content]:
    """Gives the content of every picture, by name."""
    levels = look.output_levels or pair.levels
    contents = {}
    for at, key in enumerate((A, B)):
        held, name = pair.held[at], pair.choice.techniques[at]
        unit = value_unit(held.stored)
        run = journal.find(pair.numbers[at])
        which = translate("PairPanel", "run {0}").format(pair.numbers[at])
        figures = (f"{which} · {run.name}", which) if run is not None and run.name else (which,)
        contents[key] = Content(
            f"{PLACES[at]} · {technique_label(name)}",
            grey(pair.planes[at], levels, look, grid_of(held)),
            (*figures, ""),
            unit + toned(look),
            alert_words(pair.unfit[at]),
            short_unit=short_unit(unit) + toned(look),
            colour=TECHNIQUE_COLOURS.get(name, "#9a9da3"),
        )
    if pair.difference is not None:
        unit = value_unit(pair.held[0].stored)
        contents[DIFFERENCE] = Content(
            TITLES[pair.mode],
            Layer(
                pair.difference, look.error_levels or pair.difference_levels,
                look.error_map.table, grid_of(pair.held[1]),
            ),
            _figures(pair),
            _unit(unit, pair.mode),
            alert_words(pair.unfit[2]),
            short_unit=_unit(short_unit(unit), pair.mode),
        )  # fmt: skip
    return contents


def grid_of(held: Held) -> Grid:
    """Gives where the pixels of a run's outputs lie on its image."""
    return Grid.of_output(held.before, held.window, held.strides, held.dilations)


def _unit(unit: str, mode: str) -> str:
    relative = translate("PairPanel", "% of A")
    return relative if mode == maps.RELATIVE else unit_of_error(unit, mode)


def _figures(pair: Pair) -> tuple[str, ...]:
    """Gives how near B is to A, in what belongs to the mode first."""
    accuracy = pair.accuracy
    if accuracy is None or math.isnan(accuracy.max_abs_error):
        return ("",)
    if pair.mode == maps.FLIP:
        mean = numbers.number(pair.mean, 3)
        return (
            translate("ComparePanel", "mean {0} · {1} px/°").format(mean, f"{PER_DEGREE:.0f}"),
            translate("ComparePanel", "mean {0}").format(mean),
        )
    largest = numbers.number(accuracy.max_abs_error)
    if math.isinf(accuracy.psnr) and accuracy.psnr > 0:
        return (translate("PairPanel", "no difference"),)
    quality = numbers.decibels(accuracy.psnr).replace("-", MINUS)
    return (
        translate("PairPanel", "largest {0} · {1} · SSIM {2}").format(
            largest, quality, numbers.number(accuracy.ssim, 3)
        ),
        f"{quality} · {largest}",
        quality,
    )


def pair_fields(contents: Mapping[str, Content]) -> list[Field]:
    """Gives the places of the read-out."""
    if A not in contents:
        return []
    fields = [Field("x", "x", "88888"), Field("y", "y", "88888", joined=True)]
    for key, content in contents.items():
        label = translate("PairPanel", "difference") if key == DIFFERENCE else content.title
        fields.append(
            Field(key, label, widest(content.layer), content.colour, joined=key == DIFFERENCE)
        )
    return fields


def pair_values(
    contents: Mapping[str, Content], point: tuple[float, float] | None
) -> dict[str, str]:
    """Gives the values at a place of the image, in words."""
    if point is None:
        return {}
    texts = {}
    for key, content in contents.items():
        place = content.layer.at(*point)
        if place is not None:
            texts[key] = padded(content.layer, content.layer.texts(*place))
    if texts:
        texts |= {"x": str(math.floor(point[0])), "y": str(math.floor(point[1]))}
    return texts
