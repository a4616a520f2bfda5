"""`bot.py import units FILE`: units are merged and moved; what would go along is shown before."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import OPERATOR
from domain.model.letter_template import MOST_TEMPLATES
from domain.model.reorganisation import Carried, ChangeFlaw, ChangeKind
from domain.ports import Letterhead, Memory
from domain.usecases.reorganise import Reorganise, Reorganised
from handlers.cli.import_roster import NAMED
from handlers.cli.roster_file import read_sheet
from handlers.cli.terminal import Terminal
from handlers.cli.unit_columns import UnitColumns
from handlers.trouble import WRONG


@dataclass(frozen=True, slots=True)
class UnitsImport:
    """Merging and moving units by a file (sắp xếp đơn vị)."""

    memory: Memory
    clock: Clock
    ids: Ids
    terminal: Terminal
    letterhead: Letterhead

    async def __call__(self, path: Path, dry_run: bool, as_json: bool) -> int:
        columns = UnitColumns(self.terminal.words)
        sheet = read_sheet(path)
        reading = columns.read(sheet)
        use = Reorganise(self.memory, self.clock, self.ids, self.letterhead)
        keep = not (dry_run or reading.flaws)
        done = await use.reorganise(OPERATOR, reading.lines, sheet.file_hash, keep)
        unread = {(flaw.row, flaw.column) for flaw in reading.flaws}
        told = [one for one in done.plan.flaws if (one.row, one.column) not in unread]
        flaws = sorted([*reading.flaws, *told], key=lambda one: (one.row, one.column))
        report = UnitsReport(self.terminal, columns, done, flaws, dry_run)
        (report.as_json if as_json else report.on_paper)()
        return WRONG if flaws else 0


@dataclass(frozen=True, slots=True)
class UnitsReport:
    """What a file did, would do, or why it did nothing (báo cáo sắp xếp)."""

    terminal: Terminal
    columns: UnitColumns
    done: Reorganised
    flaws: Sequence[ChangeFlaw]
    dry_run: bool

    def on_paper(self) -> None:
        say = self.terminal
        if self.flaws:
            for flaw in self.flaws[:NAMED]:
                say.line(self._said(flaw))
            if len(self.flaws) > NAMED:
                say.text("cli.roster_more", count=len(self.flaws) - NAMED)
            say.text("cli.roster_refused", count=len(self.flaws))
            return
        for one in self.done.carried:
            self._change(one)
        for heading in self.done.void:
            say.text("cli.units_void", heading=heading)
        for name in self.done.unattended:
            say.text("cli.units_unattended", unit=name)
        if self.done.plan.same:
            say.text("cli.units_same", count=self.done.plan.same)
        say.text(self._outcome())

    def as_json(self) -> None:
        self.terminal.json(
            {
                "dry_run": self.dry_run,
                "kept": bool(self.done.carried) and not (self.dry_run or self.flaws),
                "same": self.done.plan.same,
                "changes": [] if self.flaws else [_written(one) for one in self.done.carried],
                "void": list(self.done.void),
                "unattended": list(self.done.unattended),
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

    def _change(self, one: Carried) -> None:
        say, change = self.terminal, one.change
        say.text(f"cli.units_{change.kind}", unit=change.unit.name, into=change.into.name)
        say.text(
            "cli.units_carried",
            units=one.units,
            cases=one.cases,
            open=one.open_cases,
            groups=one.groups,
            staff=one.staff_groups,
            bulletins=one.bulletins,
            planned=one.planned,
            templates=one.templates,
            views=one.views,
        )
        if one.labels_off:
            say.text("cli.units_labels_off", count=one.labels_off)
        if one.templates_same:
            say.text("cli.units_templates_same", count=one.templates_same)
        if one.templates_left:
            say.text("cli.units_templates_left", most=MOST_TEMPLATES)
            for left in one.templates_left:
                say.text("cli.units_template_left", name=left.name, text=left.text)
        if change.kind is ChangeKind.MERGE and one.rights:
            say.text(f"cli.units_rights_{'go' if change.carries_rights else 'end'}")
            for held in one.rights:
                say.line(f"    {held.name} – {say.sentence(f'role.{held.role}')}")

    def _outcome(self) -> str:
        if not self.done.carried:
            return "cli.roster_nothing_new"
        return "cli.roster_would" if self.dry_run else "cli.units_done"

    def _said(self, flaw: ChangeFlaw) -> str:
        why = self.terminal.sentence(f"cli.units_flaw_{flaw.reason}", **flaw.values)
        heading = self.columns.heading(flaw.column)
        return self.terminal.sentence("cli.roster_flaw", row=flaw.row, heading=heading, why=why)


def _written(one: Carried) -> dict[str, object]:
    change = one.change
    return {
        "kind": change.kind,
        "unit": change.unit.code,
        "into": change.into.code,
        "ended_on": change.ended_on,
        "rights_carried": change.carries_rights,
        "units": one.units,
        "cases": one.cases,
        "open_cases": one.open_cases,
        "groups": one.groups,
        "staff_groups": one.staff_groups,
        "bulletins": one.bulletins,
        "planned": one.planned,
        "templates": one.templates,
        "templates_left": [
            {"kind": left.kind, "name": left.name, "text": left.text} for left in one.templates_left
        ],
        "templates_same": one.templates_same,
        "views": one.views,
        "labels_off": one.labels_off,
        "rights": [{"name": held.name, "role": held.role} for held in one.rights],
    }
