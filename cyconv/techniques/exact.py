"""Exact convolution: every window times every filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..cost import Operations, Part, Prediction, Sizes
from ..facts import Facts
from ..paths import PATHS
from ..problem import Problem

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
    path : {"auto", "direct", "separable"}
        How. ``"auto"`` takes two passes, across and down, for large filters that are a column
        times a row, and the direct way for all others; all keep the bound. The result's
        ``facts.path`` says which way was taken, :data:`cyconv.paths.PATHS` why.

    Raises
    ------
    ValueError
        If the path is unknown; when run, if filters or geometry don't suit it.
    """

    path: str = AUTO

    def __post_init__(self) -> None:
        if self.path != AUTO and self.path not in PATHS:
            raise ValueError(
                f"path must be one of {_listed((AUTO, *PATHS))}, got {self.path!r}"
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
            run()
            return Facts(path.name)
        for path in PATHS.values():
            if path.pays(problem.sizes) and (run := path.prepare(problem)):
                run()
                return Facts(path.name)
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
                raise ValueError(f"facts.path must be one of {_listed(PATHS)}, got {taken!r}")
        return Prediction(
            report=Operations((Part("convolution", count, count),)),
            model=Operations(tuple(PATHS[taken].parts(sizes))),
            stored_values=0,
        )
