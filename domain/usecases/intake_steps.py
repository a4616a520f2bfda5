"""What can be answered at each step of writing in, by residents and by those who pass things on."""

from collections.abc import Sequence

from domain.model.access import Permission
from domain.model.bulletin import Field
from domain.model.button import one_page
from domain.model.heard import FEW_COULD, Bearing, Interest, Spread
from domain.model.resident import DraftStep, OpinionDraft
from domain.model.unit import COMMUNE_KINDS, Unit
from domain.ports import Work
from domain.usecases.visit import Visit

UNITS_ON_A_PAGE = 8
LANGUAGES = ("vi", "km", "en")


async def places_open(work: Work, draft: OpinionDraft, visit: Visit) -> tuple[Unit, ...]:
    """The communes for a resident; for somebody who heard it, their own units and those below."""
    if draft.heard is not None:
        return await within_reach(work, visit)
    root = await work.units.root()
    places = await work.units.subtree(root.id) if root else ()
    return tuple(unit for unit in places if unit.kind in COMMUNE_KINDS)


async def within_reach(work: Work, visit: Visit) -> tuple[Unit, ...]:
    """The units where somebody may have heard something, each once."""
    found = [unit for top in visit.reach for unit in await work.units.subtree(top)]
    return tuple({unit.id: unit for unit in found}.values())


async def common_place(work: Work, visit: Visit) -> Unit:
    """Where all that somebody reaches lies: their commune, or what is above several of them.

    There something is filed that nobody puts their name to. A hamlet often has one communicator
    only, whom its name would tell; and it is not asked for, since the choices that are offered
    would tell it too.
    """
    lineages = [await work.units.lineage(unit_id) for unit_id in visit.reach]
    shared = [u for u in lineages[0].unit_ids if all(u in other.unit_ids for other in lineages)]
    above = [await work.units.get(unit_id) for unit_id in shared]
    communes = [unit for unit in above if unit.kind in COMMUNE_KINDS]
    return communes[-1] if communes else above[0]


async def is_by_few(work: Work, unit: Unit) -> bool:
    """Whether so few bring things from this place that staff may guess who did."""
    within = await work.units.subtree(unit.id) if unit.kind in COMMUNE_KINDS else (unit,)
    able = await work.people.able_at(Permission.OPINION_HEAR, [one.id for one in within])
    return able < FEW_COULD


def asked(draft: OpinionDraft, choices: Sequence[Unit], page: int) -> list[tuple[str, str]]:
    """The buttons of the present step, as (action, choice)."""
    cancel = ("intake:cancel", "")
    match draft.step:
        case DraftStep.CONSENT:
            languages = [("language:choose", language) for language in LANGUAGES]
            return [("intake:agree", ""), ("intake:decline", ""), *languages]
        case DraftStep.UNIT:
            ids = [unit.id for unit in choices]
            places = one_page("intake:unit", "intake:page", ids, page, UNITS_ON_A_PAGE)
            # A resident who knows no place leaves it to the top; whoever heard it knows where.
            return [*places, cancel] if draft.heard else [*places, ("intake:unit", ""), cancel]
        case DraftStep.CONFIRM:
            bearing = draft.heard and draft.heard.bearing
            file = ("heard:file", bearing) if bearing else ("intake:file", "")
            return [file, ("intake:rewrite", ""), cancel]
        case step:
            return [*_CHOICES.get(step, ()), cancel]


_CHOICES: dict[DraftStep, list[tuple[str, str]]] = {
    DraftStep.BEARING: [("heard:bearing", choice) for choice in Bearing],
    DraftStep.FIELD: [("heard:field", choice) for choice in Field],
    DraftStep.SPREAD: [("heard:spread", choice) for choice in Spread],
    DraftStep.INTEREST: [("heard:interest", choice) for choice in Interest],
}
