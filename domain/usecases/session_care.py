"""Whose sessions are for whom to decide on."""

from domain.errors import Forbidden
from domain.model.access import Actor, Permission
from domain.model.session import OutreachSession
from domain.ports import Work


async def places_under(work: Work, actor: Actor) -> tuple[str, ...]:
    """Where this person decides: by a role, or at the head of a team that they still belong to."""
    return (*actor.units_for(Permission.SESSION_CONFIRM), *await led_by(work, actor))


async def led_by(work: Work, actor: Actor) -> tuple[str, ...]:
    """Where this person heads a team that they still belong to."""
    led = await work.sessions.units_led_by(actor.id)
    lineages = [(unit_id, await work.units.lineage(unit_id)) for unit_id in led]
    return tuple(one for one, lineage in lineages if actor.may(Permission.SESSION_LOG, lineage))


async def under_care(work: Work, actor: Actor, session: OutreachSession) -> None:
    """Forbidden unless sessions of this place are for this person to decide on."""
    session.require_other(actor)
    lineage = await work.units.lineage(session.unit_id)
    leads = not set(lineage.unit_ids).isdisjoint(await places_under(work, actor))
    if not leads and not actor.may(Permission.SESSION_CONFIRM, lineage):
        raise Forbidden("errors.forbidden")
