"""What differences are taken from, and images in which small ones are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..arrays import as_array, check_image
from ..isa import kernels
from ..problem import Problem
from .skipping import ABOVE, LEFT, Before

if TYPE_CHECKING:
    from ..convolve import Result

KEPT, FORGOTTEN = "kept", "forgotten"


@dataclass(frozen=True, eq=False)
class Frame:
    """An image and its outputs, which the next image's may be taken from.

    Parameters
    ----------
    image : C x H x W, or H x W
    output : M x O_h x O_w
        What the same filters, geometry and bias gave for it; that they are the same is the
        caller's promise.
    reached : C x H x W, optional
        The image that ``output`` is the convolution of, where small differences were left out;
        ``image`` itself if None.

    Raises
    ------
    ValueError
        If the arrays are no image, no output, or don't go together.
    """

    image: NDArray[Any]
    output: NDArray[Any]
    reached: NDArray[Any] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "image", _native(check_image(self.image)))
        output = as_array("output", self.output)
        if output.ndim != 3 or output.dtype.kind != "f":
            raise ValueError(
                "output must be M x O_h x O_w of floating point numbers, got shape "
                f"{output.shape} of {output.dtype}"
            )
        object.__setattr__(self, "output", _native(output))
        if self.reached is not None:
            reached = check_image(self.reached)
            if reached.shape != self.image.shape:
                raise ValueError(
                    f"reached must have the image's shape {self.image.shape}, got {reached.shape}"
                )
            object.__setattr__(self, "reached", _native(reached))

    @classmethod
    def after(cls, image: ArrayLike, result: Result) -> Frame:
        """Gives what the next image may be compared with, once ``image`` gave ``result``."""
        return cls(np.asarray(image), result.output, result.facts.reached)


def _native(array: NDArray[Any]) -> NDArray[Any]:
    """Gives an array in this machine's byte order, as runs compute."""
    return array if array.dtype.isnative else array.astype(array.dtype.newbyteorder("="))


@dataclass(frozen=True)
class Followed:
    """A problem whose image has small differences left out, and what that took.

    Attributes
    ----------
    problem : Problem
        With the image that was reached.
    before : (C x H x W, M x N), or None
        The frame that is compared with, laid out like it.
    additions : int
        Differences looked at and, where sums of differences were carried, added.
    """

    problem: Problem
    before: Before | None
    additions: int


def follow(
    problem: Problem, kinds: tuple[int, ...], frame: Frame | None, threshold: float, residue: str
) -> Followed:
    """Leaves out what differs by no more than ``threshold`` from its reference.

    Differences are those of pixels, ``stride`` columns or rows apart, or of two frames; the
    padding is no part of it.
    """
    if frame is not None:
        return _follow_frame(problem, frame, threshold, residue == KEPT)
    if threshold == 0:
        return Followed(problem, None, 0)
    image, (down, across) = problem.image, problem.geometry.strides
    reached = problem.ledger.array(image.shape, problem.real)
    back, aside = down if ABOVE in kinds else 0, across if LEFT in kinds else 0
    # Steps beyond the image are never taken, and must take no room.
    back, aside = min(back, image.shape[1]), min(aside, image.shape[2])
    room = back + 2, image.shape[0], image.shape[2]
    with problem.ledger.borrow(room, np.float64) as scratch:
        compared, taken = kernels().residues.leave_out(
            image, threshold, residue == KEPT, back, aside, scratch, reached,
            np.empty(image.shape[1], np.uint8),
        )
    additions = compared + (0 if residue == KEPT else taken)
    return Followed(replace(problem, image=reached), None, additions)


def _follow_frame(problem: Problem, frame: Frame, threshold: float, kept: bool) -> Followed:
    """Leaves out small differences from another frame; gives both images laid out alike."""
    image, reached = problem.image, frame.image if frame.reached is None else frame.reached
    outputs = problem.sizes.filters, *problem.placement.output
    if frame.image.shape != image.shape or frame.image.dtype != image.dtype:
        raise ValueError(
            f"reference must hold an image like the one convolved, of {image.shape} in "
            f"{image.dtype}, got {frame.image.shape} in {frame.image.dtype}"
        )
    if frame.output.shape != outputs or frame.output.dtype != problem.real:
        raise ValueError(
            f"reference must hold the outputs that these filters give, {outputs} in "
            f"{problem.real}, got {frame.output.shape} in {frame.output.dtype}"
        )
    additions = 0
    if threshold > 0 or frame.reached is not None:
        before = np.asarray(reached, np.float64)
        difference = image - (before if kept else np.asarray(frame.image, np.float64))
        small = np.abs(difference) <= threshold
        new = np.where(small, before, image if kept else before + difference)
        image = np.ascontiguousarray(new, problem.real)
        additions = image.size + (0 if kept else image.size - int(small.sum()))
        problem.ledger.count(image.nbytes)
        problem = replace(problem, image=image)
    reached = np.ascontiguousarray(reached, image.dtype)
    if reached.strides != image.strides:
        problem = replace(problem, image=np.ascontiguousarray(image))
    output = np.ascontiguousarray(frame.output).reshape(outputs[0], -1)
    if np.may_share_memory(output, problem.output):
        output = output.copy()
    return Followed(problem, (reached, output), additions)
