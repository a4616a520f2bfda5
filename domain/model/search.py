"""Finding words as people type them: with marks, without marks, or by ear."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

EXACT, FOLDED, SOUNDED = 10, 4, 1
"""What a word is worth that is there letter for letter, without its marks, or by its sound."""
LONGEST_QUERY = 100
"""UTF-16 units."""
MOST_WORDS = 12
"""Of a query; more say nothing more."""
_KHMER = range(0x1780, 0x1800)
_LETTER = r"[^\W_\u1780-\u17ff]"
_WORD = re.compile(rf"{_LETTER}+(?:[\u0300-\u036f]+{_LETTER}*)*|[\u1780-\u17ff]+")
"""Letters and digits, with the marks that have no letter of their own; or a run of Khmer signs."""
_PLAIN = re.compile(r"\w+")
_NOT_PLAIN = re.compile(r"[_\u0300-\u036f\u1780-\u17ff]")
"""Without any of these the plain pattern finds the same words in half of the time."""
WORDS_KEPT = 50_000
"""How many words' folded forms are kept at hand: a language has no more that are in use."""
_TRIGRAM = 3
_ENOUGH = 0.6
"""Of a Khmer word's trigrams: so many must be there, since nothing shows where a word ends."""
_VOWELS = frozenset("aouy")
_BY_EAR = (("ngh", "ng"), ("tr", "ch"), ("gh", "g"), ("ph", "f"))
_ONE_BY_EAR = {"x": "s", "r": "d", "n": "l", "c": "k", "q": "k"}
_TWO_LETTERS = ("ng", "nh", "ch", "kh", "th")


class Weight(IntEnum):
    """How much it says that a word stands in this part of a text (trọng số)."""

    TITLE = 3
    TEXT = 1


def words_of(text: str) -> tuple[str, ...]:
    """The words in small letters, in NFC; of Khmer, which has no spaces, whole runs of signs."""
    small = unicodedata.normalize("NFC", text).casefold()
    return tuple((_WORD if _NOT_PLAIN.search(small) else _PLAIN).findall(small))


@lru_cache(WORDS_KEPT)
def folded(word: str) -> str:
    """Without marks and capitals; đ is d, and Khmer keeps its signs."""
    apart = unicodedata.normalize("NFD", word.casefold())
    kept = (c for c in apart if unicodedata.category(c) != "Mn" or is_khmer(c))
    # Some letters fall apart only once they are small, and the other way round.
    return unicodedata.normalize("NFC", "".join(kept).replace("đ", "d").casefold())


@lru_cache(WORDS_KEPT)
def sounded(word: str) -> str:
    """As it sounds to most: s is x, ch is tr, d is gi and r, l is n, c is k and q, i is y."""
    plain = folded(word)
    if any(map(is_khmer, plain)):
        return plain
    return _head(plain).replace("y", "i")


def _head(plain: str) -> str:
    """With one letter or two for all beginnings that sound alike."""
    if plain.startswith("gi"):
        rest = plain[2:]
        return "d" + (rest if rest[:1] in _VOWELS else f"i{rest}")
    for written, heard in _BY_EAR:
        if plain.startswith(written):
            return heard + plain[len(written) :]
    if plain.startswith(_TWO_LETTERS):
        return plain
    return _ONE_BY_EAR.get(plain[:1], plain[:1]) + plain[1:]


@dataclass(frozen=True, slots=True)
class Searchable:
    """A text's words on three levels (văn bản tìm được)."""

    exact: frozenset[str]
    folded: frozenset[str]
    sounded: frozenset[str]
    khmer: str
    """Its Khmer, run after run."""

    @classmethod
    def of(cls, texts: Iterable[str]) -> "Searchable":
        words = frozenset(word for text in texts for word in words_of(text))
        without = frozenset(map(folded, words))
        runs = sorted(word for word in words if is_khmer(word[0]))
        return cls(words, without, frozenset(map(sounded, without)), " ".join(runs))

    def worth(self, word: str) -> int:
        """What finding this word here is worth; 0 if it is not here."""
        if is_khmer(word[0]):
            return self._worth_in_khmer(word)
        if word in self.exact:
            return EXACT
        if folded(word) in self.folded:
            return FOLDED
        return SOUNDED if sounded(word) in self.sounded else 0

    def _worth_in_khmer(self, word: str) -> int:
        if word in self.khmer:
            return EXACT
        parts = {word[n : n + _TRIGRAM] for n in range(len(word) - _TRIGRAM + 1)}
        found = sum(part in self.khmer for part in parts)
        return SOUNDED if parts and found >= _ENOUGH * len(parts) else 0


Parts = Sequence[tuple[Weight, Searchable]]


def score(query: str, parts: Parts) -> int:
    """How well a text answers a query; 0 unless every word of it is somewhere in the text."""
    words = words_of(query)[:MOST_WORDS]
    worths = [
        max((weight * part.worth(word) for weight, part in parts), default=0) for word in words
    ]
    return sum(worths) if worths and all(worths) else 0


def is_khmer(c: str) -> bool:
    return ord(c) in _KHMER
