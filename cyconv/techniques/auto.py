"""The setting of reuse that suits an image and filters best, and whether a run bears it out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from ..accuracy import compare
from ..convolve import PLAIN, Result
from ..geometry import Geometry
from ..problem import Problem, check, check_how
from .aims import ROUNDING, Aim, Reuse, Trial
from .checks import positive
from .exact import Exact
from .expecting import WINDOWS, Expecting
from .lsh import LSH
from .searching import Search, peak
from .strips import strips
from .together import together

MORE = 4
"""Times as many windows as in a trial, others too, that the chosen setting is estimated by."""

DECIBELS, SHARE = 1.0, 0.1
"""How far a run may be off what was expected of it to confirm it: in decibels, and as a share of
the multiplications."""


@dataclass(frozen=True)
class Verdict:
    """What a run says of what was expected of it.

    Attributes
    ----------
    confirmed : bool
        Whether PSNR (where there is one) and multiplications are within :data:`DECIBELS`, or
        two standard errors if those are more, and :data:`SHARE` of what was expected.
    psnr : float or None
        What the run gave, in decibels; None without exact outputs to hold it against.
    fraction : float
        Multiplications executed next to those of exact convolution.
    text : str
        The same as a sentence.
    """

    confirmed: bool
    psnr: float | None
    fraction: float
    text: str


@dataclass(frozen=True)
class Choice:
    """What was chosen, and why.

    Attributes
    ----------
    technique : LSH, LowRank or Exact
    psnr, error, fraction : float
        What it is expected to give and to cost, as in :class:`Trial`, but estimated anew on
        other windows and more of them: the best of many estimates is a little too good.
    values : int
        Values of a window, which an exact output multiplies.
    reason : str
    trials : tuple of Trial
        All that was tried.
    """

    technique: Reuse | Exact
    psnr: float
    error: float
    fraction: float
    values: int
    reason: str
    trials: tuple[Trial, ...]

    def verdict(self, result: Result, exact: ArrayLike | None = None) -> Verdict:
        """Holds a run of the chosen technique against what was expected of it.

        Parameters
        ----------
        result : Result
        exact : M x O_h x O_w, optional
            The exact outputs; without them only multiplications are looked at.

        Raises
        ------
        ValueError
            If the run is of another technique, or ``exact`` does not fit.
        """
        if result.technique != self.technique:
            raise ValueError(
                f"result must be a run of {self.technique}, got one of {result.technique}"
            )
        fraction = result.executed.multiplications / (result.output.size * self.values)
        psnr = None if exact is None else compare(result.output, exact).psnr
        # What the sample leaves open is no fault of the run's.
        room = max(DECIBELS, 2 * self.error)
        near = abs(fraction - self.fraction) <= SHARE * self.fraction
        # Exact convolution takes fewer where filters are separable.
        near = near or (isinstance(self.technique, Exact) and fraction <= self.fraction)
        # NaN is near nothing.
        good = psnr is None or abs(min(psnr, ROUNDING) - min(self.psnr, ROUNDING)) <= room
        gave = "" if psnr is None else f"{psnr:.1f} dB for "
        said = "" if psnr is None else f"{self.psnr:.1f} ± {self.error:.1f} dB for "
        word = "confirmed" if near and good else "refuted"
        text = (
            f"{word}: the run gave {gave}{fraction:.1%} of the multiplications, "
            f"expected were {said}{self.fraction:.1%}"
        )
        return Verdict(near and good, psnr, fraction, text)


class _Begun:
    """Counts the settings that were begun, and tells a callback how many."""

    def __init__(self, progress: Callable[[int], object] | None) -> None:
        self._progress = progress
        self._count = 0

    def one(self) -> None:
        """Notes that one more is begun."""
        self._count += 1
        self.tell()

    def tell(self, *_: object) -> None:
        """Tells how many were begun."""
        if self._progress is not None:
            self._progress(self._count)


def choose(
    image: ArrayLike,
    filters: ArrayLike,
    geometry: Geometry = PLAIN,
    *,
    budget: float | None = None,
    psnr: float | None = None,
    threads: int | None = None,
    progress: Callable[[int], object] | None = None,
) -> Choice:
    """Picks family, hashes, step and correction for a budget or for a wanted accuracy.

    Windows of the whole image are clustered for every setting tried (for a large image after a
    first search on strips of it), so the cost is known exactly; PSNR is estimated without bias
    from pairs of windows of one cluster, over all filters. :meth:`Choice.verdict` tells whether
    a run bears it out.

    Parameters
    ----------
    image, filters, geometry, threads
        As for :func:`cyconv.convolve`.
    budget : float
        Multiplications that may be spent, as a fraction of those of exact convolution.
    psnr : float
        Decibels that are wanted, at the least cost. One of the two must be given.
    progress : callable, optional
        Called as ``progress(begun)`` on the calling thread with the number of settings that
        were begun so far, at each of them and a few times a second; may raise
        :class:`cyconv.Cancelled` (or any other exception), which comes out of this call.

    Returns
    -------
    Choice
        Where nothing tried is within the budget: what comes nearest. Where nothing is good
        enough for less, exact convolution.

    Raises
    ------
    ValueError
        If an argument is wrong.
    """
    if (budget is None) == (psnr is None):
        raise ValueError("one of budget and psnr must be given, got both or none")
    if budget is not None:
        budget = positive("budget", budget)
    if psnr is not None:
        psnr = positive("psnr", psnr)
    check_how(geometry, progress)
    begun = _Begun(progress)
    problem = check(
        image, filters, geometry, None, None, threads, begun.tell if progress else None
    )
    aim = Aim(budget, psnr)
    with np.errstate(all="ignore"), together((problem,)) as images:
        top = peak(problem)
        hints = _hints(problem, aim, top, begun)
        search = Search(problem.sizes, Expecting(images), aim, top, begun=begun.one)
        search.run(hints)
        best = search.best
        anew = best
        if not isinstance(best.technique, Exact):
            more = Expecting(images, MORE * WINDOWS, seed=2)
            anew = search.trial(best.technique, more)
    reason = f"of {len(search.made)} settings tried for {aim}{aim.misses(anew)}, "
    if isinstance(anew.technique, Exact):
        reason += "none is worth its loss: exact convolution"
    else:
        reason += (
            f"this one is expected to give {anew.psnr:.1f} ± {anew.error:.1f} dB for "
            f"{anew.fraction:.1%} of the multiplications"
        )
    return Choice(
        anew.technique, anew.psnr, anew.error, anew.fraction, problem.sizes.depth, reason,
        tuple(search.made),
    )


def _hints(problem: Problem, aim: Aim, top: float, begun: _Begun) -> list[LSH]:
    """Gives where to look in a large image, found on strips of it; nothing for a small one.

    In strips clusters are fewer than in the whole and not as full, so steps are a little too
    wide there: they are where the search in the whole begins, not where it ends.
    """
    parts = strips(problem)
    if not parts:
        return []
    with together(parts) as images:
        sizes = images.problem.sizes
        share = sizes.windows / problem.sizes.windows
        search = Search(sizes, Expecting(images), aim, top, share, begun.one)
        search.run()
    return search.hints()
