"""Row 15: every number on the screen and in the exports, against an independent computation."""

from __future__ import annotations

import tempfile
import traceback
from pathlib import Path

import numpy as np
from scorecard import Row, Score

SETTINGS = 5000
PER_IMAGE = 4
"""Settings that a picture is tried with."""


def run(score: Score) -> None:
    # Here, not above: the scorecard itself only asks for titles.
    import truth_cases
    import truth_checks
    from truth_window import Screen

    screen = Screen()
    refused = 0
    with tempfile.TemporaryDirectory(prefix="truth-") as name:
        image = None
        for number in range(score.part(SETTINGS)):
            rng = np.random.default_rng([15, score.seed, number // PER_IMAGE])
            if number % PER_IMAGE == 0:
                image = truth_cases.image(rng, number)
            session = truth_cases.session(np.random.default_rng([16, score.seed, number]))
            what = f"seed {score.seed}, setting {number}: {image and image.pixels.shape} {session}"
            try:
                comparison = screen.compare(image if number % PER_IMAGE == 0 else None, session)
                if comparison is None:
                    refused += 1
                    said = " ".join(screen.failed)
                    plain = bool(said) and "Traceback" not in said and "\n" not in said
                    score.case(None if plain else f"{what}: nothing came, and was said: {said!r}")
                    continue
                truth = truth_checks.Truth(comparison)
                wrong = [each for each in (truth.arrays(),) if each]
                wrong += [f"another session: {comparison.request.session}"] * (
                    comparison.request.session != session
                )
                wrong += truth_checks.screen(truth, screen)
                wrong += truth_checks.exports(truth, Path(name))
            except Exception:  # whatever it is, it is the finding
                wrong = [traceback.format_exc(limit=-4)]
            score.case(f"{what}: {'; '.join(wrong[:6])}" if wrong else None)
    screen.close()
    score.figure("refused in a sentence", f"{refused:,}")
    score.check(refused < 0.5 * score.cases, f"{refused} of {score.cases} settings were refused")


ROW = Row(15, "Truth on the screen", run, quick=0.01)
