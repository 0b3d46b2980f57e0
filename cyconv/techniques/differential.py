"""Differential convolution: what equals its reference window is not made again."""

from __future__ import annotations

from dataclasses import dataclass

from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..problem import Problem
from . import multiplied
from .skipping import ABOVE, LEFT, Skipping

KINDS = {"previous": (LEFT,), "above": (ABOVE,), "best": (LEFT, ABOVE)}
"""What strips of tiles may take outputs from, for the references that leave windows out."""

REFERENCES = ("first", *KINDS)


@dataclass(frozen=True)
class Differential:
    """Takes over what a reference window gave, and multiplies what differs from it.

    ``<f, w> = <f, r> + <f, w - r>`` (main report, section 1, repaired): lossless.

    Parameters
    ----------
    reference : {"first", "previous", "above", "best"}
        ``"first"``: the first window of the image, as in the report.
        ``"previous"``: the window to the left; the first of each row is multiplied in full.
        ``"above"``: the window above; the first row is multiplied in full.
        ``"best"``: of these two, for each strip of rows, the one that leaves less to do.
    as_published : bool
        Give the report's own outputs: ``<f, r - w>`` for every window but the first, which
        is not the convolution.

    Raises
    ------
    ValueError
        If the reference is unknown, or ``as_published`` is asked for with another than the
        report's.
    """

    reference: str = "first"
    as_published: bool = False

    def __post_init__(self) -> None:
        if self.reference not in REFERENCES:
            known = ", ".join(f'"{each}"' for each in REFERENCES)
            raise ValueError(f"reference must be one of {known}, got {self.reference!r}")
        if self.as_published and self.reference != "first":
            raise ValueError(
                'as_published reproduces the report, whose reference is "first", '
                f"got {self.reference!r}"
            )

    @property
    def name(self) -> str:
        """``"differential"``."""
        return "differential"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        if self.reference in KINDS:
            return Skipping(problem, KINDS[self.reference]).run()
        problem.runner.expect(self.predict(problem.sizes, None).model.total)
        multiplied.run(problem, self.as_published)
        return Facts()

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs.

        The report counts N C K_h K_w products, as many additions, and N K_h K_w - K_h K_w
        differences (it leaves out the factor C).
        """
        outputs = sizes.windows * sizes.filters
        count = outputs * sizes.depth
        if facts is None or facts.path == "direct":
            parts = self._multiplied(sizes)
        else:
            made = outputs if facts.made is None else facts.made
            parts = [
                Part("differences", 0, facts.compared or 0),
                dot_products("convolution", made, sizes.depth),
            ]
        return Prediction(
            report=Operations((
                Part("convolution", count, count),
                Part("differences", 0, (sizes.windows - 1) * sizes.taps),
            )),
            model=Operations(tuple(parts)),
            stored_values=sizes.taps,
        )

    def _multiplied(self, sizes: Sizes) -> list[Part]:
        """Gives what it takes to subtract all windows and multiply the differences."""
        outputs = sizes.windows * sizes.filters
        full = sizes.rows if self.reference == "previous" else 1
        parts = [
            Part("differences", 0, (sizes.windows - full) * sizes.channels * sizes.taps),
            dot_products("convolution", outputs, sizes.depth),
        ]
        if not self.as_published:
            parts.append(Part("add back", 0, (sizes.windows - full) * sizes.filters))
        return parts
