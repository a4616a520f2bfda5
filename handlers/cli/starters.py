"""The starter bulletins on their way: drafted, handed over and approved by the real verbs."""

import hashlib
from dataclasses import dataclass, replace

from content.bulletins.shelf import StarterBulletin
from domain.clock import LOCAL_ZONE, Clock
from domain.errors import Missing
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.bulletin import Bulletin, BulletinClass, BulletinState, Field
from domain.model.button import GOOD_FOR, offer
from domain.model.delivery import to_person
from domain.model.unit import Unit
from domain.ports import Memory
from domain.usecases.compose import Compose
from domain.usecases.decisions import SEEN
from domain.usecases.review import Review
from domain.usecases.submit import Submit
from handlers.cli.demo import FIRST_COMES_AFTER
from handlers.filed_bulletins import version_of


@dataclass(slots=True)
class FirstNamed:
    """Ids of which the first is foreseen, so that a repeated start finds what it names."""

    first: str
    rest: Ids

    def new(self) -> str:
        name, self.first = self.first or self.rest.new(), ""
        return name

    def code(self) -> str:
        return self.rest.code()

    def number(self) -> str:
        return self.rest.number()

    def token(self) -> str:
        return self.rest.token()


@dataclass(frozen=True, slots=True)
class Starters:
    """An author and an approver at work on the starter bulletins."""

    compose: Compose
    submit: Submit
    review: Review
    author: Person
    approver: Person

    async def draft(self, starter: StarterBulletin, audience: Unit) -> Bulletin:
        """The bulletin's draft, complete; one that is there already is left as it is."""
        bulletin = await self._found(starter)
        if bulletin is None:
            ids = FirstNamed(_id_of(starter), self.compose.ids)
            await replace(self.compose, ids=ids).start_bulletin(self._as(self.author))
            bulletin = await self._found(starter)
        assert bulletin is not None  # noqa: S101 - it was made in the line above
        if await self._is_empty(bulletin):
            first, *translations = map(version_of, starter.wordings)
            await self.compose.change_draft(
                self._as(self.author),
                bulletin.id,
                None,
                title=first.title,
                text=first.text,
                marks=first.marks,
                translations=tuple(translations),
                field=Field(starter.field),
                bulletin_class=BulletinClass(starter.bulletin_class),
                issuing_body=starter.issuing_body or audience.issuing_body,
                source=starter.source,
                audience_unit_id=audience.id,
            )
        return bulletin

    async def hand_over(self, bulletin: Bulletin) -> None:
        """Submit it, unless it was submitted before."""
        if bulletin.state is BulletinState.DRAFT:
            await self.submit.submit_bulletin(self._as(self.author), bulletin.id)

    async def approve_soon(self, bulletin: Bulletin) -> None:
        """Submit it for a moment from now, and approve it."""
        author = self._as(self.author)
        if bulletin.state is BulletinState.DRAFT:
            soon = self._clock.now() + FIRST_COMES_AFTER
            await self.compose.change_draft(author, bulletin.id, None, send_at=soon)
            await self.submit.submit_bulletin(author, bulletin.id)
        elif bulletin.state is not BulletinState.IN_REVIEW:
            return
        await self._approve(bulletin)

    async def _approve(self, bulletin: Bulletin) -> None:
        async with self._memory.begin() as work:
            frozen = await work.bulletins.newest_revision(bulletin.id)
            (button,) = offer(
                self.review.ids,
                [(Permission.BULLETIN_APPROVE, SEEN)],
                subject=frozen.revision.id,
                version=frozen.revision.number,
                holder=to_person(self.approver.id),
                expires_at=self._clock.now() + GOOD_FOR,
            )
            await work.buttons.add([button])
            await work.commit()
        await self.review.approve_bulletin(self._as(self.approver), button)

    async def _found(self, starter: StarterBulletin) -> Bulletin | None:
        async with self._memory.begin() as work:
            try:
                return await work.bulletins.get(_id_of(starter))
            except Missing:
                return None

    async def _is_empty(self, bulletin: Bulletin) -> bool:
        async with self._memory.begin() as work:
            return not (await work.bulletins.draft(bulletin.id)).text

    def _as(self, person: Person) -> Actor:
        return person.actor_on(self._clock.now().astimezone(LOCAL_ZONE).date())

    @property
    def _clock(self) -> Clock:
        return self.compose.clock

    @property
    def _memory(self) -> Memory:
        return self.compose.memory


def _id_of(starter: StarterBulletin) -> str:
    return hashlib.sha256(f"starter:{starter.id}".encode()).hexdigest()[:32]
