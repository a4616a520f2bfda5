"""Drafts and revisions as columns: which of their fields have another shape there, and how."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from domain.model.attached import Attached, Enclosed
from domain.model.bulletin import BulletinClass, Draft, Field, Misfire, Revision
from domain.model.marks import Mark
from domain.model.poll import Poll
from domain.model.reach import Reach
from domain.model.recurrence import Recurrence
from domain.model.series import Series
from domain.model.version import Version
from storage.tables.news import DraftRow, RevisionRow


@dataclass(frozen=True, slots=True)
class Shape:
    """How one field is kept."""

    column: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _same(value: Any) -> Any:
    return value


def _json(form: Any) -> str:
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"))


def _forms(values: Iterable[Mark | Version | Attached]) -> str:
    forms = [value.form() for value in values]
    return _json(forms) if forms else ""


def _read_all(read: Callable[[Any], Any]) -> Callable[[str], tuple[Any, ...]]:
    return lambda written: tuple(read(form) for form in json.loads(written or "[]"))


SHAPES = {
    "field": Shape("field", _same, lambda value: Field(value) if value else None),
    "bulletin_class": Shape("bulletin_class", _same, BulletinClass),
    "misfire": Shape("misfire", _same, Misfire),
    "good_for": Shape(
        "good_for_seconds", timedelta.total_seconds, lambda seconds: timedelta(seconds=seconds)
    ),
    "recurrence": Shape(
        "recurrence",
        lambda rule: _json(rule.form()) if rule else "",
        lambda written: Recurrence.of(json.loads(written)) if written else None,
    ),
    "marks": Shape("marks", _forms, _read_all(Mark.of)),
    "reach": Shape(
        "reach",
        lambda reach: _json(reach.form()) if reach.form() else "",
        lambda written: Reach.of(json.loads(written or "{}")),
    ),
    "series": Shape(
        "series",
        lambda series: _json(series.form()) if series else "",
        lambda written: Series.of(json.loads(written)) if written else None,
    ),
    "translations": Shape("translations", _forms, _read_all(Version.of)),
    "poll": Shape(
        "poll",
        lambda poll: _json(poll.form()) if poll else "",
        lambda written: Poll.of(json.loads(written)) if written else None,
    ),
    "attachments": Shape("attachments", _forms, _read_all(Attached.of)),
}
"""Every other field is a column of its own name."""


def _shapes(kind: type[Draft] | type[Revision]) -> tuple[tuple[str, Shape], ...]:
    names = [field.name for field in fields(kind)]
    return tuple((name, SHAPES.get(name) or Shape(name, _same, _same)) for name in names)


_DRAFT = _shapes(Draft)
_REVISION = _shapes(Revision)


def columns_of(one: Draft | Revision) -> dict[str, Any]:
    """What its row holds."""
    shapes = _DRAFT if isinstance(one, Draft) else _REVISION
    return {shape.column: shape.write(getattr(one, name)) for name, shape in shapes}


def draft_of(row: DraftRow) -> Draft:
    return Draft(**{name: shape.read(getattr(row, shape.column)) for name, shape in _DRAFT})


def revision_of(row: RevisionRow | Row[Any]) -> Revision:
    return Revision(**{name: shape.read(getattr(row, shape.column)) for name, shape in _REVISION})


def enclosed(written: str) -> Enclosed:
    """What goes along with one, from its column."""
    files: Enclosed = SHAPES["attachments"].read(written)
    return files
