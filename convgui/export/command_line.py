"""A run as a command line: the options of ``convgui compare`` that differ from their defaults."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from convgui.model import reuse
from convgui.model.damage import ANYTHING
from convgui.model.image import Image
from convgui.model.parameters import CUSTOM, bank_weights
from convgui.model.reader import ASK_ABOVE
from convgui.model.session import Session
from convgui.model.shown import shown
from cyconv import filters

SEEDS = {"filter_seed": "--filter-seed", "lsh_seed": "--lsh-seed", "rank_seed": "--rank-seed"}


def rows(session: Session) -> str:
    """Gives weights K_h x K_w as :func:`cyconv.filters.parse` reads them."""
    return "; ".join(" ".join(map(repr, row)) for row in session.weights or ())


def command_line(session: Session, image: Image | None, source: str, weights: str) -> str:
    """Gives the call of ``convgui compare`` that repeats a run, quoted for a POSIX shell.

    Parameters
    ----------
    session : Session
    image : Image or None
    source : str
        The image's file; "" for the first sample.
    weights : str
        A file that holds the session's own weights; "" to write them out.
    """
    words = ["convgui", "compare", *([source] if source else [])]
    words += _picture_options(session, image)
    words += _filter_options(session, weights)
    names = shown(session)
    if names != shown(Session()):
        words += ["--technique", *names]
    if "differential" in names:
        words += _differential_options(session)
    if "lsh" in names:
        words += _lsh_options(session)
    if "low-rank" in names:
        words += _changed(session, rank="--rank", rank_family="--rank-family",
                          rank_seed="--rank-seed")  # fmt: skip
    words += _changed(session, threads="--threads")
    return f"{shlex.join(words)}\n"


def _changed(session: Session, **options: str) -> Iterator[str]:
    """Gives an option and its value for every attribute that is not at its default."""
    for name, option in options.items():
        value = getattr(session, name)
        if value != getattr(Session(), name):
            yield from (option, value if isinstance(value, str) else repr(value))


def _picture_options(session: Session, image: Image | None) -> Iterator[str]:
    if session.width or session.height:
        yield from ("--size", f"{session.width or ''}x{session.height or ''}")
    if session.gray:
        yield "--gray"
    if image is not None and image.width * image.height > ASK_ABOVE:
        yield "--large"
    if image is not None and image.damaged:
        # Whatever was allowed when it was opened, this gives the same picture.
        yield from ("--damaged", ANYTHING)


def _filter_options(session: Session, weights: str) -> Iterator[str]:
    name, options = session.filter_name, frozenset[str]()
    if name != CUSTOM:
        preset = filters.PRESETS[name]
        options = preset.options
        yield from _changed(session, filter_name="--filter")
        if session.kernel_size != preset.default_size:
            yield from ("--kernel-size", repr(session.kernel_size))
    elif weights:
        yield from ("--weights", weights)
    else:
        # One word, for weights may begin with a minus sign.
        yield f"--weights-text={rows(session)}"
    if not bank_weights(session):
        yield from _changed(session, filter_count="--filters")
    for option, attribute in (("divisor", "divisor"), ("sigma", "sigma"), ("seed", "filter_seed")):
        if option in options:
            yield from _changed(session, **{attribute: SEEDS.get(attribute, f"--{attribute}")})
    if session.same_padding:
        yield from ("--padding", "same")
    else:
        yield from _changed(session, padding="--padding")
    yield from _changed(session, stride="--stride", dilation="--dilation")


def _differential_options(session: Session) -> Iterator[str]:
    if session.differential_as_published:
        yield "--differential-as-published"
        return
    yield from _changed(
        session, reference="--reference", threshold="--threshold", residue="--residue"
    )


def _lsh_options(session: Session) -> Iterator[str]:
    yield from _changed(session, hashes="--hashes")
    pieces = session.scope == reuse.PIECES
    if pieces:
        yield from ("--scope", repr(session.piece))
    else:
        yield from _changed(session, scope="--scope")
    yield from _changed(session, lsh_seed="--lsh-seed")
    reuses = session.reuse or pieces
    if not reuses:
        yield "--no-reuse"
    if session.lsh_as_published:
        yield "--lsh-as-published"
        return
    yield from _changed(session, family="--family", representative="--representative")
    step = reuse.step(session)
    if step is not None and step != reuse.choose_family(Session(), session.family).step:
        yield from ("--step", repr(step))
    if reuses:
        yield from _changed(session, correction="--correction")
