"""What the tests of reuse share: a technique's plans, as its description takes them."""

from __future__ import annotations

import numpy as np

from cyconv.oracle_reuse import Hashing, reuse
from cyconv.problem import check
from cyconv.techniques.families import FAMILIES
from cyconv.techniques.plan import sample
from cyconv.techniques.planning import plans_of
from cyconv.techniques.together import together


def plans(technique, image, bank, geometry):
    """Gives the plans that a run makes, of one image or of several together."""
    images = image if np.ndim(image) == 4 else [image]
    problems = [check(each, bank, geometry, None, None, 1, None) for each in images]
    with together(problems) as made:
        scope = getattr(technique, "scope", "window")
        return plans_of(technique.settings, scope, made.problem, made.rows)


def described(technique, image, bank, geometry):
    """Gives the output and the numbers of clusters of the slow description."""
    made = plans(technique, image, bank, geometry)
    hashings = [
        Hashing(
            plan.span.group, plan.span.start, plan.span.stop, plan.directions,
            plan.cuts.origins, plan.cuts.inverses,
        )
        for plan in made
    ]
    real = np.float64 if image.dtype == np.float64 else np.float32
    windows = geometry.place(image.shape[-2:], bank.shape[2:]).windows
    windows *= len(image) if np.ndim(image) == 4 else 1
    return reuse(
        image, bank, hashings, geometry, representative=technique.representative,
        correction=technique.correction, sample=sample(windows, technique.seed),
        dtype=real if FAMILIES[technique.family].rounded else np.float64,
    )
