"""The convolutions that are timed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cyconv import Geometry, filters


@dataclass(frozen=True)
class Case:
    """A convolution: its group in the table, sizes, geometry and type of pixel.

    Attributes
    ----------
    group : str
        ``"one"`` filter on a large image, or a ``"bank"`` as in a network's layer.
    name : str
    channels, height, width : int
        Of the image, without padding.
    filters, side : int
        Number of filters, and side of their windows.
    stride, padding, dilation, groups : int
    pixel : str
        ``"float32"`` or ``"uint8"``.
    separable : bool
        Whether the filters are Gaussians rather than noise.
    """

    group: str
    name: str
    channels: int
    height: int
    width: int
    filters: int
    side: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    groups: int = 1
    pixel: str = "float32"
    separable: bool = False

    @property
    def geometry(self) -> Geometry:
        """Stride, padding, dilation and groups."""
        return Geometry(self.stride, self.padding, self.dilation, self.groups)

    @property
    def depth(self) -> int:
        """Products in one output, C / groups K K."""
        return self.channels // self.groups * self.side**2

    @property
    def outputs(self) -> int:
        """Output values, M N."""
        place = self.geometry.place((self.height, self.width), (self.side, self.side))
        return self.filters * place.windows

    @property
    def operations(self) -> int:
        """Multiplications and additions of the direct way, 2 M N D, whatever way is taken."""
        return 2 * self.outputs * self.depth

    @property
    def traffic(self) -> int:
        """Bytes that must at least be read and written: image, filters, output."""
        pixel = np.dtype(self.pixel).itemsize
        image = self.channels * self.height * self.width * pixel
        return image + 4 * (self.filters * self.depth + self.outputs)

    def data(self) -> tuple[NDArray[np.generic], NDArray[np.float32]]:
        """Gives image and filters, the same every time."""
        draw = np.random.default_rng(0)
        image: NDArray[np.generic] = draw.random(
            (self.channels, self.height, self.width), np.float32
        )
        if self.pixel == "uint8":
            image = (255 * image).astype(np.uint8)
        shape = (self.filters, self.channels // self.groups, self.side, self.side)
        if self.separable:
            weights = filters.make("gaussian", self.side, channels=self.channels)
            return image, weights.astype(np.float32)
        return image, draw.standard_normal(shape, np.float32)


def _one(side: int, channels: int = 1, pixel: str = "float32", separable: bool = False) -> Case:
    name = f"{'Gaussian ' if separable else ''}{side} x {side} {'grey' if channels == 1 else 'RGB'}"
    return Case(
        "one", f"{name} {pixel}", channels, 1080, 1920, 1, side, pixel=pixel, separable=separable
    )


def _bank(channels: int, side: int, filters: int, size: int, **rest: int) -> Case:
    notes = "".join(f", {key} {value}" for key, value in rest.items() if key != "padding")
    name = f"{channels}x{side}x{side}x{filters} on {size}{notes}"
    return Case("bank", name, channels, size, size, filters, side, **rest)


CASES = (
    *(_one(side) for side in (3, 5, 7, 11, 15, 31)),
    *(_one(side, pixel="uint8") for side in (3, 5, 7, 11)),
    *(_one(side, channels=3) for side in (3, 7)),
    _one(7, channels=3, pixel="uint8"),
    _one(15, separable=True),
    _bank(3, 7, 64, 224, stride=2, padding=3),
    _bank(3, 7, 48, 512),
    _bank(3, 7, 64, 512),
    Case("bank", "3x3x3x64 on 300 x 360", 3, 360, 300, 64, 3),
    _bank(64, 3, 64, 56, padding=1),
    _bank(128, 3, 128, 28, padding=1),
    _bank(256, 3, 256, 14, padding=1),
    _bank(512, 3, 512, 7, padding=1),
    _bank(64, 1, 256, 56),
    _bank(64, 3, 64, 56, padding=2, dilation=2),
    _bank(64, 3, 128, 56, padding=1, stride=2),
    _bank(32, 3, 32, 112, padding=1, groups=32),
)
