"""Which instruction-set level the kernels run at: the best, or what CYCONV_ISA says."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from ._native import probe
from .wording import told

if TYPE_CHECKING:
    from ._native import (
        changes,
        clusters,
        codes,
        columns,
        differences,
        few,
        fourier,
        hashing,
        lanes,
        nearness,
        outputs,
        peak,
        pixels,
        projections,
        residues,
        rows,
        skipping,
        tables,
        taking,
        tiles,
        tiling,
    )

    class Kernels:
        """The kernel modules of one level, as their stubs describe them."""

        rows = rows
        few = few
        lanes = lanes
        columns = columns
        tiles = tiles
        tiling = tiling
        fourier = fourier
        differences = differences
        changes = changes
        skipping = skipping
        taking = taking
        residues = residues
        hashing = hashing
        projections = projections
        codes = codes
        clusters = clusters
        tables = tables
        pixels = pixels
        outputs = outputs
        nearness = nearness
        peak = peak

KERNELS = (
    "rows", "few", "lanes", "columns", "tiling", "fourier", "tiles", "differences", "changes",
    "skipping", "taking", "residues", "hashing", "projections", "codes", "clusters", "tables",
    "pixels", "outputs", "nearness", "peak",
)
LEVELS = ("v1", "v3", "v4")
_NATIVE = Path(__file__).parent / "_native"


def levels() -> tuple[str, ...]:
    """The levels that this build has and this processor can run, the best last.

    ``"v1"``, ``"v3"`` and ``"v4"`` are those of the x86-64 psABI; builds for other processors,
    or for several at once, have ``"plain"`` alone.
    """
    best = probe.level()
    offered = ["plain", *(level for level in LEVELS if int(level[1:]) <= best)]
    return tuple(level for level in offered if any((_NATIVE / level).glob("tiles.*")))


def _chosen() -> str:
    wanted = os.environ.get("CYCONV_ISA", "")
    if not levels():
        raise ImportError("cyconv's kernels are not built; pip install . builds them")
    if not wanted:
        return levels()[-1]
    if wanted not in levels():
        known = wanted in LEVELS or wanted == "plain"
        raise ValueError(
            f"CYCONV_ISA is {told(wanted)}, "
            + ("which is not to be had here" if known else "which is no level")
            + f"; it may be {' or '.join(levels())}, or left unset"
        )
    return wanted


def _load(level: str) -> Kernels:
    package = f"{__package__}._native.{level}"
    modules = {name: importlib.import_module(f"{package}.{name}") for name in KERNELS}
    return cast("Kernels", SimpleNamespace(**modules))


_level = _chosen()
_kernels = _load(_level)


def isa() -> str:
    """Gives the level in use: ``"v1"``, ``"v3"``, ``"v4"`` or ``"plain"``."""
    return _level


def kernels() -> Kernels:
    """Gives the kernel modules of the level in use, by name."""
    return _kernels


@contextmanager
def use(level: str) -> Iterator[None]:
    """Runs the kernels at another level for a while, in all threads (for tests, benchmarks).

    Raises
    ------
    ValueError
        If this processor does not offer the level.
    """
    global _level, _kernels
    if level not in levels():
        raise ValueError(f"level must be one of {', '.join(levels())}, got {told(level)}")
    before = _level, _kernels
    _level, _kernels = level, _load(level)
    try:
        yield
    finally:
        _level, _kernels = before
