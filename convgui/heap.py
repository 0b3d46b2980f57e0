"""How the C library keeps memory that was let go, set so that hours of work do not let it pile up.

Unasked, glibc gives every few threads a heap of their own, and after the first large block that is
let go it takes blocks of up to 32 MiB from these heaps. A small block above a large one that is let
go then holds the whole of it, in each heap anew. In 8,000 random actions the window grew from 305
to 366 MB that way; with one heap, and large blocks straight from the system and back to it, it grew
by a MB in 20,000.
"""

from __future__ import annotations

import ctypes
import os
import sys

TRIM, MMAP, ARENAS = -1, -3, -8
"""What mallopt(3) calls M_TRIM_THRESHOLD, M_MMAP_THRESHOLD and M_ARENA_MAX."""

FROM_SYSTEM = 8 * 2**20
"""Bytes: a block of so many is the system's own, which costs its pages' first touch each time.

From 1 MiB on that was a twentieth of the results that a dragged slider shows."""

SPARE = 16 * 2**20
"""Bytes that stay at the end of the heap for what comes next."""

SETTINGS = {ARENAS: 1, MMAP: FROM_SYSTEM, TRIM: SPARE}


def tidy() -> bool:
    """Sets it; gives whether it is set. Any other C library is left alone, and so is a user's own
    setting by the environment."""
    asked = [name for name in os.environ if name.startswith("MALLOC_") or name == "GLIBC_TUNABLES"]
    if sys.platform != "linux" or asked:
        return False
    library = ctypes.CDLL(None)
    if not hasattr(library, "gnu_get_libc_version"):
        return False
    # Each on its own: 0 is a refusal.
    return all([library.mallopt(name, value) for name, value in SETTINGS.items()])
