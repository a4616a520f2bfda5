"""At the hour that each person chose, the day's content is owed to them: all of an hour at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import EVERYWHERE
from domain.model.button import ANYONE, GOOD_FOR, offer
from domain.model.delivery import Lane, Origin, OriginKind, OutboxEntry, Payload, to_person
from domain.model.morning import (
    LINES_SHOWN,
    Morning,
    MorningLine,
    Reader,
    card_ends,
    due_hours,
    lines_for,
    local_day,
)
from domain.ports import Letterhead, Memory, Work
from domain.usecases.read_morning import HOURS_ASKED, OPEN, READ, going_out

FIRST_LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class MorningCards:
    """Sending the morning's cards (thẻ tin buổi sáng)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def owe_due(self) -> int:
        """Put the cards of every hour that has come in line; returns how many."""
        now = self.clock.now()
        due, day = due_hours(now), local_day(now)
        if not due:
            return 0
        async with self.memory.begin(crowded=True) as work:
            done = await work.mornings.rounds(day)
        return sum([await self._owe(day, hour) for hour in due if hour not in done])

    async def _owe(self, day: date, hour: time) -> int:
        """One hour's cards and the note that they are in line, in one commit."""
        async with self.memory.begin() as work:
            if not await work.mornings.begin_round(day, hour):
                return 0
            readers = await work.mornings.readers(day, hour)
            lines = await going_out(work, [EVERYWHERE], day) if readers else ()
            related = await work.mornings.related([line.audience.id for line in lines])
            desk = _Desk(self, work, day)
            entries = []
            for reader in readers:
                if theirs := lines_for(reader.unit_ids, lines, related):
                    payload = await desk.card(reader, theirs)
                    entries.append(self._entry(reader, payload, day, hour))
            await work.mornings.owe(entries)
            await work.commit()
        return len(entries)

    def _entry(self, reader: Reader, payload: Payload, day: date, hour: time) -> OutboxEntry:
        return OutboxEntry(
            self.ids.new(),
            Origin(OriginKind.CARD, f"morning:{day.isoformat()}"),
            to_person(reader.person_id),
            Lane.BULK,
            payload,
            not_after=card_ends(day, hour),
        )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes each card once, however many people get it: what differs is units and language."""

    cards: MorningCards
    work: Work
    day: date
    written: dict[tuple[str, ...], Payload] = field(default_factory=dict)

    async def card(self, reader: Reader, lines: Sequence[MorningLine]) -> Payload:
        language = self._language(reader)
        name = (language, *(line.broadcast.id for line in lines))
        if name not in self.written:
            self.written[name] = await self._write(lines, language)
        return self.written[name]

    async def _write(self, lines: Sequence[MorningLine], language: str) -> Payload:
        shown = tuple(lines[:LINES_SHOWN])
        subjects = [(OPEN, line.broadcast.id) for line in shown]
        subjects += [(action, self.day.isoformat()) for action in (READ, HOURS_ASKED)]
        # Anyone's: many people have the same card, and each button acts on whoever presses it.
        buttons = tuple(
            button
            for action, subject in subjects
            for button in offer(
                self.cards.ids,
                [(action, "")],
                subject=subject,
                version=1,
                holder=ANYONE,
                expires_at=self.cards.clock.now() + GOOD_FOR,
            )
        )
        await self.work.buttons.add(buttons)
        morning = Morning(self.day, shown, len(lines) - len(shown), buttons)
        return self.cards.letterhead.morning_card(morning, language)

    def _language(self, reader: Reader) -> str:
        """The first of theirs in which there are words."""
        ours = self.cards.letterhead.languages()
        return next((one for one in reader.languages if one in ours), FIRST_LANGUAGE)
