"""Whose case it is, as long as that person may still answer it."""

from dataclasses import replace

from domain.clock import LOCAL_ZONE, Clock
from domain.model.access import Permission
from domain.model.opinion import Opinion
from domain.ports import Work


async def with_present_owner(work: Work, clock: Clock, opinion: Opinion) -> Opinion:
    """The case without an owner who has lost the right to answer it: it must not die with a job."""
    if opinion.owner_id is None:
        return opinion
    owner = await work.people.get(opinion.owner_id)
    actor = owner.actor_on(clock.now().astimezone(LOCAL_ZONE).date())
    lineage = await work.units.lineage(opinion.unit_id)
    stays = actor.may(Permission.OPINION_ANSWER, lineage)
    return opinion if stays else replace(opinion, owner_id=None)
