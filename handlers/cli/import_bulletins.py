"""`bot.py import bulletins PATH`: files become somebody's drafts, all of them or none."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import OPERATOR
from domain.model.imported_bulletin import Intake, Taken
from domain.ports import Memory
from domain.usecases.import_bulletins import ImportBulletins
from handlers.cli.bulletin_files import Reading, read_files
from handlers.cli.doors import Channel
from handlers.cli.terminal import Terminal
from handlers.letterhead import CatalogLetterhead
from handlers.schedules import when
from handlers.trouble import WRONG

NAMED = 50
"""How many flaws are named on a terminal; the rest are counted."""
COLUMNS = ("id", "title", "languages", "audience", "groups", "when", "fate")
Cell = str | int


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong, and where it stands (chỗ sai)."""

    file: str
    line: int
    field: str
    reason: str
    said: str


@dataclass(frozen=True, slots=True)
class BulletinImport:
    """Taking over bulletins from files (nhập bản tin)."""

    memory: Memory
    clock: Clock
    ids: Ids
    terminal: Terminal
    channel: Channel

    async def __call__(self, options: Namespace) -> int:
        reading = await read_files(options.path, self.channel)
        # The bot's address is in no part of a page that is counted.
        letterhead = CatalogLetterhead(self.terminal.words, deep_link=str)
        use = ImportBulletins(
            self.memory, self.clock, self.ids, letterhead, self.channel.capabilities
        )
        asked = (OPERATOR, options.unit_code, options.author, reading.filed)
        if options.dry_run or reading.flaws:
            intake = await use.look(*asked)
        else:
            intake = await use.import_bulletins(*asked, reading.contents)
        report = Report(self.terminal, intake, self._faults(reading, intake), options.dry_run)
        (report.as_json if options.json else report.on_paper)()
        return WRONG if report.faults else 0

    def _faults(self, reading: Reading, intake: Intake) -> list[Fault]:
        words = self.terminal.words
        read = [
            Fault(one.file, one.line, one.field, one.reason, one.sentence(words))
            for one in reading.flaws
        ]
        ruled = []
        for one in intake.flaws:
            if reading.names_already(one):
                continue
            file, line = reading.place_of(one)
            said = self._said(file, line, one.field, one.why)
            ruled.append(Fault(file, line, one.field, one.why.key, said))
        return sorted([*read, *ruled], key=lambda one: (one.file, one.line, one.field))

    def _said(self, file: str, line: int, field: str, why: Refusal) -> str:
        sentence = self.terminal.sentence(why.key, **why.values)
        return self.terminal.sentence(
            "cli.bulletins_flaw", file=file, line=line, field=field, why=sentence
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, would do, or why it did nothing (báo cáo nhập)."""

    terminal: Terminal
    intake: Intake
    faults: Sequence[Fault]
    dry_run: bool

    def on_paper(self) -> None:
        say = self.terminal
        if self.faults:
            for fault in self.faults[:NAMED]:
                say.line(fault.said)
            if (count := len(self.faults)) > NAMED:
                say.text("cli.roster_more", count=count - NAMED)
            say.text("cli.bulletins_refused", count=count)
            return
        author = self.intake.author.name
        say.text("cli.bulletins_head", author=author, unit=self.intake.unit.name)
        heads = [say.sentence(f"cli.bulletins_column_{name}") for name in COLUMNS]
        say.table(heads, [[str(cell) for cell in self._row(one)] for one in self.intake.taken])
        if self.intake.changes_nothing:
            say.text("cli.roster_nothing_new")
        elif self.dry_run:
            say.text("cli.roster_would")
        else:
            say.text("cli.bulletins_done", author=author)
            along = [one.draft.heading for one in self.intake.taken if one.brought_files]
            if along:
                say.text("cli.bulletins_pictures", titles=say.words.listed(along))

    def as_json(self) -> None:
        kept = not (self.dry_run or self.faults or self.intake.changes_nothing)
        self.terminal.json(
            {
                "dry_run": self.dry_run,
                "kept": kept,
                "author": self.intake.author.id,
                "unit": self.intake.unit.code,
                "bulletins": [
                    dict(zip(COLUMNS, self._row(one), strict=True))
                    | {"fate": one.fate, "files": len(one.draft.attachments)}
                    for one in self.intake.taken
                ],
                "flaws": [
                    {
                        "file": one.file,
                        "line": one.line,
                        "field": one.field,
                        "reason": one.reason,
                        "said": one.said,
                    }
                    for one in self.faults
                ],
            }
        )

    def _row(self, one: Taken) -> Sequence[Cell]:
        """In the order of the columns."""
        return (
            one.filed.name,
            one.draft.title,
            ", ".join(version.language for version in one.draft.versions),
            one.audience.name,
            one.groups,
            when(self.terminal.words, one.draft),
            self.terminal.sentence(f"cli.bulletins_fate_{one.fate}"),
        )
