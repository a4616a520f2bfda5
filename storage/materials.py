"""Material for communicators: what is written, what was approved, and the files apart from both."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, update
from sqlalchemy import select as columns
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace, Missing, Tampered
from domain.model.approval import Approval
from domain.model.attached import sha256_of
from domain.model.bulletin import Field
from domain.model.handout import Handout, Media
from domain.model.material import (
    ApprovedMaterial,
    Material,
    MaterialBody,
    MaterialDraft,
    MaterialKind,
    MaterialRevision,
    MaterialState,
    Pair,
)
from storage import rows
from storage.engine import connection_of
from storage.tables.materials import (
    MaterialApprovalRow,
    MaterialDraftRow,
    MaterialFileRow,
    MaterialRevisionRow,
    MaterialRow,
)

NEWEST = and_(
    col(MaterialRevisionRow.material_id) == MaterialRow.id,
    col(MaterialRevisionRow.number) == MaterialRow.revision,
)
AGREED = and_(
    col(MaterialApprovalRow.revision_id) == MaterialRevisionRow.id,
    col(MaterialApprovalRow.revision_hash) == MaterialRevisionRow.hash,
)
Files = dict[str, Handout]


@dataclass(frozen=True, slots=True)
class SqlMaterials:
    """Material in SQL."""

    session: AsyncSession

    async def add(self, material: Material, draft: MaterialDraft, now: datetime) -> None:
        await rows.add(self.session, MaterialRow(**asdict(material), begun_at=now))
        await rows.add(self.session, MaterialDraftRow(**_draft_columns(draft)))

    async def get(self, material_id: str) -> Material:
        this = select(MaterialRow).where(MaterialRow.id == material_id)
        return _material(await rows.get(self.session, this, material_id))

    async def draft(self, material_id: str) -> MaterialDraft:
        this = select(MaterialDraftRow).where(MaterialDraftRow.material_id == material_id)
        row = await rows.get(self.session, this, material_id)
        return _draft(row, await self._files([row.file_id]))

    async def save_draft(self, draft: MaterialDraft) -> None:
        mine = col(MaterialDraftRow.material_id) == draft.material_id
        changed = update(MaterialDraftRow).where(mine).values(_draft_columns(draft))
        await rows.change(self.session, changed)
        await self._drop_unused(draft)

    async def unfinished(self, author_id: str, limit: int) -> tuple[MaterialDraft, ...]:
        statement = (
            select(MaterialDraftRow)
            .join(MaterialRow, col(MaterialRow.id) == MaterialDraftRow.material_id)
            .where(MaterialRow.author_id == author_id, MaterialRow.state == MaterialState.DRAFT)
            .where(MaterialDraftRow.title != "")
            .order_by(col(MaterialRow.begun_at).desc(), MaterialRow.id)
            .limit(limit)
        )
        found = (await self.session.exec(statement)).all()
        files = await self._files([row.file_id for row in found])
        return tuple(_draft(row, files) for row in found)

    async def save(self, material: Material, was: Material) -> None:
        statement = (
            update(MaterialRow)
            .where(col(MaterialRow.id) == was.id, col(MaterialRow.state) == was.state)
            .where(col(MaterialRow.revision) == was.revision)
            .values(state=material.state, revision=material.revision)
        )
        if not await rows.change(self.session, statement):
            raise LostRace("material.moved_on")

    async def add_file(
        self, material_id: str, file: Handout, content: bytes, now: datetime
    ) -> None:
        row = MaterialFileRow(
            **asdict(file), material_id=material_id, content=content, added_at=now
        )
        await rows.add(self.session, row)
        self.session.expunge(row)  # its megabytes need not stay until the end

    async def content(self, file: Handout) -> bytes:
        statement = select(MaterialFileRow.content).where(MaterialFileRow.id == file.id)
        found = (await self.session.exec(statement)).first()
        if found is None:
            raise Missing(file.id)
        if sha256_of(found) != file.sha256:
            raise Tampered(file.id)
        return found

    async def add_revision(self, revision: MaterialRevision, now: datetime) -> None:
        file = revision.body.handout
        row = MaterialRevisionRow(
            id=revision.id,
            material_id=revision.material_id,
            unit_id=revision.unit_id,
            number=revision.number,
            author_id=revision.author_id,
            **_body_columns(revision.body),
            file_sha256=file.sha256 if file else None,
            hash=revision.hash,
            submitted_at=now,
        )
        await rows.add(self.session, row)

    async def revision(self, revision_id: str) -> MaterialRevision:
        this = select(MaterialRevisionRow).where(MaterialRevisionRow.id == revision_id)
        return await self._whole(await rows.get(self.session, this, revision_id))

    async def newest_revision(self, material_id: str) -> MaterialRevision:
        theirs = select(MaterialRevisionRow).where(MaterialRevisionRow.material_id == material_id)
        newest = theirs.order_by(col(MaterialRevisionRow.number).desc())
        return await self._whole(await rows.get(self.session, newest, material_id))

    async def add_approval(self, approval: Approval) -> None:
        await rows.add(self.session, MaterialApprovalRow(**asdict(approval)))

    async def approval(self, revision_id: str) -> Approval | None:
        this = select(MaterialApprovalRow).where(MaterialApprovalRow.revision_id == revision_id)
        found = await rows.find(self.session, this)
        return Approval(**found.model_dump()) if found else None

    async def in_review(self, unit_ids: Sequence[str]) -> tuple[MaterialRevision, ...]:
        statement = (
            select(MaterialRevisionRow)
            .join(MaterialRow, NEWEST)
            .where(MaterialRow.state == MaterialState.IN_REVIEW)
            .where(rows.in_subtrees(MaterialRow.unit_id, unit_ids))
            .order_by(col(MaterialRevisionRow.submitted_at), MaterialRevisionRow.id)
        )
        return await self._sound((await self.session.exec(statement)).all())

    async def shown(
        self, unit_ids: Sequence[str], day: date, material_id: str = ""
    ) -> tuple[ApprovedMaterial, ...]:
        last = col(MaterialRevisionRow.valid_until)
        statement = (
            select(MaterialRevisionRow, MaterialApprovalRow.approved_at)
            .join(MaterialRow, NEWEST)
            .join(MaterialApprovalRow, AGREED)
            .where(MaterialRow.state == MaterialState.APPROVED)
            .where(rows.near(MaterialRevisionRow.audience_unit_id, unit_ids))
            .where(or_(last.is_(None), last >= day))
        )
        if material_id:
            statement = statement.where(MaterialRow.id == material_id)
        found = (await self.session.exec(statement)).all()
        whole = {one.id: one for one in await self._sound([row for row, _ in found])}
        return tuple(ApprovedMaterial(whole[row.id], at) for row, at in found if row.id in whole)

    async def _sound(self, found: Sequence[MaterialRevisionRow]) -> tuple[MaterialRevision, ...]:
        """Those that are what was submitted: nobody is shown, or asked about, anything else."""
        files = await self._files([row.file_id for row in found])
        whole = ((_revision(row, files), row.hash) for row in found)
        return tuple(one for one, submitted in whole if one.hash == submitted)

    async def _whole(self, row: MaterialRevisionRow) -> MaterialRevision:
        found = _revision(row, await self._files([row.file_id]))
        found.require_unchanged(row.hash)
        return found

    async def _files(self, file_ids: Sequence[str | None]) -> Files:
        """What is known of these files but for their bytes."""
        wanted = [one for one in file_ids if one]
        if not wanted:
            return {}
        found = await connection_of(self.session).execute(_ABOUT_FILES, {"ids": wanted})
        return {row.id: Handout(row.id, row.name, Media(row.media), *row[3:]) for row in found}

    async def _drop_unused(self, draft: MaterialDraft) -> None:
        """Files of this material that are named nowhere any more."""
        kept = select(MaterialRevisionRow.file_id).where(
            MaterialRevisionRow.material_id == draft.material_id,
            col(MaterialRevisionRow.file_id).is_not(None),
        )
        unused = (
            delete(MaterialFileRow)
            .where(col(MaterialFileRow.material_id) == draft.material_id)
            .where(col(MaterialFileRow.id).not_in(kept))
        )
        if file := draft.body.handout:
            unused = unused.where(col(MaterialFileRow.id) != file.id)
        await rows.change(self.session, unused)


def _material(row: MaterialRow) -> Material:
    state = MaterialState(row.state)
    return Material(row.id, row.unit_id, row.author_id, state, row.revision)


def _draft(row: MaterialDraftRow, files: Files) -> MaterialDraft:
    return MaterialDraft(row.material_id, _body(row, files), row.version)


def _revision(row: MaterialRevisionRow, files: Files) -> MaterialRevision:
    about = (row.id, row.material_id, row.unit_id, row.number, row.author_id)
    return MaterialRevision(*about, _body(row, files))


def _body(row: MaterialDraftRow | MaterialRevisionRow, files: Files) -> MaterialBody:
    return MaterialBody(
        kind=MaterialKind(row.kind),
        audience_unit_id=row.audience_unit_id,
        title=row.title,
        field=Field(row.field) if row.field else None,
        text=row.text,
        points=row.points,
        pairs=tuple(Pair(*pair) for pair in json.loads(row.pairs)),
        minutes=row.minutes,
        issuing_body=row.issuing_body,
        source=row.source,
        valid_until=row.valid_until,
        handout=files.get(row.file_id) if row.file_id else None,
    )


def _draft_columns(draft: MaterialDraft) -> dict[str, Any]:
    about = {"material_id": draft.material_id, "version": draft.version}
    return about | _body_columns(draft.body)


def _body_columns(body: MaterialBody) -> dict[str, Any]:
    values = asdict(body)
    file, pairs = values.pop("handout"), values.pop("pairs")
    asked = [[pair["question"], pair["answer"]] for pair in pairs]
    written = json.dumps(asked, ensure_ascii=False, separators=(",", ":"))
    return values | {"pairs": written, "file_id": file["id"] if file else None}


_FILE = MaterialFileRow.metadata.tables["material_file"].c
_ABOUT_FILES = columns(_FILE.id, _FILE.name, _FILE.media, _FILE.size, _FILE.sha256).where(
    _FILE.id.in_(bindparam("ids", expanding=True))
)
