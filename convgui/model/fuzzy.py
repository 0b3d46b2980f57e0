"""Finding by a few letters: how well what was typed fits a text."""

from __future__ import annotations

from itertools import pairwise

START, NEXT, WHOLE = 8.0, 5.0, 12.0
"""For a letter that begins a word, for one that follows the last one, for a word found as it is."""
LATER = 0.5
"""What a find in each further text is worth of one in the text before it."""


def score(query: str, *texts: str) -> float | None:
    """Gives how well a query fits, more is better; None where it does not.

    Every word of the query must be found, its letters in their order, in one of the texts.

    Parameters
    ----------
    query : str
        As it was typed; "" fits everything and scores 0.
    *texts : str
        The one that counts most comes first.
    """
    total = 0.0
    for word in query.casefold().split():
        found = [
            LATER**place * each
            for place, text in enumerate(texts)
            if (each := _word(word, text.casefold())) is not None
        ]
        if not found:
            return None
        total += max(found)
    return total


def _word(word: str, text: str) -> float | None:
    """Gives how well the letters of a word fit a text in their order."""
    rest = iter(text)
    if not all(letter in rest for letter in word):
        return None
    starts = [True, *(not before.isalnum() for before, _ in pairwise(text))]
    # The best score of the letters so far, were the last one of them found at each place.
    best: list[float | None] = [_letter(starts, at) if text[at] == word[0] else None
                                for at in range(len(text))]  # fmt: skip
    for letter in word[1:]:
        best = _continued(best, letter, text, starts)
    known = [each for each in best if each is not None]
    if not known:
        return None
    # Of two texts that fit alike, the one with less beside the word.
    return max(known) + (WHOLE if word in text else 0.0) - 0.01 * len(text)


def _letter(starts: list[bool], at: int) -> float:
    return 1.0 + (START if starts[at] else 0.0)


def _continued(
    best: list[float | None], letter: str, text: str, starts: list[bool]
) -> list[float | None]:
    """Gives the best scores with one more letter."""
    result: list[float | None] = [None] * len(text)
    reached: float | None = None
    for at in range(1, len(text)):
        before = best[at - 1]
        if text[at] == letter and (before is not None or reached is not None):
            ways = [] if before is None else [before + NEXT]
            ways += [] if reached is None else [reached]
            result[at] = max(ways) + _letter(starts, at)
        if before is not None and (reached is None or before > reached):
            reached = before
    return result
