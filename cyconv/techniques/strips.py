"""A few strips of a large image, where a search may begin."""

from __future__ import annotations

from dataclasses import replace

from ..geometry import Geometry
from ..problem import Problem, check

WINDOWS = 1 << 17
"""Windows of all strips together, about."""

STRIPS = 8


def strips(problem: Problem) -> tuple[Problem, ...]:
    """Gives evenly spaced strips of rows, as wide as the image; nothing where it is too small.

    Too small is what has not four times as many windows as the strips would have. Of padding
    nothing is kept.
    """
    sizes, (down, across) = problem.sizes, problem.geometry.strides
    geometry = Geometry((down, across), 0, problem.geometry.dilation, problem.geometry.groups)
    height = problem.image.shape[1]
    rows = max(1, WINDOWS // STRIPS // problem.placement.output[1])
    tall = (rows - 1) * down + (problem.window[0] - 1) * problem.geometry.dilations[0] + 1
    if sizes.windows < 4 * WINDOWS or STRIPS * tall > height:
        return ()
    wide = (problem.window[1] - 1) * problem.geometry.dilations[1] + 1
    if problem.image.shape[2] < wide:
        return ()
    tops = [index * (height - tall) // (STRIPS - 1) for index in range(STRIPS)]
    made = [
        check(
            problem.image[:, top : top + tall], problem.filters, geometry, None, None,
            problem.runner.threads, problem.runner.progress,
        )
        for top in tops
    ]
    return tuple(replace(each, ledger=problem.ledger) for each in made)
