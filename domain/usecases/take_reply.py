"""Somebody answers a bulletin or a poll in its group: held for their consent, or filed at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.clock import Clock
from domain.errors import Refusal, Repeated, Tampered
from domain.ids import Ids
from domain.model.access import RESIDENT, Permission
from domain.model.allowance import Act
from domain.model.audit import AuditEvent
from domain.model.case_times import CaseTimes
from domain.model.chat import Address, Chat, ChatPurpose
from domain.model.deadline import CONSENT_WAIT
from domain.model.opinion import Opinion, OpinionState
from domain.model.opinion_kind import names_formal_matter
from domain.model.poll_copy import POLL_PART
from domain.model.public_reply import (
    MOST_HELD,
    PublicReply,
    called,
    corrected,
    require_words,
    text_of,
)
from domain.model.resident import Written
from domain.ports import Letterhead, Memory, NoSteps, Steps, Vault, Work
from domain.usecases.announce import tell_of_filing
from domain.usecases.keep_within import KeepWithin
from domain.usecases.visit import Visit


class Taken(StrEnum):
    """What became of a reply; the name of what is said of it in the group."""

    HELD = "held"
    FILED = "filed"
    FULL = "full"
    """So much of theirs waits already that this is not taken."""
    CORRECTED = "corrected"
    """Waits in its newest words; nothing more need be said."""
    EDITED_LATE = "edited_late"
    """It does not wait any more, and what is filed is nobody's to change."""


@dataclass(frozen=True, slots=True)
class TakeReply:
    """Taking in what is said in public (trả lời trong nhóm)."""

    memory: Memory
    vault: Vault
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    steps: Steps = field(default_factory=NoSteps)
    times: CaseTimes = field(default_factory=CaseTimes)

    async def bound(self, place: Address) -> Chat | None:
        """The residents' group there, if it is bound."""
        async with self.memory.begin() as work:
            chat = await work.chats.by_address(place)
        return chat if chat and chat.purpose is ChatPurpose.RESIDENTS else None

    async def answered(
        self, visit: Visit, chat: Chat, message_id: str, words: Written
    ) -> PublicReply | None:
        """The reply as it would be held; None if it answers no bulletin and no poll of ours."""
        async with self.memory.begin() as work:
            found = await work.broadcasts.behind([chat.id], message_id)
            if found is None:
                return None
            revision_id, part = found
            try:
                revision = (await work.bulletins.frozen_text(revision_id)).revision
            except Tampered:
                return None
        return PublicReply(
            handle=visit.handle,
            chat_id=chat.id,
            group=chat.title,
            unit_id=chat.unit_id,
            language=chat.language,
            replied_to=called(revision.heading),
            poll_field=revision.field if part == POLL_PART else None,
            written=words,
            expires_at=self.clock.now() + CONSENT_WAIT,
        )

    async def take(self, visit: Visit, reply: PublicReply) -> Taken:
        """Hold it until whoever wrote it agrees; of somebody who has agreed, file it."""
        if reply.written.edited:
            return await self._correct(visit, reply)
        require_words(reply.written.text)
        # Muted or not: if a group could see a difference, it would see who wrote the muted case.
        # The two words only lead to a question, and that is asked in private.
        if visit.known.resident.has_consented and not names_formal_matter(reply.written.text):
            await self._file_at_once(visit, reply)
            return Taken.FILED
        held = await self.vault.held_replies(visit.who, self.clock.now())
        is_new = reply.handle not in {one.handle for one in held}
        if is_new and len(held) >= MOST_HELD:
            return Taken.FULL
        if is_new:
            await self.vault.hold_reply(visit.who, reply)
        self.steps.reached("held")
        await self._mark(visit)
        return Taken.HELD

    async def _file_at_once(self, visit: Visit, reply: PublicReply) -> None:
        try:
            await KeepWithin(self.vault, self.clock).spend(visit.who, Act.OPINION, reply.handle)
        except Repeated:
            raise
        except Refusal as refusal:
            # In its own words: the group need not read how much somebody wrote.
            raise Refusal("reply.too_many", minutes=refusal.values["minutes"]) from refusal
        await self.vault.seal_address(reply.handle, visit.who, self.clock.now())
        self.steps.reached("sealed")
        async with self.memory.begin(visit.cause) as work:
            await self.file(work, [reply], visit.known.resident.language)
            await work.commit()
        self.steps.reached("filed")

    async def _correct(self, visit: Visit, edit: PublicReply) -> Taken:
        require_words(edit.written.text)
        held = await self.vault.held_replies(visit.who, self.clock.now())
        waiting = corrected(held, edit)
        if waiting is not None:
            await self.vault.hold_reply(visit.who, waiting)
        await self._mark(visit)
        return Taken.CORRECTED if waiting else Taken.EDITED_LATE

    async def _mark(self, visit: Visit) -> None:
        async with self.memory.begin(visit.cause) as work:
            await work.commit()

    async def file(self, work: Work, parts: Sequence[PublicReply], language: str) -> Opinion:
        """One case of these messages, its code owed to whoever wrote, never to the group.

        It goes on under the handle of the last: whatever waits longest is known to be filed.
        """
        first, now = parts[0], self.clock.now()
        unit = await work.units.standing(first.unit_id)
        RESIDENT.require(Permission.OPINION_FILE, await work.units.lineage(unit.id))
        opinion = await self._opinion(work, parts, unit.id, language)
        await work.opinions.add(opinion)
        await tell_of_filing(work, self.ids, self.letterhead, opinion, unit)
        event = AuditEvent(now, RESIDENT.id, Permission.OPINION_FILE, opinion.id)
        await work.audit.append(event)
        return opinion

    async def _opinion(
        self, work: Work, parts: Sequence[PublicReply], unit_id: str, language: str
    ) -> Opinion:
        first, now, office = parts[0], self.clock.now(), await work.calendar.office_days()
        return Opinion(
            id=self.ids.new(),
            code=self.ids.code(),
            number=self.ids.number(),
            unit_id=unit_id,
            source=first.source,
            text=text_of(parts),
            language=language,
            state=OpinionState.NEW,
            handle=parts[-1].handle,
            filed_at=now,
            due_at=self.times.answer_due(now, office),
            field=first.poll_field,
            is_public=True,
            replied_to=first.replied_to,
        )
