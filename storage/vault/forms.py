"""What is written inside a seal."""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from domain.model.bulletin import Field
from domain.model.chat import Address
from domain.model.heard import Bearing, Heard, Interest, Spread
from domain.model.resident import DraftStep, OpinionDraft, Resident, Written


def write(value: Resident | OpinionDraft | Address) -> bytes:
    return json.dumps(asdict(value), default=datetime.isoformat, ensure_ascii=False).encode()


def read_resident(plain: bytes) -> Resident:
    fields = json.loads(plain)
    return Resident(**fields | {"consented_at": _moment(fields["consented_at"])})


def read_draft(plain: bytes) -> OpinionDraft:
    fields = json.loads(plain)
    expires_at = datetime.fromisoformat(fields["expires_at"])
    written = tuple(Written(**each) for each in fields["written"])
    read: dict[str, Any] = {
        "step": DraftStep(fields["step"]),
        "expires_at": expires_at,
        "written": written,
    }
    poll_field = fields.get("poll_field")
    read |= {"poll_field": Field(poll_field) if poll_field else None}
    return OpinionDraft(**fields | read | {"heard": _heard(fields.get("heard"))})


def read_address(plain: bytes) -> Address:
    return Address(**json.loads(plain))


def account(who: Address) -> str:
    """What makes two addresses the same person's: the account, never the thread."""
    return json.dumps([who.channel, who.bot_id, who.chat])


def _heard(said: dict[str, str | None] | None) -> Heard | None:
    if said is None:
        return None
    bearing, field = said["bearing"], said["field"]
    spread, interest = said["spread"], said["interest"]
    return Heard(
        Bearing(bearing) if bearing else None,
        Field(field) if field else None,
        Spread(spread) if spread else None,
        Interest(interest) if interest else None,
    )


def _moment(written: Any) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
