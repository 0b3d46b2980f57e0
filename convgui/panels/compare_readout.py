"""The values under the crosshair: which there are, and what they are at one place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication

from convgui.model.colours import TECHNIQUE_COLOURS
from convgui.widgets.arrangement import ERROR, INPUT
from convgui.widgets.layer import MINUS, Layer, decimals
from convgui.widgets.readout import Field

from .compare_scene import Content

translate = QCoreApplication.translate

FIGURE_SPACE = "\N{FIGURE SPACE}"


@dataclass(frozen=True)
class Probe:
    """What is at one place of the input image.

    Attributes
    ----------
    column, row : int
        The input pixel.
    texts : dict
        Values in words by the key of their field, those of panels that have a pixel there.
    """

    column: int
    row: int
    texts: dict[str, str] = field(default_factory=dict)


def fields(contents: Mapping[str, Content]) -> list[Field]:
    """Gives the places of the read-out, each as wide as its values get."""
    if INPUT not in contents:
        return []
    height, width = contents[INPUT].layer.size
    result = [
        Field("x", "x", "8" * len(str(width))),
        Field("y", "y", "8" * len(str(height)), joined=True),
        Field(INPUT, translate("ComparePanel", "in"), widest(contents[INPUT].layer)),
    ]
    for name, content in contents.items():
        if name == INPUT:
            continue
        if name.endswith(ERROR):
            label = translate("ComparePanel", "error")
            result.append(Field(name, label, widest(content.layer), joined=True))
        else:
            label = content.title if content.title.isupper() else content.title.lower()
            label = label.replace("lsh", "LSH")
            result.append(
                Field(name, label, widest(content.layer), TECHNIQUE_COLOURS.get(name, ""))
            )
    return result


def probe(contents: Mapping[str, Content], point: tuple[float, float] | None) -> Probe | None:
    """Gives what is at a place of the input image; None beside it."""
    if point is None or INPUT not in contents:
        return None
    cell = contents[INPUT].layer.at(*point)
    if cell is None:
        return None
    row, column = cell
    texts = {"x": str(column), "y": str(row)}
    for name, content in contents.items():
        place = content.layer.at(*point)
        if place is not None:
            texts[name] = padded(content.layer, content.layer.texts(*place))
    return Probe(column, row, texts)


def padded(layer: Layer, texts: list[str]) -> str:
    """Gives the channels of a pixel, whole numbers each in a place of its own."""
    if layer.pixels.dtype.kind in "uib" and len(texts) > 1:
        places = len(str(int(max(layer.levels))))
        texts = [text.rjust(places, FIGURE_SPACE) for text in texts]
    return ",".join(texts)


def widest(layer: Layer) -> str:
    """Gives a text as wide as a value of a picture gets, one digit to spare beyond its levels."""
    channels = layer.pixels.shape[2] if layer.pixels.ndim == 3 else 1
    reach = max(abs(level) for level in layer.levels)
    if layer.pixels.dtype.kind in "uib":
        return ",".join(["8" * len(str(int(reach)))] * channels)
    places = decimals(reach)
    if places < 0:
        return ",".join([f"{MINUS}8.88e{MINUS}88"] * channels)
    digits = max(math.floor(math.log10(reach)) + 1, 1) + 1 if reach else 1
    return ",".join([MINUS + "8" * digits + ("." + "8" * places if places else "")] * channels)
