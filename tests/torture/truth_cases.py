"""Random images and settings, small enough for thousands of runs of the whole window."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from convgui.model import edit
from convgui.model.image import Image
from convgui.model.parameters import BY_KEY, CUSTOM
from convgui.model.session import Session
from cyconv import filters

SMALL = {
    "kernel_size": 6, "filter_count": 6, "stride": 4, "padding": 5, "dilation": 3, "piece": 20,
    "hashes": 12, "rank": 12, "threads": 3, "width": 30, "height": 26, "threshold": 40,
    "step": 300, "divisor": 20, "sigma": 4, "lsh_seed": 5, "filter_seed": 5, "rank_seed": 5,
}  # fmt: skip
"""What numbers are drawn up to: larger ones make the same numbers slowly."""

OFTEN = {"width": 0.1, "height": 0.1, "threads": 0.2, "stride": 0.3, "dilation": 0.3, "gray": 0.3}
"""Shares of the cases in which a parameter is not left as it is at first."""


def image(rng: np.random.Generator, number: int) -> Image:
    """Draws a picture: grey or in colour, noise or with much that is alike."""
    height, width = int(rng.integers(5, 27)), int(rng.choice([5, 9, 12, 17, 26, 40]))
    shape = (height, width) if rng.random() < 0.4 else (height, width, 3)
    pixels = rng.integers(0, 256, shape)
    way = rng.random()
    if way < 0.15:
        pixels[...] = pixels.flat[0]
    elif way < 0.35:
        pixels[:] = pixels[:, :1]
    elif way < 0.5:
        pixels[: height // 2] = 200
    elif way < 0.65 and pixels.ndim == 3:
        pixels[...] = pixels[..., :1]
    if rng.random() < 0.3:
        return Image((pixels * 257.5).astype(np.float32), f"case {number}", stored="uint16")
    return Image(pixels.astype(np.uint8), f"case {number}")


def session(rng: np.random.Generator) -> Session:
    """Draws parameters as the dock offers them."""
    made = Session()
    keys = [each.name for each in fields(Session) if each.name in BY_KEY]
    for key in rng.permutation(keys):
        if rng.random() < OFTEN.get(str(key), 0.6):
            made = edit.change(made, str(key), _value(rng, str(key)))
    if rng.random() < 0.2:
        own = rng.normal(size=tuple(int(each) for each in rng.integers(1, 5, 2)))
        made = edit.with_weights(made, np.round(own, 3))
    elif made.filter_name == CUSTOM:
        made = edit.change(made, "filter_name", str(rng.choice(list(filters.PRESETS))))
    if made.filter_name in filters.PRESETS:
        sizes = [size for size in filters.PRESETS[made.filter_name].sizes if size <= 9]
        if made.kernel_size not in sizes:
            made = replace(made, kernel_size=int(rng.choice(sizes)))
    return made


def _value(rng: np.random.Generator, key: str) -> object:
    parameter = BY_KEY[key]
    if parameter.kind == "bool":
        return bool(rng.integers(2))
    if parameter.kind == "choice":
        return str(rng.choice([name for name, _ in parameter.choices]))
    most = min(parameter.maximum, SMALL.get(key, parameter.maximum))
    if parameter.kind == "int":
        value = int(rng.integers(int(parameter.minimum), int(most) + 1))
        return None if parameter.default is None and value == 0 else value
    if rng.random() < 0.3:
        return float(parameter.minimum)
    return round(float(rng.uniform(parameter.minimum, most)), parameter.decimals)
