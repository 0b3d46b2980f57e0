"""convolve() and predict(): the two calls that everything else is behind."""

from __future__ import annotations

import operator
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .again import after
from .bands import Progress
from .cost import Operations, Part, Prediction
from .facts import Facts
from .geometry import Geometry
from .prepared import PreparedFilters
from .problem import check, check_how, check_shapes
from .techniques.exact import Exact
from .techniques.technique import Technique
from .wording import told

EXACT = Exact()
PLAIN = Geometry()


@dataclass(frozen=True, eq=False)
class Result:
    """What a convolution gave and what it took.

    Attributes
    ----------
    output : M x O_h x O_w
        float64 for a float64 image, else float32.
    executed : Operations
        Counted by the kernels while they ran, part by part.
    seconds : float
        Wall-clock time, validation included.
    held_bytes : int
        The most that was held at once, beyond image, filters, bias and output.
    technique : Technique
        The technique that ran.
    facts : Facts
        What the data decided: the path that was taken, the clusters in use.
    """

    output: NDArray[Any]
    executed: Operations
    seconds: float
    held_bytes: int
    technique: Technique
    facts: Facts = field(default_factory=Facts)


def check_technique(technique: object) -> Technique:
    """Gives a technique; ValueError where it is none."""
    # Name by name: isinstance() with a protocol takes half as long as a small run.
    checked = cast("Technique", technique)
    try:
        offered = checked.name, checked.run, checked.predict
        known = None not in offered and not isinstance(technique, type)
    except AttributeError:
        known = False
    if not known:
        got = technique.__name__ if isinstance(technique, type) else type(technique).__name__
        raise ValueError(
            f"technique must be a technique such as Exact(), Differential() or LSH(), got {got}"
        )
    return checked


def convolve(
    image: ArrayLike,
    filters: ArrayLike | PreparedFilters,
    technique: Technique = EXACT,
    geometry: Geometry = PLAIN,
    *,
    bias: ArrayLike | None = None,
    out: NDArray[Any] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Convolves an image with filters by one technique.

    Convolution means cross-correlation, as in deep learning: the filter is not flipped.

    Parameters
    ----------
    image : C x H x W, or H x W
        uint8, float32 or float64, in any memory order.
    filters : M x C/groups x K_h x K_w, or K_h x K_w, or PreparedFilters
        Real numbers.
    technique : Technique
        ``Exact()``, ``Differential()``, ``LSH()`` or another.
    geometry : Geometry
        Stride, padding, dilation and groups.
    bias : M, optional
        Added to each output plane.
    out : M x O_h x O_w, optional
        Where to write the output; float64 for a float64 image, else float32. May overlap
        the image.
    threads : int, optional
        Threads to use; every core by default. The result does not depend on it.
    progress : callable, optional
        Called as ``progress(fraction, operations)`` on the calling thread, a few times a
        second and once at the end with fraction 1; may raise :class:`Cancelled` (or any
        other exception), which ends the run soon and comes out of this call.

    Returns
    -------
    Result

    Raises
    ------
    ValueError
        If an argument is wrong; the message names it, what was wanted and what came.
    MemoryError
        If the output would not fit, before anything is allocated, or if what the technique
        keeps would not.
    """
    start = time.perf_counter()
    last = filters.last if isinstance(filters, PreparedFilters) else None
    if last is not None and bias is None and progress is None:
        made = last.attempt(image, technique, geometry, out, threads)
        if made is not None:
            seconds = time.perf_counter() - start
            return Result(*made, seconds, last.held_bytes, last.technique, last.facts)
    checked = check_technique(technique)
    problem = check(image, filters, geometry, bias, out, threads, progress)
    with np.errstate(all="ignore"):
        facts = checked.run(problem)
    shape = (problem.sizes.filters, *problem.placement.output)
    output = problem.output.reshape(shape)
    if out is not None:
        if not np.may_share_memory(output, out):
            out[...] = output
        output = out
    problem.runner.finish()
    if problem.prepared is not None and out is not None:
        problem.prepared.last = after(problem, checked, facts, out, threads)
    return Result(
        output,
        problem.runner.executed,
        time.perf_counter() - start,
        problem.ledger.most,
        checked,
        facts,
    )


def _shape(name: str, shape: Sequence[int], wanted: str) -> tuple[int, ...]:
    try:
        sides = tuple(operator.index(side) for side in shape)
    except TypeError:
        sides = ()
    if min(sides, default=0) < 1:
        raise ValueError(f"{name} must be {wanted} with no empty side, got {told(shape)}")
    return sides


def predict(
    technique: Technique,
    image_shape: Sequence[int],
    filters_shape: Sequence[int],
    geometry: Geometry = PLAIN,
    facts: Facts | None = None,
    *,
    bias: bool = False,
) -> Prediction:
    """Gives what a convolution costs, without running it.

    Parameters
    ----------
    technique : Technique
    image_shape : (C, H, W) or (H, W), or (N, C, H, W)
        The last for a technique that takes the windows of N images together.
    filters_shape : (M, C/groups, K_h, K_w) or (K_h, K_w)
    geometry : Geometry
    facts : Facts, optional
        What the data decide, as a result gives it; without it the prediction is for the
        dearest case: for LSH, all codes in use.
    bias : bool, default False
        Whether a bias is added: one addition an output made in the model, or one a filter where
        a technique adds it once for all windows. The report has none.

    Returns
    -------
    Prediction
        Operations as the main report counts them (section 1) and by the right model, and the
        report's number of stored values.

    Raises
    ------
    ValueError
        If shapes and geometry don't go together, or ``facts`` can't come from them.
    """
    checked = check_technique(technique)
    check_how(geometry, None)
    image = _shape("image_shape", image_shape, "(C, H, W) or (H, W)")
    filters = _shape("filters_shape", filters_shape, "(M, C, K_h, K_w) or (K_h, K_w)")
    images = 1
    if len(image) == 4 and getattr(checked, "scope_images", "each") == "all":
        images, image = image[0], image[1:]
    image = (1, *image) if len(image) == 2 else image
    filters = (1, 1, *filters) if len(filters) == 2 else filters
    if len(image) != 3:
        raise ValueError(f"image_shape must be (C, H, W) or (H, W), got {told(image_shape)}")
    if len(filters) != 4:
        raise ValueError(
            f"filters_shape must be (M, C, K_h, K_w) or (K_h, K_w), got {told(filters_shape)}"
        )
    sizes = check_shapes(image, filters, geometry)[1].times(images)
    if not isinstance(facts, Facts | None):
        raise ValueError(f"facts must be a Facts or None, got {type(facts).__name__}")
    prediction = checked.predict(sizes, facts)
    if not bias:
        return prediction
    made = None if facts is None else facts.made
    if getattr(checked, "bias_once", False):
        made = sizes.filters
    added = Part("bias", 0, sizes.windows * sizes.filters if made is None else made)
    model = Operations((*prediction.model.parts, added))
    return replace(prediction, model=model)
