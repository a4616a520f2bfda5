"""Polls as people type them: a question, options line by line, until when, what is right."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.errors import Refusal
from domain.model.moment import read_moment
from domain.model.poll import FIRST_LANGUAGE, USUALLY_OPEN, Poll, PollKind, PollWords
from domain.model.text import normalised
from domain.model.typed_words import folded

_LANGUAGE = re.compile(r"\[(?P<language>vi|km|en)\]", re.IGNORECASE)
_OPTION = re.compile(r"(?P<right>[*✓✅]\s*)?(?:[-–•+]|\d{1,2}[.)])?\s*(?P<text>.+?)\s*")
_MARKED = re.compile(r"(?:[*✓✅]|[-–•+]|\d{1,2}[.)])\s*\S")
_SPAN = re.compile(r"(?:sau )?(?P<n>\d{1,4}) ?(?P<unit>phut|p|gio|h|tieng|ngay|tuan)")
_UNITS = {
    "phut": timedelta(minutes=1),
    "p": timedelta(minutes=1),
    "gio": timedelta(hours=1),
    "h": timedelta(hours=1),
    "tieng": timedelta(hours=1),
    "ngay": timedelta(days=1),
    "tuan": timedelta(weeks=1),
}


@dataclass
class _Part:
    """What was typed in one language."""

    lines: list[str] = field(default_factory=list)
    explanation: str = ""


def read_poll(typed: str, now: datetime) -> Poll:
    """What was typed as a poll, however wrong it may be; Refusal where a time cannot be read."""
    parts: dict[str, _Part] = {FIRST_LANGUAGE: _Part()}
    language, poll = FIRST_LANGUAGE, Poll({})
    for line in _lines(typed):
        name, _, value = line.partition(":")
        said = folded(name)
        if found := _LANGUAGE.fullmatch(line):
            language = found["language"].lower()
            parts.setdefault(language, _Part())
        elif folded(line) in ("chon nhieu", "nhieu lua chon", "duoc chon nhieu"):
            poll = replace(poll, kind=PollKind.MULTIPLE)
        elif value and said in ("dong", "dong sau", "dong luc"):
            poll = closing(poll, value, now)
        elif value and said in ("giai thich", "explanation"):
            parts[language].explanation = normalised(value)
        else:
            parts[language].lines.append(line)
    return _with_right_option(poll, parts)


def read_open_for(typed: str) -> timedelta | None:
    """A span such as "3 ngày"; None if it is something else."""
    found = _SPAN.fullmatch(folded(typed))
    return int(found["n"]) * _UNITS[found["unit"]] if found else None


def _lines(typed: str) -> Iterator[str]:
    for line in normalised(typed).splitlines():
        if line.strip():
            yield line.strip()


def closing(poll: Poll, value: str, now: datetime) -> Poll:
    """The poll with the end that was typed, a span or a moment; Refusal if it cannot be read."""
    if span := read_open_for(value):
        return replace(poll, open_for=span, closes_at=None)
    try:
        return replace(poll, open_for=None, closes_at=read_moment(value.strip(), now))
    except Refusal as refusal:
        raise Refusal("poll.time_not_understood", typed=value.strip()) from refusal


def _with_right_option(poll: Poll, parts: Mapping[str, _Part]) -> Poll:
    words: dict[str, PollWords] = {}
    correct: int | None = None
    for language, part in parts.items():
        question, options = _question_and_options(part.lines)
        matches = [found for one in options if (found := _OPTION.fullmatch(one))]
        right = [n for n, one in enumerate(matches) if one["right"]]
        if len(right) > 1:
            raise Refusal("poll.one_right_only")
        if right and correct is None:
            correct = right[0]
        texts = tuple(one["text"] for one in matches)
        words[language] = PollWords(question, texts, part.explanation)
    kind = poll.kind if correct is None else PollKind.QUIZ
    open_for = poll.open_for or (None if poll.closes_at else USUALLY_OPEN)
    return replace(poll, words=words, correct=correct, kind=kind, open_for=open_for)


def _question_and_options(lines: list[str]) -> tuple[str, list[str]]:
    """The first line asks, or all before the first line that is marked as an option."""
    marked = [n for n, line in enumerate(lines) if _MARKED.match(line)]
    first = marked[0] if marked else min(1, len(lines))
    return " ".join(lines[:first]), lines[first:]
