"""Our rooms as `bot.py` wires them, with the pacer's limits off."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from channels.telegram.gateway import open_gateway
from channels.telegram.updates import TelegramUpdates
from domain.clock import SystemClock
from domain.ids import RandomIds
from handlers.letterhead import CatalogLetterhead
from handlers.periods import office_words
from handlers.telegram.rooms import Rooms
from storage.open import open_main, open_vault
from tests.bench.bulletin import TOKEN
from tests.bench.ours.premises import Premises
from tests.bench.ours.send import UNPACED

CLOCK, IDS = SystemClock(), RandomIds()


@asynccontextmanager
async def opened(premises: Premises, url: str, in_flight: int = 16) -> AsyncIterator[Rooms]:
    """Everything behind the doors, on these databases, on duty, speaking to this server."""
    words = office_words()
    memory = await open_main(premises.main, CLOCK)
    vault, inbox = await open_vault(premises.vault, premises.keys, CLOCK, IDS)
    gateway = await open_gateway(TOKEN, url, CLOCK, UNPACED, in_flight)
    try:
        rooms = Rooms(
            memory=memory,
            vault=vault,
            inbox=inbox,
            gateway=gateway,
            updates=TelegramUpdates(gateway.bot),
            bot=gateway.bot,
            clock=CLOCK,
            ids=IDS,
            words=words,
            letterhead=CatalogLetterhead(words, gateway.deep_link),
            in_flight=in_flight,
        )
        if not await rooms.watch.take():
            raise RuntimeError("somebody else is on duty")
        yield rooms
    finally:
        await gateway.close()
        await vault.close()
        await memory.close()
