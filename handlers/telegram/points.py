"""Places that were shared just now: kept in memory alone, until their turn comes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.model.locality import Point
from domain.ports import Received

MOST = 256
"""At one time; whoever is pushed out is answered as if no hamlet were known."""


@dataclass(frozen=True, slots=True)
class Points:
    """Shared places by bot and update (điểm vừa chia sẻ); a restart forgets them all."""

    # Not even the sealed update holds them: what is not stored cannot be lost.

    shared: dict[tuple[int, int], Point] = field(default_factory=dict)

    def keep(self, bot_id: int, updates: Iterable[Received]) -> None:
        for one in updates:
            if one.point is not None:
                self.shared[bot_id, one.update_id] = one.point
        for name in list(self.shared)[:-MOST]:
            del self.shared[name]

    def take(self, bot_id: int, update_id: int) -> Point | None:
        """Where it was, if that is still known; it is known no more then."""
        return self.shared.pop((bot_id, update_id), None)
