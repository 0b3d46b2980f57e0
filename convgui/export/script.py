"""A run as a short Python program."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np

from convgui.model.damage import ANYTHING
from convgui.model.image import Image
from convgui.model.parameters import CUSTOM, bank_weights
from convgui.model.reader import ASK_ABOVE
from convgui.model.resolve import TECHNIQUES
from convgui.model.session import Session
from convgui.model.shown import shown
from cyconv import Technique, filters

_SCRIPT = '''\
"""Repeats a comparison of convgui; run it where convgui is installed."""

import numpy as np

import cyconv
from convgui.model.prepare import prepare
from convgui.model.reader import read_image
{imports}
pixels = read_image({read}).pixels
image = prepare({prepare})
{filters}
geometry = cyconv.Geometry({geometry})
techniques = {{
{techniques}
}}

exact = cyconv.convolve(image, filters, cyconv.Exact(), geometry{threads})
print(f"{{'PSNR, dB':>34}}{{'SSIM':>8}}{{'multiplications':>17}}{{'additions':>16}}{{'ms':>8}}")
for name, technique in techniques.items():
    result = exact
    if technique != cyconv.Exact():
        result = cyconv.convolve(image, filters, technique, geometry{threads})
    accuracy, executed = cyconv.compare(result.output, exact.output), result.executed
    print(
        f"{{name:14}}{{accuracy.psnr!r:>20}}{{accuracy.ssim:8.4f}}"
        f"{{executed.multiplications:17}}{{executed.additions:16}}{{1000 * result.seconds:8.1f}}"
    )
'''


def script(session: Session, image: Image | None, source: str, weights: str) -> str:
    """Gives the program that repeats a run and prints its headline figures.

    It reads the image as the window does and computes with the public names of cyconv. The
    parameters are those of :func:`convgui.export.command_line.command_line`.
    """
    read = _quoted(source)
    imports = ""
    if not source:
        imports = "from convgui.model.samples import SAMPLES, sample_path\n"
        read = "sample_path(SAMPLES[0].name)"
    if image is not None and image.width * image.height > ASK_ABOVE:
        read += ", max_pixels=None"
    if image is not None and image.damaged:
        # Whatever was allowed when it was opened, this gives the same picture.
        read += f", damage={_quoted(ANYTHING)}"
    sizes = {"width": session.width or None, "height": session.height or None,
             "gray": session.gray}  # fmt: skip
    padding = "same" if session.same_padding else session.padding
    geometry = {"stride": session.stride, "padding": padding, "dilation": session.dilation}
    usual = {"stride": 1, "padding": 0, "dilation": 1}
    made = ((name, TECHNIQUES[name](session)) for name in shown(session))
    return _SCRIPT.format(
        imports=imports,
        read=read,
        prepare=", ".join(["pixels", *_keywords(sizes, {})]),
        filters=_filters(session, weights),
        geometry=", ".join(_keywords(geometry, usual)),
        techniques="\n".join(f'    "{name}": {_called(technique)},' for name, technique in made),
        threads=f", threads={session.threads}" if session.threads else "",
    )


def _keywords(values: dict[str, Any], usual: dict[str, Any]) -> list[str]:
    """Gives arguments that are neither usual nor nothing."""
    return [f"{name}={_quoted(value)}" for name, value in values.items()
            if value != usual.get(name) and value is not None and value is not False]  # fmt: skip


def _called(technique: Technique) -> str:
    """Gives the call that makes a technique."""
    arguments = [
        f"{field.name}={_quoted(getattr(technique, field.name))}"
        for field in fields(technique)  # type: ignore[arg-type]  # every technique is a dataclass
        if field.repr and getattr(technique, field.name) != field.default
    ]
    return f"cyconv.{type(technique).__name__}({', '.join(arguments)})"


def _filters(session: Session, weights: str) -> str:
    """Gives the lines that make the bank."""
    if session.filter_name != CUSTOM:
        options = filters.PRESETS[session.filter_name].options
        taken = {"divisor": session.divisor, "sigma": session.sigma, "seed": session.filter_seed}
        more = {name: value for name, value in taken.items() if name in options and value}
        call = ", ".join(
            [f'"{session.filter_name}"', repr(session.kernel_size), repr(session.filter_count),
             "len(image)", *_keywords(more, {})]
        )  # fmt: skip
        return f"filters = cyconv.filters.make({call}).astype(np.float32)"
    if weights:
        given = f"weights = np.load({_quoted(weights)})"
    else:
        rows = ",\n    ".join(map(_listed, session.weights or ()))
        given = f"weights = np.array([\n    {rows},\n])"
    if not bank_weights(session):
        spread = f"np.tile(weights, ({session.filter_count}, len(image), 1, 1))"
    elif np.shape(session.weights)[1] == 1:
        spread = "np.repeat(weights, len(image), axis=1)"
    else:
        spread = "weights"
    return f"{given}\nfilters = {spread}.astype(np.float32)"


def _listed(values: object) -> str:
    """Gives nested tuples as nested lists."""
    if isinstance(values, tuple):
        return f"[{', '.join(map(_listed, values))}]"
    return repr(values)


def _quoted(value: object) -> str:
    """Gives a value as Python reads it, texts in double quotes where that is no harm."""
    plain = isinstance(value, str) and not set(value) & set("\"\\") and value.isprintable()
    return f'"{value}"' if plain else repr(value)
