"""One commit for many: what is handed in while a commit runs shares the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from domain.errors import MemoryLost

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST_TOGETHER = 256
"""Items in one commit: what comes after them need not wait for an endless one."""


@dataclass(eq=False, slots=True)
class GroupCommit(Generic[Item, Result]):
    """Callers wait until their own item is durable; the disk is asked once for many of them."""

    commit: Callable[[Sequence[Item]], Awaitable[Sequence[Result]]]
    """Makes all of them durable, or raises and keeps none; one result for each.

    What only asks is brought together in the same way, and commits nothing.
    """
    waiting: list[tuple[Item, asyncio.Future[Result]]] = field(default_factory=list)
    committing: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Result:
        """Return once it is committed, or raise what kept it from being so."""
        done: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self.waiting.append((item, done))
        if self.committing is None:
            self.committing = asyncio.create_task(self._commit_all())
        try:
            return await asyncio.shield(done)
        except asyncio.CancelledError:
            await asyncio.wait([done])  # whoever is stopped leaves nothing running behind
            raise

    async def _commit_all(self) -> None:
        together = self.waiting[:0]
        try:
            while self.waiting:
                together = self.waiting[:MOST_TOGETHER]
                del self.waiting[:MOST_TOGETHER]
                await self._commit(together)
        except BaseException as error:
            # No commit comes any more: whoever still waits, even to be stopped, would for ever.
            for _, done in (*together, *self.waiting):
                if not done.done():
                    done.set_exception(error)
            self.waiting.clear()
            raise
        finally:
            self.committing = None

    async def _commit(self, together: Sequence[tuple[Item, asyncio.Future[Result]]]) -> None:
        try:
            results = await self.commit([item for item, _ in together])
        except BaseException as error:
            if len(together) > 1 and _concerns_one(error):
                for alone in together:
                    await self._commit([alone])
                return
            for _, done in together:
                done.set_exception(error)
            if not isinstance(error, Exception):
                raise
        else:
            for (_, done), result in zip(together, results, strict=True):
                done.set_result(result)


def _concerns_one(error: BaseException) -> bool:
    """Whether the others could have been committed without the one that it is about."""
    return isinstance(error, Exception) and not isinstance(error, MemoryLost)
