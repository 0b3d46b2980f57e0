"""The colours of clusters: one for each, or how large it is, or how much of the error it causes.

The few largest clusters have colours of their own, which differ in lightness as well as in hue.
All others are coloured by a hash of their number, the same every time; there may be thousands, so
that two may look alike, but mostly no two that touch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import colour_maps, lookup, maps
from .cluster_view import BY_MEMBERS, Clusters, Tell, ranked
from .numbers import percent, si
from .resolve import Request

BY_CLUSTER, BY_SIZE, BY_SHARE, IMAGE = "cluster", "size", "error", "image"
COLOURINGS = (BY_CLUSTER, BY_SIZE, BY_SHARE, IMAGE)

_OWN = ("#156fff", "#fff23e", "#5c3005", "#d0c9e7", "#0d8280", "#003190", "#b6aa2b", "#23000e")
"""As far from each other as eight colours were found to be for protanopes, deuteranopes and all
others: 0.2 in OKLab at the least, ten times what is just seen."""

_HUES, _SHADES = 12, 7
COLOURS = 3
PART = 1 << 18
"""Pixels that are painted at once."""

FLOOR = 1e-4
"""Shares of the error are told apart down to so much of the largest."""

MAP = "ember"


@dataclass(frozen=True, eq=False)
class Painted:
    """A picture of all windows.

    Attributes
    ----------
    pixels : O_h x O_w, or O_h x O_w x 3
    levels : Levels
    table : ndarray or None
        Of a plane of numbers; None for colours.
    ends : (str, str)
        What the first and the last colour stand for.
    """

    pixels: NDArray[Any]
    levels: maps.Levels
    table: lookup.Table | None = None
    ends: tuple[str, str] = ("", "")


def _others() -> NDArray[np.uint8]:
    """Gives the colours that hashes choose from: hues by shades, of even lightness steps."""
    hue = 2 * np.pi * np.arange(_HUES) / _HUES
    light = np.linspace(0.35, 0.85, _SHADES)
    chroma = 0.085
    lab = np.stack(
        np.broadcast_arrays(light[:, None], chroma * np.cos(hue), chroma * np.sin(hue)), axis=-1
    )
    return np.rint(255 * lookup.srgb(lab.reshape(-1, 3))).astype(np.uint8)


def _hashed(numbers: NDArray[Any]) -> NDArray[np.uint32]:
    """Gives 32 well mixed bits a number (C. Wellons, "lowbias32", 2018)."""
    mixed = numbers.astype(np.uint32) + np.uint32(1)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    return mixed ^ (mixed >> np.uint32(16))


def colours(clusters: Clusters) -> NDArray[np.uint8]:
    """Gives the colour of each cluster, K x 3."""
    choice = _others()
    places = _hashed(np.arange(len(clusters.counts))) % np.uint32(len(choice))
    found: NDArray[np.uint8] = choice[places]
    for place, cluster in enumerate(ranked(clusters, BY_MEMBERS, len(_OWN))):
        found[cluster] = [int(_OWN[place][at : at + 2], 16) for at in (1, 3, 5)]
    return found


def swatches(clusters: Clusters, wanted: list[int]) -> list[str]:
    """Gives the colours of a few clusters as "#rrggbb"."""
    found = colours(clusters)
    return ["#{:02x}{:02x}{:02x}".format(*found[each]) for each in wanted]


def paint(
    clusters: Clusters, colouring: str, request: Request, progress: Tell | None = None
) -> Painted:
    """Gives the picture of all windows.

    Parameters
    ----------
    clusters : Clusters
    colouring : str
        One of ``COLOURINGS``. Sizes and shares of the error are shown as logarithms to base 10;
        ``"image"`` shows the pixel in the middle of each window.
    request : Request
        What was run.
    progress : callable, optional
        May raise :class:`cyconv.Cancelled`.

    Raises
    ------
    ValueError
        If the colouring is unknown.
    """
    if colouring not in COLOURINGS:
        raise ValueError(f"colouring must be one of {', '.join(COLOURINGS)}, got {colouring!r}")
    if progress is not None:
        progress(None)
    if colouring == IMAGE:
        return _image(clusters, request, progress)
    if colouring == BY_CLUSTER:
        pixels = _spread(colours(clusters), clusters.ids, progress)
        return Painted(pixels, maps.Levels(0.0, 255.0))
    table = colour_maps.named(MAP).table
    if colouring == BY_SIZE:
        least, most = int(clusters.counts.min()), int(clusters.counts.max())
        values = np.log10(clusters.counts)
        levels = _levels(math.log10(least), math.log10(most))
        ends = si(least), si(most)
    else:
        shares = clusters.shares
        finite = shares[np.isfinite(shares)]
        most_share = float(finite.max(initial=0.0)) or 1.0
        low = most_share * FLOOR
        with np.errstate(invalid="ignore"):
            values = np.log10(np.maximum(shares, low))
        levels = _levels(math.log10(low), math.log10(most_share))
        least_words = percent(100 * low)
        ends = f"≤ {least_words.removeprefix('< ')}", percent(100 * most_share)
    pixels = _spread(values.astype(np.float32), clusters.ids, progress)
    return Painted(pixels, levels, table, ends)


def _spread(
    values: NDArray[Any], ids: NDArray[np.int32], progress: Tell | None
) -> NDArray[Any]:
    """Gives each window its cluster's value, in parts: no other thread runs while one is taken."""
    pixels = np.empty((*ids.shape, *values.shape[1:]), values.dtype)
    for part in _parts(ids.shape, progress):
        np.take(values, ids[part], axis=0, out=pixels[part], mode="clip")
    return pixels


def _parts(size: tuple[int, ...], progress: Tell | None) -> Iterator[slice]:
    rows = max(1, PART // size[1])
    for top in range(0, size[0], rows):
        if progress is not None:
            progress(None)
        yield slice(top, top + rows)


def _levels(low: float, high: float) -> maps.Levels:
    return maps.Levels(low, high if high > low else low + 1.0)


def _image(clusters: Clusters, request: Request, progress: Tell | None) -> Painted:
    """Gives the middle pixels of the windows: the image as the clusters lie on it."""
    geometry, image = request.geometry, request.image
    window = (int(request.filters.shape[2]), int(request.filters.shape[3]))
    size = (int(image.shape[1]), int(image.shape[2]))
    before = geometry.place(size, window).before
    places = []
    for axis in (0, 1):
        at = np.arange(clusters.ids.shape[axis]) * geometry.strides[axis]
        at += geometry.dilations[axis] * (window[axis] - 1) // 2 - before[axis]
        places.append(np.clip(at, 0, size[axis] - 1))
    levels = maps.image_levels(image)
    if image.shape[0] != COLOURS:
        plane = np.empty(clusters.ids.shape, image.dtype)
        for part in _parts(plane.shape, progress):
            plane[part] = image[0, places[0][part, None], places[1]]
        return Painted(plane, levels, lookup.gray())
    pixels = np.empty((*clusters.ids.shape, COLOURS), image.dtype)
    for part in _parts(pixels.shape, progress):
        pixels[part] = np.moveaxis(image[:, places[0][part, None], places[1]], 0, -1)
    return Painted(pixels, levels)
