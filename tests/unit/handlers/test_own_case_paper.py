"""What is kept about a case is in the file that its writer gets, column by column."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from content.catalog import LANGUAGES
from domain.model.bulletin import Field
from domain.model.case_note import CaseNote
from domain.model.heard import Interest, Spread
from domain.model.label import Label
from domain.model.locality import Point
from domain.model.objection import Objection
from domain.model.opinion import (
    Addition,
    Answer,
    LetterKind,
    Opinion,
    OpinionSource,
    OpinionState,
)
from domain.model.opinion_kind import OpinionKind
from domain.model.opinion_voice import VoiceConsent
from domain.model.text import visible
from domain.usecases.own_cases import OwnCase
from handlers.own_case_paper import OwnCasePaper
from handlers.periods import office_words
from storage import tables  # noqa: F401 - all of them have to be known before they are counted
from storage.tables.registry import MainTable
from tests.integration.storage.cast import NOW, OTHER_WARD, WARD

WORDS = office_words()


def later(days: int) -> timedelta:
    return timedelta(days=days)


OPINION = Opinion(
    id="o1",
    code="HC-7K3MQ-9TD4W",
    number="HC-2026-0417",
    unit_id=WARD.id,
    source=OpinionSource.GROUP_REPLY,
    text="Đèn đường hỏng.",
    language="km",
    state=OpinionState.ANSWERED,
    handle="h1",
    filed_at=NOW,
    due_at=NOW + later(1),
    owner_id="giang",
    answered_at=NOW + later(2),
    closed_at=NOW + later(3),
    field=Field.DISASTERS,
    spread=Spread.MANY,
    interest=Interest.HIGH,
    bearer_id="dung",
    is_public=True,
    replied_to="Cúp điện ngày mai",
    moved_at=NOW + later(4),
    kind=OpinionKind.REPORT,
    urgent=True,
    forwardings=7,
    arrived_at=NOW + later(5),
    satisfied=False,
    objection=Objection.CAME_BACK,
    master_id="o2",
    pictures=3,
    former_unit_id=OTHER_WARD.id,
    has_point=True,
    voice=45,
    waits_until=NOW + later(9),
)
POINT = Point(10.03385, 105.78422)
AGREED = VoiceConsent(61, NOW + later(9))
ANSWER = Answer(
    "a1", "o1", "giang", "UBND phường", "Đã sửa.", NOW + later(6), LetterKind.REFUSAL, shared=True
)
NOTED = CaseNote("n1", "o1", "giang", "Đã gọi đội chiếu sáng.", NOW + later(8))
LABEL = Label("l1", WARD.id, "Chiếu sáng", "hanh", NOW + later(9))
ADDITION = Addition("d1", "o1", "Sửa: hẻm 14.", NOW + later(7))


def day(days: int) -> str:
    return WORDS.date(NOW + later(days))


SHOWN = {
    "opinion.code": OPINION.code,
    "opinion.number": OPINION.number,
    "opinion.unit_id": WARD.name,
    "opinion.source": WORDS.text("own_cases.source_group_reply"),
    "opinion.text": OPINION.text,
    "opinion.language": WORDS.text("language.km"),
    "opinion.state": WORDS.text("case_state.answered"),
    "opinion.filed_at": WORDS.moment(NOW),
    "opinion.due_at": WORDS.moment(NOW + later(1)),
    "opinion.answered_at": WORDS.moment(NOW + later(2)),
    "opinion.closed_at": WORDS.moment(NOW + later(3)),
    "opinion.moved_at": WORDS.moment(NOW + later(4)),
    "opinion.arrived_at": WORDS.moment(NOW + later(5)),
    "opinion.field": WORDS.text(f"field.{Field.DISASTERS}"),
    "opinion.spread": WORDS.text(f"spread.{Spread.MANY}"),
    "opinion.interest": WORDS.text(f"interest.{Interest.HIGH}"),
    "opinion.bearer_id": visible(WORDS.html("own_cases.named")).strip(),
    "opinion.forwardings": "Số lần chuyển đơn vị: 7",
    "opinion.satisfied": visible(WORDS.html("own_cases.not_solved")).strip(),
    "opinion.objection": WORDS.text(f"objection.{Objection.CAME_BACK}"),
    "opinion.master_id": visible(WORDS.html("own_cases.joined")).strip(),
    "opinion.kind": WORDS.text(f"kind.{OpinionKind.REPORT}"),
    "opinion.urgent": "Việc gấp",
    "opinion.is_public": "Viết công khai",
    "opinion.replied_to": OPINION.replied_to,
    "opinion.pictures": "kèm 3 ảnh",
    "opinion.former_unit_id": OTHER_WARD.name,
    "opinion.has_point": "kèm vị trí",
    "opinion_point.latitude": "10.03385",
    "opinion_point.longitude": "105.78422",
    "opinion.voice": "kèm ghi âm 45 giây",
    "opinion_voice.agreed_to": "bản thông báo 61",
    "opinion_voice.agreed_at": WORDS.moment(NOW + later(9)),
    "opinion.waits_until": day(9),
    "answer.signed_as": ANSWER.signed_as,
    "answer.text": ANSWER.text,
    "answer.answered_at": day(6),
    "answer.kind": WORDS.text("letter_said.refusal"),
    "answer.shared": "trả lời chung cho tất cả",
    "case_note.text": NOTED.text,
    "case_note.noted_at": WORDS.moment(NOW + later(8)),
    "case_label.label_id": LABEL.name,
    "matter_case.matter_id": "Mất nước ở hẻm 12",
    "addition.text": ADDITION.text,
    "addition.added_at": WORDS.moment(NOW + later(7)),
}
"""Each column, and by what it is seen in the file."""

RANDOM, STAFF = "a random name that joins rows", "who of the staff: they write for the office"
UNSAID = "a letter that the office has not said yet; once it goes, it is an answer"
LEFT_OUT = {
    "opinion.id": RANDOM,
    "opinion.handle": "a random name; the account behind it is the one that gets the file",
    "opinion.owner_id": STAFF,
    "opinion.version": "counts moves, so that a stale button is known",
    "opinion.seq": "the order in the queue; nothing of this case is in it",
    "opinion.erased_at": "the file says of each text that it is erased",
    "opinion_point.opinion_id": RANDOM,
    "opinion_voice.id": RANDOM,
    "opinion_voice.opinion_id": RANDOM,
    "opinion_voice.content": "in the archive beside the file, see test_own_pictures.py",
    "opinion_picture.id": RANDOM,
    "opinion_picture.opinion_id": RANDOM,
    "opinion_picture.number": "the order of the pictures, which the archive keeps",
    "opinion_picture.content": "in the archive beside the file, see test_own_pictures.py",
    "answer.id": RANDOM,
    "answer.opinion_id": RANDOM,
    "answer.author_id": STAFF,
    "answer.approver_id": STAFF,
    "opinion.muted_until": "shown once above all cases, with what is kept about the account",
    "waiting_letter.opinion_id": RANDOM,
    "waiting_letter.id": RANDOM,
    "waiting_letter.author_id": STAFF,
    "waiting_letter.kind": UNSAID,
    "waiting_letter.text": UNSAID,
    "waiting_letter.hash": UNSAID,
    "waiting_letter.submitted_at": UNSAID,
    "waiting_letter.returned_by": STAFF,
    "waiting_letter.reason": UNSAID,
    "case_note.id": RANDOM,
    "case_note.opinion_id": RANDOM,
    "case_note.author_id": STAFF,
    "case_label.seq": "the order in the queue; nothing of this case is in it",
    "case_label.opinion_id": RANDOM,
    "case_label.due_at": "the case's own, which is shown",
    "matter_case.opinion_id": RANDOM,
    "addition.id": RANDOM,
    "addition.opinion_id": RANDOM,
    "case_step.opinion_id": RANDOM,
    "case_step.news": "which reminder staff got: about their work",
    "case_step.about": "which deadline it was about; the deadline itself is shown",
    "case_step.told_at": "when staff were reminded",
    "session_question.id": RANDOM,
    "session_question.session_id": "who brought a question; its case has no address and no reader",
    "session_question.number": "its place among the questions of that session",
    "session_question.text": "emptied when the case begins: the words live in the case alone",
    "session_question.opinion_id": RANDOM,
    "session_question.filed_at": "the moment is the case's own",
}
"""What is in no file, and why."""
NAMED_OTHERWISE = {
    "outbox": "copies of the same words on their way, and which messages they became",
    "button": "what can be pressed in this chat",
    "dialog": "what a staffer has begun to write and has not sent",
    "audit": "acts of staff, without words; nothing in it leads to the writer",
    "opinion_figure": "sums",
    "opinion_posting": "numbers made from the same words, for searching",
    "opinion_unposted": "the same, before they are put in order",
}
"""Tables that speak of cases without a foreign key: none of their columns holds more."""


def about_cases() -> Iterator[str]:
    """Every column of every table that is, or names, a case."""
    for table in MainTable.metadata.tables.values():
        named = {key.target_fullname for key in table.foreign_keys}
        if table.name == "opinion" or "opinion.id" in named:
            yield from (f"{table.name}.{column.name}" for column in table.columns)


def file(opinion: Opinion = OPINION, language: str = "vi") -> str:
    matter, also = "Mất nước ở hẻm 12", ((LABEL,), POINT)
    one = OwnCase(
        opinion, WARD, (ANSWER,), (ADDITION,), OTHER_WARD, (NOTED,), *also, matter, AGREED
    )
    return visible(OwnCasePaper(WORDS, language).whole(one))


def test_every_column_about_a_case_is_in_the_file_or_left_out_for_a_reason() -> None:
    assert sorted(about_cases()) == sorted([*SHOWN, *LEFT_OUT])
    assert all(LEFT_OUT.values())


@pytest.mark.parametrize("column", SHOWN)
def test_what_is_kept_in_a_column_is_read_in_the_file(column: str) -> None:
    assert SHOWN[column] in file()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_is_whole_in_every_language(language: str) -> None:
    shown = file(language=language)

    assert "{" not in shown
    assert all(said in shown for said in (OPINION.code, OPINION.text, ANSWER.text, ADDITION.text))


@pytest.mark.parametrize("source", OpinionSource)
def test_however_it_came_in_the_file_says_so(source: OpinionSource) -> None:
    assert WORDS.text(f"own_cases.source_{source}") in file(replace(OPINION, source=source))


def test_neither_staff_nor_another_case_is_named() -> None:
    assert not {"giang", "dung", "o2", "h1"} & set(file().split())


def test_of_a_text_that_is_erased_the_file_says_so() -> None:
    assert WORDS.text("own_cases.text_gone") in file(replace(OPINION, text=""))
