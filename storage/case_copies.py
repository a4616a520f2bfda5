"""Copies of a case on their way to staff, or on their screens, and how they are taken back."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.model.delivery import EntryState, OriginKind
from domain.model.walk_in_slip import slip_about
from storage import rows
from storage.entries import FORGOTTEN
from storage.tables.outbox import OutboxRow


def views_of(opinion_id: str) -> ColumnElement[bool]:
    """Its text, as it was shown to staff."""
    viewed = col(OutboxRow.origin_kind) == OriginKind.VIEW
    return and_(viewed, col(OutboxRow.origin_id).startswith(f"{opinion_id}:"))


def slip_of(opinion_id: str) -> ColumnElement[bool]:
    """Its code, for whoever typed it in at the office."""
    owed = col(OutboxRow.origin_kind) == OriginKind.CARD
    return and_(owed, col(OutboxRow.origin_id) == slip_about(opinion_id))


async def take_back(session: AsyncSession, those: ColumnElement[bool], now: datetime) -> None:
    """Those not sent yet never are, the others go at once."""
    copies = update(OutboxRow).where(those)
    queued = copies.where(col(OutboxRow.state) == EntryState.QUEUED)
    await rows.change(session, queued.values(state=EntryState.CANCELLED, **FORGOTTEN))
    # One on its way may come back unsent: without its words it goes nowhere then.
    under_way = copies.where(col(OutboxRow.state) == EntryState.SENDING)
    await rows.change(session, under_way.values(FORGOTTEN))
    shown = copies.where(col(OutboxRow.delete_at).is_not(None))
    await rows.change(session, shown.values(delete_at=now))
