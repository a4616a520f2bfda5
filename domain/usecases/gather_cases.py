"""Cases about one matter are gathered, each staying its own, to be answered in public at once."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent, in_stead
from domain.model.button import Button, around, one_page
from domain.model.delivery import view
from domain.model.dialog import Awaited, Dialog
from domain.model.matter import Matter, read_title
from domain.model.opinion import Opinion
from domain.model.text import folded_name
from domain.model.unit import Lineage, Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.case_in_hand import STAYS_IN_CHAT, case_buttons, case_for

GATHER, OUT = Permission.MATTER_GATHER, Permission.MATTER_TAKE_OUT
INTO, NEW, CHOICES = "matter:into", "matter:new", "matter:choices"
SHOW = "matter:show"
ON_A_PAGE = 6
MOST_OPEN = 200
"""Of one unit, among which a new title must not be there already."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A case, and the matters that it can be gathered under, or the one that it is in."""

    opinion: Opinion
    found: tuple[Matter, ...]
    units: tuple[Unit, ...]
    """For which a new one can be opened."""
    buttons: tuple[Button, ...]
    present: Matter | None = None


@dataclass(frozen=True, slots=True)
class GatherCases:
    """Gathering cases about one matter (gom vào việc chung)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def choose(self, actor: Actor, button: Button, cause: Cause | None = None) -> Choice:
        """Where this case is gathered, or under which open matter it could be."""
        page = int(button.choice or "0")
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, GATHER)
            lineage = await work.units.lineage(opinion.unit_id)
            choice = await self._choice(work, actor, opinion, lineage, page)
            await work.buttons.add(choice.buttons)
            await work.commit()
        return choice

    async def ask_title(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Unit]:
        """Take the staffer's next plain message as the title of a new matter of that unit."""
        async with self.memory.begin(cause) as work:
            opinion = await self._free_case(work, actor, button.subject)
            unit = await work.units.get(button.choice)
            actor.require(Permission.MATTER_OPEN, await work.units.lineage(unit.id))
            asked = Dialog(actor.id, Awaited.MATTER_TITLE, opinion.id, unit.id)
            await work.dialogs.open(asked)
            await work.commit()
        return opinion, unit

    async def open_matter(
        self, actor: Actor, dialog: Dialog, typed: str, cause: Cause | None = None
    ) -> Matter:
        """A new matter, with the case in hand as its first."""
        title, permission = read_title(typed), Permission.MATTER_OPEN
        async with self.memory.begin(cause) as work:
            opinion = await self._free_case(work, actor, dialog.subject)
            lineage = await work.units.lineage(dialog.note)
            actor.require(permission, lineage)
            others = await work.matters.open_in([dialog.note], 0, MOST_OPEN)
            if folded_name(title) in {folded_name(one.title) for one in others}:
                raise Refusal("matter.same_title", title=title)
            matter = Matter(self.ids.new(), dialog.note, title, actor.id, self.clock.now())
            matter.require_reach(opinion, await work.units.lineage(opinion.unit_id))
            await work.matters.add(matter)
            await work.matters.put_in(matter.id, opinion.id)
            await work.dialogs.close(actor.id)
            await self.note(work, actor, permission, matter, f"with={opinion.id}")
            await work.commit()
        return matter

    async def put_in(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Matter]:
        """Gather this case under the matter that was chosen."""
        async with self.memory.begin(cause) as work:
            opinion = await self._free_case(work, actor, button.subject)
            was = await work.matters.get(button.choice)
            actor.require(GATHER, await work.units.lineage(was.unit_id))
            was.require_reach(opinion, await work.units.lineage(opinion.unit_id))
            matter = was.changed()
            await work.matters.save(matter, was)
            await work.matters.put_in(matter.id, opinion.id)
            await self.note(work, actor, GATHER, matter, f"case={opinion.id}")
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion, matter

    async def take_out(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[Opinion, Matter]:
        """It is gathered nowhere any more; its matter goes on without it."""
        async with self.memory.begin(cause) as work:
            opinion = await case_for(work, self.clock, actor, button.subject, OUT)
            was = await work.matters.with_case(opinion.id)
            if was is None or was.id != button.choice:
                raise LostRace("matter.is_out", code=opinion.number)
            matter = was.changed()
            await work.matters.save(matter, was)
            await work.matters.take_out(opinion.id)
            await self.note(work, actor, OUT, matter, f"case={opinion.id}")
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return opinion, matter

    async def close(self, actor: Actor, button: Button, cause: Cause | None = None) -> Matter:
        """Nothing more is gathered or answered there; each case goes on by itself."""
        async with self.memory.begin(cause) as work:
            was = await work.matters.get(button.subject)
            actor.require(Permission.MATTER_CLOSE, await work.units.lineage(was.unit_id))
            matter = was.closed(self.clock.now())
            await work.matters.save(matter, was)
            await self.note(work, actor, Permission.MATTER_CLOSE, matter)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return matter

    async def reopen(self, actor: Actor, button: Button, cause: Cause | None = None) -> Matter:
        """It was closed by mistake, or there is more to it."""
        async with self.memory.begin(cause) as work:
            was = await work.matters.get(button.subject)
            actor.require(Permission.MATTER_OPEN, await work.units.lineage(was.unit_id))
            if was.closed_at is None:
                raise LostRace("button.used")
            matter = replace(was.changed(), closed_at=None)
            await work.matters.save(matter, was)
            await self.note(work, actor, Permission.MATTER_OPEN, matter, "again")
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return matter

    async def note(
        self, work: Work, actor: Actor, permission: Permission, matter: Matter, detail: str = ""
    ) -> None:
        """On record: who did what to which matter; its title is not in it."""
        detail = in_stead(actor, permission, await work.units.lineage(matter.unit_id), detail)
        event = AuditEvent(self.clock.now(), actor.id, permission, matter.id, detail)
        await work.audit.append(event)

    async def _free_case(self, work: Work, actor: Actor, opinion_id: str) -> Opinion:
        opinion = await case_for(work, self.clock, actor, opinion_id, GATHER)
        present = await work.matters.with_case(opinion.id)
        if present is not None:
            raise LostRace("matter.is_in", code=opinion.number, title=present.title)
        return opinion

    async def _choice(
        self, work: Work, actor: Actor, opinion: Opinion, lineage: Lineage, page: int
    ) -> Choice:
        present = await work.matters.with_case(opinion.id)
        if present is not None:
            asked: list[tuple[str, str]] = [(SHOW, present.id), (OUT, present.id)]
            buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
            return Choice(opinion, (), (), buttons, present)
        places = [one async for one in _reached(work, actor, lineage)]
        skip = page * ON_A_PAGE
        near = [place.id for place in places]
        found = await work.matters.open_in(near, skip, ON_A_PAGE + 1)
        shown = found[:ON_A_PAGE]
        asked = one_page(INTO, CHOICES, [one.id for one in shown], 0, ON_A_PAGE)
        asked += around(CHOICES, page, len(found) > ON_A_PAGE)
        asked += [(NEW, place.id) for place in places]
        buttons = case_buttons(self.ids, self.clock, actor, opinion, asked)
        return Choice(opinion, shown, tuple(places), buttons)


async def _reached(work: Work, actor: Actor, lineage: Lineage) -> AsyncIterator[Unit]:
    """The case's own unit and those above it for which this person gathers cases."""
    for place, unit_id in enumerate(lineage.unit_ids):
        if actor.may(GATHER, Lineage(lineage.unit_ids[place:])):
            yield await work.units.get(unit_id)


async def show_matter(
    work: Work, ids: Ids, letterhead: Letterhead, actor: Actor, opinion: Opinion
) -> None:
    """Tell whoever reads the case under which matter it is gathered."""
    matter = await work.matters.with_case(opinion.id)
    if matter is not None:
        payload = letterhead.matter_view(opinion, matter)
        await work.outbox.add([view(ids.new(), opinion.id, actor.id, payload, STAYS_IN_CHAT)])
