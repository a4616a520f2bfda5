"""`bot.py invite`: one more person may come in, by a link that works once."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.access import OPERATOR, Role
from domain.usecases.manage_access import ManageAccess
from handlers.cli.doors import OpenGateway
from handlers.cli.terminal import Terminal
from handlers.settings import Door


@dataclass(frozen=True, slots=True)
class Invitation:
    """Inviting somebody (thư mời)."""

    access: ManageAccess
    terminal: Terminal
    door: Door | None
    gateway: OpenGateway

    async def __call__(self, unit_code: str, name: str, role: Role) -> None:
        """Print the link; where the bot's name cannot be asked, the words to send to it."""
        token = await self.access.invite_person(OPERATOR, unit_code, name, role)
        start = f"inv_{token}"
        link = await self._link(start)
        if link:
            self.terminal.text("cli.invite_link", name=name, link=link)
        else:
            self.terminal.text("cli.invite_word", name=name, word=f"/start {start}")

    async def revoke(self, unit_code: str, name: str) -> None:
        count = await self.access.revoke_invites(OPERATOR, unit_code, name)
        if not count:
            raise Refusal("cli.invite_none_open", name=name, code=unit_code)
        self.terminal.text("cli.invite_revoked", name=name, count=count)

    async def _link(self, start: str) -> str | None:
        if self.door is None:
            return None
        try:
            async with self.gateway(self.door) as gateway:
                return gateway.deep_link(start)
        except Exception:  # whatever it is: the invite is made, and can be used without the link
            return None
