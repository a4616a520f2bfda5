"""Where each poll begins: where the last one ended, and after any trouble where it is stored."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import cast

from telegram.error import NetworkError

from domain.ports import Received
from handlers.telegram.inbox import PollInbox
from handlers.telegram.rooms import Updates
from tests.integration.storage.cast import BOT
from tests.integration.telegram.house import House


def came(*numbers: int) -> list[Received]:
    return [Received(number, "em", b"{}") for number in numbers]


@dataclass
class Channel:
    """Hands out what is planned, and notes from where it was asked."""

    planned: Iterable[list[Received] | Exception]
    asked: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = iter(self.planned)

    async def end_webhook(self) -> None: ...

    async def poll(self, offset: int, _seconds: int) -> list[Received]:
        self.asked.append(offset)
        match next(self.left):
            case Exception() as trouble:
                raise trouble
            case news:
                return news


def polling(house: House, channel: Channel) -> PollInbox:
    updates = cast("Updates", channel)
    return PollInbox(replace(house.inlet, rooms=replace(house.rooms, updates=updates)))


async def test_each_poll_begins_where_the_last_one_ended(house: House) -> None:
    channel = Channel([came(41, 42), [], came(43), []])
    inbox = polling(house, channel)
    for _ in range(4):
        await inbox.once()

    assert channel.asked == [0, 43, 43, 44]


async def test_after_trouble_it_begins_where_it_is_stored(house: House) -> None:
    channel = Channel([came(41), NetworkError("gone"), []])
    inbox = polling(house, channel)
    await inbox.once()
    await house.rooms.inbox.store(BOT, came(42, 43))
    for _ in range(2):
        await inbox.once()

    assert channel.asked == [0, 42, 44]
