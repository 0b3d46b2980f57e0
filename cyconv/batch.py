"""convolve_batch(): many images of one shape, by one technique, as one run."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .arrays import REALS, as_array, check_image
from .bands import NEARLY_ALL, TICK, Progress
from .convolve import EXACT, PLAIN, Result, check_technique
from .cost import Operations
from .geometry import Geometry
from .memory import Ledger, require
from .prepared import PreparedFilters
from .problem import Problem, check, check_how, check_out, check_shapes, usable
from .techniques.technique import Batched, Technique


@dataclass(frozen=True, eq=False)
class BatchResult:
    """What a batch of convolutions gave and what it took.

    Attributes
    ----------
    output : N x M x O_h x O_w
        float64 for float64 images, else float32.
    executed : Operations
        Of all images together, part by part.
    seconds : float
        Wall-clock time, validation included.
    held_bytes : int
        The most that was held at once, beyond images, filters, bias and output.
    technique : Technique
        The technique that ran.
    results : tuple of Result
        One an image. Their outputs are parts of ``output``; the seconds are those that passed
        until the image was done.
    """

    output: NDArray[Any]
    executed: Operations
    seconds: float
    held_bytes: int
    technique: Technique
    results: tuple[Result, ...]


class _Told:
    """Puts together what the images' runs tell of their progress."""

    def __init__(self, progress: Progress, images: int) -> None:
        self._progress = progress
        self._fractions = [0.0] * images
        self._executed = [Operations()] * images
        self._due = time.monotonic() + TICK

    def of(self, index: int) -> Progress:
        """Gives what image ``index`` tells its progress to."""

        def tell(fraction: float, executed: Operations) -> None:
            self._fractions[index], self._executed[index] = fraction, executed
            if time.monotonic() >= self._due:
                done = min(NEARLY_ALL, sum(self._fractions) / len(self._fractions))
                self._progress(done, self.executed)
                self._due = time.monotonic() + TICK

        return tell

    @property
    def executed(self) -> Operations:
        """What all images took so far."""
        return Operations.summed(part for each in self._executed for part in each.parts)


def _check_images(images: ArrayLike) -> NDArray[Any]:
    array = as_array("images", images)
    if array.ndim != 4 or 0 in array.shape:
        raise ValueError(
            f"images must be N x C x H x W with no empty side, got shape {array.shape}"
        )
    check_image(array[0])
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


def _room(
    out: NDArray[Any] | None, shape: tuple[int, ...], real: np.dtype[Any],
    inputs: tuple[NDArray[Any] | None, ...], ledger: Ledger,
) -> NDArray[Any]:
    """Gives an array that outputs can be written to; ``out`` itself if it may be."""
    check_out(out, shape, real)
    if out is not None and usable(out, inputs):
        return out
    size = math.prod(shape) * real.itemsize
    require(size, f"outputs of {shape} in {real}")
    ledger.count(0 if out is None else size)
    return np.empty(shape, real)


def convolve_batch(
    images: ArrayLike,
    filters: ArrayLike | PreparedFilters,
    technique: Technique = EXACT,
    geometry: Geometry = PLAIN,
    *,
    bias: ArrayLike | None = None,
    out: NDArray[Any] | None = None,
    threads: int | None = None,
    progress: Progress | None = None,
) -> BatchResult:
    """Convolves a batch of images, such as the frames of a video, with the same filters.

    Filters are laid out once. A technique that knows batches (:class:`Batched`) is given all
    images together: :class:`Differential` takes its differences from the image before, but
    for the first image's. Others run image by image, as :func:`convolve` does.

    Parameters
    ----------
    images : N x C x H x W
        uint8, float32 or float64, in any memory order.
    filters, technique, geometry, bias, threads
        As for :func:`convolve`; threads share the work within an image.
    out : N x M x O_h x O_w, optional
        Where to write the outputs; float64 for float64 images, else float32. May overlap the
        images.
    progress : callable, optional
        As for :func:`convolve`, of the batch as a whole: told a few times a second and once at
        the end, and may raise to end the run.

    Returns
    -------
    BatchResult

    Raises
    ------
    ValueError
        If an argument is wrong; the message names it, what was wanted and what came.
    MemoryError
        As :func:`convolve` says.
    """
    start = time.perf_counter()
    checked, pixels, ledger = check_technique(technique), _check_images(images), Ledger()
    check_how(geometry, progress)
    prepared = filters if isinstance(filters, PreparedFilters) else PreparedFilters(filters)
    placement, sizes = check_shapes(pixels.shape[1:], prepared.array.shape, geometry)
    real = REALS[int(pixels.dtype == REALS[1])]
    shape = (len(pixels), sizes.filters, *placement.output)
    addends = None if bias is None else as_array("bias", bias)
    output = _room(out, shape, real, (pixels, addends), ledger)
    told = _Told(progress, len(pixels)) if progress else None
    problems = []
    for index, image in enumerate(pixels):
        problem = check(
            image, prepared, geometry, addends, output[index], threads,
            told.of(index) if told else None,
        )
        ledger.count(problem.ledger.most)
        problems.append(replace(problem, ledger=ledger))
    results = _results(checked, problems)
    if out is not None and output is not out:
        out[...] = output
        output = out
        results = tuple(
            replace(each, output=out[index]) for index, each in enumerate(results)
        )
    executed = Operations.summed(part for each in results for part in each.executed.parts)
    if progress is not None:
        progress(1.0, executed)
    return BatchResult(
        output, executed, time.perf_counter() - start, ledger.most, checked, results
    )


def _results(technique: Technique, problems: Sequence[Problem]) -> tuple[Result, ...]:
    """Runs a technique on all problems; gives each one's result."""
    results = []
    start = time.perf_counter()
    with np.errstate(all="ignore"):
        if isinstance(technique, Batched):
            found = iter(technique.run_batch(problems))
        else:
            found = map(technique.run, problems)
        for problem, facts in zip(problems, found, strict=True):
            problem.runner.finish()
            now = time.perf_counter()
            results.append(Result(
                problem.output.reshape(problem.sizes.filters, *problem.placement.output),
                problem.runner.executed, now - start, problem.ledger.most, technique, facts,
            ))
            start = now
    return tuple(results)
