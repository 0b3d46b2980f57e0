"""Small convolutions that nobody would choose, and what they must give, in float64."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np

from cyconv import Geometry
from cyconv.geometry import Placement

KERNELS = [1, 1, 2, 2, 3, 3, 3, 4, 5, 6, 7, 9]
PIXELS = [np.uint8, np.float32, np.float64]
WEIGHTS = ["f4", "f4", "f4", "f8", "f8", "f2", "i1", "i8", "u2", "?", ">f4", ">i2"]
MOST = 40_000
"""Products of a scene, at the most: its windows are all laid out at once."""


class Scene:
    """An image, filters, geometry and bias, with all windows that lie on the image.

    Attributes
    ----------
    given : tuple
        Image, filters and bias as they are handed over, in any memory order and type.
    windows : groups x N x (C/groups K_h K_w)
    weights : groups x M/groups x (C/groups K_h K_w)
        As the library converts them before it computes.
    """

    def __init__(self, image, bank, geometry, bias=None):
        self.given = image, bank, bias
        self.geometry = geometry
        pixels = np.array(image, np.float64)
        pixels = pixels[None] if pixels.ndim == 2 else pixels
        self.shape = pixels.shape
        self.real = np.dtype(np.float64 if np.asarray(image).dtype.str[1:] == "f8" else np.float32)
        whole = bank[None, None] if bank.ndim == 2 else bank
        self.bank = whole.astype(self.real)
        self.bias = None if bias is None else np.asarray(bias).astype(self.real).astype(np.float64)
        self.placement = placed(pixels.shape[1:], whole.shape[2:], geometry)
        self.windows = self._laid_out(pixels)
        groups = geometry.groups
        self.weights = self.bank.astype(np.float64).reshape(groups, len(whole) // groups, -1)

    def _laid_out(self, pixels):
        padded = np.zeros((len(pixels), *self.placement.padded))
        (top, left), (height, width) = self.placement.before, pixels.shape[1:]
        padded[:, top : top + height, left : left + width] = pixels
        rows, columns = self.placement.output
        (down, right), (dy, dx) = self.geometry.strides, self.geometry.dilations
        y = np.add.outer(np.arange(rows) * down, np.arange(self.bank.shape[2]) * dy)
        x = np.add.outer(np.arange(columns) * right, np.arange(self.bank.shape[3]) * dx)
        seen = padded[:, y[:, None, :, None], x[None, :, None, :]]
        groups = self.geometry.groups
        seen = seen.reshape(groups, len(pixels) // groups, rows * columns, -1)
        return np.ascontiguousarray(seen.transpose(0, 2, 1, 3)).reshape(groups, rows * columns, -1)

    @property
    def depth(self):
        """Products of an output."""
        return self.weights.shape[2]

    @property
    def eps(self):
        """Of the type computed in, and what the sums here are themselves off by."""
        return float(np.finfo(self.real).eps) + float(np.finfo(np.float64).eps)

    def planes(self, columns):
        """Gives groups x M/groups x N as outputs, M x O_h x O_w."""
        return columns.reshape(-1, *self.placement.output)

    def added(self, outputs):
        """Gives outputs with the bias."""
        return outputs if self.bias is None else outputs + self.bias[:, None, None]

    @cached_property
    def wanted(self):
        """The convolution."""
        with np.errstate(all="ignore"):
            return self.added(self.planes(self.weights @ self.windows.transpose(0, 2, 1)))

    @cached_property
    def magnitude(self):
        """Sums of absolute products, and of the bias."""
        with np.errstate(all="ignore"):
            sums = np.abs(self.weights) @ np.abs(self.windows).transpose(0, 2, 1)
        bias = 0 if self.bias is None else np.abs(self.bias)[:, None, None]
        return self.planes(sums) + bias

    @property
    def bound(self):
        """How far an output of the exact technique may be off."""
        return self.magnitude * (self.depth + (self.bias is not None)) * self.eps

    def __str__(self):
        image, bank, bias = self.given
        return (
            f"image {image.shape} {image.dtype} {image.strides}, filters {bank.shape} {bank.dtype}"
            f"{'' if bias is None else ', bias ' + str(bias.dtype)}, {self.geometry}"
        )


def placed(size, window, geometry):
    """Gives where windows lie, worked out anew: the library's own placement is on trial, too.

    Padding "same" is ONNX's SAME_UPPER: an odd one out goes below or to the right.
    """
    output, padded, before = [], [], []
    for axis, (side, taps) in enumerate(zip(size, window, strict=True)):
        stride, span = geometry.strides[axis], geometry.dilations[axis] * (taps - 1) + 1
        if geometry.padding == "same":
            total = max(0, (math.ceil(side / stride) - 1) * stride + span - side)
            first = math.floor(total / 2)
        else:
            first = geometry.padding[axis]
            total = 2 * first
        starts = range(0, side + total - span + 1, stride)
        if not starts:
            raise ValueError("no window fits")
        output.append(len(starts))
        padded.append(side + total)
        before.append(first)
    return Placement(tuple(output), tuple(padded), tuple(before))


def off(output, wanted, bound):
    """Says where an output is wrong: "" where it is right, NaN and infinities too."""
    if output.shape != wanted.shape:
        return f"shape {output.shape} in place of {wanted.shape}"
    finite = np.isfinite(wanted)
    with np.errstate(all="ignore"):
        good = np.where(
            finite, np.abs(output - wanted) <= bound,
            (output == wanted) | (np.isnan(output) & np.isnan(wanted)),
        )  # fmt: skip
    if good.all():
        return ""
    place = tuple(int(each) for each in np.argwhere(~good)[0])
    return f"{output[place]!r} in place of {wanted[place]!r} at {place}"


def geometry_for(rng, groups):
    """Draws a geometry, most of them ordinary."""
    plain = rng.random() < 0.3
    stride, dilation = (1, 1), (1, 1)
    if not plain:
        stride = tuple(int(each) for each in rng.choice([1, 1, 2, 3, 5], 2))
        dilation = tuple(int(each) for each in rng.choice([1, 1, 2, 3], 2))
    padding = "same" if rng.random() < 0.2 else tuple(int(each) for each in rng.integers(0, 5, 2))
    return Geometry(stride, 0 if plain and rng.random() < 0.5 else padding, dilation, groups)


def pixels_for(rng, shape, kind):
    """Draws pixels: noise, or what much of is alike."""
    values = rng.integers(0, 256, shape)
    way = rng.random()
    if way < 0.1:
        values[...] = values.flat[0]
    elif way < 0.25:
        values[:] = values[:, :, :1]
    elif way < 0.4:
        values[:] = values[:, :1]
    elif way < 0.5:
        values[:] = values[:1]
    elif way < 0.6:
        values[:, :, shape[2] // 2 :] = 7
    if kind != np.uint8 and rng.random() < 0.5:
        return (values * 0.731 - 33).astype(kind)
    return values.astype(kind)


def seen_otherwise(rng, image):
    """Gives the same pixels in another order of memory, byte order, or read-only."""
    way = int(rng.integers(8))
    if way == 1:
        image = np.asfortranarray(image)
    elif way == 2:
        image = np.repeat(image, 2, axis=2)[:, :, ::2]
    elif way == 3:
        image = np.ascontiguousarray(image[:, ::-1, ::-1])[:, ::-1, ::-1]
    elif way == 4 and image.dtype != np.uint8:
        image = image.astype(image.dtype.newbyteorder())
    elif way == 5:
        room = np.zeros(image.nbytes + 1, np.uint8)
        room[1:] = np.ascontiguousarray(image).view(np.uint8).reshape(-1)
        image = room[1:].view(image.dtype).reshape(image.shape)
    elif way == 6 and len(image) == 1:
        image = image[0]
    elif way == 7:
        image.flags.writeable = False
    return image


def drawn(rng, kernel=None, plain=False, kind=None, specials=False):
    """Draws a scene.

    Parameters
    ----------
    kernel : (int, int), optional
        The window; any without.
    plain : bool
        One group, no stride, no dilation: what some ways of computing need.
    kind : dtype, optional
        Of the pixels.
    specials : bool
        Whether there may be NaN and infinities among them.
    """
    while True:
        groups = 1 if plain else int(rng.choice([1, 1, 1, 2, 3]))
        depth, members = int(rng.integers(1, 4)), int(rng.choice([1, 1, 2, 3, 4, 7, 16, 17]))
        window = kernel or tuple(int(each) for each in rng.choice(KERNELS, 2))
        padding = tuple(int(each) for each in rng.integers(0, 3, 2))
        geometry = Geometry(padding=padding) if plain else geometry_for(rng, groups)
        size = int(rng.integers(1, 14)), int(rng.choice([1, 3, 9, 15, 16, 17, 33, 40]))
        try:
            windows = geometry.place(size, window).windows
        except ValueError:
            continue
        if windows * depth * members * groups * window[0] * window[1] <= MOST:
            break
    kind = PIXELS[rng.integers(3)] if kind is None else kind
    image = pixels_for(rng, (groups * depth, *size), kind)
    if specials and kind != np.uint8:
        places = rng.integers(0, image.size, 2)
        image.reshape(-1)[places] = rng.choice([np.nan, np.inf, -np.inf, 0.0], 2)
    return Scene(
        seen_otherwise(rng, image), weights_for(rng, (groups * members, depth, *window)),
        geometry, bias_for(rng, groups * members),
    )  # fmt: skip


def weights_for(rng, shape):
    """Draws filters of any type."""
    kind = np.dtype(WEIGHTS[rng.integers(len(WEIGHTS))])
    scale = 1 if kind.kind == "f" else 60
    bank = np.abs(rng.normal(size=shape) * scale) if kind.kind in "ub" else (
        np.clip(rng.normal(size=shape) * scale, -100, 100)
    )
    if rng.random() < 0.1:
        bank[rng.random(shape) < 0.5] = 0
    bank = bank.astype(kind)
    return bank[0, 0] if shape[:2] == (1, 1) and rng.random() < 0.5 else bank


def bias_for(rng, count):
    """Draws a bias, or none."""
    if rng.random() < 0.5:
        return None
    return (rng.normal(size=count) * 9).astype(["f4", "f8", "i2"][rng.integers(3)])
