"""The bulletin that answers a matter in public: what stands of it, and who hears of it."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import Tampered
from domain.ids import Ids
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.delivery import card, to_person
from domain.model.frozen import FrozenText
from domain.model.matter import Matter, MatterNews
from domain.ports import Letterhead, Work
from domain.usecases.announce import staff_destinations

GONE = frozenset({BulletinState.WITHDRAWN, BulletinState.EXPIRED})
"""In these states a bulletin answers nothing any more, and another can be begun."""
STANDING = frozenset({BulletinState.APPROVED, BulletinState.SENT})


@dataclass(frozen=True, slots=True)
class PublicAnswer:
    """What the office has said to everybody, word for word as it was approved (trả lời chung)."""

    text: FrozenText
    said_at: datetime


async def public_answer(work: Work, matter: Matter) -> PublicAnswer | None:
    """What residents got; None before a first broadcast has ended, and where it stands no more.

    Of what was corrected it is the correction, once that has gone out.
    """
    if matter.bulletin_id is None:
        return None
    answer = await _latest(work, matter.bulletin_id)
    while answer and await work.bulletins.is_corrected(answer.text.revision.id):
        broadcast_id = await work.publications.correcting(answer.text.revision.id)
        if not broadcast_id:
            return None
        correction = await work.broadcasts.get(broadcast_id)
        answer = await _latest(work, correction.bulletin_id)
    return answer


async def _latest(work: Work, bulletin_id: str) -> PublicAnswer | None:
    if (await work.bulletins.get(bulletin_id)).state not in STANDING:
        return None
    for broadcast in reversed(await work.broadcasts.of_bulletin(bulletin_id)):
        if await _has_arrived(work, broadcast):
            return await _as_approved(work, broadcast)
    return None


async def _has_arrived(work: Work, broadcast: Broadcast) -> bool:
    ended = broadcast.state is BroadcastState.FINISHED
    return ended and (await work.broadcasts.tally(broadcast.id)).sent > 0


async def _as_approved(work: Work, broadcast: Broadcast) -> PublicAnswer | None:
    """An emergency's words are filled in at its release: they answer no matter."""
    try:
        text = await work.bulletins.frozen_text(broadcast.revision_id)
    except Tampered:
        return None
    if text.hash != broadcast.revision_hash or text.revision.is_template:
        return None
    return PublicAnswer(text, broadcast.went_out_at)


async def tell_of_answer(
    work: Work, ids: Ids, letterhead: Letterhead, bulletin_id: str, news: MatterNews, occasion: str
) -> None:
    """Tell the unit of the matter that this bulletin answers, and whoever has its cases in work.

    Of one occasion once; of a bulletin that answers no matter, nobody.
    """
    matter = await work.matters.answered_by(bulletin_id)
    if matter is None:
        return
    payload = letterhead.matter_card(news, matter, await work.matters.count(matter.id))
    about = f"matter:{matter.id}:{news}:{occasion}"
    owners = map(to_person, await work.matters.owners(matter.id))
    for place in dict.fromkeys((*await staff_destinations(work, matter.unit_id), *owners)):
        await work.outbox.add([card(ids.new(), about, place, payload)])
