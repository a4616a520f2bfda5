"""Places and bodies: the tree of units, and the hours when each of them keeps quiet."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.clock import LOCAL_ZONE
from domain.model.locality import Point


class UnitKind(StrEnum):
    """What a place is called since the two-tier reform of July 2025."""

    PROVINCE = "tinh"
    CITY = "thanh_pho"
    RURAL_COMMUNE = "xa"
    WARD = "phuong"
    SPECIAL_ZONE = "dac_khu"
    HAMLET = "ap"
    QUARTER = "khu_vuc"
    BLOCK = "khom"
    VILLAGE = "thon"
    NEIGHBOURHOOD = "to_dan_pho"


HAMLET_KINDS = frozenset(
    {
        UnitKind.HAMLET,
        UnitKind.QUARTER,
        UnitKind.BLOCK,
        UnitKind.VILLAGE,
        UnitKind.NEIGHBOURHOOD,
    }
)
COMMUNE_KINDS = frozenset({UnitKind.RURAL_COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE})


@dataclass(frozen=True, slots=True)
class QuietHours:
    """Local hours when nothing ordinary is sent; an interval may pass midnight."""

    start: time
    end: time

    def over_at(self, moment: datetime) -> datetime:
        """The first moment, not before `moment`, at which sending is allowed."""
        local = moment.astimezone(LOCAL_ZONE)
        if not self._covers(local.time()):
            return moment
        end = datetime.combine(local.date(), self.end, LOCAL_ZONE)
        if end <= local:
            end += timedelta(days=1)
        return end.astimezone(moment.tzinfo)

    def _covers(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


DEFAULT_QUIET_HOURS = QuietHours(time(21), time(6))


@dataclass(frozen=True, slots=True)
class Unit:
    """A place and the body that answers for it (đơn vị, địa bàn)."""

    id: str
    code: str
    name: str
    kind: UnitKind
    parent_id: str | None
    issuing_body: str
    """The name under which this unit speaks, e.g. "UBND phường Ninh Kiều"."""
    quiet_hours: QuietHours | None = DEFAULT_QUIET_HOURS
    population: int | None = None
    """How many people live there; None if nobody has said."""
    point: Point | None = None
    """Where it lies; None if nobody has said."""
    ended_on: date | None = None
    """Since when it is no more (hết hiệu lực), that day included; None while it stands."""
    successor_id: str | None = None
    """What stands for it since then (đơn vị kế thừa), whatever became of that in its turn."""

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None


@dataclass(frozen=True, slots=True)
class Lineage:
    """A unit with all its ancestors: where a right may have been granted that reaches it."""

    unit_ids: tuple[str, ...]
    """From the unit itself up to the root."""

    @property
    def unit_id(self) -> str:
        return self.unit_ids[0]
