"""A supervisor prepares a conference or a training, looks at it, and calls people to it."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden, Refusal
from domain.ids import Ids
from domain.model.access import Actor
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.conference import Conference, Notice, Value
from domain.model.typed_conference import read_field
from domain.model.unit import Unit
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.conference_cards import ConferenceCards
from domain.usecases.conference_screen import (
    CALL,
    LISTED_SINCE,
    MINE,
    NEW,
    NO_NOTE,
    OPEN,
    ConferenceView,
    led,
    screen,
)
from domain.usecases.own_buttons import own_buttons

LINES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ConferenceList:
    """What a supervisor has prepared, or called people to (danh sách hội nghị)."""

    conferences: tuple[Conference, ...]
    places: tuple[Unit, ...]
    """The units for which a new one can be prepared."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class CallConference:
    """Preparing a conference and calling people to it (mời họp, mời tập huấn)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def list_conferences(self, actor: Actor, cause: Cause | None = None) -> ConferenceList:
        """Drafts, what is ahead, and what was held lately; each with a way to it."""
        now, unit_ids = self.clock.now(), tuple(dict.fromkeys(actor.units_for(CALL)))
        if not unit_ids:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            since = now - LISTED_SINCE
            found = await work.conferences.listed(unit_ids, actor.id, since, LINES_SHOWN)
            places = tuple([await work.units.get(unit_id) for unit_id in unit_ids])
            asked = [(OPEN, one.id) for one in found] + [(NEW, one) for one in unit_ids]
            invited = await work.conferences.invitations(actor.id, now)
            buttons = tuple(
                button
                for action, subject in [*asked, *([(MINE, "")] if invited else [])]
                for button in self._way(actor, action, subject)
            )
            await work.buttons.add(buttons)
            await work.commit()
        return ConferenceList(found, places, buttons)

    async def prepare(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """A draft for one unit; what it is is asked first."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            actor.require(CALL, await work.units.lineage(button.subject))
            draft = Conference(self.ids.new(), button.subject, actor.id, now)
            await work.conferences.add(draft)
            view = await screen(work, self.ids, now, actor, draft)
            await work.commit()
        return view

    async def open(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """As it stands now; or one question about a draft."""
        async with self.memory.begin(cause) as work:
            conference = await led(work, actor, button.subject)
            view = await self._screen(work, actor, conference, button.choice)
            await work.commit()
        return view

    async def choose(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """Something said about a draft by a button."""
        key, _, choice = button.choice.partition(":")
        async with self.memory.begin(cause) as work:
            draft = await led(work, actor, button.subject)
            require_version(button.version, draft.version)
            view = await self._say(work, actor, draft, key, choice)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()
        return view

    async def say(
        self, actor: Actor, conference_id: str, key: str, typed: str, cause: Cause | None = None
    ) -> ConferenceView:
        """The same, typed; what cannot be read leaves the draft as it was."""
        async with self.memory.begin(cause) as work:
            draft = await led(work, actor, conference_id)
            view = await self._say(work, actor, draft, key, typed)
            await work.commit()
        return view

    async def discard(self, actor: Actor, button: Button, cause: Cause | None = None) -> None:
        async with self.memory.begin(cause) as work:
            await work.conferences.discard(await led(work, actor, button.subject))
            await work.dialogs.close(actor.id)
            await work.buttons.use(button.id, self.clock.now())
            await work.commit()

    async def call(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> ConferenceView:
        """People are called: each is owed an invitation, in private."""
        now = self.clock.now()
        async with self.memory.begin(cause) as work:
            draft = await led(work, actor, button.subject)
            require_version(button.version, draft.version)
            conference = draft.called(self.ids.token(), now)
            people = await work.conferences.callable(conference.unit_id, conference.roles)
            if not people:
                raise Refusal("conference.nobody")
            await work.conferences.save(conference, draft)
            await work.conferences.invite(conference.id, people)
            cards = ConferenceCards(self.clock, self.ids, self.letterhead)
            await cards.owe_notice(work, conference, people, Notice.INVITED, conference.begins)
            detail = f"invited={len(people)}"
            await work.audit.append(AuditEvent(now, actor.id, CALL, conference.id, detail))
            await work.buttons.use(button.id, now)
            view = await self._screen(work, actor, conference)
            await work.commit()
        return view

    async def _say(
        self, work: Work, actor: Actor, draft: Conference, key: str, typed: str
    ) -> ConferenceView:
        none = f"{key}:{typed}" == NO_NOTE
        value: Value = "" if none else read_field(key, typed, draft, self.clock.now())
        said = draft.said(key, value)
        await work.conferences.save(said, draft)
        return await self._screen(work, actor, said)

    async def _screen(
        self, work: Work, actor: Actor, conference: Conference, asked: str = ""
    ) -> ConferenceView:
        return await screen(work, self.ids, self.clock.now(), actor, conference, asked)

    def _way(self, actor: Actor, action: str, subject: str) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, [(action, "")], subject)
