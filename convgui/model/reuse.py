"""The techniques that reuse products or projections, as a session asks for them.

What another choice settles is greyed in the dock and left out here, so that no session the dock
can give is refused.
"""

from __future__ import annotations

from dataclasses import replace

from cyconv import LSH, LowRank
from cyconv.techniques.families import FAMILIES

from .session import Session

PIECES = "pieces"
STEP = 64.0
"""The step of a family that must have one, until another is chosen: for pixels of 8 bits."""


def steps(session: Session) -> str:
    """Tells whether the session's family of hashes takes a step: never, may, must."""
    return FAMILIES[session.family].steps


def step(session: Session) -> float | None:
    """Gives the width of a code; None for a sign."""
    taken = steps(session)
    if session.lsh_as_published or taken == "never":
        return None
    # Not "or": what is not a number must be refused, not replaced.
    if session.step == 0:
        return STEP if taken == "must" else None
    return session.step


def choose_family(session: Session, family: str) -> Session:
    """Gives the session with another family of hashes, and a step if that must have one."""
    return with_step(replace(session, family=family), session.step)


def with_step(session: Session, wanted: float) -> Session:
    """Gives the session with another step; 0, for signs, only where the family knows them."""
    must = FAMILIES[session.family].steps == "must"
    return replace(session, step=STEP if must and wanted == 0 else wanted)


def choose_scope(session: Session, scope: str) -> Session:
    """Gives the session with another scope; products of pieces are always reused."""
    return replace(session, scope=scope, reuse=session.reuse or scope == PIECES)


def lsh(session: Session) -> LSH:
    """Gives the LSH technique."""
    published = session.lsh_as_published
    reuse = session.reuse or session.scope == PIECES
    return LSH(
        session.hashes,
        "report" if published else session.family,
        step(session),
        session.piece if session.scope == PIECES else session.scope,
        "mean" if published else session.representative,
        "none" if published or not reuse else session.correction,
        seed=session.lsh_seed, reuse=reuse, as_published=published,
    )  # fmt: skip


def low_rank(session: Session) -> LowRank:
    """Gives the low-rank technique."""
    return LowRank(session.rank, session.rank_family, seed=session.rank_seed)
