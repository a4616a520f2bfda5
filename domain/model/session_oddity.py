"""What looks odd about a session, so that a person looks twice before confirming it."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from statistics import median

from domain.model.session import OutreachSession

TIMES_THE_USUAL = 5
ENOUGH = 3
"""Sessions from which on a place has something usual."""
ASSUMED = 100
"""Listeners where nothing is known yet."""
LONG = 480
"""Minutes."""


class Oddity(StrEnum):
    """Why somebody should look twice (điểm lạ)."""

    MORE_THAN_LIVE_THERE = "more_than_live_there"
    """More listeners than the place has people."""
    CROWD = "crowd"
    """More than five times as many listeners as usual there."""
    LONG = "long"
    """Longer than eight hours."""
    OVERLAP = "overlap"
    """Its communicator was at another session at the same time."""


def usual_at(unit_id: str, people: Mapping[str, Sequence[int]]) -> float:
    """How many usually listen there; else, how many do in all places that are looked at."""
    here = people.get(unit_id, ())
    if len(here) >= ENOUGH:
        return median(here)
    everywhere = [count for counts in people.values() for count in counts]
    return median(everywhere) if len(everywhere) >= ENOUGH else ASSUMED


def oddities(
    session: OutreachSession, usual: float, overlaps: bool, population: int | None = None
) -> tuple[Oddity, ...]:
    """All that is odd about it; the population is its place's, if it is known."""
    found = {
        Oddity.MORE_THAN_LIVE_THERE: population is not None
        and session.number("people") > population,
        Oddity.CROWD: session.number("people") > TIMES_THE_USUAL * max(usual, 1),
        Oddity.LONG: session.number("minutes") > LONG,
        Oddity.OVERLAP: overlaps,
    }
    return tuple(oddity for oddity, is_so in found.items() if is_so)
