"""What ``convgui compare`` takes on its command line, and what it refuses unread."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from convgui.console import say
from convgui.model.damage import LEVELS, WARN
from convgui.model.resolve import TECHNIQUES
from convgui.model.session import Session
from convgui.model.shown import shown
from cyconv import filters
from cyconv.techniques.checks import CORRECTIONS, MOST_HASHES, REPRESENTATIVES
from cyconv.techniques.families import FAMILIES
from cyconv.techniques.spans import SCOPES

FIGURES = (".pdf", ".svg", ".png")
STANDARD_OUTPUT = "-"
SEEDS = ("filter_seed", "lsh_seed", "rank_seed")


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


def _size(text: str) -> tuple[int | None, int | None]:
    try:
        sides = [int(part) if part else None for part in text.lower().split("x")]
        width, height = sides
    except ValueError:
        raise argparse.ArgumentTypeError(f"must be WxH, as 300x360, got {text!r}") from None
    if width is height is None or any(each is not None and each < 1 for each in sides):
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
        "how they compare. Without an image a sample is taken; several images, or folders of "
        "them, go with --export-dir.",
    )  # fmt: skip
    made.add_argument("images", metavar="IMAGE", nargs="*", help="a file")
    _add_filters(made)
    _add_techniques(made)
    _add_lsh(made)
    _add_outputs(made)
    return made


def _add_filters(made: Parser) -> None:
    add = made.add_argument
    add("--size", metavar="WxH", type=_size,
        help="bring the image to this size first; 300x or x360 leaves the other side as it is")
    add("--gray", action="store_true", help="reduce the image to one channel")
    which = made.add_mutually_exclusive_group()
    which.add_argument("--filter", metavar="NAME", help=f"one of {', '.join(filters.PRESETS)}")
    which.add_argument("--weights", metavar="FILE", help="weights from .npy, .csv or .txt")
    which.add_argument("--weights-text", metavar="ROWS",
                       help='weights themselves, as --weights-text="-1 0 1; -2 0 2; -1 0 1"')
    add("--kernel-size", metavar="K", type=int, help="side of the filter's window")
    add("--filters", metavar="M", type=int, help="number of filters in the bank")
    add("--divisor", metavar="X", type=float, help="of the blur; K * K, the mean, without one")
    add("--sigma", metavar="X", type=float,
        help="of the Gaussian and of the Gabor filters, in pixels; by their size without one")
    add("--stride", metavar="S", type=int, default=1)
    add("--padding", metavar="P", type=_padding, default=0, help='zeros on all sides, or "same"')
    add("--dilation", metavar="D", type=int, default=1)


def _add_techniques(made: Parser) -> None:
    add = made.add_argument
    add("--technique", metavar="NAME", nargs="+", action="extend",
        help=f"{', '.join(TECHNIQUES)}; may be given several times; by default "
        f"{', '.join(shown(Session()))}")
    add("--reference", choices=("first", "previous", "above", "best"), default="first",
        help="window that the differential technique subtracts")
    add("--threshold", metavar="X", type=float, default=0.0,
        help="differences of pixels up to X are left out; 0 is lossless")
    add("--residue", choices=("kept", "forgotten"), default="kept",
        help="what becomes of differences that were left out")
    add("--rank", metavar="R", type=int, default=Session().rank,
        help="directions of the low-rank technique, 1 to 32")
    add("--rank-family", choices=tuple(FAMILIES), default=Session().rank_family,
        help="where they come from")
    add("--seed", metavar="N", type=int, default=0, help="of LSH, low rank and random filters")
    for name, what in zip(SEEDS, ("random filters", "LSH", "low rank"), strict=True):
        add(f"--{name.replace('_', '-')}", metavar="N", type=int, help=f"of {what} alone")
    add("--as-published", action="store_true", help="repeat the report's flaws")
    add("--differential-as-published", action="store_true", help="those of one technique alone")
    add("--lsh-as-published", action="store_true", help="those of the other alone")
    add("--threads", metavar="T", type=int, default=0, help="0: every core")
    add("--large", action="store_true", help="read images of more than 50 megapixels")
    add("--damaged", choices=LEVELS,
        help=f"how much damage an image may have, from none to any; {WARN} without it")


def _add_lsh(made: Parser) -> None:
    add = made.add_argument
    add("--hashes", metavar="H", type=int, default=2, help="hash vectors of LSH, 1 to 32")
    add("--family", choices=tuple(FAMILIES), help="how LSH hashes windows")
    add("--step", metavar="X", type=float, help="width of a code; without one, codes are signs")
    add("--scope", metavar="channel|window|N", type=_scope, default="channel",
        help="what LSH clusters: channels, windows, or pieces of N values of a window")
    add("--representative", choices=REPRESENTATIVES, help="what stands for a cluster")
    add("--correction", choices=CORRECTIONS, help="what LSH adds back")
    add("--no-reuse", action="store_true", help="multiply for every window, not every cluster")


def _add_outputs(made: Parser) -> None:
    add = made.add_argument
    add("--export", metavar="FILE", type=Path, help="write the figure: .pdf, .svg or .png")
    add("--json", metavar="FILE", help="write the numbers; - prints them in place of the table")
    add("--csv", metavar="FILE", help="write the numbers; - prints them in place of the table")
    add("--export-dir", metavar="DIR", type=Path,
        help="write a figure for every image, and one table of all numbers, into this folder; "
        "nothing there is overwritten, and a file that is no image is told and skipped")
    add("--export-format", choices=[each[1:] for each in FIGURES],
        help="of those figures; pdf without it")


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Gives the options that arguments stand for.

    Raises
    ------
    UsageError
        If they can't be understood, or don't go together.
    """
    options, more = parser().parse_known_args(argv)
    if any(each.startswith("-") for each in more):
        raise UsageError(f"unrecognized arguments: {' '.join(more)}")
    # Images that stand between options.
    options.images += more
    _check_names(options)
    _check_lsh(options)
    _check_outputs(options)
    return options


def _check_names(options: argparse.Namespace) -> None:
    names = options.technique or []
    if not options.images and names:
        # "--technique exact lsh IMAGE" hands the images to the option before them.
        known = next((at for at, name in enumerate(names) if name not in TECHNIQUES), len(names))
        if known:
            options.images = names[known:]
            del names[known:]
    for name in names:
        if name not in TECHNIQUES:
            raise UsageError(f"--technique must be {', '.join(TECHNIQUES)}, got {name!r}")
    if options.filter is not None and options.filter not in filters.PRESETS:
        raise UsageError(
            f"--filter must be one of {', '.join(filters.PRESETS)}, got {options.filter!r}"
        )
    for name in ("divisor", "sigma"):
        if (value := getattr(options, name)) is not None and not 0 < value < float("inf"):
            raise UsageError(f"--{name} must be a number above 0, got {value:g}")


def _check_lsh(options: argparse.Namespace) -> None:
    """Refuses what the dock would grey: nothing that is asked for is passed over in silence."""
    if options.as_published or options.lsh_as_published:
        for name in ("family", "step", "representative", "correction"):
            if getattr(options, name) is not None:
                raise UsageError(f"--as-published settles how LSH works, and takes no --{name}")
    if not 1 <= options.rank <= MOST_HASHES:
        raise UsageError(f"--rank must be 1 to {MOST_HASHES}, got {options.rank}")
    if options.no_reuse and isinstance(options.scope, int):
        raise UsageError("--no-reuse does not go with pieces, whose products are always reused")
    if options.no_reuse and options.correction not in (None, "none"):
        raise UsageError("--no-reuse does not go with --correction, which belongs to reuse")
    if options.step is None:
        return
    family = options.family or Session().family
    if not 0 < options.step < float("inf"):
        raise UsageError(f"--step must be a number above 0, got {options.step:g}")
    if FAMILIES[family].steps == "never":
        raise UsageError(f"--step does not go with the family {family}, whose codes are signs")


def _check_outputs(options: argparse.Namespace) -> None:
    if options.export_dir is not None:
        for name in ("export", "json", "csv"):
            if getattr(options, name) is not None:
                raise UsageError(f"--export-dir names its files itself, and takes no --{name}")
        return
    if len(options.images) > 1:
        raise UsageError(f"{len(options.images)} images need --export-dir DIR")
    if options.export_format is not None:
        raise UsageError("--export-format goes with --export-dir")
    if options.export and options.export.suffix.lower() not in FIGURES:
        raise UsageError(f"--export must end in {', '.join(FIGURES)}, got {str(options.export)!r}")
    if options.json == options.csv == STANDARD_OUTPUT:
        raise UsageError("only one of --json and --csv can be printed")
    if options.json == options.csv is not None:
        raise UsageError(f"--json and --csv can't both be written to {options.csv}")
