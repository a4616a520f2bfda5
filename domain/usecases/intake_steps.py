"""What can be answered at each step of writing in, by residents and by those who pass things on."""

from collections.abc import Sequence

from domain.model.access import Permission
from domain.model.bulletin import Field
from domain.model.button import one_page
from domain.model.heard import FEW_COULD, Bearing, Interest, Spread
from domain.model.opinion_kind import FIELDS_ASKED, KINDS_ASKED, FormalMatter
from domain.model.resident import DraftStep, OpinionDraft
from domain.model.unit import COMMUNE_KINDS, Unit
from domain.ports import Work
from domain.usecases.visit import Visit

UNITS_ON_A_PAGE = 8
FIELDS_ON_A_PAGE = 9
LANGUAGES = ("vi", "km", "en")


async def was_handed_in(work: Work, draft: OpinionDraft) -> bool:
    """Whether main has it: a crash came before it was cleared away."""
    if draft.replies_to:
        return draft.handle in {one.id for one in await work.opinions.additions(draft.replies_to)}
    if draft.at_desk:
        return await work.opinions.find(draft.handle) is not None
    return await work.opinions.by_handle(draft.handle) is not None


async def places_open(work: Work, draft: OpinionDraft, visit: Visit) -> tuple[Unit, ...]:
    """The communes for a resident; for whoever heard it, or is at the desk, what they reach."""
    if draft.heard is not None:
        return await within_reach(work, visit.reach)
    if draft.at_desk:
        return await within_reach(work, visit.desk)
    root = await work.units.root()
    places = await work.units.subtree(root.id) if root else ()
    return tuple(unit for unit in places if unit.kind in COMMUNE_KINDS)


async def within_reach(work: Work, tops: Sequence[str]) -> tuple[Unit, ...]:
    """These units and all below them, each once."""
    found = [unit for top in tops for unit in await work.units.subtree(top)]
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
            return _ways_to_agree(draft)
        case DraftStep.VOICE if draft.voice:
            number = str(draft.voice.number)
            return [("voice:agree", number), ("voice:decline", number), cancel]
        case DraftStep.UNIT:
            ids = [unit.id for unit in choices]
            places = one_page("intake:unit", "intake:page", ids, page, UNITS_ON_A_PAGE)
            return [*places, *_beside_places(draft), cancel]
        case DraftStep.KIND:
            kinds = [("intake:kind", kind) for kind in KINDS_ASKED]
            formal = [("intake:formal", matter) for matter in FormalMatter]
            return [*kinds, ("intake:kind", ""), *formal, cancel]
        case DraftStep.FIELD if draft.heard is None:
            fields = one_page("intake:field", "intake:fields", FIELDS_ASKED, page, FIELDS_ON_A_PAGE)
            return [*fields, ("intake:field", ""), ("intake:back", ""), cancel]
        case DraftStep.CONFIRM:
            return [*_last_ways(draft), cancel]
        case step:
            return [*_CHOICES.get(step, ()), cancel]


_CHOICES: dict[DraftStep, list[tuple[str, str]]] = {
    DraftStep.BELONGS: [("reply:belongs", ""), ("reply:apart", "")],
    DraftStep.BEARING: [("heard:bearing", choice) for choice in Bearing],
    DraftStep.FIELD: [("heard:field", choice) for choice in Field],
    DraftStep.SPREAD: [("heard:spread", choice) for choice in Spread],
    DraftStep.INTEREST: [("heard:interest", choice) for choice in Interest],
}


def _ways_to_agree(draft: OpinionDraft) -> list[tuple[str, str]]:
    if draft.at_desk:
        return [("walk_in:agree", ""), ("intake:decline", "")]
    languages = [("language:choose", language) for language in LANGUAGES]
    return [("intake:agree", ""), ("intake:decline", ""), *languages]


def _beside_places(draft: OpinionDraft) -> list[tuple[str, str]]:
    """A resident who knows no place leaves it to the top; whoever heard it knows where."""
    if draft.heard:
        return []
    back = ("intake:back", "")
    return [back] if draft.at_desk else [("intake:unit", ""), back]


def _last_ways(draft: OpinionDraft) -> list[tuple[str, str]]:
    """What can be done with what is written, but for throwing it away."""
    rewrite = ("intake:rewrite", "")
    if draft.replies_to:
        return [("reply:send", ""), rewrite]
    if draft.heard and draft.heard.bearing:
        return [("heard:file", draft.heard.bearing), rewrite]
    urgent = [("intake:urgent", "no" if draft.urgent else "yes")]
    if draft.stays_at_the_top and not draft.urgent:
        urgent = []  # what the law gives its own days; a mark from before can be taken off
    file = ("walk_in:file" if draft.at_desk else "intake:file", "")
    back = [] if draft.stays_at_the_top else [("intake:back", "")]
    unpin = [("intake:unpin", "")] if draft.point else []
    mute = [("voice:remove", str(draft.voice.number))] if draft.voice else []
    return [file, *urgent, *unpin, *mute, *back, rewrite]
