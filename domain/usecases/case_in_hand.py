"""A case as whoever moves it finds it: theirs to move, or moved by somebody else."""

from collections.abc import Iterable
from datetime import timedelta

from domain.clock import Clock
from domain.errors import LostRace
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent, in_stead
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.model.opinion import Opinion, OpinionState
from domain.ports import Work
from domain.usecases.ownership import with_present_owner

STAYS_IN_CHAT = timedelta(hours=24)
"""How long a case's text stays in a staffer's private chat."""


async def case_for(
    work: Work, clock: Clock, actor: Actor, opinion_id: str, permission: Permission
) -> Opinion:
    """The case, if this may be done there; an owner who lost the right is none any more."""
    opinion = await work.opinions.get(opinion_id)
    actor.require(permission, await work.units.lineage(opinion.unit_id))
    if opinion.state is OpinionState.WITHDRAWN:
        raise LostRace("triage.erased", code=opinion.number)
    return await with_present_owner(work, clock, opinion)


async def case_to_move(
    work: Work, clock: Clock, actor: Actor, opinion_id: str, permission: Permission
) -> Opinion:
    """The same, if nobody else has it in hand, or the actor may take it from them."""
    opinion = await case_for(work, clock, actor, opinion_id, permission)
    if opinion.owner_id not in (None, actor.id):
        lineage = await work.units.lineage(opinion.unit_id)
        if not actor.may(Permission.OPINION_REASSIGN, lineage):
            raise LostRace("triage.taken_by_another", code=opinion.number)
    return opinion


def case_buttons(
    ids: Ids, clock: Clock, actor: Actor, opinion: Opinion, asked: Iterable[tuple[str, str]]
) -> tuple[Button, ...]:
    """These moves for whoever asked, on the case as it stands now."""
    return offer(
        ids,
        asked,
        subject=opinion.id,
        version=opinion.version,
        holder=to_person(actor.id),
        expires_at=clock.now() + GOOD_FOR,
    )


async def put_on_record(
    work: Work,
    clock: Clock,
    actor: Actor,
    permission: Permission,
    opinion: Opinion,
    detail: str = "",
) -> None:
    """Who moved it, and in whose stead; nothing of what it says."""
    lineage = await work.units.lineage(opinion.unit_id)
    detail = in_stead(actor, permission, lineage, detail)
    await work.audit.append(AuditEvent(clock.now(), actor.id, permission, opinion.id, detail))
