"""Figures of time that sentences name, taken from the rules that keep them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from domain.model.case_times import CaseTimes
from domain.model.data_request import ANSWERED_WITHIN, DONE_WITHIN
from domain.model.deadline import (
    ADDRESS_DIES_AFTER_CLOSING,
    CLOSES_AFTER_ANSWER,
    CONSENT_WAIT,
    MORE_INFO_WAIT,
    TEXT_DIES_AFTER_ADDRESS,
)
from domain.model.opinion_kind import OpinionKind
from domain.usecases.purge import PARKED_KEPT
from domain.usecases.receive import DRAFT_WAIT

_FIXED: Mapping[str, Any] = {
    "consent_minutes": CONSENT_WAIT // timedelta(minutes=1),
    "draft_hours": DRAFT_WAIT // timedelta(hours=1),
    "address_days": ADDRESS_DIES_AFTER_CLOSING.days,
    "text_days": TEXT_DIES_AFTER_ADDRESS.days,
    "parked_days": PARKED_KEPT.days,
    "more_info_days": MORE_INFO_WAIT.days,
    "reopen_days": CLOSES_AFTER_ANSWER.days,
}
REQUEST_PERIODS: Mapping[str, Any] = {
    "taken_days": ANSWERED_WITHIN,
    "see_days": DONE_WITHIN[OpinionKind.SEE_DATA],
    "end_days": DONE_WITHIN[OpinionKind.END_CONSENT],
    "erase_days": DONE_WITHIN[OpinionKind.ERASE_DATA],
}
"""What the law gives the office for what cannot be done at once."""


def periods(times: CaseTimes) -> Mapping[str, Any]:
    """How long what is kept, what is owed until when, by the name of its place in a sentence."""
    return {**_FIXED, "answer_days": times.answer_days}
