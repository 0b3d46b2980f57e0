"""What this program is made of: its version, those of its parts, its level and its folders."""

from __future__ import annotations

import platform
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

PARTS = (
    "numpy", "opencv-python", "opencv-python-headless", "PySide6-Essentials", "pyqtgraph",
    "matplotlib", "platformdirs", "QtAwesome",
)  # fmt: skip


@cache
def version() -> str:
    """Gives the version of convgui, "unknown" in a tree that was never installed."""
    return _version("convgui") or "unknown"


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def info() -> str:
    """Gives versions, instruction-set level and paths, a line each, for ``--info``."""
    import cyconv
    from convgui import settings

    lines = [("convgui", version()), ("Python", platform.python_version())]
    lines += [(part, told) for part in PARTS if (told := _version(part))]
    lines += [
        ("system", platform.platform()),
        ("level", cyconv.isa()),
        ("program", str(Path(__file__).parent)),
        ("kernels", str(Path(cyconv.__file__).parent)),
        ("interpreter", sys.executable),
        ("settings", str(settings.path())),
    ]
    width = max(len(name) for name, _ in lines)
    return "\n".join(f"{name.ljust(width)}  {value}" for name, value in lines)
