"""Names that the model gives in English, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from convgui.model.compute import LABELS
from convgui.model.samples import offered


def technique_label(name: str) -> str:
    """Gives what a technique is called; its own name where it has no other."""
    return QCoreApplication.translate("Techniques", LABELS.get(name, name))


def offered_samples() -> Sequence[Any]:
    """Gives name, label and file of the samples that the empty window offers."""
    return [
        (name, QCoreApplication.translate("Actions", label), path)
        for name, label, path in offered()
    ]
