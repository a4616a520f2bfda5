"""For a time nothing new is taken in from whoever wrote a case; nobody learns who that is."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.errors import Refusal
from domain.model.morning import local_day
from domain.model.opinion import Opinion, OpinionSource
from domain.model.unit import Lineage


class MuteReason(StrEnum):
    """Why, as it is chosen by a button: no words go on record (lý do tạm dừng)."""

    INSULTS = "xuc_pham"
    THREATS = "de_doa"
    FLOOD = "gui_don_dap"
    ADVERTS = "quang_cao"


DAYS = (1, 7, 30)
OWN_WORDS = frozenset({OpinionSource.PRIVATE, OpinionSource.POLL_COMMENT})
"""Behind others stands nobody, or somebody who only passed them on; or, of what was said in a
group, somebody whom everybody there saw: muting is never of a person one knows."""


def last_day(now: datetime, days: int) -> date:
    """The last day on which nothing is taken in."""
    return local_day(now) + timedelta(days=days)


def handle_behind(opinion: Opinion) -> str:
    """By which the vault finds whoever wrote it; Refusal if nobody can be found any more."""
    if opinion.handle is None or opinion.source not in OWN_WORDS:
        raise Refusal("mute.nobody", code=opinion.number)
    return opinion.handle


def top_of(lineage: Lineage) -> Lineage:
    """Where the right to mute has to reach from.

    Whoever is muted is heard by no unit: one that was criticised cannot silence them alone.
    """
    return Lineage(lineage.unit_ids[-1:])


def read_choice(choice: str) -> tuple[MuteReason, int]:
    """What a button chose: why, and for how long; Refusal if there is no such choice."""
    reason, _, days = choice.partition("/")
    if reason not in tuple(MuteReason) or days not in map(str, DAYS):
        raise Refusal("button.unknown")
    return MuteReason(reason), int(days)
