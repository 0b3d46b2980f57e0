"""Differences as the eye sees them when two images take turns: LDR-FLIP.

Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström and Fairchild, "FLIP: A Difference Evaluator
for Alternating Images", Proceedings of the ACM on Computer Graphics and Interactive Techniques
3(2), 2020. Numbers of equations and tables below are the paper's.

An output of one filter is a grey image: red, green and blue are the value that the screen shows,
in sRGB. Its chroma is 0 before and after every step, so only the achromatic channel is worked
out, and the colour difference is that of lightness alone. The grey result is that of a colour
image whose channels are equal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Tell = Callable[[Any], None]

DISTANCE, WIDTH, PIXELS = 0.7, 0.7, 3840
"""Metres to the screen, its width in metres and in pixels, as the paper supposes them."""
PER_DEGREE = DISTANCE * PIXELS / WIDTH * np.pi / 180
"""Pixels in a degree of what is seen there, 67.02."""

# Table 1: a1, b1, a2, b2 of the contrast sensitivity of each channel of YCxCz.
_SENSITIVITY = (
    (1.0, 0.0047, 0.0, 1e-5),
    (1.0, 0.0053, 0.0, 1e-5),
    (34.1, 0.04, 13.5, 0.025),
)
_FEATURE_WIDTH = 0.082
"""Degrees that an edge is wide, section 4.2."""
_COLOUR_POWER, _FEATURE_POWER = 0.7, 0.5
_KNEE, _AT_KNEE = 0.4, 0.95
"""Of the largest colour difference, and what it becomes, section 4.1.3."""
_BAND = 256
"""Rows worked on together, so that a large image needs little memory beside it."""

# The primaries and the white of sRGB (IEC 61966-2-1) as x and y.
_PRIMARIES, _WHITE = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), (0.3127, 0.3290)


class _Lobes(NamedTuple):
    """The filters along one axis that find features, and the one across it."""

    smooth: Plane
    edge: Plane
    point: Plane


def flip(
    reference: NDArray[Any],
    test: NDArray[Any],
    per_degree: float = PER_DEGREE,
    progress: Tell | None = None,
) -> Plane:
    """Gives how different two images look where they are, 0 (not at all) to 1.

    Parameters
    ----------
    reference, test : ndarray, H x W or H x W x 3
        As they are shown, sRGB from 0 to 1; what lies beyond is shown as the nearer of these.
    per_degree : float
        Pixels of the image in a degree of the field of view.
    progress : callable, optional
        Called between bands of rows; may raise :class:`cyconv.Cancelled`.

    Returns
    -------
    ndarray, H x W, float32

    Raises
    ------
    ValueError
        If the shapes differ or are others, a value is not finite, or ``per_degree`` is not above 0.
    """
    if reference.shape != test.shape:
        raise ValueError(f"test must have the shape {reference.shape}, got {test.shape}")
    if reference.ndim not in (2, 3) or reference.shape[2:] not in ((), (3,)):
        raise ValueError(f"reference must be H x W or H x W x 3, got shape {reference.shape}")
    if not per_degree > 0:
        raise ValueError(f"per_degree must be above 0, got {per_degree}")
    result = np.empty(reference.shape[:2], np.float32)
    height = len(result)
    reach = max(_radius(per_degree), len(_lobes(per_degree).edge) // 2)
    for top in range(0, height, _BAND):
        if progress is not None:
            progress(None)
        bottom = min(top + _BAND, height)
        rows = slice(max(0, top - reach), min(height, bottom + reach))
        linear = [_linear(each[rows]) for each in (reference, test)]
        band = _of_band(linear, per_degree)
        result[top:bottom] = band[top - rows.start :][: bottom - top]
    return result


def _of_band(linear: Sequence[Plane], per_degree: float) -> Plane:
    """Gives the difference of two linear images, planes first (equation 9)."""
    colour = _colour_difference(*(_as_seen(each, per_degree) for each in linear))
    bright = [each[0] if len(each) == 1 else _across(each, _to_xyz()[1:2])[0] for each in linear]
    feature = _feature_difference(bright[0], bright[1], per_degree)
    return np.asarray(np.power(colour, 1 - feature), np.float32)


def _linear(image: NDArray[Any]) -> Plane:
    """Gives the light that a screen makes of sRGB values, planes first."""
    values = np.asarray(image, np.float32)
    if not np.isfinite(values).all():
        raise ValueError("images must be finite, got values that are not")
    planes = values[None] if values.ndim == 2 else np.moveaxis(values, 2, 0)
    planes = np.clip(planes, 0, 1)
    curved = ((planes + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(planes <= 0.04045, planes / np.float32(12.92), curved)


def _as_seen(linear: Plane, per_degree: float) -> Plane:
    """Gives the Hunt-adjusted L*a*b* of an image, or only L*, at that distance (section 4.1).

    The three channels are filtered in YCxCz (equation 1), which is linear in the light: a grey
    image is filtered as it is.
    """
    if len(linear) == 1:
        seen = np.clip(_blurred(linear[0], 0, per_degree), 0, 1)
        return np.asarray((116 * _root(seen) - 16)[None], np.float32)
    # Over 116, 500 and 200 these are luminance, and its distance from X and Z; no filter of unit
    # sum knows of the constants.
    x, y, z = _across(linear, _to_xyz())
    planes = (y, x - y, y - z)
    y, red, blue = (_blurred(each, at, per_degree) for at, each in enumerate(planes))
    filtered = _across(np.stack([y + red, y, y - blue]), np.asarray(np.linalg.inv(_to_xyz())))
    return _hunt(_lab(np.clip(filtered, 0, 1)))


def _lab(linear: Plane) -> Plane:
    x, y, z = (_root(each) for each in _across(linear, _to_xyz()))
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def _hunt(lab: Plane) -> Plane:
    """Gives colours that are the more colourful, the lighter they are (equation 4)."""
    light, a, b = lab
    return np.stack([light, np.float32(0.01) * light * a, np.float32(0.01) * light * b])


def _colour_difference(one: Plane, other: Plane) -> Plane:
    """Gives the HyAB distance, compressed to 0..1 (equations 5 and 6)."""
    far = np.power(_hyab(one, other), np.float32(_COLOUR_POWER))
    most = _most()
    knee = _KNEE * most
    beyond = _AT_KNEE + (far - knee) / (most - knee) * (1 - _AT_KNEE)
    return np.asarray(np.where(far < knee, far * (_AT_KNEE / knee), beyond), np.float32)


def _hyab(one: Plane, other: Plane) -> Plane:
    apart = one - other
    distance = np.abs(apart[0])
    return distance if len(apart) == 1 else np.asarray(distance + np.hypot(apart[1], apart[2]))


@cache
def _most() -> float:
    """Gives the largest difference of two colours, that of green and blue."""
    green, blue = (np.array(each, np.float32).reshape(3, 1, 1) for each in ((0, 1, 0), (0, 0, 1)))
    far = float(_hyab(_hunt(_lab(green)), _hunt(_lab(blue)))[0, 0])
    return float(far**_COLOUR_POWER)


def _feature_difference(one: Plane, other: Plane, per_degree: float) -> Plane:
    """Gives how differently strong edges and points are, 0 to 1 (equations 7 and 8)."""
    lobes = _lobes(per_degree)
    found = np.zeros(one.shape, np.float32)
    for along in (lobes.edge, lobes.point):
        strengths = [
            np.hypot(_filtered(each, along, lobes.smooth), _filtered(each, lobes.smooth, along))
            for each in (one, other)
        ]
        np.maximum(found, np.abs(strengths[0] - strengths[1]), out=found)
    share = np.clip(found / np.float32(np.sqrt(2)), 0, 1)
    return np.asarray(np.power(share, np.float32(_FEATURE_POWER)))


@cache
def _lobes(per_degree: float) -> _Lobes:
    """Gives a Gaussian and its derivatives, each side of which sums to 1 (section 4.2)."""
    deviation = 0.5 * _FEATURE_WIDTH * per_degree
    radius = int(np.ceil(3 * deviation))
    x = np.arange(-radius, radius + 1)
    smooth = np.exp(-(x**2) / (2 * deviation**2))
    edge, point = -x * smooth, ((x / deviation) ** 2 - 1) * smooth
    sides = (np.where(each > 0, each / each[each > 0].sum(), -each / each[each < 0].sum())
             for each in (edge, point))  # fmt: skip
    return _Lobes(*(each.astype(np.float32) for each in (smooth / smooth.sum(), *sides)))


def _radius(per_degree: float) -> int:
    """Gives how far the widest of all Gaussians of the sensitivities reaches, in pixels."""
    widest = max(max(b1, b2) for _, b1, _, b2 in _SENSITIVITY)
    return int(np.ceil(3 * np.sqrt(widest / (2 * np.pi**2)) * per_degree))


def _blurred(plane: Plane, channel: int, per_degree: float) -> Plane:
    """Gives a channel filtered by its contrast sensitivity (equations 2 and 3)."""
    radius = _radius(per_degree)
    degrees = np.arange(-radius, radius + 1) / per_degree
    a1, b1, a2, b2 = _SENSITIVITY[channel]
    total, result = 0.0, np.zeros(plane.shape, np.float32)
    for a, b in ((a1, b1), (a2, b2)):
        if a:
            taps = np.exp(-(np.pi**2) * degrees**2 / b)
            weight = a * np.sqrt(np.pi / b) * taps.sum() ** 2
            taps = (taps / taps.sum()).astype(np.float32)
            result += np.float32(weight) * _filtered(plane, taps, taps)
            total += float(weight)
    return result / np.float32(total)


def _filtered(plane: Plane, along: Plane, across: Plane) -> Plane:
    """Gives a plane under a row of weights and a column of them; its edge goes on for ever."""
    from convgui.opencv import cv2

    return np.asarray(
        cv2.sepFilter2D(plane, cv2.CV_32F, along, across, borderType=cv2.BORDER_REPLICATE)
    )


def _root(share: Plane) -> Plane:
    """Gives the cube root of L*a*b*, straight near 0 (CIE 15)."""
    edge = 6 / 29
    straight = share / np.float32(3 * edge**2) + np.float32(4 / 29)
    return np.where(share > edge**3, np.cbrt(np.maximum(share, 0)), straight)


def _across(planes: Plane, matrix: NDArray[Any]) -> Plane:
    return np.tensordot(matrix.astype(np.float32), planes, axes=1)


@cache
def _to_xyz() -> NDArray[np.float64]:
    """Gives the matrix from linear sRGB to X, Y, Z, each over that of white."""
    columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in _PRIMARIES]).T
    x, y = _WHITE
    white = np.array([x / y, 1, (1 - x - y) / y])
    return np.asarray(columns * np.linalg.solve(columns, white) / white[:, None])
