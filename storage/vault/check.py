"""Whether every month key that the vault's rows need is there, and is the right one."""

from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import col, select

from storage.engine import transaction
from storage.errors import SealBroken, StorageUnusable, Unusable
from storage.vault.keys import KeyRing
from storage.vault.tables import SEALED, SealedRow


async def require_keys(engine: AsyncEngine, keys: KeyRing) -> None:
    """StorageUnusable names the key file that is missing, or that no longer opens anything."""
    for sample in await _samples(engine):
        if sample.epoch in keys.gone:
            continue  # on purpose: nobody shall open it again, and the next round drops it
        try:
            keys.open(sample)
        except SealBroken as error:
            raise StorageUnusable(str(keys.path(sample.epoch)), Unusable.KEY_WRONG) from error


async def wrong_keys(engine: AsyncEngine, keys: KeyRing) -> frozenset[str]:
    """Epochs whose key opens nothing of what is sealed under it."""
    opens: dict[str, bool] = {}
    for sample in await _samples(engine):
        if keys.has(sample.epoch):
            opened = opens.get(sample.epoch, False) or _opens(keys, sample)
            opens[sample.epoch] = opened
    return frozenset(epoch for epoch, opened in opens.items() if not opened)


def _opens(keys: KeyRing, row: SealedRow) -> bool:
    try:
        keys.open(row)
    except SealBroken:
        return False
    return True


async def _samples(engine: AsyncEngine) -> list[SealedRow]:
    """One sealed row of each table and month."""
    found: list[SealedRow] = []
    async with transaction(engine, crowded=True) as session:
        for table in SEALED:
            kept = col(table.sealed) != b""
            months = await session.exec(select(table.epoch).where(kept).distinct())
            for month in months.all():
                of_month = select(table).where(kept, table.epoch == month).limit(1)
                found.extend((await session.exec(of_month)).all())
    return found
