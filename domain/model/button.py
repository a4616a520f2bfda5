"""Buttons under messages: each is a row, bound to who may press it, what it does and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.errors import LostRace, Refusal
from domain.ids import Ids

GOOD_FOR = timedelta(days=7)
STAFF = "staff"
"""A holder: any member of staff; the use case then checks the permission."""
ANYONE = "anyone"
"""A holder: whoever sees it; only for what acts on the one who presses, such as a language."""


@dataclass(frozen=True, slots=True)
class Button:
    """A stored button; what travels through the channel is only its random id."""

    id: str
    action: str
    """`noun:verb`, the name of the route that it calls."""
    subject: str
    """The id of what it acts on."""
    choice: str
    """What it chooses, where several buttons of one action stand side by side."""
    version: int
    """The subject's version when the button was shown."""
    holder: str
    """Who may press it: `person:<id>`, `handle:<handle>`, STAFF or ANYONE."""
    expires_at: datetime
    used_at: datetime | None = None

    def require_fresh(self, now: datetime) -> None:
        """Refuse a press that comes twice or too late."""
        if self.used_at is not None:
            raise LostRace("button.used")
        if now >= self.expires_at:
            raise Refusal("button.expired")


def offer(
    ids: Ids,
    asked: Iterable[tuple[str, str]],
    *,
    subject: str,
    version: int,
    holder: str,
    expires_at: datetime,
) -> tuple[Button, ...]:
    """A button for each (action, choice), all about one thing and for one holder."""
    return tuple(
        Button(ids.new(), action, subject, choice, version, holder, expires_at)
        for action, choice in asked
    )


def one_page(
    action: str, turning: str, choices: Sequence[str], page: int, size: int
) -> list[tuple[str, str]]:
    """One page of choices, as (action, choice), with the ways to the pages around it."""
    first = page * size
    asked = [(action, choice) for choice in choices[first : first + size]]
    return asked + around(turning, page, first + size < len(choices))


def around(turning: str, page: int, is_more: bool) -> list[tuple[str, str]]:
    """The ways from one page to those beside it, as (action, choice)."""
    back = [(turning, str(page - 1))] if page > 0 else []
    return back + ([(turning, str(page + 1))] if is_more else [])


def require_version(shown: int, present: int) -> None:
    """Refuse a press on something that has changed since it was shown."""
    if shown != present:
        raise LostRace("button.stale")
