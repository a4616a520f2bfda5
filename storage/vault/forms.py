"""What is written inside a seal."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from domain.model.bulletin import Field
from domain.model.chat import Address
from domain.model.heard import Bearing, Heard, Interest, Spread
from domain.model.locality import Point
from domain.model.opinion_kind import OpinionKind
from domain.model.opinion_voice import DraftVoice, VoiceConsent
from domain.model.public_reply import PublicReply
from domain.model.resident import DraftStep, OpinionDraft, Resident, Written

PADDED_TO = 512
"""Bytes of a resident's row, more than its fields can fill."""
OWN = "account"
"""In what is found by a blind index: whose it is, so that the index can be made anew."""


def write(value: Resident | OpinionDraft | PublicReply | Address, account: str = "") -> bytes:
    fields = asdict(value) | ({OWN: account} if account else {})
    plain = json.dumps(fields, default=_dated, ensure_ascii=False).encode()
    # What is kept of a person has one length, muted or not.
    return plain.ljust(PADDED_TO) if isinstance(value, Resident) else plain


def account_in(plain: bytes) -> str | None:
    """Whose it is; None where it was not yet sealed along with it."""
    found: str | None = json.loads(plain).get(OWN)
    return found


def handle_in(plain: bytes) -> str:
    """Of a draft or a reply: what the case will be known by."""
    handle: str = json.loads(plain)["handle"]
    return handle


def expiry_in(plain: bytes) -> datetime:
    """Of a draft or a reply: the moment from which on it does not wait any more."""
    return datetime.fromisoformat(json.loads(plain)["expires_at"])


def write_body(handle: str, body: bytes) -> bytes:
    """An update with the handle that stays the same in every replay."""
    return f"{handle}\n".encode() + body


def read_body(plain: bytes, name: str) -> tuple[str, bytes]:
    """The handle and the update; one that came before vault_0007 has its row's name as handle."""
    if plain.startswith(b"{"):
        return name, plain
    handle, body = plain.split(b"\n", 1)
    return handle.decode(), body


def read_resident(plain: bytes) -> Resident:
    fields = json.loads(plain)
    fields.pop(OWN, None)
    until = fields.get("muted_until")
    read = {
        "consented_at": _moment(fields["consented_at"]),
        "muted_until": date.fromisoformat(until) if until else None,
    }
    return Resident(**fields | read)


def read_draft(plain: bytes) -> OpinionDraft:
    fields = json.loads(plain)
    fields.pop(OWN, None)
    expires_at = datetime.fromisoformat(fields["expires_at"])
    written = tuple(Written(**each) for each in fields["written"])
    read: dict[str, Any] = {
        "step": DraftStep(fields["step"]),
        "expires_at": expires_at,
        "written": written,
    }
    # One that was written before there were questions about it has none of their answers.
    for name, known in (("poll_field", Field), ("field", Field), ("kind", OpinionKind)):
        said = fields.get(name)
        read[name] = known(said) if said else None
    read["pictures"] = tuple(fields.get("pictures", ()))
    point = fields.get("point")
    read["point"] = Point(**point) if point else None
    read["voice"] = _voice(fields.get("voice"))
    read["skipped"] = tuple(DraftStep(step) for step in fields.get("skipped", ()))
    return OpinionDraft(**fields | read | {"heard": _heard(fields.get("heard"))})


def read_reply(plain: bytes) -> PublicReply:
    fields = json.loads(plain)
    fields.pop(OWN, None)
    field = fields["poll_field"]
    read: dict[str, Any] = {
        "poll_field": Field(field) if field else None,
        "written": Written(**fields["written"]),
        "expires_at": datetime.fromisoformat(fields["expires_at"]),
    }
    return PublicReply(**fields | read)


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


def _voice(said: dict[str, Any] | None) -> DraftVoice | None:
    if said is None:
        return None
    consent = said["consent"]
    if consent is not None:
        agreed_at = datetime.fromisoformat(consent["agreed_at"])
        consent = VoiceConsent(consent["version"], agreed_at)
    return DraftVoice(**said | {"consent": consent})


def _dated(when: date) -> str:
    """A day, or a moment with its time."""
    return when.isoformat()


def _moment(written: Any) -> datetime | None:
    return datetime.fromisoformat(written) if written else None
