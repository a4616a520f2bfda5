"""Sessions as rows and back: what figures need in columns, every other answer as JSON."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Row

from domain.model.access import Role
from domain.model.session import OutreachSession, SessionState, Value

COLUMNS = {
    "start": "start_at",
    "minutes": "minutes",
    "mode": "mode",
    "people": "people",
    "households": "households",
    "place": "place",
    "topic": "topic",
    "bulletin": "bulletin_id",
    "field": "field",
}
"""The answers that have a column of their own, by the key of their field."""
_KEPT = [field.name for field in fields(OutreachSession) if field.name != "answers"]


def columns_of(session: OutreachSession) -> dict[str, Any]:
    own = {name: session.answers.get(key) for key, name in COLUMNS.items()}
    rest = {key: value for key, value in session.answers.items() if key not in COLUMNS}
    kept = asdict(session) | own
    return kept | {"answers": json.dumps(rest, ensure_ascii=False)}


def session_of(row: Row[Any]) -> OutreachSession:
    kept = {name: getattr(row, name) for name in _KEPT}
    own = {key: getattr(row, name) for key, name in COLUMNS.items()}
    answers = _read(json.loads(row.answers))
    answers |= {key: value for key, value in own.items() if value is not None}
    kept |= {"answers": answers, "state": SessionState(row.state), "role": Role(row.role)}
    return OutreachSession(**kept)


def _read(written: Mapping[str, Any]) -> dict[str, Value]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in written.items()}
