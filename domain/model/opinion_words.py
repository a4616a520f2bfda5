"""By which words an opinion is found, and whether a text holds what was looked for."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import chain, pairwise

from domain.model.plain_letters import plain_runs, plainly
from domain.model.search import (
    LONGEST_QUERY,
    MOST_WORDS,
    WORDS_KEPT,
    folded,
    is_khmer,
    sounded,
    words_of,
)
from domain.model.text import without_numbers

LONGEST_TOKEN = 40
"""Signs of a word that are kept to find it by; nobody looks for more, and no index takes all."""
HEARD = "~"
"""In front of a token that is how a word sounds, where that is not how it is written."""
BESIDE = "_"
"""Between two words that stand side by side."""
_TRIGRAM = 3
_A_PAIR = 2
_QUOTED = re.compile('["“”„«»]([^"“”„«»]*)["“”„«»]')


class Level(StrEnum):
    """How exactly a word has to be there (mức tìm)."""

    EXACT = "exact"
    FOLDED = "folded"
    SOUNDED = "sounded"

    @property
    def wider(self) -> "Level | None":
        """The next one that finds more."""
        levels = list(Level)
        at = levels.index(self) + 1
        return levels[at] if at < len(levels) else None

    @property
    def form(self) -> Callable[[str], str]:
        """What two words have in common that are the same on this level."""
        match self:
            case Level.EXACT:
                return str
            case Level.FOLDED:
                return folded
            case Level.SOUNDED:
                return sounded


def tokens_of(text: str) -> frozenset[str]:
    """What an index keeps of a text: its words without marks and by ear, and pairs by ear.

    They only say where to look: whether marks are right, and a phrase whole, says the text.
    Phone and identity numbers are left out: what could lead from one case to another of the same
    person is not looked for. A change here needs a migration that makes the index anew.
    """
    return frozenset(_tokens(words_of(without_numbers(text))))


def _tokens(words: Sequence[str]) -> Iterator[str]:
    for word in words:
        yield from _of_word(word)
    heard = ["" if is_khmer(word[0]) else _cut(sounded(word)) for word in words]
    for one, other in pairwise(heard):
        if one and other:
            yield one + BESIDE + other


@lru_cache(WORDS_KEPT)
def _of_word(word: str) -> tuple[str, ...]:
    if is_khmer(word[0]):
        return trigrams(word)
    without, heard = folded(word), sounded(word)
    return (_cut(without),) if heard == without else (_cut(without), HEARD + _cut(heard))


def trigrams(run: str) -> tuple[str, ...]:
    """Each three signs of a run of Khmer, which has no spaces between its words."""
    if len(run) <= _TRIGRAM:
        return (run,)
    return tuple(run[n : n + _TRIGRAM] for n in range(len(run) - _TRIGRAM + 1))


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for in the texts (điều cần tìm)."""

    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    """What was put in quotes: words that stand side by side."""
    level: Level

    @classmethod
    def of(cls, typed: str, level: Level | None = None) -> "Sought":
        """Words typed with marks are meant with them; those without, without."""
        plain = without_numbers(typed[:LONGEST_QUERY])
        words = words_of(plain)[:MOST_WORDS]
        if level is None:
            is_plain = all(word == folded(word) and not is_khmer(word[0]) for word in words)
            level = Level.FOLDED if is_plain else Level.EXACT
        quoted = (words_of(found)[:MOST_WORDS] for found in _QUOTED.findall(plain))
        return cls(words, tuple(phrase for phrase in quoted if len(phrase) > 1), level)

    @property
    def needed(self) -> tuple[tuple[str, ...], ...]:
        """Of each of these groups one token at least is kept of a text that holds it all."""
        neighbours = [pair for phrase in self.phrases for pair in pairwise(phrase)]
        pairs = [pair for pair in neighbours if not any(is_khmer(word[0]) for word in pair)]
        # By ear whatever has a pair has its two words: looking for these as well only takes time.
        paired = {word for pair in pairs for word in pair} if self.level is Level.SOUNDED else ()
        alone = [word for word in self.words if word not in paired]
        groups = [group for word in alone for group in self._for_word(word)]
        return tuple(dict.fromkeys([*groups, *((side_by_side(*pair),) for pair in pairs)]))

    @property
    def is_told_by_tokens(self) -> bool:
        """Whether a text with a token of each group holds it all: then it need not be read."""
        form = self.level.form
        pairs_tell = self.level is Level.SOUNDED and all(
            len(one) == _A_PAIR for one in self.phrases
        )
        is_plain = self.level is not Level.EXACT and (pairs_tell or not self.phrases)
        return is_plain and all(
            not is_khmer(word[0]) and len(form(word)) < LONGEST_TOKEN
            for word in (*self.words, *chain.from_iterable(self.phrases))
        )

    def is_in(self, text: str) -> bool:
        """Whether the text holds every word, and each phrase, on this level."""
        if not self.words:
            return False
        if self._is_plainly_in(text):
            return True
        form = self.level.form
        there = tuple(map(form, words_of(without_numbers(text))))
        if not all(_is_there(form(word), there) for word in self.words):
            return False
        return all(_side(list(map(form, phrase)), there) for phrase in self.phrases)

    def _is_plainly_in(self, text: str) -> bool:
        """As most have it, which is soon told; to be there otherwise is possible as well."""
        is_folded = self.level is Level.FOLDED
        runs = plain_runs((*((word,) for word in self.words), *self.phrases), is_folded)
        if self.level is Level.SOUNDED or not runs:
            return False
        there = plainly(text, is_folded)
        return all(run in there for run in runs)

    def _for_word(self, word: str) -> Iterator[tuple[str, ...]]:
        if is_khmer(word[0]):
            yield from ((part,) for part in trigrams(word))
        elif self.level is Level.SOUNDED:
            heard = sounded(word)
            as_written = (_cut(heard),) if sounded(heard) == heard else ()
            yield (HEARD + _cut(heard), *as_written)
        else:
            yield (_cut(folded(word)),)


def _is_there(word: str, there: Sequence[str]) -> bool:
    return word in there or (is_khmer(word[0]) and any(word in run for run in there))


def _side(phrase: Sequence[str], there: Sequence[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(there)} "


def _cut(token: str) -> str:
    return token[:LONGEST_TOKEN]


def side_by_side(one: str, other: str) -> str:
    """The token of two neighbours: as they sound, so that it is one for all levels."""
    return f"{_cut(sounded(one))}{BESIDE}{_cut(sounded(other))}"
