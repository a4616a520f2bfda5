"""Units are merged and moved: the whole file in one commit, with everything that lies there."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.delivery import card, to_person
from domain.model.reorganisation import (
    Carried,
    ChangeKind,
    ChangeLine,
    Reorganisation,
    plan_changes,
)
from domain.model.unit import Lineage
from domain.ports import Letterhead, Memory, Work
from domain.usecases.join_cases import offer_again
from domain.usecases.ownership import with_present_owner

RECORDED = {ChangeKind.MERGE: Permission.UNIT_MERGE, ChangeKind.MOVE: Permission.UNIT_MOVE}


@dataclass(frozen=True, slots=True)
class Reorganised:
    """What a file did, would do, or why it did nothing (kết quả sắp xếp)."""

    plan: Reorganisation
    carried: tuple[Carried, ...] = ()
    void: tuple[str, ...] = ()
    """Headings of bulletins whose approval, or review, is void: groups have left their audience."""
    unattended: tuple[str, ...] = ()
    """Names of units where nobody can answer cases afterwards."""


@dataclass(frozen=True, slots=True)
class Reorganise:
    """Merging and moving units (sắp xếp đơn vị)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def reorganise(
        self, actor: Actor, lines: Sequence[ChangeLine], file_hash: str, keep: bool
    ) -> Reorganised:
        """Do all of it or nothing; not to be kept, it is done all the same and then undone.

        So a dry run tells what would happen and not what somebody believes would happen.
        """
        async with self.memory.begin() as work:
            root = await work.units.root()
            if root is None:
                raise Refusal("cli.roster_no_units")
            for permission in RECORDED.values():
                actor.require(permission, Lineage((root.id,)))
            now = self.clock.now()
            today = now.astimezone(LOCAL_ZONE).date()
            plan = plan_changes(lines, await work.units.all(), today)
            if not plan.changes:
                return Reorganised(plan)
            carried = await work.reorganisations.carry_out(plan.changes, now)
            void = await self._void(work, actor)
            unattended = await _unattended(work, carried)
            for one in carried:
                await self._offer(work, one)
                await self._record(work, actor, one, file_hash)
            if keep:
                await work.commit()
        return Reorganised(plan, carried, void, unattended)

    async def _offer(self, work: Work, one: Carried) -> None:
        """Of what nobody has, or nobody who may still answer it, the unit there hears."""
        for opinion_id in one.in_hand:
            was = await work.opinions.get(opinion_id)
            opinion = await with_present_owner(work, self.clock, was)
            if opinion.owner_id is not None:
                continue
            if was.owner_id is not None:
                opinion = was.given_back(self.clock.now())
                await work.opinions.save(opinion, was)
            await offer_again(work, self.ids, self.letterhead, opinion)

    async def _void(self, work: Work, actor: Actor) -> tuple[str, ...]:
        """An approval was for these groups of this audience; when one has left, it is none."""
        headings = []
        for bulletin_id in await work.reorganisations.out_of_reach():
            was = await work.bulletins.get(bulletin_id)
            await work.bulletins.save(was.moved_to(BulletinState.DRAFT), was)
            for one in await work.broadcasts.of_bulletin(bulletin_id):
                if one.state is BroadcastState.PLANNED:
                    await work.broadcasts.save_state(one, BroadcastState.STOPPED)
            draft = await work.bulletins.draft(bulletin_id)
            headings.append(draft.heading)
            about = f"audience_left:{bulletin_id}:{was.revision}"
            told = self.letterhead.audience_left_card(draft)
            await work.outbox.add([card(self.ids.new(), about, to_person(was.author_id), told)])
            event = (self.clock.now(), actor.id, Permission.BULLETIN_STOP, bulletin_id)
            await work.audit.append(AuditEvent(*event, "audience_left"))
        return tuple(headings)

    async def _record(self, work: Work, actor: Actor, one: Carried, file_hash: str) -> None:
        change = one.change
        action = RECORDED[change.kind]
        detail = f"to={change.into.id} cases={one.cases} groups={one.groups}"
        detail += f" labels_off={one.labels_off}"
        if change.kind is ChangeKind.MERGE:
            detail += f" rights={'carried' if change.carries_rights else 'ended'}:{len(one.rights)}"
            detail += f" templates={one.templates} left={len(one.templates_left)} views={one.views}"
            detail += f" same={one.templates_same}"
        event = AuditEvent(
            self.clock.now(), actor.id, action, change.unit.id, f"{detail} file={file_hash}"
        )
        await work.audit.append(event)


async def _unattended(work: Work, carried: Sequence[Carried]) -> tuple[str, ...]:
    heirs = {one.change.into.id: one.change.into for one in carried if one.cases}
    names = []
    for unit in heirs.values():
        lineage = await work.units.lineage(unit.id)
        if not await work.people.holding(Permission.OPINION_ANSWER, lineage):
            names.append(unit.name)
    return tuple(names)
