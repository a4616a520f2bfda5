"""Invites: links by which people come in, each once."""

from dataclasses import dataclass
from datetime import datetime

from domain.model.access import Role

INVITE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Invite:
    """A single-use link that makes an account a registered person's (thư mời)."""

    id: str
    token_hash: str
    name: str
    role: Role
    unit_id: str
    expires_at: datetime
    used_at: datetime | None = None
    person_id: str | None = None
    """Whoever used it."""
    confirmed_at: datetime | None = None
    revoked_at: datetime | None = None
    meant_for: str | None = None
    """Whom of the roster it lets in; None for somebody who is not known yet."""
    account: str | None = None
    """The account that used it, until a supervisor has said whether it is theirs."""

    @property
    def is_open(self) -> bool:
        """Whether it was neither used nor revoked; it may have expired."""
        return self.used_at is None and self.revoked_at is None
