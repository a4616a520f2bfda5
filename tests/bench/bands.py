"""What is looked for in the bench: words that come often, now and then, or hardly ever."""

from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from random import Random

from domain.model.search import folded, is_khmer


class Band(StrEnum):
    """How often a word comes."""

    COMMON = "common"
    """In one text of fifty, or more."""
    MIDDLING = "middling"
    RARE = "rare"
    """In two texts of all that were counted, or less: of twenty thousand, one of ten thousand."""


OFTEN, HARDLY_EVER = 1 / 50, 2


class Bands:
    """How many of a sample of texts hold each word, and each two side by side."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._held: Counter[str] = Counter()
        self._texts = 0
        for text in texts:
            self._texts += 1
            plain = [folded(word) for word in _words(text)]
            pairs = (" ".join(map(folded, pair)) for pair in neighbours(text))
            self._held.update({*plain, *pairs})

    def band(self, words: str) -> Band:
        held = self._held[folded(words)]
        if held >= OFTEN * self._texts:
            return Band.COMMON
        return Band.MIDDLING if held > HARDLY_EVER else Band.RARE

    def two_words(self, text: str, band: Band, chance: Random) -> str | None:
        """Two words of it that need not stand together: one of the band, one no rarer."""
        words = sorted(set(_words(text)), key=lambda word: (self._held[folded(word)], word))
        those = [at for at, word in enumerate(words) if self.band(word) is band]
        if not those or those[0] == len(words) - 1:
            return None
        at = chance.choice(those[: len(words) - 1 - those[0]])
        return f"{words[at]} {chance.choice(words[at + 1 :])}"

    def phrase(self, text: str, band: Band, chance: Random) -> str | None:
        """Two words of it side by side, which come together as often as the band says."""
        pairs = [" ".join(pair) for pair in neighbours(text)]
        those = [pair for pair in pairs if self.band(pair) is band]
        return chance.choice(those) if those else None


def neighbours(text: str) -> Iterator[tuple[str, str]]:
    words = text.replace(",", " ,").replace(".", " .").split()
    return ((one, other) for one, other in pairwise(words) if _is_word(one) and _is_word(other))


def _words(text: str) -> list[str]:
    words = (word.strip(",.") for word in text.split())
    return [word for word in words if _is_word(word) and len(word) > 1]


def _is_word(one: str) -> bool:
    return one.isalpha() and not is_khmer(one[0])
