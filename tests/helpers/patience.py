"""Waiting as long as a full machine may need: no test is about how soon a thread comes to run."""

from __future__ import annotations

from functools import partialmethod

from pytestqt.qtbot import QtBot

WAIT_MS = 60_000
WAIT_SECONDS = WAIT_MS / 1000
WAITING = ("waitSignal", "waitSignals", "waitUntil", "waitExposed", "waitActive")

PatientBot = type(
    "PatientBot",
    (QtBot,),
    {name: partialmethod(getattr(QtBot, name), timeout=WAIT_MS) for name in WAITING},
)
"""pytest-qt's hands, which by themselves give up after 5 seconds."""
