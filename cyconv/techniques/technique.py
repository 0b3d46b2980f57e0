"""What a technique is, to those who run one."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from numpy.typing import NDArray

from ..cost import Prediction, Sizes
from ..problem import Problem


@runtime_checkable
class Technique(Protocol):
    """What :func:`cyconv.convolve` and :func:`cyconv.predict` need of a technique."""

    @property
    def name(self) -> str:
        """A short name, the same for all settings."""

    def run(self, problem: Problem) -> NDArray[Any] | None:
        """Writes ``problem.output``; gives the numbers of clusters where there are any."""

    def predict(self, sizes: Sizes, clusters: NDArray[Any] | None) -> Prediction:
        """Gives what a run costs."""
