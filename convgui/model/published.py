"""The report's experiment: its settings, its claims, and what really comes out of both.

The main report claims 100 % accuracy for the differential technique and 0 % for LSH. Neither is
the technique's doing. Each row here says what was claimed, what the program as published gives,
what the repaired one gives, and why they differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cyconv import Accuracy

from .compute import Progress, run
from .image import Image
from .parameters import CUSTOM
from .resolve import resolve
from .session import Session, Weights

NAME = "The report's experiment"
WEIGHT = 0.11


def _blur(size: int) -> Weights:
    return ((WEIGHT,) * size,) * size


SETTINGS: dict[str, Session] = {
    "differential": Session(
        width=300, height=360, filter_name=CUSTOM, kernel_size=3, weights=_blur(3)
    ),
    "lsh": Session(width=38, height=38, filter_name=CUSTOM, kernel_size=7, weights=_blur(7)),
}
"""What the report ran, by technique: every weight is 0.11, stride 1, no padding."""

CLAIMS = {"differential": 100.0, "lsh": 0.0}
"""The accuracies that the report prints, in percent, by technique."""

REASONS = {
    "differential": (
        "As published, the difference is taken the wrong way round and the base, filter times "
        "first window, is never added back: what comes out is no convolution. Repaired, the "
        "technique is exact."
    ),
    "lsh": (
        "As published, the sum of a cluster takes itself in again with every window, so it "
        "doubles each time and overflows to infinity. Repaired, the sum is finite, and accuracy "
        "rises with the number of clusters."
    ),
}


@dataclass(frozen=True)
class Row:
    """One technique: what was claimed and what is measured, accuracies against the exact output.

    Attributes
    ----------
    technique, setting, why : str
        Its name, what it was run on in words, and why claim and measurements differ.
    claimed : float
        The report's accuracy in percent; compare with ``report_accuracy`` of the others.
    published, repaired : Accuracy
        Measured with the technique as published, and repaired.
    """

    technique: str
    setting: str
    claimed: float
    published: Accuracy
    repaired: Accuracy
    why: str


def experiment(session: Session, technique: str = "differential") -> Session:
    """Gives the session with the report's settings for a technique, flaws as published.

    What the report does not set, as the number of threads, stays.
    """
    return replace(
        SETTINGS[technique], threads=session.threads,
        differential_as_published=True, lsh_as_published=True,
    )  # fmt: skip


def measure(
    image: Image, progress: Callable[[Progress], None] | None = None
) -> tuple[Row, ...]:
    """Gives a row for each technique that the report makes a claim about.

    Parameters
    ----------
    image : Image
        Any image; it is brought to the report's size.
    progress : callable, optional
        As :func:`convgui.model.compute.run` takes it; may raise :class:`cyconv.Cancelled`.
    """
    steps = [(name, flawed) for name in SETTINGS for flawed in (True, False)]
    measured = {}
    for done, (name, flawed) in enumerate(steps):
        session = replace(
            SETTINGS[name], differential_as_published=flawed, lsh_as_published=flawed
        )
        request = resolve(session, image, (name,))
        comparison = run(request, _part(progress, done, len(steps)))
        measured[name, flawed] = comparison[name].accuracy
    return tuple(
        Row(name, _words(settings), CLAIMS[name], measured[name, True], measured[name, False],
            REASONS[name])
        for name, settings in SETTINGS.items()
    )  # fmt: skip


def sentences() -> tuple[str, ...]:
    """Gives what is said of the experiments, for translators."""
    return (*map(_words, SETTINGS.values()), *REASONS.values())


def _part(
    progress: Callable[[Progress], None] | None, done: int, steps: int
) -> Callable[[Progress], None] | None:
    """Gives the progress function of one step of several."""
    if progress is None:
        return None
    tell = progress

    def told(step: Progress) -> None:
        tell(replace(step, fraction=(done + step.fraction) / steps))

    return told


def _words(settings: Session) -> str:
    side = settings.kernel_size
    return f"{settings.width} x {settings.height}, {side} x {side} blur of {WEIGHT}"
