"""The versions of the form by which sessions are logged."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.errors import LostRace, Missing
from domain.model.form import FIRST_FORM, FieldKind, Form, FormField
from storage import rows
from storage.engine import connection_of
from storage.tables.sessions import FormRow


@dataclass(frozen=True, slots=True)
class SqlForms:
    """The form in SQL; its first version stands in the code."""

    session: AsyncSession

    async def newest(self) -> Form:
        found = (await connection_of(self.session).execute(_NEWEST)).first()
        return _form(found) if found else FIRST_FORM

    async def get(self, version: int) -> Form:
        if version == FIRST_FORM.version:
            return FIRST_FORM
        found = (await connection_of(self.session).execute(_OF, {"version": version})).first()
        if found is None:
            raise Missing(f"form {version}")
        return _form(found)

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


def _form(row: Row[Any]) -> Form:
    return Form(row.version, tuple(_field(one) for one in json.loads(row.fields))).with_later()


def _field(written: dict[str, Any]) -> FormField:
    kept = written | {"kind": FieldKind(written["kind"]), "choices": tuple(written["choices"])}
    return FormField(**kept)


_FORM = FormRow.metadata.tables["session_form"]
_NEWEST = select(_FORM).order_by(_FORM.c.version.desc()).limit(1)
_OF = select(_FORM).where(_FORM.c.version == bindparam("version"))
