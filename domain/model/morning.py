"""What goes out on one day where a communicator works, and when they want to be told of it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from domain.clock import LOCAL_ZONE
from domain.model.attachment import Attachment
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import BulletinState
from domain.model.button import Button
from domain.model.frozen import FrozenText
from domain.model.unit import Unit

HOURS = (time(5, 30), time(6), time(6, 30), time(7), time(7, 30), time(8))
"""Local times at which a morning card can come."""
USUAL_HOUR = time(7)
"""When it comes to whoever has not chosen."""
NEVER = "never"
"""The choice to get none."""
TOO_LATE = timedelta(hours=4)
"""A card that is later than this is dropped: nobody wants the morning's news at noon."""
LINES_SHOWN = 10
FEWEST_TOLD = 5
"""Of fewer readers than this only that they are few: a number that small would name them."""

GOES_OUT = (BroadcastState.PLANNED, BroadcastState.RELEASED, BroadcastState.FINISHED)
STANDS = (BulletinState.APPROVED, BulletinState.SENT)
"""States of a bulletin in which its approval still counts."""


@dataclass(frozen=True, slots=True)
class MorningLine:
    """One approved bulletin that goes out, or went out, today (tin hôm nay)."""

    broadcast: Broadcast
    text: FrozenText
    audience: Unit
    """The unit to whose residents' groups, and those below it, it goes."""
    language: str = ""
    """In which whoever opened it chose to read; empty: they chose none."""
    files: tuple[Attachment, ...] = ()
    """What goes along with it, once it is opened."""


@dataclass(frozen=True, slots=True)
class Morning:
    """One day's approved content for somebody who passes it on (tin buổi sáng)."""

    day: date
    lines: tuple[MorningLine, ...]
    """In the order of their times."""
    left_out: int = 0
    """How many more there are."""
    buttons: tuple[Button, ...] = ()
    is_read: bool = False
    """Whether this person has said so today."""
    readers: int | None = None
    """For staff: how many at and below their units have."""
    language: str = ""
    """In which this person chose to read; empty: they chose none."""

    def number_of(self, broadcast_id: str) -> int:
        """The number of its line, counted from 1."""
        return [line.broadcast.id for line in self.lines].index(broadcast_id) + 1


@dataclass(frozen=True, slots=True)
class Wish:
    """When and in which language somebody wants their morning card (giờ nhận tin)."""

    hour: time | None = USUAL_HOUR
    """None: no card."""
    language: str = ""
    """Empty: the first of the languages that the roster says they speak."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody whose card is due (người nhận tin)."""

    person_id: str
    languages: tuple[str, ...]
    """The one they chose first, then what they speak with people."""
    unit_ids: tuple[str, ...]


def local_day(now: datetime) -> date:
    return now.astimezone(LOCAL_ZONE).date()


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a local day, and the first after it."""
    begin = datetime.combine(day, time(), LOCAL_ZONE).astimezone(UTC)
    return begin, begin + timedelta(days=1)


def due_hours(now: datetime) -> tuple[time, ...]:
    """The hours of today that have come and are not too long ago."""
    local = now.astimezone(LOCAL_ZONE)
    return tuple(
        hour
        for hour in HOURS
        if timedelta() <= local - datetime.combine(local.date(), hour, LOCAL_ZONE) < TOO_LATE
    )


def card_ends(day: date, hour: time) -> datetime:
    """When a card of this hour is not sent any more."""
    return datetime.combine(day, hour, LOCAL_ZONE).astimezone(UTC) + TOO_LATE


def lines_for(
    unit_ids: Collection[str],
    lines: Sequence[MorningLine],
    related: Mapping[str, frozenset[str]],
) -> tuple[MorningLine, ...]:
    """Those whose audience lies above, at or below one of these units.

    `related` gives, for each audience, the units above, at and below it.
    """
    return tuple(one for one in lines if not related[one.audience.id].isdisjoint(unit_ids))
