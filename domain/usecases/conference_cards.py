"""Writing to those who are called: many cards at once, each in its reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.clock import Clock
from domain.ids import Ids
from domain.model.button import ANYONE, Button, offer
from domain.model.conference import OPEN_AFTER, Conference, Notice, soonest
from domain.model.delivery import Lane, Origin, OriginKind, OutboxEntry, Payload, to_person
from domain.model.guest import Invitee, Reply
from domain.model.unit import Unit
from domain.ports import Letterhead, Work
from domain.usecases.conference_screen import ANSWER, ARRIVE


@dataclass(frozen=True, slots=True)
class ConferenceCards:
    """Cards about a conference (thẻ mời, nhắc, báo)."""

    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def owe_notice(
        self,
        work: Work,
        conference: Conference,
        people: Sequence[Invitee],
        notice: Notice,
        until: datetime,
    ) -> None:
        """Everybody is owed the same; it is left out where it cannot be sent in time."""
        unit = await work.units.get(conference.unit_id)
        buttons = self._buttons(conference, notice)
        await work.buttons.add(buttons)
        written = {
            language: self.letterhead.conference_card(notice, conference, unit, buttons, language)
            for language in {self._language(one) for one in people}
        }
        begin = soonest(self.clock.now(), conference.begins, unit.quiet_hours)
        await self._owe(work, people, written, begin, until)

    async def owe_material(
        self, work: Work, unit: Unit, conference: Conference, people: Sequence[Invitee], text: str
    ) -> None:
        written = {
            language: self.letterhead.material_card(conference, unit, text, language)
            for language in {self._language(one) for one in people}
        }
        now = self.clock.now()
        begin = unit.quiet_hours.over_at(now) if unit.quiet_hours else None
        await self._owe(work, people, written, begin, None)

    async def _owe(
        self,
        work: Work,
        people: Sequence[Invitee],
        written: dict[str, Payload],
        begin: datetime | None,
        until: datetime | None,
    ) -> None:
        # The outbox forgets nobody: its name for them leads to no conference, and to no answer.
        origin = Origin(OriginKind.CARD, f"conference:{self.ids.new()}")
        await work.mornings.owe(
            [
                OutboxEntry(
                    self.ids.new(),
                    origin,
                    to_person(one.person_id),
                    Lane.BULK,
                    written[self._language(one)],
                    not_before=begin,
                    not_after=until,
                )
                for one in people
            ]
        )

    def _buttons(self, conference: Conference, notice: Notice) -> tuple[Button, ...]:
        """Anyone's: all have the same card, and each button acts on whoever presses it."""
        if notice is Notice.CANCELLED:
            return ()
        soon = notice is Notice.SOON
        asked = (
            [(ARRIVE, "")] if soon else [(str(ANSWER), reply) for reply in (Reply.YES, Reply.NO)]
        )
        return offer(
            self.ids,
            asked,
            subject=conference.id,
            version=conference.asked,
            holder=ANYONE,
            expires_at=conference.ends + OPEN_AFTER if soon else conference.begins,
        )

    def _language(self, one: Invitee) -> str:
        """The first of theirs in which there are words."""
        ours = self.letterhead.languages()
        return next((language for language in one.languages if language in ours), ours[0])
