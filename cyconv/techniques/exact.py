"""Exact convolution: every window times every filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..cost import Operations, Part, Prediction, Sizes
from ..facts import Facts
from ..paths import PATHS, paying
from ..problem import Problem
from ..wording import told

AUTO = "auto"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@dataclass(frozen=True)
class Exact:
    """Multiplies every window with every filter.

    The error of an output is at most ``n * eps * sum(|w| |x|)`` with n = C/groups K_h K_w
    and eps that of float32, or of float64 for a float64 image (Higham, *Accuracy and
    Stability of Numerical Algorithms*, section 3.1).

    Parameters
    ----------
    path : {"auto", "direct", "separable", "fourier", "winograd"}
        How. ``"auto"`` takes two passes, across and down, for large filters that are a column
        times a row, transforms in float64 for other very large ones, and the direct way for all
        else; all three keep the bound. The result's ``facts.path`` says which way was taken,
        :data:`cyconv.paths.PATHS` why.
        ``"winograd"`` takes F(4 x 4, 3 x 3), quicker with many channels and filters. Its error
        is at most ``(C/groups + 20) eps |A^T| (sum (|G| |w| |G^T|) * (|B^T| |x| |B|)) |A|``
        with the absolute values of its matrices, as :func:`cyconv.winograd_error.bound` works it
        out (a count of roundings as in Barabasz et al., "Error analysis and improving the
        accuracy of Winograd convolution for deep neural networks", 2020, section 3); typically
        ten times that of the direct way.

    Raises
    ------
    ValueError
        If the path is unknown; when run, if filters or geometry don't suit it.
    """

    path: str = AUTO

    def __post_init__(self) -> None:
        if self.path != AUTO and self.path not in PATHS:
            raise ValueError(
                f"path must be one of {_listed((AUTO, *PATHS))}, got {told(self.path)}"
            )

    @property
    def name(self) -> str:
        """``"exact"``."""
        return "exact"

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output`` band by band."""
        if self.path != AUTO:
            path = PATHS[self.path]
            run = path.prepare(problem)
            if run is None:
                raise ValueError(f"path {path.name!r} needs {path.needs}")
            return run()
        for path in paying(problem.sizes):
            if run := path.prepare(problem):
                return run()
        raise AssertionError("the direct path suits all")

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; the report's count is N C K_h K_w of each kind.

        What ``"auto"`` will choose depends on the filters; without facts it is the direct way.
        """
        count = sizes.windows * sizes.filters * sizes.depth
        taken = "direct" if self.path == AUTO else self.path
        if facts is not None:
            taken = facts.path
            if taken not in PATHS:
                raise ValueError(f"facts.path must be one of {_listed(PATHS)}, got {told(taken)}")
        return Prediction(
            report=Operations((Part("convolution", count, count),)),
            model=Operations(tuple(PATHS[taken].parts(sizes, facts))),
            stored_values=0,
        )
