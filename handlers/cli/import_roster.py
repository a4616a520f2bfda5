"""`bot.py import roster FILE`: everything is checked first, then all of it is kept or nothing."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from content.units.gazetteer import ListedUnit
from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import OPERATOR, Role
from domain.model.roster import Flaw, NewUnit, Plan
from domain.model.roster_plan import sorted_flaws
from domain.model.unit import Unit, UnitKind
from domain.ports import Memory
from domain.usecases.import_roster import ImportRoster
from handlers.cli.offices import as_units
from handlers.cli.roster_columns import Columns
from handlers.cli.roster_file import read_sheet
from handlers.cli.terminal import Terminal
from handlers.trouble import WRONG

NAMED = 30
"""How many flaws, or people, are named on a terminal; the rest are counted."""


@dataclass(frozen=True, slots=True)
class RosterImport:
    """Taking over a roster from a file (nhập danh sách)."""

    memory: Memory
    clock: Clock
    ids: Ids
    terminal: Terminal

    async def __call__(self, path: Path, dry_run: bool, as_json: bool) -> int:
        columns = Columns(self.terminal.words)
        sheet = read_sheet(path)
        reading = columns.read(sheet)
        use = ImportRoster(self.memory, self.clock, self.ids, self._found)
        if dry_run or reading.flaws:
            plan = await use.look(OPERATOR, reading.lines)
        else:
            tell = _Progress(self.terminal)
            plan = await use.import_roster(OPERATOR, reading.lines, sheet.file_hash, tell)
            tell.end()
        flaws = sorted_flaws([*reading.flaws, *plan.flaws])
        report = Report(self.terminal, columns, plan, flaws, reading.unused, dry_run)
        (report.as_json if as_json else report.on_paper)()
        return WRONG if flaws else 0

    def _found(self, new: NewUnit, above: Unit) -> Unit:
        place = ListedUnit(new.code, new.name, new.kind, None)
        return next(as_units([place], above, self.ids, self.terminal.words))


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did, would do, or why it did nothing (báo cáo nhập)."""

    terminal: Terminal
    columns: Columns
    plan: Plan
    flaws: Sequence[Flaw]
    unused: Sequence[str]
    dry_run: bool

    def on_paper(self) -> None:
        say = self.terminal
        if self.unused:
            say.text("cli.roster_unused", headings=say.words.listed(self.unused))
        if self.flaws:
            for flaw in self.flaws[:NAMED]:
                say.line(self._said(flaw))
            self._and_more(len(self.flaws))
            say.text("cli.roster_refused", count=len(self.flaws))
            return
        plan = self.plan
        say.text("cli.roster_units", new=len(plan.units), same=plan.units_same)
        if plan.described:
            say.text("cli.roster_described", count=len(plan.described))
        say.text(
            "cli.roster_people", new=len(plan.people), changed=len(plan.changes), same=plan.same
        )
        if plan.missing:
            say.text("cli.roster_missing", count=len(plan.missing))
            for member, unit in plan.missing[:NAMED]:
                say.line(f"  {member.name} – {unit.name} ({unit.code})")
            self._and_more(len(plan.missing))
        say.text(self._outcome())

    def as_json(self) -> None:
        plan = self.plan
        self.terminal.json(
            {
                "dry_run": self.dry_run,
                "kept": not (self.dry_run or self.flaws or plan.changes_nothing),
                "units": {
                    "new": len(plan.units),
                    "described": len(plan.described),
                    "same": plan.units_same,
                },
                "people": {
                    "new": len(plan.people),
                    "changed": len(plan.changes),
                    "same": plan.same,
                },
                "missing": [
                    {"name": member.name, "unit": unit.code} for member, unit in plan.missing
                ],
                "unused_headings": list(self.unused),
                "flaws": [
                    {
                        "row": flaw.row,
                        "column": self.columns.heading(flaw.column),
                        "reason": flaw.reason,
                        "said": self._said(flaw),
                    }
                    for flaw in self.flaws
                ],
            }
        )

    def _outcome(self) -> str:
        if self.plan.changes_nothing:
            return "cli.roster_nothing_new"
        return "cli.roster_would" if self.dry_run else "cli.roster_done"

    def _and_more(self, count: int) -> None:
        if count > NAMED:
            self.terminal.text("cli.roster_more", count=count - NAMED)

    def _said(self, flaw: Flaw) -> str:
        values = {name: self._shown(value) for name, value in flaw.values.items()}
        why = self.terminal.sentence(f"cli.roster_flaw_{flaw.reason}", **values)
        heading = self.columns.heading(flaw.column)
        return self.terminal.sentence("cli.roster_flaw", row=flaw.row, heading=heading, why=why)

    def _shown(self, value: object) -> object:
        words = self.terminal.words
        if isinstance(value, Role):
            return words.text(f"role.{value}")
        return words.text(f"unit_kind.{value}") if isinstance(value, UnitKind) else value


@dataclass
class _Progress:
    """One line on a terminal that says how far the writing is; nothing in a file."""

    terminal: Terminal
    written: int = 0

    def __call__(self, total: int, more: int) -> None:
        self.written += more
        if sys.stderr.isatty():
            said = self.terminal.sentence("cli.roster_progress", written=self.written, total=total)
            print(f"\r{said}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self.written and sys.stderr.isatty():
            print(file=sys.stderr)
