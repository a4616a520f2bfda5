"""The versions of the form by which sessions are logged."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace
from domain.model.form import FIRST_FORM, FieldKind, Form, FormField
from storage import rows
from storage.tables.sessions import FormRow


@dataclass(frozen=True, slots=True)
class SqlForms:
    """The form in SQL; its first version stands in the code."""

    session: AsyncSession

    async def newest(self) -> Form:
        latest = select(FormRow).order_by(col(FormRow.version).desc())
        found = await rows.find(self.session, latest)
        return _form(found) if found else FIRST_FORM

    async def get(self, version: int) -> Form:
        if version == FIRST_FORM.version:
            return FIRST_FORM
        statement = select(FormRow).where(FormRow.version == version)
        return _form(await rows.get(self.session, statement, f"form {version}"))

    async def add(self, form: Form, changed_by: str, now: datetime) -> None:
        row = FormRow(
            version=form.version,
            fields=_written(form.fields),
            changed_by=changed_by,
            changed_at=now,
        )
        if not await rows.add_if_new(self.session, row):
            raise LostRace("form.changed")


def _written(fields: Sequence[FormField]) -> str:
    return json.dumps([asdict(one) for one in fields], ensure_ascii=False)


def _form(row: FormRow) -> Form:
    return Form(row.version, tuple(_field(one) for one in json.loads(row.fields)))


def _field(written: dict[str, Any]) -> FormField:
    kept = written | {"kind": FieldKind(written["kind"]), "choices": tuple(written["choices"])}
    return FormField(**kept)
