"""How much two texts say the same: by their words alone, never by who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from domain.model.opinion_words import Level, side_by_side, trigrams
from domain.model.search import folded, is_khmer, words_of
from domain.model.text import without_numbers

ALIKE = 0.4
"""From here on two texts are shown side by side; whether they are about one thing, people say."""
MOST_SUGGESTED = 5
MOST_COMPARED = 200
"""Texts that one search reads, the newest first."""
MOST_TELLING = 24
"""Pairs of words that are looked for in the index: of a long text those with the most letters."""
_WORTH = {Level.EXACT: 1.0, Level.FOLDED: 0.95, Level.SOUNDED: 0.9}


@dataclass(frozen=True, slots=True)
class Gist:
    """What is compared of a text: its words and pairs of words, on each level (nội dung chính)."""

    parts: dict[Level, frozenset[str]]

    @classmethod
    def of(cls, text: str) -> "Gist":
        """Phone and identity numbers are left out: they would lead from a person to a person."""
        words = words_of(without_numbers(text))
        return cls({level: _parts(words, level) for level in Level})

    def likeness(self, other: "Gist") -> float:
        """From 0 to 1, on whichever level they are most alike."""
        return max(
            worth * _shared(self.parts[level], other.parts[level])
            for level, worth in _WORTH.items()
        )


def telling(text: str) -> tuple[str, ...]:
    """Tokens of the index of which a text about the same thing has one at least."""
    words = words_of(without_numbers(text))
    by_sign = [part for word in words if is_khmer(word[0]) for part in trigrams(word)]
    written = [word for word in words if not is_khmer(word[0])]
    plain = [folded(word) for word in written]
    pairs = [side_by_side(one, other) for one, other in pairwise(written)]
    tokens = dict.fromkeys(by_sign + (pairs or plain))
    return tuple(sorted(tokens, key=lambda token: (-len(token), token))[:MOST_TELLING])


def _parts(words: Sequence[str], level: Level) -> frozenset[str]:
    by_sign = {part for word in words if is_khmer(word[0]) for part in trigrams(word)}
    plain = [level.form(word) for word in words if not is_khmer(word[0])]
    return frozenset(by_sign.union(plain, (f"{a}{side_by_side}{b}" for a, b in pairwise(plain))))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's measure: what both have, against what each has."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
