"""A channel made the bot an administrator that may post: its supervisors are asked whose it is."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.model.access import Actor, Permission
from domain.model.button import GOOD_FOR, offer
from domain.model.chat import Address, Standing
from domain.model.delivery import card, to_person
from domain.ports import Cause, Work
from domain.usecases.standing import FollowStanding, occasion_of

BIND = "bind:channel"
"""Answered by bind_group.py."""


@dataclass(frozen=True, slots=True)
class MeetChannel:
    """A channel to be bound (kênh mới)."""

    # Nothing is said in the channel itself: nobody has approved a word for it yet.

    standing: FollowStanding
    clock: Clock

    async def change_standing(
        self,
        place: Address,
        standings: tuple[Standing, Standing],
        title: str,
        by: Actor,
        cause: Cause,
    ) -> None:
        """Follow what the bot was and is there; where nobody has bound it, ask."""
        was, now = standings
        occasion = occasion_of(cause)
        async with self.standing.memory.begin(cause) as work:
            bound = await self.standing.changed(work, place, was, now, occasion)
            if not bound and now is Standing.MEMBER and was is not Standing.MEMBER:
                await self._ask(work, place, title, by, occasion)
            await work.commit()

    async def _ask(self, work: Work, place: Address, title: str, by: Actor, occasion: str) -> None:
        """Ask whoever let the bot in, if they may bind; else all who may at the top."""
        ids, letterhead = self.standing.ids, self.standing.letterhead
        for person_id in await self._asked(work, by):
            buttons = offer(
                ids,
                [(BIND, title)],
                subject=f"{place.channel}/{place.bot_id}/{place.chat}",
                version=1,
                holder=to_person(person_id),
                expires_at=self.clock.now() + GOOD_FOR,
            )
            await work.buttons.add(buttons)
            payload = letterhead.channel_card(title, buttons[0])
            about = f"channel:{place.chat}:{occasion}"
            await work.outbox.add([card(ids.new(), about, to_person(person_id), payload)])

    async def _asked(self, work: Work, by: Actor) -> tuple[str, ...]:
        if by.units_for(Permission.CHAT_BIND):
            return (by.id,)
        root = await work.units.root()
        if root is None:
            return ()
        holders = await work.people.holding(Permission.CHAT_BIND, await work.units.lineage(root.id))
        return tuple(person.id for person in holders)
