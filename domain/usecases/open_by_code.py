"""The way to a case by its code, which tells nobody whether there is a case behind one."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import read_code
from domain.model.allowance import AN_HOUR, MOST, Act
from domain.model.chat import Address
from domain.model.opinion import Opinion, OpinionState
from domain.ports import Cause, Memory, Vault
from domain.usecases.follow import CaseStatus, Follow
from domain.usecases.keep_within import KeepWithin

MANY_WRONG = 300
"""Wrong codes of everybody in an hour: more are a search, and no slips of the finger."""
FEW = 3
"""Wrong codes that one account may still type in an hour while somebody searches."""


@dataclass(eq=False, slots=True)
class OpenByCode:
    """Opening with a code (mở bằng mã).

    While the address of a case is there, its code opens it for that account alone; afterwards for
    whoever has it. A wrong code, that of an erased case and that of somebody else's are asked for
    with the same statements and answered with the same words; each counts as a wrong one.
    """

    memory: Memory
    vault: Vault
    clock: Clock
    follow: Follow
    wrong: deque[datetime] = field(default_factory=deque)
    """When anybody typed a wrong one; by whom is known in the vault alone."""

    async def look_up(self, who: Address, typed: str, name: str) -> CaseStatus:
        return await self.follow.look_up(await self._code(who, typed, name))

    async def erase(self, who: Address, typed: str, name: str, cause: Cause) -> Opinion:
        code = await self._code(who, typed, name, cause)
        return await self.follow.erase_case(code, cause, by=who)

    async def _code(self, who: Address, typed: str, name: str, cause: Cause | None = None) -> str:
        """The code, if it may be used; Refusal if not, whatever the reason is."""
        within = KeepWithin(self.vault, self.clock)
        spent = await within.require_room(who, Act.WRONG_CODE, self._most(), name)
        # Whatever was typed, the same is asked: also with a code that there cannot be.
        code = read_code(typed) or typed[:1]
        async with self.memory.begin(cause) as work:
            opinion = await work.opinions.by_code(code)
        handle = opinion.handle if opinion else None
        is_foreign = await self.vault.is_foreign(handle or name, who)
        is_there = opinion is not None and opinion.state is not OpinionState.WITHDRAWN
        if is_there and not is_foreign:
            return code
        await within.count(who, spent, Act.WRONG_CODE, name)
        self.wrong.append(self.clock.now())
        raise Refusal("follow.no_such_code")

    def _most(self) -> int:
        """Fewer while somebody searches; a right code opens all the same."""
        while self.wrong and self.wrong[0] <= self.clock.now() - AN_HOUR:
            self.wrong.popleft()
        return FEW if len(self.wrong) >= MANY_WRONG else MOST[Act.WRONG_CODE]
