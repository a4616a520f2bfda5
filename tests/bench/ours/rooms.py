"""Our rooms as `bot.py` wires them, with the pacer's limits off."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels.telegram.gateway import open_gateway
from channels.telegram.updates import TelegramUpdates
from content.catalog import Words
from domain.clock import SystemClock
from domain.ids import RandomIds
from handlers.letterhead import CatalogLetterhead
from handlers.telegram.rooms import Rooms
from storage.migrate import Which
from storage.open import bring_up_to_date, open_main, open_vault
from tests.bench.bulletin import TOKEN
from tests.bench.ours.send import UNPACED

CLOCK, IDS = SystemClock(), RandomIds()


async def migrated(folder: Path) -> Path:
    """An empty pair of databases in this folder."""
    for which in Which:
        await bring_up_to_date(folder / f"{which}.db", which)
    return folder


@asynccontextmanager
async def opened(folder: Path, url: str) -> AsyncIterator[Rooms]:
    """Everything behind the doors, on the files in this folder, speaking to this server."""
    words = Words.load()
    memory = await open_main(folder / "main.db", CLOCK)
    vault, inbox = await open_vault(folder / "vault.db", folder / "keys", CLOCK, IDS)
    gateway = await open_gateway(TOKEN, url, CLOCK, UNPACED)
    try:
        yield Rooms(
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
        )
    finally:
        await gateway.close()
        await vault.close()
        await memory.close()
