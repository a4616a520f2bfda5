"""How much one person may do in an hour, so that one flood does not bury everybody else."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from math import ceil

AN_HOUR = timedelta(hours=1)


class Act(StrEnum):
    """What is counted for an hour, and then forgotten (việc có giới hạn)."""

    OPINION = "opinion"
    MEDIA = "media"
    WRONG_CODE = "wrong_code"
    OWN_DATA = "own_data"
    """Having one's own cases looked for, which opens every address there is."""


MOST = {Act.OPINION: 10, Act.MEDIA: 30, Act.WRONG_CODE: 10, Act.OWN_DATA: 20}
"""In any hour, by one account."""


@dataclass(frozen=True, slots=True)
class Done:
    """One of what is counted: what, by which update, when."""

    act: Act
    name: str
    """The same in every replay; it leads to nothing else."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Spent:
    """What an account did in the last hour (đã dùng trong giờ qua)."""

    done: tuple[Done, ...] = ()
    told: tuple[Act, ...] = ()
    """Of what it was said that it is too much; it is said once."""

    def lasting(self, now: datetime) -> "Spent":
        """What is not an hour old yet; of what there is room again, it can be said anew."""
        done = tuple(one for one in self.done if one.at > now - AN_HOUR)
        left = replace(self, done=done)
        return replace(left, told=tuple(a for a in self.told if left.is_used_up(a, MOST[a])))

    def is_used_up(self, act: Act, most: int) -> bool:
        return len(self._of(act)) >= most

    def holds(self, act: Act, name: str) -> bool:
        """Whether this was counted already, before a crash."""
        return any(one.name == name for one in self._of(act))

    def with_one(self, act: Act, name: str, now: datetime) -> "Spent":
        return replace(self, done=(*self.done, Done(act, name, now)))

    def minutes_left(self, act: Act, most: int, now: datetime) -> int:
        """In how many minutes there is room for one more."""
        free_at = sorted(one.at for one in self._of(act))[-most] + AN_HOUR
        return ceil((free_at - now) / timedelta(minutes=1))

    def _of(self, act: Act) -> list[Done]:
        return [one for one in self.done if one.act is act]


NOTHING = Spent()
"""Of whoever did nothing that is counted."""
