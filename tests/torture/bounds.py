"""How much memory a process takes at the most while something is done."""

from __future__ import annotations

import os
from pathlib import Path


def resident(process: int, name: str = "VmRSS") -> int:
    """Gives bytes of memory that a process has ("VmRSS") or had at the most ("VmHWM")."""
    try:
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) << 10
    except OSError:
        pass
    return 0


def forget_most(process: int) -> bool:
    """Lets the most that a process had begin anew; gives whether the system does that."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5")
    except OSError:
        return False
    return True


class Rise:
    """Tells how far the memory of this process rose since it was made."""

    def __init__(self) -> None:
        # Without it the most of all time would be told: what is had at the end must do.
        self._name = "VmHWM" if forget_most(os.getpid()) else "VmRSS"
        self.before = resident(os.getpid())

    def bytes(self) -> int:
        """Gives the rise."""
        return max(0, resident(os.getpid(), self._name) - self.before)
