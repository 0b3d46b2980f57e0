"""The session that the options of ``convgui compare`` ask for."""

from __future__ import annotations

import argparse
from dataclasses import replace

from convgui.model import edit
from convgui.model.reuse import PIECES
from convgui.model.session import Session
from cyconv import filters

from .cli_options import SEEDS, UsageError


def session_of(options: argparse.Namespace) -> Session:
    """Gives the session that options ask for.

    Raises
    ------
    ValueError, OSError
        If weights can't be read, or don't fit what else is asked for.
    """
    width, height = options.size or (None, None)
    same = options.padding == "same"
    published = options.as_published
    session = Session(
        width=width, height=height, gray=options.gray,
        divisor=options.divisor or 0.0, sigma=options.sigma or 0.0,
        stride=options.stride, padding=0 if same else options.padding, same_padding=same,
        dilation=options.dilation, reference=options.reference,
        threshold=options.threshold, residue=options.residue,
        differential_as_published=published or options.differential_as_published,
        hashes=options.hashes, lsh_as_published=published or options.lsh_as_published,
        threads=options.threads,
    )  # fmt: skip
    seeds = {
        name: options.seed if getattr(options, name) is None else getattr(options, name)
        for name in SEEDS
    }
    session = _lsh(replace(session, **seeds), options)
    if options.filters is not None:
        session = replace(session, filter_count=options.filters)
    if options.weights is not None or options.weights_text is not None:
        return _weighted(session, options)
    name = options.filter or session.filter_name
    preset, size = filters.PRESETS[name], options.kernel_size
    for option in ("divisor", "sigma"):
        if getattr(options, option) is not None and option not in preset.options:
            raise UsageError(f"--{option} does not go with the filter {name}")
    size = preset.default_size if size is None else size
    return replace(session, filter_name=name, kernel_size=size)


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
        session, reuse=not options.no_reuse, rank=options.rank, rank_family=options.rank_family
    )


def _weighted(session: Session, options: argparse.Namespace) -> Session:
    """Gives the session with weights of one's own, which size and number must agree with."""
    for option in ("divisor", "sigma"):
        if getattr(options, option) is not None:
            raise UsageError(f"--{option} does not go with weights of one's own")
    typed = options.weights is None
    weights = filters.parse(options.weights_text) if typed else filters.load(options.weights)
    side = options.kernel_size
    if side is not None and weights.shape[-2:] != (side, side):
        rows, columns = weights.shape[-2:]
        raise UsageError(f"--kernel-size {side} does not fit weights of {rows} x {columns}")
    if weights.ndim == 4 and options.filters not in (None, weights.shape[0]):
        raise UsageError(
            f"--filters {options.filters} does not fit a file of {weights.shape[0]} filters"
        )
    return edit.with_weights(session, weights)
