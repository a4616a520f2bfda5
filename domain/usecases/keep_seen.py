"""The last day on which staff and communicators were there; of residents nothing is kept."""

from dataclasses import dataclass, field
from datetime import date

from domain.clock import LOCAL_ZONE, Clock
from domain.model.access import Person
from domain.ports import Memory


@dataclass(frozen=True, slots=True)
class KeepSeen:
    """Keeping one date for each registered person (ngày dùng gần nhất)."""

    memory: Memory
    clock: Clock
    noted: dict[str, date] = field(default_factory=dict)
    """What this process has written already; one write a day and person is enough."""

    async def note(self, person: Person) -> None:
        """They were here today."""
        today = self.clock.now().astimezone(LOCAL_ZONE).date()
        if self.noted.get(person.id) == today:
            return
        async with self.memory.begin(crowded=True) as work:
            await work.checks.saw(person.id, today)
            await work.commit()
        self.noted[person.id] = today
