"""One bot, its groups and Em, in a practice Telegram that runs as a process of its own."""

from dataclasses import dataclass
from typing import Any

from channels.telegram.gateway import TelegramGateway
from channels.telegram.updates import TelegramUpdates
from domain.model.chat import Address
from domain.model.delivery import Lane, Payload, SendOutcome
from tests.contract.sandbox.practice import Practice

WORDS = Payload("<b>Nước lớn</b> từ 16 giờ")


@dataclass(frozen=True)
class Scene:
    """Everything of it is fresh for each test, so that no test meets another's limits."""

    practice: Practice
    gateway: TelegramGateway
    bot: str
    em: int
    an: int

    @property
    def updates(self) -> TelegramUpdates:
        return TelegramUpdates(self.gateway.bot)

    def private(self) -> Address:
        return Address("telegram", self.gateway.bot_id, str(self.em))

    async def start(self) -> Address:
        """Em's private chat, after Em has pressed START."""
        await self.practice.post("start", user=self.em, bot=self.bot)
        return self.private()

    async def group(self, number: int = 0, super_: bool = False, **changes: Any) -> Address:
        chat = -(self.em * 1000 + number) - (10**12 if super_ else 0)
        kind = "supergroup" if super_ else "group"
        wish = {"type": kind, "admins": [self.an], "members": [self.em], "bots": [self.bot]}
        await self.practice.post("chats", id=chat, **({"title": f"Ấp {number}"} | wish | changes))
        return Address("telegram", self.gateway.bot_id, str(chat), is_group=True)

    async def send(self, address: Address, payload: Payload = WORDS) -> SendOutcome:
        return await self.gateway.send(address, payload, Lane.PERSON)

    async def seen(self, address: Address) -> list[dict[str, Any]]:
        """The messages that Em sees there."""
        chat = int(address.chat) if address.is_group else self.bot
        found = await self.practice.get("messages", user=self.em, chat=chat)
        return list(found["messages"])

    async def spoken(self, address: Address) -> list[str]:
        return [message["text"] for message in await self.seen(address) if "text" in message]

    async def receipts(self) -> list[dict[str, Any]]:
        found = await self.practice.get("receipts")
        return [receipt for receipt in found["receipts"] if receipt["bot"] == self.bot]
