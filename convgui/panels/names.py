"""Names that the model gives in English, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from convgui.export.batch import BatchProgress
from convgui.model.compute import LABELS, Progress
from convgui.model.samples import offered


def technique_label(name: str) -> str:
    """Gives what a technique is called; its own name where it has no other."""
    return QCoreApplication.translate("Techniques", LABELS.get(name, name))


def step_label(name: str) -> str:
    """Gives what a step of a technique, a part of its operations or a way to run is called."""
    return QCoreApplication.translate("Steps", name)


def step_text(progress: Progress) -> str:
    """Gives what a run does just now: the technique and its step, behind the image of a batch."""
    if isinstance(progress, BatchProgress):
        file = QCoreApplication.translate("StatusLine", "{0} ({1} of {2})").format(
            progress.file, progress.number, progress.count
        )
        step = _step_text(progress.step)
        return f"{file}: {step}" if step else file
    return _step_text(progress.step_text)


def _step_text(text: str) -> str:
    name, _, step = text.partition(", ")
    if not step or name not in LABELS.values():
        return text
    return f"{QCoreApplication.translate('Techniques', name)}, {step_label(step)}"


def offered_samples() -> Sequence[Any]:
    """Gives name, label and file of the samples that the empty window offers."""
    return [
        (name, QCoreApplication.translate("Actions", label), path)
        for name, label, path in offered()
    ]
