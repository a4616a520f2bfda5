"""As a conference comes near people are reminded, and when its time is over it is held."""

from dataclasses import dataclass
from datetime import timedelta

from domain.clock import Clock
from domain.ids import Ids
from domain.model.conference import Conference, Notice, Reminder, due_reminders, reminder_ends
from domain.model.guest import Reply
from domain.ports import Letterhead, Memory, Work
from domain.usecases.conference_cards import ConferenceCards
from domain.usecases.one_by_one import one_by_one

LOOK_AHEAD = timedelta(hours=25)
TOLD = {
    Reminder.DAY_BEFORE: ((Reply.NONE, Notice.UNANSWERED), (Reply.YES, Notice.TOMORROW)),
    Reminder.SOON: ((Reply.YES, Notice.SOON),),
}
"""Who is told what; whoever has said no is left alone."""


@dataclass(frozen=True, slots=True)
class FollowConferences:
    """Reminding, and the end (nhắc dự, kết thúc)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def follow_due(self) -> None:
        """Whatever is due now of any of them; trouble with one holds up no other."""
        async with self.memory.begin(crowded=True) as work:
            running = await work.conferences.running(self.clock.now() + LOOK_AHEAD)
        await one_by_one(running, self._follow)

    async def _follow(self, seen: Conference) -> None:
        now = self.clock.now()
        if not seen.is_over_at(now) and not due_reminders(seen, now):
            return
        async with self.memory.begin() as work:
            conference = await work.conferences.get(seen.id)
            if conference.is_over_at(now):
                await work.conferences.save(conference.held(), conference)
            for reminder in due_reminders(conference, now):
                await self._remind(work, conference, reminder)
            await work.commit()

    async def _remind(self, work: Work, conference: Conference, reminder: Reminder) -> None:
        """The note that it is in line and the cards, in one commit."""
        if not await work.conferences.begin_reminder(conference, reminder):
            return
        cards = ConferenceCards(self.clock, self.ids, self.letterhead)
        for reply, notice in TOLD[reminder]:
            people = await work.conferences.called(conference.id, [reply])
            until = reminder_ends(conference, reminder)
            await cards.owe_notice(work, conference, people, notice, until)
