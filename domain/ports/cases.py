"""What main remembers of opinions: the text and the case, never the person."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from domain.model.case_times import CaseClock, CaseStep
from domain.model.locality import Point
from domain.model.opinion import Addition, Answer, Opinion


class Opinions(Protocol):
    """Opinions, their cases and the answers given."""

    async def add(self, opinion: Opinion) -> None: ...
    async def add_pictures(self, opinion_id: str, pictures: Sequence[tuple[str, bytes]]) -> None:
        """Each with an id of its own, in their order."""
        ...

    async def pictures(self, opinion_id: str) -> tuple[bytes, ...]:
        """In the same order; none once they are erased."""
        ...

    async def erase_pictures_again(self, picture_ids: Collection[str]) -> int:
        """Remove what a backup has brought back; how many."""
        ...

    async def add_point(self, opinion_id: str, point: Point) -> None:
        """Where it is, once, of an opinion that says that it has one."""
        ...

    async def point(self, opinion_id: str) -> Point | None:
        """None if none came with it, or once it is erased."""
        ...

    async def get(self, opinion_id: str) -> Opinion: ...
    async def find(self, opinion_id: str) -> Opinion | None: ...
    async def by_code(self, code: str) -> Opinion | None: ...
    async def by_handle(self, handle: str) -> Opinion | None: ...
    async def named_by(self, handles: Sequence[str]) -> frozenset[str]:
        """Those of these handles that a case names."""
        ...

    async def save(self, opinion: Opinion, was: Opinion) -> None:
        """Compare and set on the version; LostRace("opinion.moved_on") when it is late."""
        ...

    async def add_answer(self, answer: Answer) -> None: ...
    async def answers(self, opinion_id: str) -> tuple[Answer, ...]:
        """Oldest first."""
        ...

    async def add_addition(self, addition: Addition) -> None: ...
    async def additions(self, opinion_id: str) -> tuple[Addition, ...]:
        """Oldest first."""
        ...

    async def joined_to(self, opinion_id: str) -> tuple[Opinion, ...]:
        """Cases that wait for the answer of this one, the one filed first in front."""
        ...

    async def alike(
        self, opinion: Opinion, tokens: Sequence[str], most: int
    ) -> tuple[Opinion, ...]:
        """Other open cases of its unit in which one of these tokens is, the newest in front."""
        ...

    async def undisputed(self, now: datetime) -> tuple[Opinion, ...]:
        """Cases with the office's word whose time to object is over, and which are not closed."""
        ...

    async def asked_back(self) -> Mapping[str, str]:
        """By their handles, the cases that wait for their residents."""
        ...

    async def unreplied(self, now: datetime) -> tuple[Opinion, ...]:
        """Cases whose resident was asked for more, and had until before now."""
        ...

    async def clocks(self, until: datetime) -> tuple[CaseClock, ...]:
        """Of open cases that nobody has in hand, or that are due by then; without their words."""
        ...

    async def told_steps(self, until: datetime) -> frozenset[CaseStep]:
        """What was said already of these."""
        ...

    async def tell_step(self, step: CaseStep, now: datetime) -> bool:
        """Note that it is said; False if it was."""
        ...

    async def closed_before(self, moment: datetime) -> tuple[Opinion, ...]:
        """Closed cases that still have a handle."""
        ...

    async def take_back_views(self, opinion_id: str, now: datetime) -> None:
        """Have every copy of its words deleted that is shown to staff."""
        ...

    async def drop_handle(self, opinion_id: str) -> None:
        """Forget the name of the address; the case itself stays."""
        ...

    async def erase_texts(self, closed_before: datetime, now: datetime) -> int:
        """Erase text and answers of cases closed before this; returns how many."""
        ...

    async def erase(self, opinion: Opinion, now: datetime) -> None:
        """Erase one case's text, answers and handle; what stays is that a case was erased."""
        ...
