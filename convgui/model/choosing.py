"""A setting of reuse chosen from a sample of the windows, and what a run says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import cyconv
from cyconv import LSH, Choice, Exact, LowRank, Verdict

from . import reuse
from .compute import Comparison
from .image import Image
from .resolve import resolve
from .session import Session

Tell = Callable[[Any], None]


@dataclass(frozen=True)
class Wish:
    """What is wanted: a share of the exact multiplications, or an accuracy.

    Attributes
    ----------
    by_budget : bool
        Which of the two counts.
    percent : float
        Of the multiplications of exact convolution.
    decibels : float
        PSNR.
    """

    by_budget: bool = True
    percent: float = 25.0
    decibels: float = 40.0


def choose(session: Session, image: Image, wish: Wish, progress: Tell) -> tuple[Session, Choice]:
    """Gives the session that it was asked for, and what :func:`cyconv.choose` picks.

    ``progress`` is told how many settings were begun.

    Raises
    ------
    ResolveError, ValueError
        If the session does not fit the image.
    """
    request = resolve(session, image)
    choice = cyconv.choose(
        request.image, request.filters, request.geometry,
        budget=wish.percent / 100 if wish.by_budget else None,
        psnr=None if wish.by_budget else wish.decibels,
        threads=request.threads,
        progress=progress,
    )  # fmt: skip
    return session, choice


def applied(session: Session, technique: LSH | LowRank | Exact) -> Session | None:
    """Gives the session with a chosen technique's settings; None where exact is best."""
    if isinstance(technique, LSH):
        chosen = technique.scope
        scope, piece = (
            (chosen, session.piece) if isinstance(chosen, str) else (reuse.PIECES, chosen)
        )
        return replace(
            session, show_lsh=True, lsh_as_published=False, reuse=technique.reuse,
            hashes=technique.hashes, family=technique.family, step=technique.step or 0.0,
            scope=scope, piece=piece, representative=str(technique.representative),
            correction=technique.correction, lsh_seed=technique.seed,
        )  # fmt: skip
    if isinstance(technique, LowRank):
        return replace(
            session, show_low_rank=True, rank=technique.hashes, rank_family=technique.family,
            rank_seed=technique.seed,
        )  # fmt: skip
    return None


def judge(choice: Choice, comparison: Comparison, progress: Tell) -> Verdict | None:
    """Holds a run against what was expected; None where the chosen technique was not run."""
    for outcome in comparison.outcomes:
        if outcome.technique == choice.technique:
            return choice.verdict(outcome.result, comparison.exact.result.output)
    return None
