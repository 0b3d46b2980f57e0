"""What a parameter of the dock is: a name, a range, and when it matters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .session import Session

if TYPE_CHECKING:
    from .image import Image

Reason = Callable[[Session, "Image | None"], str]


def enabled(session: Session, image: Image | None) -> str:
    """Gives no reason not to change a parameter."""
    return ""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a session, as an editor for it is built.

    Attributes
    ----------
    key, group, label, tip : str
        The session's attribute, where the editor stands, its name and one explaining sentence.
    kind : str
        ``"int"``, ``"float"``, ``"bool"`` or ``"choice"``.
    minimum, maximum, step : float
        Range and step of a number.
    decimals : int
        Decimal places of a float.
    choices : tuple of (value, label)
        Of a choice.
    choice_tips : tuple of str
        A sentence on each choice, or none at all.
    suffix : str
        The unit, written behind the number.
    slider : bool
        Whether people drag it.
    special : str
        What is shown in place of the minimum, where that means "chosen for you"; if the default
        is None, the minimum stands for None.
    disabled_reason : callable
        Gives "" where the parameter matters, else why it does not.
    """

    key: str
    group: str
    label: str
    kind: str
    tip: str
    minimum: float = 0
    maximum: float = 0
    step: float = 1
    decimals: int = 2
    choices: tuple[tuple[str, str], ...] = ()
    choice_tips: tuple[str, ...] = ()
    suffix: str = ""
    slider: bool = False
    special: str = ""
    disabled_reason: Reason = enabled

    @property
    def default(self) -> object:
        """The value in a new session."""
        return getattr(Session(), self.key)

    def changed(self, session: Session) -> bool:
        """Whether the session's value is not the default."""
        return bool(getattr(session, self.key) != self.default)
