"""``convgui compare``: the comparison without a window, for scripts and papers.

Nothing here imports Qt. What is wrong with the input is one line on standard error and exit
status 2; a table is printed and figures and numbers are written where asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from convgui import cli_batch
from convgui.cli_options import STANDARD_OUTPUT, UsageError, parse
from convgui.cli_session import session_of
from convgui.console import fail, say
from convgui.export.atomic import write_atomically
from convgui.export.tables import to_csv, to_json, to_text
from convgui.fence import read_image
from convgui.model.compute import Comparison, run
from convgui.model.image import Image, ImageError, ImageTooLarge
from convgui.model.numbers import bytes_
from convgui.model.resolve import resolve


def main(argv: Sequence[str]) -> int:
    """Runs ``convgui compare`` with these arguments; gives the exit status."""
    try:
        options = parse(argv)
        if options.export_dir is not None:
            return cli_batch.main(options)
        image = _read(options)
        comparison = run(resolve(session_of(options), image, options.technique))
        _write(comparison, options)
        if STANDARD_OUTPUT not in (options.json, options.csv):
            say("".join([*(f"{note}\n" for note in image.notes), to_text(comparison)]))
    except BrokenPipeError:
        raise
    except MemoryError as error:
        return fail(error if str(error) else "there is not enough memory for this")
    except (ValueError, ImageError, OSError) as error:
        return fail(error)
    return 0


def _read(options: argparse.Namespace) -> Image:
    if options.images:
        source = options.images[0]
    else:
        from convgui.model.samples import SAMPLES, sample_path

        source = sample_path(SAMPLES[0].name)
    try:
        limits = {"max_pixels": None} if options.large else {}
        if options.damaged is not None:
            return read_image(source, damage=options.damaged, **limits)
        return read_image(source, **limits)
    except ImageTooLarge as error:
        raise UsageError(
            f"{error} It would take {bytes_(error.bytes_needed)}; --large reads it all the same."
        ) from None


def _write(comparison: Comparison, options: argparse.Namespace) -> None:
    """Writes or prints what was asked for."""
    if options.json is not None:
        told = to_json(comparison)
        _out(options.json, json.dumps(told, indent=2, allow_nan=False, ensure_ascii=False) + "\n")
    if options.csv is not None:
        _out(options.csv, to_csv(comparison))
    if options.export:
        from convgui.export.figure import render

        data = render(comparison, options.export.suffix.lower().lstrip("."))
        write_atomically(options.export, data)


def _out(where: str, text: str) -> None:
    if where == STANDARD_OUTPUT:
        say(text)
    else:
        write_atomically(where, text.encode())
