"""Once a day whoever decides on sessions is told how many wait, in one card and no more."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, time

from domain.clock import LOCAL_ZONE, Clock
from domain.ids import Ids
from domain.model.access import Permission
from domain.model.delivery import OutboxEntry, card, to_person
from domain.ports import Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons

DUE = time(16, 30)
"""Local: while the offices still work, after most of the day's sessions."""
TOO_LATE = time(19)
"""From then on what waits can wait until tomorrow: nobody is fetched from their bed for it."""


@dataclass(frozen=True, slots=True)
class SessionDigest:
    """The day's list of sessions (thẻ tổng hợp buổi chờ xác nhận)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def owe_due(self) -> int:
        """Owe today's cards unless they are owed already; returns how many that were."""
        local = self.clock.now().astimezone(LOCAL_ZONE)
        if not DUE <= local.time() < TOO_LATE:
            return 0
        about = _about(local.date())
        async with self.memory.begin() as work:
            if await work.sessions.is_told(about):
                return 0
            counts = await self._counts(work)
            cards = [await self._card(work, about, who, n) for who, n in counts.items()]
            await work.outbox.add(cards)
            await work.commit()
        return len(cards)

    async def _counts(self, work: Work) -> Counter[str]:
        """How many sessions of others wait for each who may decide on them."""
        counts: Counter[str] = Counter()
        for unit_id, by_author in (await work.sessions.waiting_by_unit()).items():
            lineage = await work.units.lineage(unit_id)
            holders = await work.people.holding(Permission.SESSION_CONFIRM, lineage)
            deciding = {person.id for person in holders}
            active = await work.people.holding(Permission.SESSION_LOG, lineage)
            leaders = await work.sessions.leaders_of(lineage.unit_ids)
            deciding |= {person.id for person in active} & set(leaders)
            for who in deciding:
                counts[who] += sum(n for author, n in by_author.items() if author != who)
        return +counts

    async def _card(self, work: Work, about: str, person_id: str, count: int) -> OutboxEntry:
        ways = [("session:waiting", "")]
        buttons = await put_own_buttons(work, self, person_id, ways, "sessions")
        payload = self.letterhead.sessions_card(count, buttons)
        return card(self.ids.new(), about, to_person(person_id), payload)


def _about(day: date) -> str:
    return f"sessions:{day.isoformat()}"
