"""Main with something in between, which a test decides about each time that it is asked for."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from domain.model.unit import Unit
from domain.ports import Caller, Cause, Memory, Offer, Work


class Between:
    """All ways into main."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def meet(self) -> None:
        """Called at each of them; raises what the test has in mind."""

    @asynccontextmanager
    async def look(self) -> AsyncIterator[Work]:
        self.meet()
        async with self.memory.look() as work:
            yield work

    @asynccontextmanager
    async def begin(self, cause: Cause | None = None, crowded: bool = False) -> AsyncIterator[Work]:
        self.meet()
        async with self.memory.begin(cause, crowded) as work:
            yield work

    async def caller(self, account: str, pressed: str = "") -> Caller:
        self.meet()
        return await self.memory.caller(account, pressed)

    async def root(self) -> Unit | None:
        self.meet()
        return await self.memory.root()

    async def processed(self, bot_id: int, update_ids: Sequence[int]) -> frozenset[int]:
        self.meet()
        return await self.memory.processed(bot_id, update_ids)

    async def offer(self, offer: Offer) -> None:
        self.meet()
        await self.memory.offer(offer)
