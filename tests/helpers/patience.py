"""Waiting as long as a full machine may need: no test is about how soon a thread comes to run."""

from __future__ import annotations

from functools import partialmethod

from pytestqt.qtbot import QtBot

WAIT_MS = 60_000
WAIT_SECONDS = WAIT_MS / 1000


class PatientBot(QtBot):
    """pytest-qt's hands, which by themselves give up after 5 seconds."""

    waitSignal = partialmethod(QtBot.waitSignal, timeout=WAIT_MS)
    waitSignals = partialmethod(QtBot.waitSignals, timeout=WAIT_MS)
    waitUntil = partialmethod(QtBot.waitUntil, timeout=WAIT_MS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=WAIT_MS)
    waitActive = partialmethod(QtBot.waitActive, timeout=WAIT_MS)
