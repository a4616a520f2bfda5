"""After a conference a note with links goes to everybody who came or was called."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import LostRace, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.audit import AuditEvent
from domain.model.button import Button
from domain.model.conference import MOST_MATERIALS, Conference
from domain.model.dialog import Awaited, Dialog
from domain.model.guest import Reply
from domain.model.typed_conference import read_material
from domain.ports import Cause, Letterhead, Memory
from domain.usecases.change_conference import Proposal
from domain.usecases.conference_cards import ConferenceCards
from domain.usecases.conference_screen import CALL, SEND, ConferenceView, led, offered, screen

MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class SendConferenceNote:
    """Sending what belongs to a conference (gửi tài liệu)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def ask(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        """Take the next message as what is to be sent."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject)
            self._require_time(conference)
            await work.dialogs.open(Dialog(actor.id, Awaited.CONFERENCE, conference.id, MATERIAL))
            await work.commit()

    async def propose(
        self, actor: Actor, conference_id: str, typed: str, cause: Cause | None = None
    ) -> Proposal:
        """As it would be sent; it can be typed again."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, conference_id)
            self._require_time(conference)
            text = read_material(typed)
            people = len(await work.conferences.called(conference.id, tuple(Reply)))
            buttons = offered(self.ids, self.clock.now(), actor, [(SEND, text)], conference)
            await work.buttons.add(buttons)
            unit = await work.units.get(conference.unit_id)
            await work.commit()
        return Proposal(conference, unit, MATERIAL, people, buttons, text)

    async def send(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """To each of them once."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject)
            self._require_time(conference)
            number = len(await work.conferences.materials(conference.id)) + 1
            if number > MOST_MATERIALS:
                raise Refusal("conference.enough_materials", most=MOST_MATERIALS)
            await work.conferences.add_material(conference.id, number, button.choice, now)
            people = await work.conferences.called(conference.id, tuple(Reply))
            unit = await work.units.get(conference.unit_id)
            cards = ConferenceCards(self.clock, self.ids, self.letterhead)
            await cards.owe_material(work, unit, conference, people, button.choice)
            detail = f"material={number} people={len(people)}"
            await work.audit.append(AuditEvent(now, actor.id, CALL, conference.id, detail))
            await work.buttons.use(button.id, now)
            await work.dialogs.close(actor.id)
            view = await screen(work, self.ids, now, actor, conference)
            await work.commit()
        return view

    def _require_time(self, conference: Conference) -> None:
        if not conference.takes_material_at(self.clock.now()):
            raise LostRace("conference.no_material_now")
