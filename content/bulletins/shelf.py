"""Answers for bulletins in files: which there are, in which languages, what is wrong in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from content.bulletins import sheet
from content.bulletins.enclosures import Named
from content.bulletins.markdown import Written
from content.bulletins.poll import AskedPoll
from content.bulletins.sheet import Sheet
from content.catalog import FIRST_LANGUAGE, LANGUAGES
from content.records import FlawedContent, Reading, Reason

SHELF = Path(__file__).parent
SUFFIX = ".md"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a bulletin says in one language (bản ngôn ngữ)."""

    language: str
    title: str
    written: Written


@dataclass(frozen=True, slots=True)
class StarterBulletin:
    """A bulletin as its files have it, ready to be drafted from (bản tin mẫu)."""

    id: str
    field: str
    bulletin_class: str
    issuing_body: str
    """Empty: of the unit that issues it."""
    source: str
    source_url: str
    audience: str
    tags: str
    send_at: str
    talking_points: str
    wordings: tuple[Wording, ...]
    """The first language first."""
    files: tuple[Named, ...]
    polls: dict[str, AskedPoll]
    """The words of its poll by language; the rest of it stands with the first."""
    sheets: tuple[Sheet, ...]
    """The files, in the order of the wordings."""

    @property
    def title(self) -> str:
        return self.wordings[0].title

    @property
    def text(self) -> str:
        return self.wordings[0].written.text


def load(folder: Path = SHELF) -> tuple[StarterBulletin, ...]:
    """All bulletins of the folder by id, or FlawedContent with all their flaws."""
    found, sheets = read(files_in(folder))
    if flaws := [flaw for one in sheets for flaw in one.reading.flaws]:
        raise FlawedContent(flaws)
    return found


def files_in(folder: Path) -> list[Path]:
    """The files in which bulletins may stand, by name."""
    return sorted(folder.glob(f"*{SUFFIX}"))


def read(paths: Iterable[Path]) -> tuple[tuple[StarterBulletin, ...], tuple[Sheet, ...]]:
    """The bulletins that can be read, and all files with what is wrong in each."""
    sheets = tuple(sheet.read(Reading(path)) for path in paths)
    _refuse_duplicates(sheets)
    by_id: dict[str, list[Sheet]] = {}
    for one in sheets:
        if "id" in one.fields:
            by_id.setdefault(one.value("id"), []).append(one)
    for versions in by_id.values():
        versions.sort(key=lambda one: LANGUAGES.index(one.language))
        _require_first_language(versions)
    sound = [v for v in by_id.values() if not any(one.reading.flaws for one in v)]
    return tuple(_bulletin(versions) for versions in sound), sheets


def _refuse_duplicates(sheets: Iterable[Sheet]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for one in sheets:
        if entry := one.fields.get("id"):
            key, place = (entry.value, one.language), f"{one.reading.path.name}:{entry.line}"
            if key in seen:
                one.reading.flaw(
                    entry.line, "id", Reason.DUPLICATE, value=entry.value, place=seen[key]
                )
            seen.setdefault(key, place)


def _require_first_language(versions: Sequence[Sheet]) -> None:
    first = versions[0]
    if first.language != FIRST_LANGUAGE:
        value = first.value("id")
        first.reading.flaw(first.line_of("id"), "id", Reason.NO_FIRST_LANGUAGE, value=value)


def _bulletin(versions: Sequence[Sheet]) -> StarterBulletin:
    first = versions[0]
    return StarterBulletin(
        id=first.value("id"),
        field=first.value("field"),
        bulletin_class=first.value("class"),
        issuing_body=first.value("issuing_body"),
        source=first.value("source"),
        source_url=first.value("source_url"),
        audience=first.value("audience"),
        tags=first.value("tags"),
        send_at=first.value("send_at"),
        talking_points=first.value("talking_points"),
        wordings=tuple(Wording(v.language, v.value("title"), v.written) for v in versions),
        files=first.files,
        polls={v.language: v.poll for v in versions if v.poll is not None},
        sheets=tuple(versions),
    )
