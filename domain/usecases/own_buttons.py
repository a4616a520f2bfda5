"""Buttons that one person alone may press, for as long as buttons are good."""

from collections.abc import Iterable
from typing import Protocol

from domain.clock import Clock
from domain.ids import Ids
from domain.model.button import GOOD_FOR, Button, offer
from domain.model.delivery import to_person
from domain.ports import Work


class Offering(Protocol):
    """What a use case that offers buttons has at hand."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...


def own_buttons(
    desk: Offering, person_id: str, asked: Iterable[tuple[str, str]], subject: str, version: int = 1
) -> tuple[Button, ...]:
    """A button for each (action, choice), to be stored with what they stand below."""
    return offer(
        desk.ids,
        asked,
        subject=subject,
        version=version,
        holder=to_person(person_id),
        expires_at=desk.clock.now() + GOOD_FOR,
    )


async def put_own_buttons(
    work: Work,
    desk: Offering,
    person_id: str,
    asked: Iterable[tuple[str, str]],
    subject: str,
    version: int = 1,
) -> tuple[Button, ...]:
    """The same, stored."""
    buttons = own_buttons(desk, person_id, asked, subject, version)
    await work.buttons.add(buttons)
    return buttons
