"""The counts that the console shows; storage makes them, nobody is named in them."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

FEWEST_SHOWN = 10
ROUNDED_TO = 5


class Figures(Protocol):
    """How much there is of everything, by state (số liệu)."""

    @property
    def deliveries(self) -> Mapping[str, int]: ...
    @property
    def outbox(self) -> Mapping[str, int]: ...
    @property
    def opinions(self) -> Mapping[str, int]: ...
    @property
    def chats(self) -> Mapping[str, int]: ...
    @property
    def queues(self) -> Mapping[str, int]: ...
    @property
    def at_head(self) -> bool: ...


Count = Callable[[], Awaitable[Figures]]


def published(count: int) -> int | None:
    """A number of people's letters as it may be shown to all; None where it is too small."""
    return None if count < FEWEST_SHOWN else count - count % ROUNDED_TO
