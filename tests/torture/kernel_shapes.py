"""Random shapes over all that cyconv computes, each replayable by its seed and number."""

from __future__ import annotations

import collections
import itertools
import traceback

import kernel_cases as cases
import kernel_measures as measures
import kernel_reuse as reuse
import numpy as np
from scorecard import Score

KINDS = (
    (16, "exact", cases.exact),
    (4, "direct", cases.exact_by("direct")),
    (6, "separable", cases.exact_by("separable")),
    (6, "fourier", cases.exact_by("fourier")),
    (6, "winograd", cases.exact_by("winograd")),
    (8, "first", cases.from_the_first),
    (16, "neighbour", cases.from_a_neighbour),
    (4, "frame", cases.from_a_frame),
    (3, "batch", cases.in_batches),
    (5, "placed", cases.placed),
    (14, "lsh", reuse.lsh),
    (3, "low rank", reuse.low_rank),
    (4, "compare", measures.compared),
    (1, "drift", measures.drifted),
    (1, "bits", measures.effectual),
    (2.5, "filters", measures.filters_made),
    (0.5, "choose", measures.chosen),
)
"""Share of the cases in percent, name, and the case: "" for right, "refused", or what is wrong."""

_BOUNDS = list(itertools.accumulate(share for share, _, _ in KINDS))


def one(seed: int, number: int) -> tuple[str, str]:
    """Runs a case; gives its kind, and what was wrong with it."""
    rng = np.random.default_rng([seed, number])
    at = rng.random() * _BOUNDS[-1]
    _, kind, case = next(row for bound, row in zip(_BOUNDS, KINDS, strict=True) if at < bound)
    try:
        return kind, case(rng)
    except Exception:  # whatever it is, it is the finding
        return kind, traceback.format_exc()


def run(score: Score, whole: int) -> None:
    """Tries so many cases; a way that refused nearly all it was given counts as failed."""
    done, refused = collections.Counter(), collections.Counter()
    for number in range(score.part(whole)):
        kind, wrong = one(score.seed, number)
        done[kind] += 1
        if wrong == "refused":
            refused[kind] += 1
            wrong = ""
        score.case(f"seed {score.seed}, shape {number} ({kind}): {wrong}" if wrong else None)
    for kind, count in refused.items():
        score.check(
            count < 0.7 * done[kind] or done[kind] < 50,
            f"{kind} was refused {count} of {done[kind]} times",
        )
