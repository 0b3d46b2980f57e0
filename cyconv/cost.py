"""What a run costs: multiplications and additions, part by part, and stored values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .geometry import Geometry, Pair, Placement


@dataclass(frozen=True)
class Part:
    """Multiplications and additions that one step of a technique takes."""

    name: str
    multiplications: int
    additions: int


@dataclass(frozen=True)
class Operations:
    """Multiplications and additions, as a whole and part by part.

    A division counts as a multiplication, a subtraction as an addition; a sum of n products
    is n multiplications and n - 1 additions, a bias one addition more.

    Parameters
    ----------
    parts : tuple of Part
        The steps in the order in which they run, each name once.
    """

    parts: tuple[Part, ...] = ()

    @property
    def multiplications(self) -> int:
        """All multiplications."""
        return sum(part.multiplications for part in self.parts)

    @property
    def additions(self) -> int:
        """All additions."""
        return sum(part.additions for part in self.parts)

    @property
    def total(self) -> int:
        """All operations, each counted as one."""
        return self.multiplications + self.additions

    def __getitem__(self, name: str) -> Part:
        """Gives the part of that name; KeyError if there is none."""
        for part in self.parts:
            if part.name == name:
                return part
        raise KeyError(name)

    @classmethod
    def summed(cls, parts: Iterable[Part]) -> Operations:
        """Gives operations in which parts of one name are added up."""
        parts = tuple(parts)
        if len({part.name for part in parts}) == len(parts):
            return cls(parts)
        sums: dict[str, tuple[int, int]] = {}
        for part in parts:
            multiplications, additions = sums.get(part.name, (0, 0))
            sums[part.name] = (
                multiplications + part.multiplications,
                additions + part.additions,
            )
        return cls(tuple(Part(name, *counts) for name, counts in sums.items()))


@dataclass(frozen=True)
class Prediction:
    """What a technique costs before it runs.

    Attributes
    ----------
    report : Operations
        As the main report counts (section 1), slips included.
    model : Operations
        The right count for the technique as it runs here.
    stored_values : int
        Values that the technique keeps, as the main report counts them.
    """

    report: Operations
    model: Operations
    stored_values: int


@dataclass(frozen=True)
class Sizes:
    """The numbers that every cost formula is made of.

    Attributes
    ----------
    channels, filters, groups : int
        C, M and the number of groups.
    taps : int
        Values of one channel's window, K_h * K_w.
    windows, rows : int
        N = O_h * O_w and O_h.
    image, window : (int, int)
        H and W, K_h and K_w.
    geometry, placement
        How the windows lie.
    """

    channels: int
    filters: int
    groups: int
    taps: int
    windows: int
    rows: int
    image: Pair
    window: Pair
    geometry: Geometry
    placement: Placement

    @property
    def depth(self) -> int:
        """Products in one output value, C / groups * K_h * K_w."""
        return self.channels // self.groups * self.taps

    def times(self, images: int) -> Sizes:
        """Gives the sizes of so many images whose windows are taken together."""
        if images == 1:
            return self
        return replace(self, windows=images * self.windows, rows=images * self.rows)

    @classmethod
    def of(
        cls,
        image_shape: tuple[int, ...],
        filters_shape: tuple[int, ...],
        geometry: Geometry,
        placement: Placement,
    ) -> Sizes:
        """Gives the sizes for an image C x H x W and filters M x C/groups x K_h x K_w."""
        return cls(
            channels=image_shape[0],
            filters=filters_shape[0],
            groups=geometry.groups,
            taps=filters_shape[2] * filters_shape[3],
            windows=placement.windows,
            rows=placement.output[0],
            image=(image_shape[1], image_shape[2]),
            window=(filters_shape[2], filters_shape[3]),
            geometry=geometry,
            placement=placement,
        )


def dot_products(name: str, count: int, length: int) -> Part:
    """Gives the cost of ``count`` dot products over ``length`` values each."""
    return Part(name, count * length, count * (length - 1))
