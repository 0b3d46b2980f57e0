"""``convgui compare``: the comparison without a window, for scripts and papers.

Nothing here imports Qt. What is wrong with the input is one line on standard error and exit
status 2; a table is printed and figures and numbers are written where asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from convgui.console import fail, say
from convgui.export.atomic import write_atomically
from convgui.export.tables import to_csv, to_json, to_text
from convgui.fence import read_image
from convgui.model import edit
from convgui.model.compute import Comparison, run
from convgui.model.image import Image, ImageError, ImageTooLarge
from convgui.model.numbers import bytes_
from convgui.model.parameters import CUSTOM
from convgui.model.resolve import TECHNIQUES, resolve
from convgui.model.reuse import PIECES
from convgui.model.session import Session, Weights
from convgui.model.shown import shown
from cyconv import filters
from cyconv.techniques.checks import CORRECTIONS, MOST_HASHES, REPRESENTATIVES
from cyconv.techniques.families import FAMILIES
from cyconv.techniques.spans import SCOPES

FIGURES = (".pdf", ".svg", ".png")
STANDARD_OUTPUT = "-"


class UsageError(ValueError):
    """What was asked for can't be done; the message is one sentence."""


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        """Ends the program with status 2."""
        raise UsageError(message)

    def print_help(self, file: object = None) -> None:
        """Prints the help on standard output."""
        say(self.format_help())


def _size(text: str) -> tuple[int, int]:
    try:
        width, height = (int(part) for part in text.lower().split("x"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be WxH, as 300x360, got {text!r}") from None
    if width < 1 or height < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1x1, got {text!r}")
    return width, height


def _padding(text: str) -> int | str:
    try:
        return text if text == "same" else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'must be a number or "same", got {text!r}') from None


def _scope(text: str) -> int | str:
    try:
        return text if text in SCOPES else int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f'must be "channel", "window" or a number of values, got {text!r}'
        ) from None


def parser() -> Parser:
    """Gives the parser of ``convgui compare``."""
    made = Parser(
        prog="convgui compare", allow_abbrev=False,
        description="Convolve an image exactly, differentially, by LSH and in low rank, and print "
        "how they compare. Without an image a sample is taken.",
    )  # fmt: skip
    add = made.add_argument
    add("image", metavar="IMAGE", nargs="?", help="a file")
    add("--size", metavar="WxH", type=_size, help="bring the image to this size first")
    add("--gray", action="store_true", help="reduce the image to one channel")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--filter", metavar="NAME", help=f"one of {', '.join(filters.PRESETS)}")
    which.add_argument("--weights", metavar="FILE", help="weights from .npy, .csv or .txt")
    add("--kernel-size", metavar="K", type=int, help="side of the filter's window")
    add("--filters", metavar="M", type=int, help="number of filters in the bank")
    add("--stride", metavar="S", type=int, default=1)
    add("--padding", metavar="P", type=_padding, default=0, help='zeros on all sides, or "same"')
    add("--dilation", metavar="D", type=int, default=1)
    add("--technique", metavar="NAME", nargs="+", action="extend",
        help=f"{', '.join(TECHNIQUES)}; may be given several times; by default "
        f"{', '.join(shown(Session()))}")
    add("--reference", choices=("first", "previous", "above", "best"), default="first",
        help="window that the differential technique subtracts")
    add("--threshold", metavar="X", type=float, default=0.0,
        help="differences of pixels up to X are left out; 0 is lossless")
    add("--residue", choices=("kept", "forgotten"), default="kept",
        help="what becomes of differences that were left out")
    add("--hashes", metavar="H", type=int, default=2, help="hash vectors of LSH, 1 to 32")
    add("--family", choices=tuple(FAMILIES), help="how LSH hashes windows")
    add("--step", metavar="X", type=float, help="width of a code; without one, codes are signs")
    add("--scope", metavar="channel|window|N", type=_scope, default="channel",
        help="what LSH clusters: channels, windows, or pieces of N values of a window")
    add("--representative", choices=REPRESENTATIVES, help="what stands for a cluster")
    add("--correction", choices=CORRECTIONS, help="what LSH adds back")
    add("--rank", metavar="R", type=int, default=Session().rank,
        help="directions of the low-rank technique, 1 to 32")
    add("--rank-family", choices=tuple(FAMILIES), default=Session().rank_family,
        help="where they come from")
    add("--seed", metavar="N", type=int, default=0, help="of LSH, low rank and random filters")
    add("--as-published", action="store_true", help="repeat the report's flaws")
    add("--threads", metavar="T", type=int, default=0, help="0: every core")
    add("--large", action="store_true", help="read an image of more than 50 megapixels")
    add("--export", metavar="FILE", type=Path, help="write the figure: .pdf, .svg or .png")
    add("--json", metavar="FILE", help="write the numbers; - prints them in place of the table")
    add("--csv", metavar="FILE", help="write the numbers; - prints them in place of the table")
    return made


def main(argv: Sequence[str]) -> int:
    """Runs ``convgui compare`` with these arguments; gives the exit status."""
    try:
        options = parser().parse_args(argv)
        _sort_out(options)
        image = _read(options)
        comparison = run(resolve(_session(options), image, options.technique))
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


def _sort_out(options: argparse.Namespace) -> None:
    """Checks what can be checked before anything is read."""
    names = options.technique or []
    known = [name for name in names if name in TECHNIQUES]
    if options.image is None and len(known) == len(names) - 1 > 0 and names[-1] not in known:
        # "--technique exact lsh IMAGE" hands the image to the option before it.
        options.image = names.pop()
    for name in names:
        if name not in TECHNIQUES:
            raise UsageError(f"--technique must be {', '.join(TECHNIQUES)}, got {name!r}")
    if options.filter is not None and options.filter not in filters.PRESETS:
        raise UsageError(
            f"--filter must be one of {', '.join(filters.PRESETS)}, got {options.filter!r}"
        )
    _sort_out_lsh(options)
    if options.export and options.export.suffix.lower() not in FIGURES:
        raise UsageError(f"--export must end in {', '.join(FIGURES)}, got {str(options.export)!r}")
    if options.json == options.csv == STANDARD_OUTPUT:
        raise UsageError("only one of --json and --csv can be printed")
    if options.json == options.csv is not None:
        raise UsageError(f"--json and --csv can't both be written to {options.csv}")


def _sort_out_lsh(options: argparse.Namespace) -> None:
    """Refuses what the dock would grey: nothing that is asked for is passed over in silence."""
    if options.as_published:
        for name in ("family", "step", "representative", "correction"):
            if getattr(options, name) is not None:
                raise UsageError(f"--as-published settles how LSH works, and takes no --{name}")
    if not 1 <= options.rank <= MOST_HASHES:
        raise UsageError(f"--rank must be 1 to {MOST_HASHES}, got {options.rank}")
    if options.step is None:
        return
    family = options.family or Session().family
    if not 0 < options.step < float("inf"):
        raise UsageError(f"--step must be a number above 0, got {options.step:g}")
    if FAMILIES[family].steps == "never":
        raise UsageError(f"--step does not go with the family {family}, whose codes are signs")


def _lsh(session: Session, options: argparse.Namespace) -> Session:
    """Gives the session with what is said of LSH and of the low-rank bank."""
    for name in ("family", "representative", "correction", "step"):
        value = getattr(options, name)
        if value is not None:
            session = edit.change(session, name, value)
    if isinstance(options.scope, int):
        session = replace(session, scope=PIECES, piece=options.scope)
    else:
        session = replace(session, scope=options.scope)
    return replace(
        session, rank=options.rank, rank_family=options.rank_family, rank_seed=options.seed
    )


def _read(options: argparse.Namespace) -> Image:
    source = options.image
    if source is None:
        from convgui.model.samples import SAMPLES, sample_path

        source = sample_path(SAMPLES[0].name)
    try:
        return read_image(source, **({"max_pixels": None} if options.large else {}))
    except ImageTooLarge as error:
        raise UsageError(
            f"{error} It would take {bytes_(error.bytes_needed)}; --large reads it all the same."
        ) from None


def _session(options: argparse.Namespace) -> Session:
    """Gives the session that the options ask for."""
    width, height = options.size or (None, None)
    same = options.padding == "same"
    session = Session(
        width=width, height=height, gray=options.gray, filter_seed=options.seed,
        stride=options.stride, padding=0 if same else options.padding, same_padding=same,
        dilation=options.dilation, reference=options.reference,
        threshold=options.threshold, residue=options.residue,
        differential_as_published=options.as_published, hashes=options.hashes,
        lsh_seed=options.seed, lsh_as_published=options.as_published,
        threads=options.threads,
    )  # fmt: skip
    session = _lsh(session, options)
    if options.filters is not None:
        session = replace(session, filter_count=options.filters)
    if options.weights is not None:
        return _weighted(session, options)
    name = options.filter or session.filter_name
    size = options.kernel_size
    if size is None:
        size = filters.PRESETS[name].default_size
    return replace(session, filter_name=name, kernel_size=size)


def _weighted(session: Session, options: argparse.Namespace) -> Session:
    """Gives the session with weights from a file, which size and number must agree with."""
    weights = filters.load(options.weights)
    side = options.kernel_size
    if side is not None and weights.shape[-2:] != (side, side):
        rows, columns = weights.shape[-2:]
        raise UsageError(f"--kernel-size {side} does not fit weights of {rows} x {columns}")
    if weights.ndim == 4 and options.filters not in (None, weights.shape[0]):
        raise UsageError(
            f"--filters {options.filters} does not fit a file of {weights.shape[0]} filters"
        )
    return replace(session, filter_name=CUSTOM, weights=_nested(weights.tolist()))


def _nested(values: list[object]) -> Weights:
    def tuples(value: object) -> object:
        return tuple(map(tuples, value)) if isinstance(value, list) else value

    return tuples(values)  # type: ignore[return-value]


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
