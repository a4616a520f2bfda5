"""Answers for every sentence a person is shown: keys in code, sentences in gettext catalogues."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

LOCALES = Path(__file__).parent / "locales"
GROUPED_FROM = 1000
"""Whole numbers from here on are written in groups of three."""
LANGUAGES = ("vi", "km", "en")
FIRST_LANGUAGE = "vi"
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")

KEY = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
MSGID_LINE = re.compile(r'msgid "(.+)"\s*$')
RESERVED_PLACEHOLDERS = frozenset({"language"})


class CatalogError(Exception):
    """The catalogues cannot be used; one line per defect, each naming file, line and key."""


class UnknownWords(LookupError):
    """A key or a language that no catalogue holds was asked for."""


class MissingValue(LookupError):
    """A sentence was asked for without one of the values it has a place for."""


class Entry(NamedTuple):
    """One sentence and where it was read."""

    key: str
    sentence: str
    place: str


def quantity(count: int, language: str) -> str:
    """A whole number as its readers write it: 12.000 in Vietnamese."""
    return str(count) if abs(count) < GROUPED_FROM else format_decimal(count, locale=language)


def placeholders(sentence: str) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(sentence))


@dataclass(frozen=True)
class Words:
    """The sentences of all languages, ready to be filled in (câu chữ)."""

    sentences: Mapping[str, Mapping[str, str]]
    figures: Mapping[str, object] = field(default_factory=dict)
    """Values that any sentence may name without being given them; one that is given goes first."""

    @classmethod
    def load(cls, folder: Path = LOCALES) -> "Words":
        """Read every catalogue below the folder, or raise CatalogError with all their defects."""
        defects: list[str] = []
        by_language = {}
        for language in LANGUAGES:
            entries = list(_entries(folder, language, defects))
            defects.extend(_defects(entries, language))
            by_language[language] = {e.key: e.sentence for e in entries if e.sentence}
        if defects:
            raise CatalogError("\n".join(defects))
        first = by_language[FIRST_LANGUAGE]
        return cls({language: first | own for language, own in by_language.items()})

    def knowing(self, figures: Mapping[str, object]) -> "Words":
        """These words, with values that belong to no single call: the rules' own figures."""
        return replace(self, figures=figures)

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self.sentences[FIRST_LANGUAGE])

    def sentence(self, key: str, language: str = FIRST_LANGUAGE) -> str:
        """The sentence as the catalogue has it, its places not filled in."""
        try:
            return self.sentences[language][key]
        except KeyError:
            raise UnknownWords(f"no words for {key!r} in {language!r}") from None

    def text(self, key: str, /, language: str = FIRST_LANGUAGE, **values: object) -> str:
        """The sentence as plain text; values are put in as they are, never read as a format.

        A whole number is a `quantity`; the number of a port or of a chat is passed as text.
        """
        given = {**self.figures, **values}
        said = {name: _counted(value, language) for name, value in given.items()}
        return _filled(key, self.sentence(key, language), said)

    def html(self, key: str, /, language: str = FIRST_LANGUAGE, **values: object) -> Markup:
        """The sentence as HTML: its own tags stay, values are escaped unless already Markup."""
        given = {**self.figures, **values}
        safe = {name: escape(_counted(value, language)) for name, value in given.items()}
        filled = _filled(key, self.sentence(key, language), safe)
        return Markup(filled)  # noqa: S704 - the sentence is ours and every value was escaped

    def weekday(self, day: date, language: str = FIRST_LANGUAGE) -> str:
        """A day with its weekday."""
        name = self.text(f"calendar.weekday_{day.isoweekday()}", language)
        return self.text(
            "calendar.weekday_and_date", language, weekday=name, date=self.date(day, language)
        )

    def date(self, day: date, language: str = FIRST_LANGUAGE) -> str:
        """A date; a moment counts as its day in Viet Nam."""
        if isinstance(day, datetime):
            day = _local(day)
        return format_date(day, self.text("calendar.date", language), locale=language)

    def moment(self, moment: datetime, language: str = FIRST_LANGUAGE) -> str:
        """Time of day, weekday and date in Viet Nam of an aware moment."""
        local = _local(moment)
        return self.text(
            "calendar.moment",
            language,
            hour=local.hour,
            minute=f"{local.minute:02}",
            weekday=self.text(f"calendar.weekday_{local.isoweekday()}", language),
            date=self.date(local, language),
        )

    def clock(self, moment: datetime, language: str = FIRST_LANGUAGE) -> str:
        """Time of day in Viet Nam of an aware moment."""
        local = _local(moment)
        return self.text("schedule.time", language, hour=local.hour, minute=f"{local.minute:02}")

    def decimal(self, number: float, language: str = FIRST_LANGUAGE) -> str:
        """A number with one digit after the sign that its readers use: 1,2 in Vietnamese."""
        return format_decimal(round(number, 1), locale=language)

    def listed(self, items: Iterable[str], language: str = FIRST_LANGUAGE) -> str:
        """The items in one phrase: "a, b và c"."""
        return format_list(list(items), locale=language)


def _counted(value: object, language: str) -> object:
    return quantity(value, language) if type(value) is int else value


def _filled(key: str, sentence: str, values: Mapping[str, object]) -> str:
    missing = placeholders(sentence) - values.keys()
    if missing:
        raise MissingValue(f"{key!r} needs a value for {', '.join(sorted(missing))}")
    return PLACEHOLDER.sub(lambda place: str(values[place[1]]), sentence)


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    return moment.astimezone(LOCAL_TIME)


def _entries(folder: Path, language: str, defects: list[str]) -> Iterator[Entry]:
    for path in sorted((folder / language).glob("*.po")):
        name = f"{language}/{path.name}"
        try:
            yield from _read(path, name)
        except PoFileError as error:
            defects.append(f"{name}:{error.lineno + 1}: not written as a catalogue: {error.line!r}")
        except UnicodeDecodeError:
            defects.append(f"{name}:1: not written in UTF-8")


def _read(path: Path, name: str) -> Iterator[Entry]:
    lines = path.read_text(encoding="utf-8").splitlines()
    catalog = read_po(lines, abort_invalid=True)
    # read_po merges repeated keys silently, so the keys are taken from the lines themselves
    for number, line in enumerate(lines, start=1):
        if found := MSGID_LINE.match(line):
            key = found[1]
            message = catalog.get(key)
            usable = message and not message.fuzzy and isinstance(message.string, str)
            yield Entry(key, str(message.string) if message and usable else "", f"{name}:{number}")


def _defects(entries: list[Entry], language: str) -> Iterator[str]:
    seen: dict[str, str] = {}
    for key, sentence, place in entries:
        if key in seen:
            yield f"{place}: {key}: already at {seen[key]}"
        seen.setdefault(key, place)
        if not KEY.fullmatch(key):
            yield f"{place}: {key}: a key is lower-case words joined by dots"
        if language == FIRST_LANGUAGE and not sentence.strip():
            yield f"{place}: {key}: has no sentence"
        if set("{}") & set(PLACEHOLDER.sub("", sentence)):
            yield f"{place}: {key}: a brace that belongs to no {{placeholder}}"
        if RESERVED_PLACEHOLDERS & placeholders(sentence):
            yield f"{place}: {key}: {{language}} cannot be a placeholder"
