"""Arrays that come from outside, checked one by one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

REALS = (np.dtype(np.float32), np.dtype(np.float64))


def as_array(name: str, values: ArrayLike) -> NDArray[Any]:
    """Gives an array; ValueError that names the argument where none can be made."""
    try:
        array = np.asarray(values)
    except (TypeError, ValueError):
        raise ValueError(
            f"{name} must be an array of numbers, got a {type(values).__name__} "
            "that makes none, such as rows of different lengths"
        ) from None
    # What is under a mask is no number of anybody's, and would be taken for one.
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise ValueError(
            f"{name} must have no masked values, got {int(np.sum(values.mask))}; "
            "fill them, as with numpy.ma.filled(values, 0)"
        )
    return array


def check_image(image: ArrayLike) -> NDArray[Any]:
    """Gives an image as C x H x W; ValueError where it is none."""
    array = as_array("image", image)
    shape = array.shape
    if array.dtype.str[1:] not in ("u1", "f4", "f8"):
        raise ValueError(
            f"image must be uint8, float32 or float64, got {array.dtype}; "
            "convert it, as with numpy.asarray(image, numpy.float32)"
        )
    if array.ndim == 2:
        array = array[None]
    if array.ndim != 3 or 0 in array.shape:
        raise ValueError(
            f"image must be C x H x W or H x W with no empty side, got shape {shape}"
        )
    return array


def check_filters(filters: ArrayLike) -> NDArray[Any]:
    """Gives filters as M x C x K_h x K_w; ValueError where they are none."""
    array = as_array("filters", filters)
    shape = array.shape
    if array.dtype.kind not in "buif":
        raise ValueError(f"filters must be real numbers, got dtype {array.dtype}")
    if array.ndim == 2:
        array = array[None, None]
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(
            "filters must be M x C/groups x K_h x K_w (or K_h x K_w) with no empty side, "
            f"got shape {shape}"
        )
    return array
