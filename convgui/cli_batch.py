"""``convgui compare A B ... --export-dir DIR``: many images, a figure for each and one table."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from convgui.cli_session import session_of
from convgui.console import fail, say
from convgui.export.batch import Batch, Done, Summary, run
from convgui.fence import read_image
from convgui.model.damage import WARN
from convgui.model.files import display_name
from convgui.model.reader import ASK_ABOVE
from convgui.model.samples import SAMPLES, sample_path


class _Teller:
    """Says what came of every image as soon as that is known."""

    def __init__(self) -> None:
        self._told = 0

    def __call__(self, summary: Summary) -> None:
        """Says what is new."""
        for done in summary.done[self._told :]:
            if done.problem:
                name = _shown(done)
                fail(done.problem if name in done.problem else f"{name}: {done.problem}")
            else:
                say(f"{_shown(done)} -> {done.figure}\n")
        self._told = len(summary.done)


def main(options: argparse.Namespace) -> int:
    """Does the batch; gives 0, or 2 where an image was skipped.

    Raises
    ------
    ValueError, OSError
        If nothing can be done, or not be written.
    """
    sources = options.images or [str(sample_path(SAMPLES[0].name))]
    summary = run(
        Batch(
            session_of(options), tuple(sources), str(options.export_dir),
            options.export_format or "pdf",
            techniques=None if options.technique is None else tuple(options.technique),
            max_pixels=None if options.large else ASK_ABOVE,
        ),
        finished=_Teller(),
        read=partial(read_image, damage=options.damaged or WARN),
    )  # fmt: skip
    count = len(summary.problems)
    skipped = f", {count} skipped" if count else ""
    say(f"{summary.figures} of {summary.wanted} images compared{skipped}; "
        f"the numbers are in {summary.table}\n")  # fmt: skip
    return 2 if count else 0


def _shown(done: Done) -> str:
    """Gives a file's name as it can be printed."""
    return display_name(Path(done.file))
