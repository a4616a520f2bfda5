"""Those who are called say whether they come, and see what they are called to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.button import GOOD_FOR, Button, offer, require_version
from domain.model.conference import Conference, ConferenceState
from domain.model.delivery import to_person
from domain.model.guest import Guest, Reply
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.conference_screen import ANSWER, ARRIVE, LISTED_SINCE, SEE

LINES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class InvitationView:
    """What somebody is called to, and what they have answered (giấy mời)."""

    conference: Conference
    unit: Unit
    guest: Guest
    materials: tuple[str, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class MyInvitations:
    """All that somebody is called to (lời mời của tôi)."""

    lines: tuple[tuple[Conference, Guest], ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class AnswerInvitation:
    """Answering an invitation (trả lời giấy mời)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_mine(self, actor: Actor, cause: Cause | None = None) -> MyInvitations:
        """What is ahead or was lately, each with a way to it; and a way in while one is open."""
        require_field(actor)
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            found = await work.conferences.invitations(actor.id, now - LISTED_SINCE)
            lines = found[-LINES_SHOWN:]
            asked = [(SEE, one.id) for one, _ in lines]
            if await work.attendance.open_to(actor.id, now):
                asked.append((ARRIVE, ""))
            buttons = [each for way in asked for each in self._way(actor, [(way[0], "")], way[1])]
            await work.buttons.add(buttons)
            await work.commit()
        return MyInvitations(lines, tuple(buttons))

    async def see(self, actor: Actor, button: Button, cause: Cause | None = None) -> InvitationView:
        require_field(actor)
        async with self.memory.begin(cause) as work:
            conference = await work.conferences.get(button.subject)
            view = await self._view(work, actor, conference, await _guest(work, actor, conference))
            await work.commit()
        return view

    async def answer(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> InvitationView:
        """Until it begins an answer can be changed; of answers there is no record."""
        require_field(actor)
        reply = Reply(button.choice)
        async with self.memory.begin(cause) as work:
            conference = await work.conferences.get(button.subject)
            conference.require_ahead(self.clock.now())
            require_version(button.version, conference.asked)
            guest = await _guest(work, actor, conference)
            await work.conferences.reply(conference.id, actor.id, reply)
            view = await self._view(work, actor, conference, replace(guest, reply=reply))
            await work.commit()
        return view

    async def _view(
        self, work: Work, actor: Actor, conference: Conference, guest: Guest
    ) -> InvitationView:
        unit = await work.units.get(conference.unit_id)
        now, ways = self.clock.now(), list[tuple[str, str]]()
        if conference.state is ConferenceState.CALLED and now < conference.begins:
            ways += [(str(ANSWER), reply) for reply in (Reply.YES, Reply.NO)]
        if conference.is_open_at(now):
            ways.append((ARRIVE, ""))
        buttons = self._way(actor, ways, conference.id, conference.asked)
        await work.buttons.add(buttons)
        materials = await work.conferences.materials(conference.id)
        return InvitationView(conference, unit, guest, materials, buttons)

    def _way(
        self, actor: Actor, asked: Sequence[tuple[str, str]], subject: str, version: int = 1
    ) -> tuple[Button, ...]:
        return offer(
            self.ids,
            asked,
            subject=subject,
            version=version,
            holder=to_person(actor.id),
            expires_at=self.clock.now() + 2 * GOOD_FOR,
        )


def require_field(actor: Actor) -> None:
    """Forbidden for whoever is never called to one."""
    if not actor.units_for(Permission.CONFERENCE_ATTEND):
        raise Forbidden("conference.for_the_field")


async def _guest(work: Work, actor: Actor, conference: Conference) -> Guest:
    guest = await work.conferences.guest(conference.id, actor.id)
    if guest is None or not guest.invited:
        raise Forbidden("conference.not_invited")
    return guest
