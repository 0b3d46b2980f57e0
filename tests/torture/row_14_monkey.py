"""Row 14: somebody who does anything at all, for minutes."""

from __future__ import annotations

from scorecard import Row, Score

ACTIONS = 20_000
SECONDS, MOST_SLOPE = 0.05, 1e6
BEYOND = 0.001
LEAST_RESTS, FEW = 8, 10_000


def run(score: Score) -> None:
    # Only here: it needs a window.
    import monkey

    found = monkey.act(score.seed, score.part(ACTIONS), stall=score.most(monkey.STALL))
    failed = {}
    for text in found.failures:
        failed.setdefault(text.split("\n")[1], text)
    for _ in range(found.actions - len(found.failures)):
        score.case()
    for text in found.failures:
        # Every one is counted; of a kind one is told.
        score.case(failed.pop(text.split("\n")[1], "the same as another one"))
    late = sorted((each.late for each in found.stalls), reverse=True)
    beyond = late[int(found.beats * BEYOND)] if len(late) > found.beats * BEYOND else 0.0
    # Of few beats it is the longest stall, which has a bound of its own.
    wrong = score.over(beyond, SECONDS) if found.beats >= FEW else ""
    score.check(not wrong, f"one in a thousand turns of the event loop: {wrong}")
    score.figure("longest stall", f"{1e3 * (late or [0.0])[0]:.0f} ms")
    score.figure("99.9 %", f"{1e3 * beyond:.0f} ms")
    long = [each for each in found.stalls if each.late > SECONDS]
    waited = [each for each in long if each.own < each.late / 2]
    score.figure("turns over 50 ms", f"{len(long)} of {found.beats:,}, {len(waited)} mostly waited")
    _slope(score, found.memory)
    if found.files:
        first, last = found.files[len(found.files) // 4] / 1e6, found.files[-1] / 1e6
        score.figure("pages of programs", f"{first:.1f} to {last:.1f} MB")


def _slope(score: Score, memory: list[tuple[float, int]]) -> None:
    """Looks how memory grows from rest to rest, the first of them left out."""
    import numpy as np

    rests = memory[len(memory) // 4 :]
    if len(rests) < LEAST_RESTS:
        return
    minutes = np.array([moment for moment, _ in rests]) / 60
    slope = float(np.polyfit(minutes - minutes[0], [size for _, size in rests], 1)[0])
    wrong = score.over(slope / 1e6, MOST_SLOPE / 1e6, "MB a minute")
    score.check(not wrong, f"memory grows: {wrong}")
    score.figure("memory", f"{slope / 1e6:+.2f} MB/min, {rests[-1][1] / 1e6:.0f} MB")


ROW = Row(14, "Monkey", run, quick=0.015, alone=True)
