"""Whoever asks in private gets a forward of one shared poll: no vote stands alone."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.chat import Address
from domain.model.delivery import Sent
from domain.model.sending import Sender
from domain.ports import Gateway, Memory


@dataclass(frozen=True, slots=True)
class SharePoll:
    """Passing a poll on to one person (bình chọn riêng); who asked for it is not kept."""

    memory: Memory
    gateway: Gateway
    clock: Clock
    sender: Sender

    async def forward_to(self, who: Address, bulletin_id: str) -> None:
        """Show them a group's copy, in which their vote counts with the group's."""
        async with self.memory.begin() as work:
            now = self.clock.now()
            copy = await work.polls.shared(bulletin_id, [self.sender.bot_id], now)
        if copy is None:
            raise Refusal("poll.none_to_share")
        outcome = await self.gateway.forward(who, copy.address, copy.message_id)
        if not isinstance(outcome, Sent):
            raise Refusal("poll.not_shared")

    async def field_of(self, bulletin_id: str) -> Field:
        """What a poll is about: a comment on it is an opinion of that field."""
        async with self.memory.begin() as work:
            bulletin = await work.bulletins.get(bulletin_id)
            if not bulletin.revision:
                raise Refusal("poll.none_to_share")
            revision = (await work.bulletins.newest_revision(bulletin_id)).revision
        if revision.poll is None:
            raise Refusal("poll.none_to_share")
        return revision.field
