"""Filters by name, from text and from files: what an image is convolved with.

:data:`PRESETS` is the table of the named ones; :func:`make` builds weights from it,
:func:`parse` reads weights that somebody typed, :func:`load` reads them from a file. Nothing is
flipped: the weights are laid on the image as they are written here (cross-correlation).
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import shapes
from .memory import require
from .shapes import Options, Plane
from .weights import load, parse
from .wording import told

__all__ = ["PRESETS", "Preset", "load", "make", "parse"]

ANY_SIZE = range(1, 256)
ODD_SIZE = range(3, 256, 2)
BINOMIAL_SIZE = range(3, 32, 2)


@dataclass(frozen=True)
class Preset:
    """A filter, or a bank of them, that can be asked for by name.

    Attributes
    ----------
    name : str
        The key in :data:`PRESETS`.
    label, description : str
        What a menu shows, and one sentence on what the filter does.
    default_size : int
        The side K that shows it best.
    sizes : sequence of int
        The sides that it can be made in.
    options : frozenset of str
        Which of "divisor", "sigma", "count" and "seed" change its weights. Any preset can be
        made ``count`` times; without "count" here the filters of such a bank are all equal, as
        in the main report.
    bank : str
        How the filters of a bank differ.
    draw : callable
        Gives the planes of weights for a size and options (see :mod:`cyconv.shapes`).
    """

    name: str
    label: str
    description: str
    default_size: int
    sizes: Sequence[int]
    options: frozenset[str]
    bank: str
    draw: Callable[[int, Options], list[Plane]]


_EQUAL = "All filters of a bank are equal."
_TURNED = "Filters of a bank are turned in equal steps over the full circle."
_TABLE: tuple[Preset, ...] = (
    Preset(
        "identity", "Identity", "Leaves every channel as it is.",
        3, ANY_SIZE, frozenset(), _EQUAL, shapes.identity,
    ),
    Preset(
        "blur", "Blur", "The mean of the window: ones over a divisor; a larger one darkens.",
        3, ANY_SIZE, frozenset({"divisor"}), _EQUAL, shapes.blur,
    ),
    Preset(
        "gaussian", "Gaussian", "A smooth blur whose weights fall off with distance.",
        5, ANY_SIZE, frozenset({"sigma", "count"}),
        "Each filter of a bank has a sigma 1.41 times the one before.", shapes.gaussian,
    ),
    Preset(
        "laplacian", "Laplacian (8 neighbours)", "Edges in all directions; flat areas become 0.",
        3, ODD_SIZE, frozenset(), _EQUAL, shapes.laplacian,
    ),
    Preset(
        "laplacian4", "Laplacian (4 neighbours)", "Edges along rows and columns.",
        3, ODD_SIZE, frozenset(), _EQUAL, shapes.laplacian4,
    ),
    Preset(
        "sobel-x", "Sobel x", "Vertical edges: the smoothed slope from left to right.",
        3, BINOMIAL_SIZE, frozenset({"count"}), _TURNED, shapes.sobel_x,
    ),
    Preset(
        "sobel-y", "Sobel y", "Horizontal edges: the smoothed slope from top to bottom.",
        3, BINOMIAL_SIZE, frozenset({"count"}), _TURNED, shapes.sobel_y,
    ),
    Preset(
        "prewitt-x", "Prewitt x", "Vertical edges, all rows of the window weighing the same.",
        3, ODD_SIZE, frozenset({"count"}), _TURNED, shapes.prewitt_x,
    ),
    Preset(
        "prewitt-y", "Prewitt y", "Horizontal edges, all columns weighing the same.",
        3, ODD_SIZE, frozenset({"count"}), _TURNED, shapes.prewitt_y,
    ),
    Preset(
        "sharpen", "Sharpen", "Adds the edges to the image.",
        3, ODD_SIZE, frozenset(), _EQUAL, shapes.sharpen,
    ),
    Preset(
        "emboss", "Emboss", "Light from one corner, as on pressed paper.",
        3, ODD_SIZE, frozenset({"count"}), _TURNED, shapes.emboss,
    ),
    Preset(
        "gabor", "Gabor", "Stripes of one direction and width, as the eye's first cells see.",
        9, range(3, 256), frozenset({"sigma", "count"}),
        "Filters of a bank have up to 8 directions, then other stripe widths too.", shapes.gabor,
    ),
    Preset(
        "random", "Random", "Even weights in [-1, 1) over K x K, drawn with a seed.",
        3, ANY_SIZE, frozenset({"count", "seed"}),
        "Every filter and every channel is drawn anew.", shapes.random,
    ),
)  # fmt: skip
PRESETS: dict[str, Preset] = {preset.name: preset for preset in _TABLE}


def make(
    name: str,
    size: int = 3,
    count: int = 1,
    channels: int = 1,
    *,
    divisor: float | None = None,
    sigma: float | None = None,
    seed: int = 0,
) -> NDArray[np.float64]:
    """Gives a bank of filters by name.

    Parameters
    ----------
    name : str
        A key of :data:`PRESETS`.
    size : int, default 3
        Side K of the window; ``PRESETS[name].sizes`` lists what the preset can be made in.
    count, channels : int, default 1
        Number of filters M, and of channels C that each of them sees. All channels get the
        same weights, but for "random".
    divisor : float, optional
        Of the blur; K * K, the mean, if left out. The main report's 0.11 is 1 / 0.11.
    sigma : float, optional
        Standard deviation in pixels of the Gaussian and of the Gabor filter's envelope. If left
        out or 0 it follows from the size: 0.3 ((K - 1) / 2 - 1) + 0.8.
    seed : int, default 0
        Of the random bank. Same seed, same weights, whatever the version of numpy.

    Returns
    -------
    ndarray of float64, M x C x K x K

    Raises
    ------
    ValueError
        If the name is unknown, the preset can't be made in that size, or a number is out of
        range.
    MemoryError
        If the bank would not fit, before anything is allocated.
    """
    preset = PRESETS.get(name) if isinstance(name, str) else None
    if preset is None:
        raise ValueError(f"name must be one of {', '.join(PRESETS)}, got {told(name)}")
    size, count = _whole("size", size, 1), _whole("count", count, 1)
    channels, seed = _whole("channels", channels, 1), _whole("seed", seed, 0)
    if size not in preset.sizes:
        raise ValueError(f"size must be {_words(preset.sizes)} for {told(name)}, got {size}")
    divisor = _real("divisor", float(size * size) if divisor is None else divisor)
    if divisor == 0 or not math.isfinite(1 / divisor):
        raise ValueError(f"divisor must not be 0 or too near to it, got {told(divisor)}")
    # The rule that OpenCV uses too, kept above 0 for a window of one or two pixels.
    sigma = _real("sigma", 0.0 if sigma is None else sigma)
    sigma = sigma or max(0.3 * ((size - 1) * 0.5 - 1) + 0.8, 0.3)
    if sigma <= 0:
        raise ValueError(f"sigma must be above 0, got {told(sigma)}")
    require(count * channels * size * size * 8, f"{count} filters of {channels} x {size} x {size}")
    options = Options(count, channels, divisor, sigma, seed)
    planes = np.stack(preset.draw(size, options))
    if len(planes) == count * channels:
        planes = planes.reshape(count, channels, size, size)
    else:
        planes = np.repeat(planes[:, None], channels, axis=1)
    return np.ascontiguousarray(planes)


def _whole(name: str, value: object, least: int) -> int:
    """Gives an int of at least ``least``, or says what is wrong with it."""
    try:
        if isinstance(value, bool):
            raise TypeError
        number = operator.index(value)  # type: ignore[arg-type]  # it is found out
    except TypeError:
        raise ValueError(f"{name} must be an int, got {told(value)}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    return number


def _real(name: str, value: object) -> float:
    """Gives a finite float, or says what is wrong with it."""
    try:
        number = float(value)  # type: ignore[arg-type]  # it is found out
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} must be a number, got {told(value)}") from None
    if not math.isfinite(number):
        raise ValueError(f"{name} must be finite, got {told(value)}")
    return number


def _words(sizes: Sequence[int]) -> str:
    """Says which sizes there are."""
    step = "an odd number" if isinstance(sizes, range) and sizes.step == 2 else "a number"
    return f"{step} from {sizes[0]} to {sizes[-1]}"
