"""Exact convolution: every window times every filter."""

from __future__ import annotations

from dataclasses import dataclass

from .. import direct
from ..cost import Operations, Part, Prediction, Sizes, dot_products
from ..facts import Facts
from ..problem import Problem


@dataclass(frozen=True)
class Exact:
    """Multiplies every window with every filter.

    The error of an output is at most ``n * eps * sum(|w| |x|)`` with n = C/groups K_h K_w
    and eps that of float32, or of float64 for a float64 image (Higham, *Accuracy and
    Stability of Numerical Algorithms*, section 3.1).
    """

    @property
    def name(self) -> str:
        """``"exact"``."""
        return "exact"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        direct.convolve(problem)
        return Facts()

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; the report's count is N C K_h K_w of each kind."""
        outputs = sizes.windows * sizes.filters
        count = outputs * sizes.depth
        return Prediction(
            report=Operations((Part("convolution", count, count),)),
            model=Operations((dot_products("convolution", outputs, sizes.depth),)),
            stored_values=0,
        )
