"""A convolution, validated: what every technique is handed to work on."""

from __future__ import annotations

import functools
import operator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import REALS, as_array, check_filters, check_image
from .bands import Progress, Runner, cores
from .cost import Sizes
from .geometry import Geometry, Placement
from .memory import Ledger, require
from .prepared import PreparedFilters
from .wording import told


@dataclass(frozen=True)
class Problem:
    """Checked arrays and numbers of one run, in native byte order.

    Attributes
    ----------
    image : C x H x W
        uint8, float32 or float64, any strides.
    filters : M x C/groups x K_h x K_w
        In the type computed in.
    bias : M, or None
        Likewise.
    output : M x N
        Contiguous; the technique writes it whole.
    geometry, placement, sizes
        How the windows lie, and the numbers of the cost formulas.
    runner, ledger
        Run the bands and count memory.
    prepared : PreparedFilters or None
        Where the filters came prepared.
    """

    image: NDArray[Any]
    filters: NDArray[Any]
    bias: NDArray[Any] | None
    output: NDArray[Any]
    geometry: Geometry
    placement: Placement
    sizes: Sizes
    runner: Runner
    ledger: Ledger
    prepared: PreparedFilters | None = None

    @property
    def real(self) -> np.dtype[Any]:
        """float32, or float64 for a float64 image."""
        return self.output.dtype

    @property
    def window(self) -> tuple[int, int]:
        """K_h and K_w."""
        return self.filters.shape[2], self.filters.shape[3]

    def group(self, index: int) -> tuple[slice, slice]:
        """Gives the channels and the filters of a group."""
        channels = self.sizes.channels // self.sizes.groups
        filters = self.sizes.filters // self.sizes.groups
        return (
            slice(index * channels, (index + 1) * channels),
            slice(index * filters, (index + 1) * filters),
        )


@functools.lru_cache(maxsize=64)
def check_shapes(
    image: tuple[int, ...], filters: tuple[int, ...], geometry: Geometry
) -> tuple[Placement, Sizes]:
    """Gives placement and sizes for C x H x W and M x C/groups x K_h x K_w that fit."""
    groups = geometry.groups
    if image[0] % groups or filters[0] % groups:
        raise ValueError(
            f"groups must divide channels and filters, got {groups} groups for "
            f"{image[0]} channels and {filters[0]} filters"
        )
    if filters[1] != image[0] // groups:
        raise ValueError(
            f"filters must have {image[0] // groups} channel{'s' * (image[0] > groups)} each "
            f"({image[0]} of the image in {groups} group{'s' * (groups > 1)}), got {filters[1]}"
        )
    placement = geometry.place((image[1], image[2]), (filters[2], filters[3]))
    return placement, Sizes.of(image, filters, geometry, placement)


def _check_bias(bias: ArrayLike | None, filters: int) -> NDArray[Any] | None:
    if bias is None:
        return None
    array = as_array("bias", bias)
    if array.dtype.kind not in "buif":
        raise ValueError(f"bias must be real numbers, got dtype {array.dtype}")
    if array.shape != (filters,):
        raise ValueError(f"bias must have shape ({filters},), one a filter, got {array.shape}")
    return array


def _converted(
    name: str, array: NDArray[Any], dtype: np.dtype[Any], ledger: Ledger
) -> NDArray[Any]:
    """Gives an array contiguous and of a type; a copy that takes is asked for and counted."""
    if array.dtype == dtype and array.flags.c_contiguous and array.flags.aligned:
        return array
    require(array.size * dtype.itemsize, f"{name} of {array.shape} in {dtype}")
    ledger.count(array.size * dtype.itemsize)
    with np.errstate(all="ignore"):
        return np.array(array, dtype, order="C")


def check_out(out: object, shape: tuple[int, ...], real: np.dtype[Any]) -> None:
    """Raises ValueError where ``out`` is given and can't be written outputs of a shape to."""
    if out is None:
        return
    if not isinstance(out, np.ndarray) or out.shape != shape or out.dtype != real:
        got = f"{out.shape} of {out.dtype}" if isinstance(out, np.ndarray) else type(out).__name__
        raise ValueError(f"out must be an array of shape {shape} of {real}, got {got}")
    if not out.flags.writeable:
        raise ValueError("out must be writeable, got a read-only array")
    if isinstance(out, np.ma.MaskedArray):
        raise ValueError("out must be a plain array, got a masked one")
    if _overlaps_itself(out):
        raise ValueError(
            f"out must have a place for each value, got strides {out.strides} for shape {shape}"
        )


def _overlaps_itself(array: NDArray[Any]) -> bool:
    """Tells whether values of an array share memory, as only tricks with strides make them.

    Slices and transposes of an array step over all that a smaller step covers.
    """
    covered = array.itemsize
    for step, count in sorted(
        (abs(step), count)
        for step, count in zip(array.strides, array.shape, strict=True)
        if count > 1
    ):
        if step < covered:
            return True
        covered = step * count
    return False


def check_how(geometry: object, progress: object) -> None:
    """Raises ValueError where a geometry is none, or progress can't be told."""
    if not isinstance(geometry, Geometry):
        raise ValueError(f"geometry must be a Geometry, got {type(geometry).__name__}")
    if progress is not None and not callable(progress):
        raise ValueError(f"progress must be callable or None, got {type(progress).__name__}")


def check_threads(threads: object) -> int:
    """Gives a number of threads, every core for None; ValueError where it is none."""
    if threads is None:
        return cores()
    try:
        count = 0 if isinstance(threads, bool) else operator.index(threads)  # type: ignore[arg-type]  # tried
    except TypeError:
        count = 0
    if count < 1:
        raise ValueError(f"threads must be None or an int of at least 1, got {told(threads)}")
    return count


def check(
    image: ArrayLike,
    filters: ArrayLike | PreparedFilters,
    geometry: Geometry,
    bias: ArrayLike | None,
    out: NDArray[Any] | None,
    threads: int | None,
    progress: Progress | None,
) -> Problem:
    """Validates everything that a convolution is given and allocates its output.

    Raises
    ------
    ValueError
        If an argument is wrong; the message names it, what was wanted and what came.
    MemoryError
        If the output would not fit, before anything is allocated.
    """
    check_how(geometry, progress)
    pixels = check_image(image)
    prepared: PreparedFilters | None = None
    if isinstance(filters, PreparedFilters):
        prepared, weights = filters, filters.array
    else:
        weights = check_filters(filters)
    placement, sizes = check_shapes(pixels.shape, weights.shape, geometry)
    real = REALS[1] if pixels.dtype.kind == "f" and pixels.itemsize == 8 else REALS[0]
    shape = (sizes.filters, *placement.output)
    check_out(out, shape, real)
    count = check_threads(threads)
    addends = _check_bias(bias, sizes.filters)
    if out is None:
        require(sizes.filters * sizes.windows * real.itemsize, f"an output of {shape} in {real}")
    ledger = Ledger()
    if not pixels.dtype.isnative:
        pixels = _converted("image", pixels, pixels.dtype.newbyteorder("="), ledger)
    if prepared is None:
        weights = _converted("filters", weights, real, ledger)
    else:
        weights = prepared.get(real, lambda: _converted("filters", weights, real, Ledger()))
    if addends is not None:
        addends = _converted("bias", addends, real, ledger)
    # Prepared filters are a copy that nobody else can write to.
    inputs = (pixels, addends) if prepared is not None else (pixels, addends, weights)
    if out is not None and usable(out, inputs):
        output = out.reshape(sizes.filters, -1)
    else:
        output = np.empty((sizes.filters, sizes.windows), real)
        if out is not None:
            ledger.count(output.nbytes)
    return Problem(
        pixels, weights, addends, output, geometry, placement, sizes,
        Runner(count, 1, progress), ledger, prepared,
    )


def usable(out: NDArray[Any], inputs: tuple[NDArray[Any] | None, ...]) -> bool:
    """Tells whether the kernels can write straight into ``out`` (else it is copied to)."""
    return (
        out.flags.c_contiguous
        and out.flags.aligned
        and not any(each is not None and np.may_share_memory(out, each) for each in inputs)
    )
