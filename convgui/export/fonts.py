"""The files of fonts that figures are drawn with, closed when they are done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def closing_fonts() -> Iterator[None]:
    """Closes the files of the fonts that were drawn with, and lets go of their letters.

    Matplotlib keeps 64 of them, each for the one thread that opened it; a thread that has ended
    never uses its own again.
    """
    try:
        yield
    finally:
        from matplotlib import font_manager

        # Not public, so it may be gone one day: fonts then stay open, as Matplotlib has it.
        kept = getattr(font_manager, "_get_font", None)
        if hasattr(kept, "cache_clear"):
            kept.cache_clear()
