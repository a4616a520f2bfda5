"""How the operator's commands get into the other rooms; wired in `bot.py`."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from domain.clock import Clock
from domain.ids import Ids
from domain.model.attachment import Film
from domain.model.capabilities import Capabilities
from domain.ports import Inbox, KeyChest, Memory, Vault
from handlers.console.figures import Figures
from handlers.settings import DataSettings, Door, VaultSettings
from handlers.trouble import CannotStart


class Member(Protocol):
    """What somebody is in a group."""

    @property
    def status(self) -> str: ...


class WebhookInfo(Protocol):
    """How updates get here, as the channel sees it."""

    @property
    def url(self) -> str: ...
    @property
    def pending_update_count(self) -> int: ...
    @property
    def last_error_message(self) -> str | None: ...
    @property
    def last_error_date(self) -> datetime | None: ...


class Bot(Protocol):
    """What the commands ask of a bot."""

    @property
    def username(self) -> str: ...
    async def get_chat_member(self, chat_id: str, user_id: int) -> Member: ...
    async def get_webhook_info(self) -> WebhookInfo: ...


class BotDoor(Protocol):
    """A gateway whose token was accepted."""

    @property
    def bot(self) -> Bot: ...
    @property
    def bot_id(self) -> int: ...
    @property
    def capabilities(self) -> Capabilities: ...
    def deep_link(self, start: str) -> str: ...


class Channel(Protocol):
    """What can be asked of a channel without a token."""

    @property
    def capabilities(self) -> Capabilities: ...
    async def rewritten(self, file: bytes, /) -> bytes:
        """A picture as it would be sent; Refusal("file.…") if it is none, or beyond all measure."""
        ...

    def cleaned(self, file: bytes, /) -> Film:
        """A film as it would be sent; Refusal("file.…") if it is none, or holds other data."""
        ...

    def only_sound(self, file: bytes, /) -> bytes:
        """A recording as it would be sent; Refusal("file.…") if it is none, or broken."""
        ...


Tell = Callable[[str, int, int], None]
"""Is told which table is being copied, how many rows have been, and how many there are."""


class WholeDatabases(Protocol):
    """What is done with databases as a whole."""

    async def copy(
        self, which: str, file: Path, url: str, tell: Tell, /
    ) -> Mapping[str, tuple[int, int]]:
        """A database's file onto a server; rows of each table, there and here."""
        ...

    async def back_up(
        self, files: Mapping[str, Path], folder: Path, /
    ) -> Mapping[str, Mapping[str, int]]:
        """Both files into a folder, as they are at one moment; rows of each table."""
        ...

    async def how_far(self, where: Any, which: str, /) -> tuple[str | None, str]:
        """To which revision a database has come, and how far this code goes."""
        ...

    def open_chest(
        self, where: Any, keys: Path, clock: Clock, /
    ) -> AbstractAsyncContextManager[KeyChest]:
        """The vault's keys, also where one is missing or wrong."""
        ...


OpenGateway = Callable[[Door], AbstractAsyncContextManager[BotDoor]]
Revisions = Mapping[str, tuple[str | None, str]]
"""By database: how far it has come, and how far this code goes."""


@dataclass(frozen=True)
class Doors:
    """Each opens one room for as long as a command is in it."""

    migrate: Callable[[VaultSettings], Awaitable[None]]
    whole: Callable[[], WholeDatabases]
    count: Callable[[DataSettings], Awaitable[Figures]]
    main: Callable[[DataSettings], AbstractAsyncContextManager[Memory]]
    vault: Callable[[VaultSettings], AbstractAsyncContextManager[tuple[Vault, Inbox]]]
    gateway: OpenGateway
    channel: Callable[[], Channel]
    explain: Callable[[Exception], CannotStart | None]
    clock: Clock
    ids: Ids
    root: Path
    """The checkout, for the project's own version."""

    async def revisions(self, settings: VaultSettings) -> Revisions:
        how_far = self.whole().how_far
        return {name: await how_far(one.where, name) for name, one in settings.databases.items()}
