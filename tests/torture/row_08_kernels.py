"""Row 8: the kernels, given shapes and arguments that nobody would choose."""

from __future__ import annotations

from scorecard import Row, Score

SHAPES = 100_000
ROUNDS = 6


def run(score: Score) -> None:
    # Here, not above: the scorecard itself only asks for titles.
    import kernel_edges
    import kernel_sanitized
    import kernel_shapes
    import kernel_threads
    import kernel_zoo

    kernel_zoo.run_zoo(score)
    kernel_edges.run(score)
    kernel_threads.run(score, ROUNDS if score.share >= 1 else 1)
    kernel_shapes.run(score, SHAPES)
    if score.share >= 1:
        kernel_sanitized.run(score)


ROW = Row(8, "Kernels and their arguments", run, quick=0.02)
