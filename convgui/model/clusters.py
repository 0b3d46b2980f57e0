"""The health of a hash over all its spans in one figure each: what the results and exports tell.

A span is what is clustered by itself: a channel's windows, whole windows, or a piece of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import cyconv
from cyconv import Exact, Technique
from cyconv.facts import Facts
from cyconv.health import Health

if TYPE_CHECKING:
    from .compute import Comparison, Outcome

Healths = Sequence[Health]


def used(healths: Healths) -> int:
    """Gives the number of codes in use, that is of clusters."""
    return sum(each.used for each in healths)


def possible(healths: Healths) -> int:
    """Gives how many codes there could be: no more than windows."""
    return sum(each.possible for each in healths)


def entropy(healths: Healths) -> float:
    """Gives the mean entropy of a window's code, in bits."""
    return sum(each.entropy for each in healths) / len(healths)


def largest(healths: Healths) -> int:
    """Gives the members of the largest cluster."""
    return max(each.largest for each in healths)


def remaining(healths: Healths) -> float:
    """Gives the mean remaining ratio r_c: clusters over windows."""
    return sum(each.remaining for each in healths) / len(healths)


def commonest(healths: Healths) -> float:
    """Gives the mean share of windows with a hash's commonest code: 0.5 for an even bit."""
    shares = [share for each in healths for share in each.commonest]
    return sum(shares) / len(shares) if shares else float("nan")


def worst(healths: Healths) -> float:
    """Gives the largest share of windows with a hash's commonest code: 1 tells nothing."""
    return max((share for each in healths for share in each.commonest), default=float("nan"))


def break_even(healths: Healths) -> float:
    """Gives the filters from which on the hash's products are fewer than those it spares.

    ``H / (1 - r_c)`` (Deep Reuse, ICS 2019, section 3) with the means over spans of one length;
    infinite where every window is a cluster of its own. Corrections and set-up come on top.
    """
    hashes = sum(each.hashes for each in healths)
    spared = sum(1 - each.remaining for each in healths)
    return hashes / spared if spared > 0 else float("inf")


def break_even_counted(comparison: Comparison, outcome: Outcome) -> float:
    """Gives the filters from which on a technique takes fewer multiplications, all counted.

    What it takes is a + b M for M filters, with the clusters that this run found; the plain
    exact technique takes c M. Infinite where b is not below c.
    """
    request = comparison.request
    count, *window = (int(size) for size in request.filters.shape)

    def taken(technique: Technique, filters: int, facts: Facts | None) -> int:
        shape = (filters, *window)
        return cyconv.predict(
            technique, request.image.shape, shape, request.geometry, facts
        ).model.multiplications

    facts = outcome.result.facts
    once = taken(outcome.technique, count, facts)
    each = (taken(outcome.technique, 2 * count, facts) - once) / count
    spared = taken(Exact(), 1, None) - each
    return (once - each * count) / spared if spared > 0 else float("inf")
