"""What lies with units that end or lie elsewhere: it goes along."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.model.reorganisation import Carried, UnitChange


class Reorganisations(Protocol):
    """Changes of the tree of units, with all that hangs on it."""

    async def carry_out(self, changes: Sequence[UnitChange], now: datetime) -> tuple[Carried, ...]:
        """Do them in this order: the tree, cases with their words and figures, groups, rights.

        Copies of cases on the screens of those who may see them no more are taken back.
        """
        ...

    async def out_of_reach(self) -> tuple[str, ...]:
        """Bulletins that wait or are approved for a group that their audience does not have."""
        ...
