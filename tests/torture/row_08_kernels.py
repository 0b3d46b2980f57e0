"""Row 8: the kernels, given shapes and arguments that nobody would choose."""

from __future__ import annotations

import numpy as np
from scorecard import Row, Score

from cyconv import convolve


def run(score: Score) -> None:
    _argument_zoo(score)


def _argument_zoo(score: Score) -> None:
    for given in (None, "image", np.zeros((0, 5, 5), np.float32), np.zeros((1, 5), np.complex64)):
        try:
            convolve(given, np.ones((1, 1, 3, 3)))
        except (ValueError, TypeError) as error:
            score.check("\n" not in str(error), f"{given!r}: more than a sentence: {error}")
        else:
            score.case(f"{given!r} was taken without a word")


ROW = Row(8, "Kernels and their arguments", run, quick=0.02)
