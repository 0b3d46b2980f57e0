"""Differential convolution: what equals its reference window is not made again."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from numbers import Real

from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..problem import Problem
from ..wording import told
from . import channels, multiplied, skipping
from .checks import flag
from .references import FORGOTTEN, KEPT, Frame, follow
from .skipping import ABOVE, BEFORE, LEFT

KINDS = {"previous": (LEFT,), "above": (ABOVE,), "best": (LEFT, ABOVE)}
"""What strips of tiles may take outputs from, for the references that leave windows out."""

REFERENCES = ("first", *KINDS)
RESIDUES = (KEPT, FORGOTTEN)


@dataclass(frozen=True)
class Differential:
    """Takes over what a reference window gave, and makes what differs from it.

    From ``<f, w> = <f, r> + <f, w - r>`` (main report, section 1, repaired): where w equals r
    the second product is none and the output is r's.

    With ``"previous"``, ``"above"``, ``"best"`` or a frame for reference the image's pixels
    are compared once. Windows that equal their reference take its output over; the others are
    made in tiles of 4 x 16 windows, in full, for multiplying all of a few differences is
    quicker than choosing among them. With threshold 0 every output is that of the exact kernel
    for few filters (of :class:`Exact` with many: but for the order of its sums), to the last
    bit, whatever the number of columns: nothing is added up along a row. Where all channels
    are alike one is multiplied, with the sum of the weights: then within Exact's bound. NaN
    and infinity reach those windows that see them, as in :class:`Exact`. Where too many windows
    differ the exact kernel runs alone; ``facts.path`` and ``facts.reason`` say so.

    With ``"first"`` windows are compared with the image's first. Differences and their products
    are kept in float64, where their error is at most ``4 n eps sum(|w| (|x| + |r|))`` with n =
    C/groups K_h K_w and the eps of float64; for a uint8 or float32 image the result is rounded
    once, to float32. A NaN or an infinity in the first window reaches the whole output. Windows
    without a difference are not multiplied.

    Above 0, differences of at most ``threshold`` are left out. Along a row, a column or from
    frame to frame the output then is that of an image in which each pixel is off by at most
    ``threshold`` (residue kept) or by ``threshold`` times the steps from where its row, column
    or first frame began (forgotten; published code drifts so): the output is off by that times
    ``sum(|f|)``. From the first window nothing is carried on; the bound is ``threshold
    sum(|f|)`` for both.

    Parameters
    ----------
    reference : {"first", "previous", "above", "best"} or Frame
        ``"first"``: the first window of the image, as in the report.
        ``"previous"``: the window to the left; the first of each row is multiplied in full.
        ``"above"``: the window above; the first row is multiplied in full.
        ``"best"``: of these two, for each strip of four rows, the one that leaves fewer tiles
        (and with a threshold, for each row of pixels, that with fewer differences above it).
        A :class:`Frame`: the same window of another image, whose outputs are known.
    threshold : float, default 0
        Differences of pixels up to it are left out; 0 is lossless.
    residue : {"kept", "forgotten"}
        Whether what was left out is still in the next difference, or is lost.
    as_published : bool
        Give the report's own outputs: ``<f, r - w>`` for every window but the first, which
        is not the convolution. All windows are multiplied.

    Raises
    ------
    ValueError
        If a setting is unknown, or ``as_published`` is asked for with others than the
        report's.
    """

    reference: str | Frame = "first"
    threshold: float = 0
    residue: str = KEPT
    as_published: bool = False

    def __post_init__(self) -> None:
        if not isinstance(self.reference, Frame) and self.reference not in REFERENCES:
            known = ", ".join(f'"{each}"' for each in REFERENCES)
            raise ValueError(f"reference must be {known} or a Frame, got {told(self.reference)}")
        number = isinstance(self.threshold, Real) and not isinstance(self.threshold, bool)
        if not number or not 0 <= self.threshold <= sys.float_info.max:
            raise ValueError(
                f"threshold must be a number of at least 0, got {told(self.threshold)}"
            )
        if self.residue not in RESIDUES:
            raise ValueError(f'residue must be "kept" or "forgotten", got {told(self.residue)}')
        object.__setattr__(self, "as_published", flag("as_published", self.as_published))
        if self.as_published and self.reference != "first":
            raise ValueError(
                'as_published reproduces the report, whose reference is "first", '
                f"got {told(self.reference)}"
            )
        if self.as_published and self.threshold:
            raise ValueError(
                "as_published reproduces the report, which leaves nothing out, "
                f"got threshold {told(self.threshold)}"
            )

    @property
    def name(self) -> str:
        """``"differential"``."""
        return "differential"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        if self.reference == "first":
            problem.runner.expect(self.predict(problem.sizes, None).model.total)
            return multiplied.run(problem, float(self.threshold), self.as_published)
        frame = self.reference if isinstance(self.reference, Frame) else None
        kinds = (BEFORE,) if frame else KINDS[str(self.reference)]
        if frame is None and not self.threshold:
            return skipping.run(problem, kinds)
        followed = follow(problem, kinds, frame, float(self.threshold), self.residue)
        if followed.additions:
            problem.runner.count([Part("small differences", 0, followed.additions)])
        facts = skipping.run(followed.problem, kinds, followed.before)
        if followed.problem.image is problem.image:
            return facts
        return replace(facts, followed=followed.additions, reached=followed.problem.image)

    def run_batch(self, problems: Sequence[Problem]) -> Iterator[Facts]:
        """Runs the first image by its own reference, and each of the others by the one before.

        As published there are no other images: each runs by itself. With reference ``"first"``
        the first image is lossless, for what it leaves out belongs to no pixel.
        """
        technique = replace(self, threshold=0) if self.reference == "first" else self
        for problem in problems:
            facts = technique.run(problem)
            yield facts
            if not self.as_published:
                shape = problem.sizes.filters, *problem.placement.output
                frame = Frame(problem.image, problem.output.reshape(shape), facts.reached)
                technique = replace(self, reference=frame)

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; without ``facts`` as if nothing were left out.

        The report counts N C K_h K_w products, as many additions, and N K_h K_w - K_h K_w
        differences (it leaves out the factor C).
        """
        outputs = sizes.windows * sizes.filters
        count = outputs * sizes.depth
        made = outputs if facts is None or facts.made is None else facts.made
        if facts is None or facts.path == "direct":
            parts = self._multiplied(sizes, made)
        else:
            looked = ("small differences", facts.followed), ("differences", facts.compared)
            parts = channels.parts(sizes, facts.paired, facts.alike)
            parts += [Part(name, 0, additions) for name, additions in looked if additions]
            depth = sizes.taps if facts.alike else sizes.depth
            parts.append(dot_products("convolution", made, depth))
        return Prediction(
            report=Operations((
                Part("convolution", count, count),
                Part("differences", 0, (sizes.windows - 1) * sizes.taps),
            )),
            model=Operations(tuple(parts)),
            stored_values=sizes.taps,
        )

    def _multiplied(self, sizes: Sizes, made: int) -> list[Part]:
        """Gives what it takes to subtract all windows, and to multiply the differences."""
        full = sizes.rows if self.reference == "previous" else 1
        parts = [
            Part("differences", 0, (sizes.windows - full) * sizes.channels * sizes.taps),
            dot_products("convolution", made, sizes.depth),
        ]
        if not self.as_published:
            parts.append(Part("add back", 0, made - full * sizes.filters))
        return parts
