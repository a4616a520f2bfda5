"""Questions with their answers as people type or paste them."""

import re

from domain.errors import Refusal
from domain.model.material import LONGEST, MOST_PAIRS, Pair
from domain.model.text import has_words, normalised, units_over

_ASKED = re.compile(r"^(?:câu )?hỏi\s*(?:\d+\s*)?[:.]\s*", re.IGNORECASE)
_ANSWERED = re.compile(r"^(?:trả lời|đáp)\s*(?:\d+\s*)?[:.]\s*", re.IGNORECASE)


def read_pairs(typed: str, known: tuple[Pair, ...] = ()) -> tuple[Pair, ...]:
    """Those that are known and those of a message; Refusal says what is wrong with it.

    A message is one pair, its first line the question; or several, each begun with "Hỏi:".
    """
    pairs = [_pair(block) for block in _blocks(normalised(typed))]
    if not pairs:
        raise Refusal("material.no_answer")
    if len(known) + len(pairs) > MOST_PAIRS:
        raise Refusal("material.too_many_pairs", limit=MOST_PAIRS)
    return (*known, *pairs)


def _blocks(text: str) -> list[list[str]]:
    """The lines of each pair."""
    lines = text.splitlines()
    begins = [n for n, line in enumerate(lines) if _ASKED.match(line)]
    if not begins or begins[0] != 0:
        return [lines] if lines else []
    return [lines[a:b] for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)]


def _pair(lines: list[str]) -> Pair:
    parted = next((n for n, line in enumerate(lines) if _ANSWERED.match(line)), 1)
    question = _ASKED.sub("", " ".join(line.strip() for line in lines[:parted])).strip()
    first, *rest = [*lines[parted:], ""]
    answer = "\n".join([_ANSWERED.sub("", first), *rest]).strip()
    if not has_words(question) or not has_words(answer):
        raise Refusal("material.no_answer")
    for name, text in (("question", question), ("answer", answer)):
        if over := units_over(text, LONGEST[name]):
            raise Refusal("material.too_long", over=over, limit=LONGEST[name])
    return Pair(question, answer)
