"""What went out wrong is written anew, for exactly the groups that got it, and approved anew."""

from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.errors import LostRace, Refusal, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinState, Draft
from domain.model.delivery import Payload, card, to_person
from domain.model.frozen import FrozenRevision
from domain.ports import Cause, Memory, Work
from domain.usecases.announce import all_of
from domain.usecases.schedule import UNDER_WAY

CORRECTABLE = frozenset({BulletinState.SENT, BulletinState.STOPPED})
"""Nothing more of it may be on its way: whoever corrects it stops it first."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Writing a correction (đính chính)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def start_correction(
        self, actor: Actor, bulletin_id: str, cause: Cause | None = None
    ) -> str:
        """A draft that holds the old words, for whoever got them; returns its id."""
        async with self.memory.begin(cause) as work:
            wrong = await work.bulletins.get(bulletin_id)
            lineage = await work.units.lineage(wrong.unit_id)
            actor.require(Permission.BULLETIN_COMPOSE, lineage)
            if await _goes_on(work, wrong):
                raise LostRace("correct.stop_first")
            old = await _sound(work, bulletin_id)
            if old.revision.is_template:
                raise Refusal("correct.emergency")
            if old.revision.poll is not None:
                raise Refusal("poll.not_corrected")
            if await work.bulletins.is_corrected(old.revision.id):
                raise LostRace("correct.already")
            bulletin = Bulletin(self.ids.new(), wrong.unit_id, actor.id, BulletinState.DRAFT, 0)
            draft = Draft(
                bulletin.id,
                wrong.unit_id,
                old.revision.audience_unit_id,
                text=old.revision.text,
                field=old.revision.field,
                bulletin_class=old.revision.bulletin_class,
                issuing_body=old.revision.issuing_body,
                source=old.revision.source,
                talking_points=old.revision.talking_points,
                title=old.revision.title,
                marks=old.revision.marks,
                translations=old.revision.translations,
                reach=old.revision.reach,
                series=old.revision.series,
                attachments=old.revision.attachments,
                corrects=old.revision.id,
                corrected_at=await _went_out_at(work, old),
            )
            await work.bulletins.add(bulletin, draft)
            action = Permission.BULLETIN_COMPOSE
            event = AuditEvent(self.clock.now(), actor.id, action, bulletin.id, bulletin_id)
            await work.audit.append(event)
            await work.commit()
        return bulletin.id


async def require_uncorrected(work: Work, frozen: FrozenRevision) -> None:
    """Refuse to approve a correction of what goes on, was taken back, or was corrected already.

    Also one that would not reach each group of which it is known by now that it got the old one.
    """
    corrects = frozen.revision.corrects
    if not corrects:
        return
    if await _goes_on(work, await work.bulletins.of_revision(corrects)):
        raise Refusal("correct.stop_first")
    if await work.bulletins.is_corrected(corrects):
        raise Refusal("correct.already")
    got = {chat.id for chat in await work.chats.that_got(corrects)}
    if got.difference(frozen.chat_ids):
        raise Refusal("correct.reaches_more")


async def tell_of_correction(
    work: Work, ids: Ids, frozen: FrozenRevision, payload: Payload, approver_id: str
) -> None:
    """Whoever wrote and approved what was wrong, and their supervisors, hear that it is corrected;
    the correction's own author and approver know.
    """
    corrects, about = frozen.revision.corrects, f"corrected:{frozen.revision.id}"
    if corrects is None:
        return
    told = await all_of(work, corrects, frozen.revision.unit_id)
    for person_id in told:
        if person_id not in (frozen.revision.author_id, approver_id):
            await work.outbox.add([card(ids.new(), about, to_person(person_id), payload)])


async def _goes_on(work: Work, wrong: Bulletin) -> bool:
    """Whether more of it may be on its way, be it one group's repeat; or it was taken back."""
    broadcasts = await work.broadcasts.of_bulletin(wrong.id)
    under_way = any(one.state in UNDER_WAY for one in broadcasts)
    return under_way or wrong.state not in CORRECTABLE


async def _went_out_at(work: Work, old: FrozenRevision) -> datetime:
    """The last time at which it reached somebody; of what recurs, a later one may be planned."""
    times = [
        one
        for one in await work.broadcasts.of_bulletin(old.revision.bulletin_id)
        if one.revision_id == old.revision.id
    ]
    for one in reversed(times):
        if (await work.broadcasts.tally(one.id)).sent:
            return one.planned_at
    return times[-1].planned_at


async def _sound(work: Work, bulletin_id: str) -> FrozenRevision:
    try:
        return await work.bulletins.newest_revision(bulletin_id)
    except Tampered:
        raise Refusal("release.not_as_approved") from None
