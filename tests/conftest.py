"""What all tests share: no check of them is on how fast the machine happens to be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings

ROWS = "tests/torture/"

settings.register_profile(
    "patient", deadline=None, derandomize=True, suppress_health_check=[*HealthCheck]
)
settings.load_profile("patient")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Has several workers begin with what takes longest, lest one be left with it at the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(ROWS))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Gives whole files to a worker, for what their tests share; but every row by itself."""
    if config.getvalue("dist") != "loadfile":
        return None
    # Without pytest-xdist, which this needs, nobody calls.
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return nodeid if nodeid.startswith(ROWS) else super()._split_scope(nodeid)

    return Scheduling(config, log)
