"""What a technique is, to those who run one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from ..cost import Prediction, Sizes
from ..facts import Facts
from ..problem import Problem


@runtime_checkable
class Technique(Protocol):
    """What :func:`cyconv.convolve` and :func:`cyconv.predict` need of a technique."""

    @property
    def name(self) -> str:
        """A short name, the same for all settings."""

    def run(self, problem: Problem) -> Facts:
        """Writes ``problem.output``; gives what the data decided."""

    def predict(self, sizes: Sizes, facts: Facts | None) -> Prediction:
        """Gives what a run costs; without ``facts`` the most that it may cost."""


@runtime_checkable
class Batched(Protocol):
    """What :func:`cyconv.convolve_batch` looks for: a technique that knows of other images."""

    def run_batch(self, problems: Sequence[Problem]) -> Iterable[Facts]:
        """Writes the output of every problem; gives what each one's data decided, in order.

        All have the same filters, geometry, bias and shape of image. An image may be given as
        done, its facts yielded, before the next is begun.
        """
