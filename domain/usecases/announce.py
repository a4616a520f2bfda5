"""Who hears of it: of a case, of a broadcast, of what became of a group."""

from collections.abc import AsyncIterator

from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Permission
from domain.model.chat import Chat, ChatNews
from domain.model.delivery import card, letter, to_chat, to_person
from domain.model.opinion import Opinion
from domain.model.unit import Lineage, Unit
from domain.ports import Letterhead, Work


async def root_of(work: Work) -> Unit:
    """The unit at the top of the tree, which answers where no place was named."""
    root = await work.units.root()
    if root is None:
        raise Refusal("errors.no_office")
    return root


async def both_of(work: Work, revision_id: str) -> tuple[str, ...]:
    """Whoever wrote a revision and whoever approved it, be they one or two."""
    approval = await work.bulletins.approval(revision_id)
    if approval is None:
        return ()
    first = await work.reviews.first_approval(revision_id)
    before = (first.approver_id,) if first else ()
    return (approval.author_id, *before, approval.approver_id)


async def all_of(work: Work, revision_id: str, unit_id: str) -> tuple[str, ...]:
    """The same, and the supervisors of the nearest unit that has some."""
    near = await supervisors_near(work, unit_id)
    return tuple(dict.fromkeys((*await both_of(work, revision_id), *near)))


async def supervisors_near(work: Work, unit_id: str, but: str = "") -> tuple[str, ...]:
    """The supervisors of the nearest unit, from this one upwards, that has some beside `but`."""
    async for near in supervisors_upwards(work, unit_id, but):
        return near
    return ()


async def supervisors_upwards(
    work: Work, unit_id: str, but: str = ""
) -> AsyncIterator[tuple[str, ...]]:
    """Those in office today, unit by unit up to the top; nobody is named twice."""
    named = {but}
    for place in (await work.units.lineage(unit_id)).unit_ids:
        holders = await work.people.holding(Permission.ROSTER_KEEP, Lineage((place,)))
        if near := tuple(person.id for person in holders if person.id not in named):
            named.update(near)
            yield near


async def staff_destinations(work: Work, unit_id: str) -> tuple[str, ...]:
    """Where a unit's cases are announced: the nearest staff group, else each triager.

    Where there is neither, whoever looks after the work hears of it, up to the top.
    """
    async for circle in staff_upwards(work, unit_id):
        return circle
    return ()


async def staff_upwards(work: Work, unit_id: str, but: str = "") -> AsyncIterator[tuple[str, ...]]:
    """All who could be told of a unit's case, the nearest first: groups and people but this one."""
    lineage = await work.units.lineage(unit_id)
    staff = await work.chats.staff_chat(lineage)
    if staff is not None:
        yield (to_chat(staff.id),)
    triagers = await work.people.holding(Permission.OPINION_TAKE, lineage)
    if able := tuple(to_person(person.id) for person in triagers if person.id != but):
        yield able
    async for near in supervisors_upwards(work, unit_id, but):
        yield tuple(map(to_person, near))


async def tell_of_filing(
    work: Work, ids: Ids, letterhead: Letterhead, opinion: Opinion, unit: Unit
) -> None:
    """Its code to whoever wrote, and a card to staff."""
    receipt = letterhead.receipt_letter(opinion, unit)
    about = f"filed:{opinion.id}"
    await work.outbox.add([letter(ids.new(), about, opinion.handle or "", receipt)])
    await tell_staff_of_filing(work, ids, letterhead, opinion, unit)


async def tell_staff_of_filing(
    work: Work, ids: Ids, letterhead: Letterhead, opinion: Opinion, unit: Unit
) -> None:
    """A card, without the words."""
    about = f"filed:{opinion.id}"
    notice = letterhead.case_card(opinion, unit, reopened=False)
    places = await staff_destinations(work, unit.id)
    if not places:
        # Where nobody takes cases, whoever looks after the work there hands them out.
        near = await supervisors_near(work, unit.id)
        places = tuple(to_person(person) for person in near)
    await work.outbox.add([card(ids.new(), about, place, notice) for place in places])


async def tell_of_chat(
    work: Work, ids: Ids, letterhead: Letterhead, chat: Chat, news: ChatNews, occasion: str = ""
) -> None:
    """Tell those who may bind this group; of one occasion only once, whoever hears of it first."""
    payload = letterhead.chat_card(chat, news)
    lineage = await work.units.lineage(chat.unit_id)
    about = f"{news}:{chat.id}:{occasion or chat.bound_at.isoformat()}"
    for person in await work.people.holding(Permission.CHAT_BIND, lineage):
        await work.outbox.add([card(ids.new(), about, to_person(person.id), payload)])
