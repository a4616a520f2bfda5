"""`bot.py export reading FILE`: the day's bulletins as an announcer reads them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from content.spoken.aloud import aloud, minutes
from domain.errors import Refusal
from domain.model.access import OPERATOR
from domain.model.bulletin import Revision
from domain.model.morning import MorningLine
from domain.model.unit import Unit
from domain.usecases.export_reading import ExportReading
from handlers.cli.new_file import require_place, write_file
from handlers.cli.terminal import Terminal

TYPED_DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class ReadingExport:
    """Writing what is to be read out to a file (xuất bản đọc)."""

    use: ExportReading
    terminal: Terminal

    async def __call__(self, unit_code: str, on: str | None, path: Path, as_json: bool) -> None:
        require_place(path)
        unit, day, lines = await self.use.export_reading(OPERATOR, unit_code, _day(on))
        if not lines:
            shown = self.terminal.words.date(day)
            raise Refusal("cli.nothing_to_read", unit=unit.name, day=shown)
        text = self._script(unit, day, lines)
        write_file(path, text.encode())
        told = {"bulletins": len(lines), "minutes": minutes(text)}
        if as_json:
            self.terminal.json(told | {"file": str(path), "day": day.isoformat()})
        else:
            self.terminal.text("cli.reading_exported", file=path, **told)

    def _script(self, unit: Unit, day: date, lines: Sequence[MorningLine]) -> str:
        words = self.terminal.words
        bodies = [self._item(line.text.revision) for line in lines]
        head = words.text(
            "cli.reading_head",
            unit=unit.name,
            day=words.date(day),
            minutes=minutes(" ".join(bodies)),
            count=len(lines),
        )
        welcome = aloud(words.text("cli.reading_welcome", day=words.date(day)))
        parts = [head, welcome, *bodies, words.text("cli.reading_end")]
        return "\n\n".join(parts) + "\n"

    def _item(self, revision: Revision) -> str:
        words = self.terminal.words
        opening = words.text("cli.reading_opening", body=revision.issuing_body)
        source = words.text("cli.reading_source", source=revision.source)
        return "\n".join(
            aloud(one) for one in (opening, revision.title, revision.text, source) if one
        )


def _day(typed: str | None) -> date | None:
    if typed is None:
        return None
    try:
        return datetime.strptime(typed, TYPED_DAY).date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise Refusal("cli.not_a_day", typed=typed) from None
