"""Bulletins, what their authors are writing, and what was frozen and approved."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, exists, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace, Tampered
from domain.model.approval import Approval
from domain.model.broadcast import BroadcastState
from domain.model.bulletin import (
    Bulletin,
    BulletinClass,
    BulletinState,
    Draft,
    Revision,
)
from domain.model.frozen import FrozenRevision, FrozenText, thaw, thaw_text
from domain.model.template import slots_of
from storage import rows
from storage.bulletin_rows import columns_of, draft_of, revision_of
from storage.engine import connection_of
from storage.tables.bulletin_media import RevisionMediaRow
from storage.tables.news import (
    ApprovalRow,
    BroadcastRow,
    BulletinRow,
    DraftRow,
    RevisionChatRow,
    RevisionChoiceRow,
    RevisionRow,
)

NEWEST = and_(
    col(RevisionRow.bulletin_id) == BulletinRow.id,
    col(RevisionRow.number) == BulletinRow.revision,
)


CORRECTING = (BulletinState.APPROVED, BulletinState.STOPPED, BulletinState.SENT)
"""A correction in one of these states stands, or is on its way."""


APPROVED_ONCE = (BulletinState.APPROVED, BulletinState.SENT, BulletinState.EXPIRED)
"""Somebody agreed to it, and it was not taken back."""


@dataclass(frozen=True, slots=True)
class SqlBulletins:
    """Bulletins in SQL."""

    session: AsyncSession

    async def add(self, bulletin: Bulletin, draft: Draft) -> None:
        last = await self.session.exec(select(func.coalesce(func.max(BulletinRow.place), 0)))
        await rows.add(self.session, BulletinRow(**asdict(bulletin), place=last.one() + 1))
        await rows.add(self.session, DraftRow(**columns_of(draft)))

    async def get(self, bulletin_id: str) -> Bulletin:
        statement = select(BulletinRow).where(BulletinRow.id == bulletin_id)
        return _bulletin(await rows.get(self.session, statement, bulletin_id))

    async def of_revision(self, revision_id: str) -> Bulletin:
        statement = (
            select(BulletinRow)
            .join(RevisionRow, col(RevisionRow.bulletin_id) == BulletinRow.id)
            .where(RevisionRow.id == revision_id)
        )
        return _bulletin(await rows.get(self.session, statement, revision_id))

    async def draft(self, bulletin_id: str) -> Draft:
        statement = select(DraftRow).where(DraftRow.bulletin_id == bulletin_id)
        return draft_of(await rows.get(self.session, statement, bulletin_id))

    async def save_draft(self, draft: Draft) -> None:
        mine = col(DraftRow.bulletin_id) == draft.bulletin_id
        await rows.change(self.session, update(DraftRow).where(mine).values(columns_of(draft)))

    async def unfinished(self, author_id: str, limit: int) -> tuple[Draft, ...]:
        statement = (
            select(DraftRow)
            .join(BulletinRow, col(BulletinRow.id) == DraftRow.bulletin_id)
            .where(BulletinRow.author_id == author_id, BulletinRow.state == BulletinState.DRAFT)
            .where(DraftRow.text != "")
            .order_by(col(BulletinRow.place).desc())
            .limit(limit)
        )
        return tuple(draft_of(row) for row in await self.session.exec(statement))

    async def following(self, revision_id: str) -> tuple[tuple[str, Draft], ...]:
        statement = (
            select(BulletinRow.author_id, DraftRow)
            .join(DraftRow, col(BulletinRow.id) == DraftRow.bulletin_id)
            .where(DraftRow.follows == revision_id, BulletinRow.state != BulletinState.WITHDRAWN)
            .order_by(col(BulletinRow.place))
        )
        found = await self.session.exec(statement)
        return tuple((author_id, draft_of(row)) for author_id, row in found)

    async def to_copy(self, unit_id: str, skip: int, limit: int) -> tuple[FrozenText, ...]:
        statement = (
            select(RevisionRow)
            .join(BulletinRow, NEWEST)
            .where(col(BulletinRow.state).in_(APPROVED_ONCE))
            .where(RevisionRow.bulletin_class != BulletinClass.EMERGENCY)
            .where(rows.in_subtrees(BulletinRow.unit_id, [unit_id]))
            .order_by(col(RevisionRow.submitted_at).desc(), RevisionRow.id)
            .offset(skip)
            .limit(limit)
        )
        found = [_text(row) for row in await self.session.exec(statement)]
        return tuple(text for text in found if text)

    async def save(self, bulletin: Bulletin, was: Bulletin) -> None:
        statement = (
            update(BulletinRow)
            .where(col(BulletinRow.id) == was.id, col(BulletinRow.state) == was.state)
            .where(col(BulletinRow.revision) == was.revision)
            .values(state=bulletin.state, revision=bulletin.revision, unit_id=bulletin.unit_id)
        )
        if not await rows.change(self.session, statement):
            raise LostRace("bulletin.moved_on")

    async def add_revision(self, frozen: FrozenRevision, now: datetime) -> None:
        row = RevisionRow(
            **columns_of(frozen.revision),
            written=frozen.written,
            hash=frozen.hash,
            submitted_at=now,
        )
        await rows.add(self.session, row)
        chats = [{"revision_id": row.id, "chat_id": chat_id} for chat_id in frozen.chat_ids]
        await self.session.exec(insert(RevisionChatRow), params=chats)
        await rows.add(self.session, *_choices(frozen.revision))
        await rows.add(self.session, *_files(frozen.revision))

    async def revision(self, revision_id: str) -> FrozenRevision:
        statement = select(RevisionRow).where(RevisionRow.id == revision_id)
        return await self._frozen(await rows.get(self.session, statement, revision_id))

    async def frozen_text(self, revision_id: str) -> FrozenText:
        row = await rows.get_by_id(self.session, _BY_ID, revision_id)
        return thaw_text(revision_of(row), row.written, row.hash)

    async def revision_before(self, revision: Revision) -> FrozenRevision | None:
        statement = (
            select(RevisionRow)
            .where(RevisionRow.bulletin_id == revision.bulletin_id)
            .where(RevisionRow.number < revision.number)
            .order_by(col(RevisionRow.number).desc())
        )
        found = await rows.find(self.session, statement)
        return await self._sound(found) if found else None

    async def newest_revision(self, bulletin_id: str) -> FrozenRevision:
        statement = (
            select(RevisionRow)
            .where(RevisionRow.bulletin_id == bulletin_id)
            .order_by(col(RevisionRow.number).desc())
        )
        return await self._frozen(await rows.get(self.session, statement, bulletin_id))

    async def in_review(self, unit_ids: Sequence[str]) -> tuple[FrozenRevision, ...]:
        statement = (
            select(RevisionRow)
            .join(BulletinRow, NEWEST)
            .where(BulletinRow.state == BulletinState.IN_REVIEW)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(RevisionRow.submitted_at), RevisionRow.id)
        )
        rows_waiting = (await self.session.exec(statement)).all()
        found = [await self._sound(row) for row in rows_waiting]
        return tuple(frozen for frozen in found if frozen)

    async def recurring(self, unit_ids: Sequence[str], limit: int) -> tuple[FrozenText, ...]:
        statement = (
            select(RevisionRow)
            .join(BulletinRow, NEWEST)
            .where(BulletinRow.state == BulletinState.APPROVED, RevisionRow.recurrence != "")
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(RevisionRow.submitted_at).desc(), RevisionRow.id)
            .limit(limit)
        )
        found = [_text(row) for row in await self.session.exec(statement)]
        return tuple(text for text in found if text)

    async def templates(self, unit_ids: Sequence[str]) -> tuple[FrozenText, ...]:
        statement = (
            select(RevisionRow)
            .join(BulletinRow, NEWEST)
            .where(BulletinRow.state == BulletinState.APPROVED)
            .where(RevisionRow.bulletin_class == BulletinClass.EMERGENCY)
            .where(rows.in_subtrees(BulletinRow.unit_id, unit_ids))
            .order_by(col(RevisionRow.submitted_at), RevisionRow.id)
        )
        found = [_text(row) for row in await self.session.exec(statement)]
        return tuple(text for text in found if text)

    async def unplanned(self) -> tuple[str, ...]:
        planned = exists().where(
            col(BroadcastRow.revision_id) == RevisionRow.id,
            col(BroadcastRow.state) == BroadcastState.PLANNED,
            ~col(BroadcastRow.awaits_word),
        )
        statement = (
            select(RevisionRow.id)
            .join(BulletinRow, NEWEST)
            .where(BulletinRow.state == BulletinState.APPROVED)
            .where(RevisionRow.recurrence != "", ~planned)
        )
        return tuple(await self.session.exec(statement))

    async def is_corrected(self, revision_id: str) -> bool:
        statement = (
            select(RevisionRow.id)
            .join(ApprovalRow, col(ApprovalRow.revision_id) == RevisionRow.id)
            .join(BulletinRow, col(BulletinRow.id) == RevisionRow.bulletin_id)
            .where(RevisionRow.corrects == revision_id)
            .where(BulletinRow.revision == RevisionRow.number)
            .where(col(BulletinRow.state).in_(CORRECTING))
            .limit(1)
        )
        return (await self.session.exec(statement)).first() is not None

    async def add_approval(self, approval: Approval) -> None:
        await rows.add(self.session, ApprovalRow(**asdict(approval)))

    async def approval(self, revision_id: str) -> Approval | None:
        statement = select(ApprovalRow).where(ApprovalRow.revision_id == revision_id)
        found = await rows.find(self.session, statement)
        return Approval(**found.model_dump()) if found else None

    async def _frozen(self, row: RevisionRow) -> FrozenRevision:
        # Past the objects: there may be a hundred thousand groups.
        found = await connection_of(self.session).execute(_GROUPS, {"revision": row.id})
        chat_ids = [chat_id for (chat_id,) in found]
        return thaw(revision_of(row), row.written, row.hash, chat_ids)

    async def _sound(self, row: RevisionRow) -> FrozenRevision | None:
        """The revision, unless it was tampered with: nobody is asked to approve that."""
        try:
            return await self._frozen(row)
        except Tampered:
            return None


def _choices(revision: Revision) -> list[RevisionChoiceRow]:
    """A row for each value of each slot of a template."""
    slots = slots_of(revision.text) if revision.is_template else ()
    return [
        RevisionChoiceRow(revision_id=revision.id, slot=n, value=value)
        for n, slot in enumerate(slots)
        for value in slot.values
    ]


def _files(revision: Revision) -> list[RevisionMediaRow]:
    """A row for each of its files, which keeps its bytes from going."""
    return [
        RevisionMediaRow(revision_id=revision.id, number=number, sha256=one.sha256)
        for number, one in enumerate(revision.attachments)
    ]


def _text(row: RevisionRow) -> FrozenText | None:
    try:
        return thaw_text(revision_of(row), row.written, row.hash)
    except Tampered:
        return None


def _bulletin(row: BulletinRow) -> Bulletin:
    state = BulletinState(row.state)
    return Bulletin(row.id, row.unit_id, row.author_id, state, row.revision)


_BY_ID = rows.by_id(RevisionRow)
_GROUP = RevisionChatRow.metadata.tables["revision_chat"].c
_GROUPS = columns(_GROUP.chat_id).where(_GROUP.revision_id == bindparam("revision"))
