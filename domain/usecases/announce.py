"""Who hears of it: of a case, of a broadcast, of what became of a group."""

from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Permission, Role
from domain.model.chat import Chat, ChatNews
from domain.model.delivery import card, to_chat, to_person
from domain.model.unit import Unit
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
    lineage = await work.units.lineage(unit_id)
    holders = await work.people.holding(Permission.ROSTER_KEEP, lineage)
    near: tuple[str, ...] = ()
    for place in lineage.unit_ids:
        near = tuple(
            person.id
            for person in holders
            if any(one.role is Role.SUPERVISOR and one.unit_id == place for one in person.grants)
        )
        if near:
            break
    return tuple(dict.fromkeys((*await both_of(work, revision_id), *near)))


async def staff_destinations(work: Work, unit_id: str) -> tuple[str, ...]:
    """Where a unit's cases are announced: the nearest staff group, else each triager."""
    lineage = await work.units.lineage(unit_id)
    staff = await work.chats.staff_chat(lineage)
    if staff is not None:
        return (to_chat(staff.id),)
    triagers = await work.people.holding(Permission.OPINION_OPEN, lineage)
    return tuple(to_person(person.id) for person in triagers)


async def tell_of_chat(
    work: Work, ids: Ids, letterhead: Letterhead, chat: Chat, news: ChatNews, occasion: str = ""
) -> None:
    """Tell those who may bind this group; of one occasion only once, whoever hears of it first."""
    payload = letterhead.chat_card(chat, news)
    lineage = await work.units.lineage(chat.unit_id)
    about = f"{news}:{chat.id}:{occasion or chat.bound_at.isoformat()}"
    for person in await work.people.holding(Permission.CHAT_BIND, lineage):
        await work.outbox.add([card(ids.new(), about, to_person(person.id), payload)])
