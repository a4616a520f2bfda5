"""Whoever is in charge gives somebody in the field a good word, or takes it back."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.button import Button, around
from domain.model.commendation import Commendation, acceptable, require_other
from domain.model.delivery import card, to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.own_sessions import Thanks
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.session_care import led_by

LIST, PAGE, ASK = "commendation:list", "commendation:page", "commendation:ask"
TAKE_BACK = Permission.COMMENDATION_TAKE_BACK
SHOWN = 5


@dataclass(frozen=True, slots=True)
class CommendationPage:
    """What somebody was told for their work in one unit (trang lời khen)."""

    unit: Unit
    person: Person
    given: tuple[Thanks, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Commend:
    """Giving good words (lời khen)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_given(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> CommendationPage:
        """A page of them for work in this unit, with ways to another and to take back one's own."""
        async with self.memory.begin(cause) as work:
            page = await self._page(work, actor, button.subject, int(button.choice or 0))
            await work.commit()
        return page

    async def ask_words(self, actor: Actor, button: Button, cause: Cause | None = None) -> Person:
        """Take the next plain message as the words."""
        async with self.memory.begin(cause) as work:
            _, person = await _both(work, actor, button.subject)
            await work.dialogs.open(Dialog(actor.id, Awaited.COMMENDATION, button.subject))
            await work.commit()
        return person

    async def give(
        self, actor: Actor, subject: str, typed: str, cause: Cause | None = None
    ) -> CommendationPage:
        """It stands on the person's own page, and they are told."""
        now, text = self.clock.now(), acceptable(typed)
        async with self.memory.begin(cause) as work:
            unit, person = await _both(work, actor, subject)
            given = Commendation(self.ids.new(), person.id, unit.id, actor.id, text, now)
            await work.commendations.add(given)
            if person.account is not None:
                await self._tell(work, actor, given, unit)
            await work.dialogs.close(actor.id)
            action = Permission.COMMENDATION_GIVE
            await work.audit.append(AuditEvent(now, actor.id, action, person.id, given.id))
            page = await self._page(work, actor, subject)
            await work.commit()
        return page

    async def take_back(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> CommendationPage:
        """One's own alone: it is gone from the page, and its message as far as it can be."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            given = await work.commendations.get(button.choice)
            if given.author_id != actor.id:
                raise Forbidden("errors.forbidden")
            await work.commendations.take_back(given, now)
            event = AuditEvent(now, actor.id, TAKE_BACK, given.person_id, given.id)
            await work.audit.append(event)
            await work.buttons.use(button.id, now)
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def _tell(self, work: Work, actor: Actor, given: Commendation, unit: Unit) -> None:
        """In the first of their languages in which there are words."""
        ours = self.letterhead.languages()
        spoken = await work.commendations.spoken_by(given.person_id)
        language = next((one for one in spoken if one in ours), ours[0])
        author = await work.people.get(actor.id)
        payload = self.letterhead.commendation_card(given, author, unit, language)
        entry = card(self.ids.new(), given.about, to_person(given.person_id), payload)
        await work.outbox.add([entry])

    async def _page(
        self, work: Work, actor: Actor, subject: str, page: int = 0
    ) -> CommendationPage:
        unit, person = await _both(work, actor, subject)
        given = work.commendations.given_at
        found = await given(person.id, unit.id, page * SHOWN, SHOWN + 1)
        shown = found[:SHOWN]
        own = [(str(TAKE_BACK), one.id) for one in shown if one.author_id == actor.id]
        buttons = await put_own_buttons(
            work,
            self,
            actor.id,
            [(ASK, ""), *own, *around(PAGE, page, len(found) > SHOWN)],
            subject,
        )
        return CommendationPage(unit, person, await with_authors(work, shown), buttons)


async def with_authors(work: Work, found: tuple[Commendation, ...]) -> tuple[Thanks, ...]:
    """Each with the name of whoever gave it."""
    names = {one.author_id: (await work.people.get(one.author_id)).name for one in found}
    return tuple(Thanks(one, names[one.author_id]) for one in found)


async def _both(work: Work, actor: Actor, subject: str) -> tuple[Unit, Person]:
    """The unit and the person, if the actor is in charge there and they serve there."""
    person_id, _, unit_id = subject.partition("@")
    lineage = await work.units.lineage(unit_id)
    leads = not set(lineage.unit_ids).isdisjoint(await led_by(work, actor))
    if not leads and not actor.may(Permission.COMMENDATION_GIVE, lineage):
        raise Forbidden("errors.forbidden")
    person = await work.people.get(person_id)
    require_other(actor, person, lineage)
    return await work.units.get(unit_id), person
