"""Why a case of a matter is left without the matter's answer, as it stands at this moment."""

from dataclasses import replace

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.model.access import Actor
from domain.model.matter import Hindrance, Matter, MatterCase, hindrance
from domain.model.opinion import OpinionState
from domain.ports import Work
from domain.usecases.ownership import with_present_owner

_WHY = {
    "letter.no_approver": Hindrance.NO_SECOND,
    "triage.taken_by_another": Hindrance.ANOTHERS,
    "triage.erased": Hindrance.ERASED,
}


async def present_hindrance(
    work: Work, clock: Clock, actor: Actor, case: MatterCase
) -> Hindrance | None:
    """An owner who lost the right to answer is none any more, as everywhere."""
    others = case.owner_id not in (None, actor.id)
    if others and case.state is OpinionState.IN_PROGRESS:
        opinion = await work.opinions.get(case.id)
        present = await with_present_owner(work, clock, opinion)
        case = replace(case, owner_id=present.owner_id)
    return hindrance(case, actor.id)


async def why_gone(work: Work, matter: Matter, opinion_id: str) -> Hindrance:
    """Of what was a case of it when its answers began and is none any more."""
    opinion = await work.opinions.get(opinion_id)
    if opinion.state is OpinionState.WITHDRAWN:
        return Hindrance.ERASED
    lineage = await work.units.lineage(opinion.unit_id)
    return Hindrance.TAKEN_OUT if matter.unit_id in lineage.unit_ids else Hindrance.MOVED


def why_refused(refused: Refusal) -> Hindrance:
    """Of a letter that was not written."""
    if isinstance(refused, Forbidden):
        return Hindrance.NO_RIGHT
    return _WHY.get(refused.key, Hindrance.CHANGED)
