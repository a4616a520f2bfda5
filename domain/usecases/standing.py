"""What the bot is in a group changed, or the group moved: its binding follows, its unit is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.ids import Ids
from domain.model.chat import Address, Chat, ChatNews, Standing
from domain.ports import Cause, Letterhead, Memory, Work
from domain.usecases.announce import tell_of_chat


@dataclass(frozen=True, slots=True)
class FollowStanding:
    """Keeping bindings true to what the channel says of the bot (vị thế trong nhóm)."""

    memory: Memory
    ids: Ids
    letterhead: Letterhead

    async def change_standing(
        self, address: Address, was: Standing, standing: Standing, cause: Cause
    ) -> bool:
        """Follow a change; whether the group is bound now, to whatever unit."""
        async with self.memory.begin(cause) as work:
            bound = await self.changed(work, address, was, standing, occasion_of(cause))
            await work.commit()
        return bound

    async def changed(
        self, work: Work, address: Address, was: Standing, standing: Standing, occasion: str
    ) -> bool:
        """The same within a transaction."""
        match standing:
            case Standing.OUT:
                # As a refused send names it: of the two, the first is told of and no other.
                await work.chats.leave(address)
                await self._lose(work, address, ChatNews.LOST)
            case Standing.SILENT:
                await self._lose(work, address, ChatNews.SILENCED, occasion)
            case _ if was is Standing.SILENT:
                found = await work.chats.find_again(address)
                await self._tell(work, found, ChatNews.BACK, occasion)
        bound = await work.chats.at(address)
        if standing is Standing.ADMIN and was is not Standing.ADMIN:
            await self._tell(work, bound, ChatNews.ADMIN, occasion)
        return bool(bound)

    async def move_group(self, old: Address, new: str, cause: Cause) -> None:
        """The group has a new number; whether its own word or a refused send came first."""
        async with self.memory.begin(cause) as work:
            for chat in await work.chats.at(old):
                await work.chats.move(chat.id, new)
            await work.commit()

    async def _lose(self, work: Work, address: Address, news: ChatNews, occasion: str = "") -> None:
        silenced = news is ChatNews.SILENCED
        lost = [
            chat
            for chat in await work.chats.at(address)
            if await work.chats.lose(chat.id, silenced)
        ]
        await self._tell(work, lost, news, occasion)

    async def _tell(self, work: Work, chats: Iterable[Chat], news: ChatNews, occasion: str) -> None:
        for chat in chats:
            await tell_of_chat(work, self.ids, self.letterhead, chat, news, occasion)


def occasion_of(cause: Cause) -> str:
    """A name for what happened: of one occasion everybody is told once."""
    return f"{cause.bot_id}.{cause.update_id}"
