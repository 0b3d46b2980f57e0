"""Row 9: every writer, on disks that fail and killed at random moments."""

from __future__ import annotations

from scorecard import Row, Score


def run(score: Score) -> None:
    # Only here: what is tried is made when it is imported.
    from saving import run as tried

    tried(score)


ROW = Row(9, "Saving on disks that fail", run, quick=0.03)
