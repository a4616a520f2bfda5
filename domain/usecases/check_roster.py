"""Once a month each supervisor is told what to look after among their people."""

from dataclasses import dataclass
from datetime import date

from domain.clock import LOCAL_ZONE, Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import card, to_person
from domain.model.roster_check import Finding, Findings, Found, checked, is_due
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.keep_people import UNIT
from domain.usecases.one_by_one import one_by_one

LIST = "roster_check:list"
LINES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class FoundPage:
    """One list of a check, as it stands now."""

    unit: Unit
    finding: Finding
    lines: tuple[Found, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class CheckRoster:
    """The roster check (rà soát, kiện toàn)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def check_due(self) -> None:
        """Make this month's check of every unit that has a supervisor, once it is due."""
        month = self._today().replace(day=1)
        async with self.memory.begin(crowded=True) as work:
            if not is_due(self.clock.now(), await work.calendar.office_days()):
                return
            waiting = await work.checks.waiting(month, self._today())

        async def check(unit_id: str) -> None:
            await self._check(unit_id, month)

        await one_by_one(waiting, check)

    async def show(self, actor: Actor, button: Button, cause: Cause | None = None) -> FoundPage:
        """A list behind the card; whatever was mended since is no longer on it."""
        finding = Finding(button.choice)
        async with self.memory.begin(cause) as work:
            lineage = await work.units.lineage(button.subject)
            actor.require(Permission.ROSTER_KEEP, lineage)
            unit = await work.units.get(button.subject)
            lines = (await self._found(work, unit))[finding]
            await work.commit()
        return FoundPage(unit, finding, lines[:LINES_SHOWN], max(0, len(lines) - LINES_SHOWN))

    async def _check(self, unit_id: str, month: date) -> None:
        """The note that it was made and the cards, in one commit."""
        async with self.memory.begin() as work:
            if not await work.checks.begin(unit_id, month):
                return
            unit = await work.units.get(unit_id)
            found = await self._found(work, unit)
            for person_id in await work.checks.supervisors(unit_id, self._today()):
                buttons = self._buttons(unit, found, person_id)
                await work.buttons.add(buttons)
                counts = {finding: len(lines) for finding, lines in found.items()}
                payload = self.letterhead.roster_card(unit, month, counts, buttons)
                about = f"roster_check:{unit_id}:{month.isoformat()}"
                await work.outbox.add([card(self.ids.new(), about, to_person(person_id), payload)])
            await work.commit()

    async def _found(self, work: Work, unit: Unit) -> Findings:
        today = self._today()
        services = await work.roster.services(unit.id, today)
        return checked(services, await work.units.subtree(unit.id), today)

    def _buttons(self, unit: Unit, found: Findings, person_id: str) -> tuple[Button, ...]:
        lists = [(LIST, finding) for finding, lines in found.items() if lines]
        return offer(
            self.ids,
            [*lists, (UNIT, unit.id)],
            subject=unit.id,
            version=1,
            holder=to_person(person_id),
            expires_at=self.clock.now() + 4 * GOOD_FOR,
        )

    def _today(self) -> date:
        return self.clock.now().astimezone(LOCAL_ZONE).date()
