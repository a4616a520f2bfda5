"""Figures of time that sentences name, taken from the rules that keep them."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from typing import Any

from content.catalog import Words
from domain.model.case_times import CaseTimes
from domain.model.conference import MARKED_UNTIL, MATERIAL_UNTIL, OPEN_AFTER, OPENS_BEFORE
from domain.model.data_request import ANSWERED_WITHIN, DONE_WITHIN
from domain.model.deadline import (
    ADDRESS_DIES_AFTER_CLOSING,
    CONSENT_WAIT,
    TEXT_DIES_AFTER_ADDRESS,
)
from domain.model.delivery import DELETABLE
from domain.model.deputy import FURTHEST_BEGIN
from domain.model.invite import INVITE_DAYS
from domain.model.opinion import Opinion
from domain.model.opinion_kind import OpinionKind
from domain.model.own_sessions import MONTHS_SHOWN
from domain.model.recording import LONGEST_NOTE
from domain.model.roster_check import ENDS_SOON, SILENT
from domain.model.session_answers import LONGEST_MINUTES
from domain.model.session_media import MEDIA_KEPT
from domain.model.session_oddity import LONG
from domain.model.walk_in_slip import CODE_STAYS
from domain.usecases.case_in_hand import STAYS_IN_CHAT
from domain.usecases.emergency import NOT_TWICE_WITHIN
from domain.usecases.purge import (
    INBOX_KEPT,
    MARKS_KEPT,
    ORPHAN_AGE,
    PARKED_KEPT,
    READINGS_KEPT,
)
from domain.usecases.receive import DRAFT_WAIT
from domain.usecases.watch_plan import CLASHES_WITHIN, GAPS_WITHIN

_MINUTE, _HOUR, _WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(weeks=1)
FIXED: Mapping[str, Any] = {
    "address_days": ADDRESS_DIES_AFTER_CLOSING.days,
    "begin_days": FURTHEST_BEGIN.days,
    "chart_months": MONTHS_SHOWN,
    "clash_days": CLASHES_WITHIN.days,
    "consent_minutes": CONSENT_WAIT // _MINUTE,
    "draft_hours": DRAFT_WAIT // _HOUR,
    "ending_days": ENDS_SOON.days,
    "gap_weeks": GAPS_WITHIN // _WEEK,
    "hall_open_minutes": OPEN_AFTER // _MINUTE,
    "hall_opens_minutes": OPENS_BEFORE // _MINUTE,
    "in_chat_hours": STAYS_IN_CHAT // _HOUR,
    "inbox_days": INBOX_KEPT.days,
    "invite_days": INVITE_DAYS,
    "long_hours": LONG // 60,
    "marked_days": MARKED_UNTIL.days,
    "marks_days": MARKS_KEPT.days,
    "material_days": MATERIAL_UNTIL.days,
    "media_days": MEDIA_KEPT.days,
    "orphan_days": ORPHAN_AGE.days,
    "parked_days": PARKED_KEPT.days,
    "readings_days": READINGS_KEPT.days,
    "released_minutes": NOT_TWICE_WITHIN // _MINUTE,
    "removable_hours": DELETABLE // _HOUR,
    "session_minutes": LONGEST_MINUTES,
    "silent_days": SILENT.days,
    "slip_minutes": CODE_STAYS // _MINUTE,
    "text_days": TEXT_DIES_AFTER_ADDRESS.days,
    "voice_minutes": LONGEST_NOTE // 60,
    "words_days": (ADDRESS_DIES_AFTER_CLOSING + TEXT_DIES_AFTER_ADDRESS).days,
}
"""What no office can set; every sentence may name it. Each is more than one, so that in every
language it stands before a plural."""
REQUEST_PERIODS: Mapping[str, Any] = {
    "taken_days": ANSWERED_WITHIN,
    "see_days": DONE_WITHIN[OpinionKind.SEE_DATA],
    "end_days": DONE_WITHIN[OpinionKind.END_CONSENT],
    "object_days": DONE_WITHIN[OpinionKind.OBJECT],
    "erase_days": DONE_WITHIN[OpinionKind.ERASE_DATA],
}
"""What the law gives the office for what cannot be done at once."""


@cache
def office_words() -> Words:
    """The catalogues, in which every sentence knows what no office can set; read once."""
    return Words.load().knowing(FIXED)


def periods(times: CaseTimes) -> Mapping[str, Any]:
    """What an office has set, by the name of its place in a sentence."""
    return {
        "answer_days": times.answer_days,
        "more_info_days": times.more_info_days,
        "reopen_days": times.reopen_days,
    }


def until_said(words: Words, opinion: Opinion, language: str, days: int) -> str:
    """The day that a case waits for; of a letter that is not sent yet, counted from its sending."""
    if opinion.waits_until is None:
        return words.text("wait.counted", language, days=days)
    return words.text("wait.until", language, date=words.date(opinion.waits_until, language))
