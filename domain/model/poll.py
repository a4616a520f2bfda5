"""A question to residents' groups: what is asked, what can be chosen, until when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from domain.errors import Refusal
from domain.model.delivery import Payload
from domain.model.text import folded_name, has_words, utf16_units

LONGEST_QUESTION = 300
LONGEST_OPTION = 100
LONGEST_EXPLANATION = 200
LINES_OF_EXPLANATION = 3
"""UTF-16 units, and lines, as the channel counts them (Bot API, sendPoll)."""
FEWEST_OPTIONS, MOST_OPTIONS = 2, 12
SHORTEST_OPEN, LONGEST_OPEN = timedelta(minutes=5), timedelta(days=30)
USUALLY_OPEN = timedelta(days=3)
FIRST_LANGUAGE = "vi"


class PollKind(StrEnum):
    """How many answers count, and whether one of them is right."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    QUIZ = "quiz"


@dataclass(frozen=True, slots=True)
class PollWords:
    """The question and its options in one language, in the same order in each."""

    question: str
    options: tuple[str, ...]
    explanation: str = ""
    """Shown to whoever got a quiz wrong."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A question asked in many groups at once (thăm dò)."""

    words: Mapping[str, PollWords]
    """By language; Vietnamese is always there."""
    kind: PollKind = PollKind.SINGLE
    correct: int | None = None
    """The place of a quiz's right option."""
    open_for: timedelta | None = USUALLY_OPEN
    """How long after it goes out it closes; else it closes at a moment."""
    closes_at: datetime | None = None

    @property
    def options(self) -> tuple[str, ...]:
        return self.words[FIRST_LANGUAGE].options

    def in_language(self, language: str) -> PollWords:
        """The words for a group, in Vietnamese where its language was not written."""
        return self.words.get(language) or self.words[FIRST_LANGUAGE]

    def closes(self, asked_at: datetime) -> datetime:
        """When it closes if it goes out at that moment: for all groups at once."""
        if self.closes_at is not None:
            return self.closes_at
        return asked_at + (self.open_for or USUALLY_OPEN)

    def form(self) -> dict[str, Any]:
        """As it is written down and hashed."""
        return {
            "words": {
                language: [words.question, list(words.options), words.explanation]
                for language, words in self.words.items()
            },
            "kind": self.kind,
            "correct": self.correct,
            "open_for": self.open_for and self.open_for.total_seconds(),
            "closes_at": self.closes_at and self.closes_at.astimezone(UTC).isoformat(),
        }

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Poll":
        """Read back what was written down."""
        open_for, closes_at = form["open_for"], form["closes_at"]
        return cls(
            {
                language: PollWords(question, tuple(options), explanation)
                for language, (question, options, explanation) in form["words"].items()
            },
            PollKind(form["kind"]),
            form["correct"],
            timedelta(seconds=open_for) if open_for else None,
            datetime.fromisoformat(closes_at) if closes_at else None,
        )


@dataclass(frozen=True, slots=True)
class Ballot(Payload):
    """A poll in one group's language, with whoever asks (phiếu thăm dò)."""

    words: PollWords = PollWords("", ())
    kind: PollKind = PollKind.SINGLE
    correct: int | None = None
    closes_at: datetime | None = None
    """When we close it. What never hears of that, since nobody knows whether it arrived, the
    channel closes by itself a little later.
    """


def flaws(poll: Poll, asked_at: datetime) -> tuple[Refusal, ...]:
    """Everything that is wrong with a poll that is to go out at that moment; all of it at once."""
    return tuple(flaw for _, flaw in flaws_by_language(poll, asked_at))


def flaws_by_language(poll: Poll, asked_at: datetime) -> Iterator[tuple[str, Refusal]]:
    """The same, each with the language whose words it is about."""
    for language, words in poll.words.items():
        yield from ((language, flaw) for flaw in _of_words(words))
    if FIRST_LANGUAGE not in poll.words:
        yield from ((language, Refusal("poll.no_vietnamese")) for language in poll.words)
        return
    wanted = len(poll.options)
    for language, words in poll.words.items():
        if (given := len(words.options)) != wanted:
            yield language, Refusal("poll.other_count", given=given, wanted=wanted)
    for flaw in (*_of_kind(poll), *_of_time(poll, asked_at)):
        yield FIRST_LANGUAGE, flaw


def require_sound(poll: Poll, asked_at: datetime) -> None:
    """Refuse the first thing that is wrong with it."""
    for flaw in flaws(poll, asked_at):
        raise flaw


def _of_words(words: PollWords) -> Iterator[Refusal]:
    if not has_words(words.question):
        yield Refusal("poll.no_question")
    yield from _too_long("question", words.question, LONGEST_QUESTION)
    if not FEWEST_OPTIONS <= len(words.options) <= MOST_OPTIONS:
        given = len(words.options)
        yield Refusal("poll.options_count", given=given, least=FEWEST_OPTIONS, most=MOST_OPTIONS)
    for option in words.options:
        if not has_words(option):
            yield Refusal("poll.empty_option")
        yield from _too_long("option", option, LONGEST_OPTION)
    yield from _equal(words.options)
    yield from _too_long("explanation", words.explanation, LONGEST_EXPLANATION)
    if words.explanation.count("\n") >= LINES_OF_EXPLANATION:
        yield Refusal("poll.explanation_lines", most=LINES_OF_EXPLANATION)


def _too_long(name: str, text: str, limit: int) -> Iterator[Refusal]:
    if (length := utf16_units(text)) > limit:
        yield Refusal(f"poll.{name}_too_long", shown=text[:40], over=length - limit, limit=limit)


def _equal(options: Sequence[str]) -> Iterator[Refusal]:
    """Options that a reader cannot tell apart, whatever their case and spaces."""
    first: dict[str, str] = {}
    for option in options:
        if has_words(option) and folded_name(option) in first:
            yield Refusal("poll.equal_options", option=option)
        first.setdefault(folded_name(option), option)


def _of_kind(poll: Poll) -> Iterator[Refusal]:
    is_quiz = poll.kind is PollKind.QUIZ
    if is_quiz and poll.correct not in range(len(poll.options)):
        yield Refusal("poll.no_correct")
    explained = any(words.explanation for words in poll.words.values())
    if not is_quiz and (poll.correct is not None or explained):
        yield Refusal("poll.only_quiz")


def _of_time(poll: Poll, asked_at: datetime) -> Iterator[Refusal]:
    lasts = poll.closes(asked_at) - asked_at
    if lasts <= timedelta():
        yield Refusal("poll.closes_before_opening")
    elif lasts < SHORTEST_OPEN:
        yield Refusal("poll.too_short", minutes=SHORTEST_OPEN // timedelta(minutes=1))
    elif lasts > LONGEST_OPEN:
        yield Refusal("poll.too_long", days=LONGEST_OPEN.days)
