"""A card that cannot be delivered: it, or word of it, goes to whoever is next."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.clock import LOCAL_ZONE, Clock
from domain.ids import Ids
from domain.model.access import EVERYWHERE
from domain.model.case_news import CaseNews
from domain.model.delivery import (
    HEARD_OR_TO_BE,
    Lane,
    OriginKind,
    OutboxEntry,
    card,
    to_chat,
    to_person,
)
from domain.model.opinion import Opinion
from domain.ports import Letterhead, Work
from domain.usecases.announce import root_of, staff_upwards, supervisors_upwards

log = logging.getLogger(__name__)

NOTICE = "unreached:"
"""What begins the name of word that somebody could not be reached."""


@dataclass(frozen=True, slots=True)
class PassOn:
    """Sending a refused card on to others (chuyển tiếp thẻ không gửi được)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def pass_on(self, work: Work, entry: OutboxEntry) -> None:
        """Nothing that staff must see ends unseen, and no word of it goes round in circles."""
        if entry.origin.kind is not OriginKind.CARD or entry.payload is None:
            return
        if entry.destination.startswith(to_chat("")):
            chat = await work.chats.get(entry.destination.removeprefix(to_chat("")))
            await self._send_on(work, entry, staff_upwards(work, chat.unit_id))
        elif entry.origin.id.startswith(NOTICE):
            await self._send_notice_on(work, entry)
        elif entry.destination.startswith(to_person("")):
            person_id = entry.destination.removeprefix(to_person(""))
            await self._give_notice(work, entry, person_id)
            await self._sound_on(work, entry, person_id)

    async def _sound_on(self, work: Work, entry: OutboxEntry, person_id: str) -> None:
        """That somebody may be in danger goes itself to whoever looks after the work above."""
        opinion = await _case_of(work, entry.origin.id)
        if opinion is not None and entry.origin.id.startswith(f"{CaseNews.DANGER}:"):
            above = supervisors_upwards(work, opinion.unit_id, person_id)
            await self._send_on(work, entry, _each_in_private(above))

    async def _give_notice(self, work: Work, entry: OutboxEntry, person_id: str) -> None:
        """What was for one person is not shown to others: they hear who could not be reached."""
        opinion = await _case_of(work, entry.origin.id)
        if opinion is None and entry.lane is not Lane.PERSON:
            return
        about = f"{entry.origin.id}:{person_id}"
        if opinion is None:
            # Of somebody who has blocked the bot, one word a day is enough.
            day = self.clock.now().astimezone(LOCAL_ZONE).date()
            about = f"person:{person_id}:{day.isoformat()}:{person_id}"
        person = await work.people.get(person_id)
        payload = self.letterhead.unreached_card(person, opinion)
        notice = card(self.ids.new(), NOTICE + about, "", payload)
        await self._send_notice_on(work, notice)

    async def _send_notice_on(self, work: Work, notice: OutboxEntry) -> None:
        about = notice.origin.id.removeprefix(NOTICE)
        person_id = about.rpartition(":")[2]
        opinion = await _case_of(work, about)
        if opinion is not None:
            await self._send_on(work, notice, staff_upwards(work, opinion.unit_id, person_id))
            return
        unit_id = await _unit_of(work, person_id)
        near = supervisors_upwards(work, unit_id, person_id)
        await self._send_on(work, notice, _each_in_private(near))

    async def _send_on(
        self, work: Work, entry: OutboxEntry, circles: AsyncIterator[tuple[str, ...]]
    ) -> None:
        """To the first circle that was not tried yet, unless somebody has it or will."""
        async for circle in circles:
            about = entry.origin.id
            known = {place: await work.outbox.states_of(about, place) for place in circle}
            if any(HEARD_OR_TO_BE.intersection(states) for states in known.values()):
                return
            fresh = [place for place, states in known.items() if not states]
            same = (entry.lane, entry.payload, entry.part)
            await work.outbox.add(
                [OutboxEntry(self.ids.new(), entry.origin, place, *same) for place in fresh]
            )
            if fresh:
                return
        log.error("card %s reaches nobody: there is no one left to be told", entry.origin.id)


async def _each_in_private(
    circles: AsyncIterator[tuple[str, ...]],
) -> AsyncIterator[tuple[str, ...]]:
    async for circle in circles:
        yield tuple(map(to_person, circle))


async def _case_of(work: Work, about: str) -> Opinion | None:
    """The case that a card is about, if it is about one: its name comes second."""
    _, _, rest = about.partition(":")
    return await work.opinions.find(rest.partition(":")[0])


async def _unit_of(work: Work, person_id: str) -> str:
    person = await work.people.get(person_id)
    places = [one.unit_id for one in person.grants if one.unit_id != EVERYWHERE]
    return places[0] if places else (await root_of(work)).id
