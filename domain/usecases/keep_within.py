"""Counting what one person does in an hour: in the vault alone, and for that hour alone."""

from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import Refusal, Repeated
from domain.model.allowance import MOST, Act, Spent
from domain.model.chat import Address
from domain.ports import Vault

SENTENCES = {
    Act.OPINION: "allowance.opinion",
    Act.MEDIA: "allowance.media",
    Act.WRONG_CODE: "allowance.wrong_code",
    Act.OWN_DATA: "allowance.own_data",
}


@dataclass(frozen=True, slots=True)
class KeepWithin:
    """Only so much in an hour (giới hạn mỗi giờ)."""

    vault: Vault
    clock: Clock

    async def spend(self, who: Address, act: Act, name: str) -> None:
        """Count it; too much is refused with a sentence once, and after that without."""
        spent = await self.require_room(who, act, MOST[act], name)
        await self.count(who, spent, act, name)

    async def require_room(self, who: Address, act: Act, most: int, name: str) -> Spent:
        """What was done in the last hour, if there is room for this."""
        now = self.clock.now()
        spent = (await self.vault.spent(who, now)).lasting(now)
        if spent.holds(act, name) or not spent.is_used_up(act, most):
            return spent
        if act in spent.told:
            raise Repeated(SENTENCES[act])
        await self.vault.save_spent(who, replace(spent, told=(*spent.told, act)), now)
        raise Refusal(SENTENCES[act], most=most, minutes=spent.minutes_left(act, most, now))

    async def count(self, who: Address, spent: Spent, act: Act, name: str) -> None:
        """One more; what was counted before a crash is not counted again."""
        now = self.clock.now()
        if not spent.holds(act, name):
            await self.vault.save_spent(who, spent.with_one(act, name, now), now)
