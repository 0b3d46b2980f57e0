"""Run every technique of a request, measure each against the exact one, and hand all of it over.

This is what runs on the worker thread. What goes in and what comes out is frozen, so that the
window needs no lock to show it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import cyconv
from cyconv import Accuracy, Exact, Operations, Prediction, Technique
from cyconv.health import Health

from . import maps
from .resolve import Request

EXACT = "exact"
LABELS = {EXACT: "Exact", "differential": "Differential", "lsh": "LSH", "low-rank": "Low rank"}

# Operations that one output value's accuracy is reckoned at, for the progress bar only: SSIM is
# most of it, and there is none to be worked out where nothing differs.
COMPARED, UNCHANGED = 300, 20


@dataclass(frozen=True)
class Progress:
    """How far a comparison is.

    Attributes
    ----------
    technique, step_text : str
        The technique at work, by name, and what it does in words.
    fraction : float
        Of the whole comparison, 0 to 1.
    operations : Operations
        Executed so far, over all techniques.
    held_bytes : int
        Held so far by finished outputs, the one being filled, and the techniques beside them.
    """

    technique: str
    step_text: str
    fraction: float
    operations: Operations
    held_bytes: int


@dataclass(frozen=True)
class Outcome:
    """What one technique gave, what it cost and how far it is from the exact output.

    Where it clusters windows, ``health`` tells how, span by span.
    """

    name: str
    technique: Technique
    result: cyconv.Result
    prediction: Prediction
    accuracy: Accuracy
    health: tuple[Health, ...] = ()

    @property
    def label(self) -> str:
        """The technique's name as people read it."""
        return LABELS[self.name]


@dataclass(frozen=True)
class Comparison:
    """A request and what came of it.

    Attributes
    ----------
    request : Request
    outcomes : tuple of Outcome
        The techniques asked for, in the request's order.
    reference : Outcome
        The exact outcome that accuracy was measured against, asked for or not.
    region : (int, int, int, int) or None
        Left, top, right and bottom of the part of the image to which the accuracies are
        restricted; None where they are of all. Everything else is of all, always.
    """

    request: Request
    outcomes: tuple[Outcome, ...]
    reference: Outcome
    region: tuple[int, int, int, int] | None = None

    @property
    def exact(self) -> Outcome:
        """The exact outcome."""
        return self.reference

    def __getitem__(self, name: str) -> Outcome:
        """Gives the outcome of a technique by name; KeyError if it was not asked for."""
        for outcome in self.outcomes:
            if outcome.name == name:
                return outcome
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(outcome.name == name for outcome in self.outcomes)

    @property
    def filter_count(self) -> int:
        """The number of filters M, and of planes in every output."""
        return int(self.reference.result.output.shape[0])

    def speed_up(self, name: str) -> float:
        """Gives how many times faster than the exact one a technique was; NaN if not timed."""
        seconds = self[name].result.seconds
        return self.reference.result.seconds / seconds if seconds > 0 else float("nan")

    def multiplications(self, name: str) -> float:
        """Gives a technique's executed multiplications as a fraction of the exact one's."""
        exact = self.reference.result.executed.multiplications
        return self[name].result.executed.multiplications / exact if exact else float("nan")

    def operations_saved(self, name: str) -> float:
        """Gives the share of the exact one's executed operations that a technique saved.

        Multiplications and additions count alike; below 0 it took more. NaN if there were none.
        """
        exact = self.reference.result.executed.total
        return 1 - self[name].result.executed.total / exact if exact else float("nan")

    def time_saved(self, name: str) -> float:
        """Gives the share of the exact one's time that a technique saved; NaN if not timed."""
        exact = self.reference.result.seconds
        return 1 - self[name].result.seconds / exact if exact > 0 else float("nan")

    def error(
        self, name: str, index: int = 0, mode: str = maps.SIGNED, shown: maps.Shown | None = None,
        progress: maps.Tell | None = None,
    ) -> maps.Plane:  # fmt: skip
        """Gives the error plane of a technique and filter, see :func:`convgui.model.maps.error`."""
        output, exact = self[name].result.output, self.reference.result.output
        return maps.error(output, exact, index, mode, shown, progress)


class _Teller:
    """Turns the progress of one technique after another into that of the whole comparison."""

    def __init__(self, tell: Callable[[Progress], None] | None, total: float) -> None:
        self._tell, self._total = tell, max(total, 1.0)
        self._done = 0.0
        self._operations = Operations()
        self._held = 0

    def follow(
        self, name: str, share: float, output_bytes: int
    ) -> Callable[[float, Operations], None] | None:
        """Gives the progress function of a convolution that is ``share`` of the work."""
        if self._tell is None:
            return None
        tell = self._tell

        def told(fraction: float, operations: Operations) -> None:
            so_far = Operations.summed((*self._operations.parts, *operations.parts))
            at = (self._done + share * fraction) / self._total
            text = LABELS[name]
            if operations.parts:
                text += f", {operations.parts[-1].name}"
            tell(Progress(name, text, min(at, 1.0), so_far, self._held + output_bytes))

        return told

    def measure(self, name: str, share: float) -> Callable[[float], None] | None:
        """Gives the progress function of a technique's accuracy."""
        if self._tell is None:
            return None
        tell = self._tell

        def told(fraction: float) -> None:
            at = (self._done + share * fraction) / self._total
            text = f"{LABELS[name]}, accuracy"
            tell(Progress(name, text, min(at, 1.0), self._operations, self._held))

        return told

    def passed(self, share: float) -> None:
        """Notes that a share of the work is behind."""
        self._done += share

    def keep(self, result: cyconv.Result) -> None:
        """Notes what a finished convolution executed and holds."""
        parts = (*self._operations.parts, *result.executed.parts)
        self._operations = Operations.summed(parts)
        self._held += result.output.nbytes


CORNER = 16
"""Outputs in a row and column of the corner on which a technique is run beforehand."""

_known: set[str] = set()


def _make_known(request: Request, techniques: list[Technique]) -> None:
    """Runs each technique on a corner of the image, the first time that this program meets it.

    What is loaded and made ready then took the exact technique ten times as long as a small run
    does, and made all that came after it look quick.
    """
    geometry = request.geometry
    down, across = (
        (side - 1) * dilation + 1 + (CORNER - 1) * stride
        for side, dilation, stride in zip(
            request.filters.shape[2:], geometry.dilations, geometry.strides, strict=True
        )
    )
    for technique in techniques:
        if technique.name in _known:
            continue
        _known.add(technique.name)
        # What is wrong with it is told by the run itself.
        with suppress(ValueError, MemoryError):
            cyconv.convolve(
                request.image[..., :down, :across], request.filters, technique, geometry,
                threads=request.threads,
            )


def run(request: Request, progress: Callable[[Progress], None] | None = None) -> Comparison:
    """Runs a request's techniques, the exact one first.

    Parameters
    ----------
    request : Request
    progress : callable, optional
        Told a :class:`Progress` some twenty times a second, on the calling thread; may raise
        :class:`cyconv.Cancelled`, which ends the run.

    Raises
    ------
    ValueError, MemoryError
        As :func:`cyconv.convolve` says.
    """
    names = [technique.name for technique in request.techniques]
    order: list[Technique] = [each for each in request.techniques if each.name == EXACT]
    order = order or [Exact()]
    order += [each for each in request.techniques if each.name != EXACT]
    predictions = [
        cyconv.predict(each, request.image.shape, request.filters.shape, request.geometry)
        for each in order
    ]
    shares = [float(each.model.total) for each in predictions]
    values = request.output_values
    checks = [float(values * (UNCHANGED if each.name == EXACT else COMPARED)) for each in order]
    teller = _Teller(progress, sum(shares) + sum(checks))

    _make_known(request, order)
    outcomes: dict[str, Outcome] = {}
    for technique, share, check in zip(order, shares, checks, strict=True):
        result = cyconv.convolve(
            request.image, request.filters, technique, request.geometry,
            threads=request.threads, progress=teller.follow(technique.name, share, 4 * values),
        )  # fmt: skip
        teller.passed(share)
        teller.keep(result)
        reference = outcomes[EXACT].result.output if outcomes else result.output
        accuracy = cyconv.compare(
            result.output, reference, progress=teller.measure(technique.name, check)
        )
        teller.passed(check)
        prediction = cyconv.predict(
            technique, request.image.shape, request.filters.shape, request.geometry, result.facts
        )
        outcomes[technique.name] = Outcome(
            technique.name, technique, result, prediction, accuracy, result.facts.health
        )
    return Comparison(request, tuple(outcomes[name] for name in names), outcomes[EXACT])
