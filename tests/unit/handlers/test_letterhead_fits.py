"""Whatever is longest, in whatever language: no message outgrows what the channel takes."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from channels.telegram.gateway import TelegramGateway
from content.catalog import LANGUAGES, Words
from domain.model.access import Permission, Person, Role
from domain.model.bulletin import BulletinClass, Draft, Field, Misfire, Revision
from domain.model.button import ANYONE, Button, offer
from domain.model.case_news import CaseNews
from domain.model.case_note import LONGEST_NOTE, MOST_NOTES, CaseNote
from domain.model.chat import GROUPS_NAMED, Chat, ChatNews, GroupKind, GroupLine
from domain.model.delivery import RECEIPTS_SHOWN, EntryState, Payload, ReceiptLine, Tally
from domain.model.frozen import FrozenRevision, freeze
from domain.model.heard import Interest, Spread
from domain.model.invite import Invite
from domain.model.label import LONGEST_LABEL, MOST_ON_A_CASE
from domain.model.links import LONGEST_URL, MOST_LINKS
from domain.model.marks import Mark, MarkKind
from domain.model.matter import LONGEST_TITLE as LONGEST_MATTER
from domain.model.matter import Hindrance, Matter, MatterNews
from domain.model.morning import LINES_SHOWN as MOST_LINES
from domain.model.morning import Morning, MorningLine
from domain.model.office_word import LONGEST_REASON as REASON_OF_RETURN
from domain.model.office_word import WaitingLetter
from domain.model.opinion import Addition, Answer, LetterKind, Opinion, OpinionState
from domain.model.opinion_kind import OpinionKind
from domain.model.plan import Meeting
from domain.model.proofreading import Misprint, MisprintKind
from domain.model.reach import LONGEST_TAG, Audience, Reach
from domain.model.recurrence import Cadence, HolidayRule, Recurrence
from domain.model.resident import LONGEST_TEXT
from domain.model.text import LONGEST_SHOWN, utf16_units, visible
from domain.model.unit import Unit
from domain.model.withdrawal import Recalled, Remains, Removal
from domain.usecases.answer_matter import AnswerPreview
from domain.usecases.choose_reach import TAGS_OFFERED
from domain.usecases.drafting import (
    LONGEST_BODY,
    LONGEST_POINTS,
    LONGEST_SOURCE,
    Preview,
)
from domain.usecases.preview_letter import LONGEST_LETTER
from domain.usecases.review import LONGEST_REASON
from domain.usecases.withdraw import LINES_SHOWN
from handlers.letterhead import CatalogLetterhead
from handlers.matter_pages import answer_page
from handlers.periods import office_words
from handlers.telegram.compose import panel
from tests.integration.storage.cast import (
    ANSWER,
    GROUP,
    HANH,
    NOW,
    OPINION,
    REVISION,
    WARD,
    CountingIds,
)
from tests.integration.storage.cast import BROADCAST as LATER

WORDS = office_words()
LIMIT = TelegramGateway.capabilities.text_limit
MOST_BUTTONS = 100
LATE = timedelta(days=29, hours=23, minutes=59)
GOOD_FOR = timedelta(days=29, hours=23, minutes=59)
EVERY = Recurrence(
    Cadence.WEEKLY,
    time(23, 59),
    date(2026, 11, 20),
    frozenset(range(7)),
    date(2027, 12, 31),
    HolidayRule.POSTPONE,
)
FIRES = (NOW,) * 10
HEARD: dict[str, Any] = {
    "field": max(Field, key=len),
    "spread": Spread.NEARLY_ALL,
    "interest": Interest.MIDDLING,
}
GROUPS = 200
EVERYTHING = Reach(tuple(GroupKind), LANGUAGES, ("x" * LONGEST_TAG,) * TAGS_OFFERED)
NAME = 64
TITLE = 255
KINDS = ("<", "👍", "ạ")
"""A sign that HTML writes longer, one that counts two, and one of our own letters."""


def longest(sign: str, limit: int) -> str:
    return sign * (limit // utf16_units(sign))


def length(markup: str) -> int:
    return utf16_units(visible(markup))


def buttons(subjects: Sequence[str] = ("x",)) -> tuple[Button, ...]:
    choices = [(Permission.DELIVERY_SETTLE, "again"), (Permission.DELIVERY_SETTLE, "arrived")]
    pairs = [
        offer(CountingIds(), choices, subject=s, version=1, holder=ANYONE, expires_at=NOW)
        for s in subjects
    ]
    return tuple(button for pair in pairs for button in pair)


class Office:
    """An office in which everything is as long as it may be, all in one language."""

    def __init__(self, language: str, sign: str) -> None:
        # Staff are written to in Vietnamese; here, in whatever language is under test.
        said = dict.fromkeys(LANGUAGES, WORDS.sentences[language])
        self.words = Words(said, WORDS.figures)
        self.letterhead = CatalogLetterhead(self.words, "https://t.me/Bot?start={}".format)
        self.sign = sign
        self.unit: Unit = replace(WARD, name=self.of(NAME), issuing_body=self.of(LONGEST_BODY))
        self.person = Person("p", self.of(NAME), None, ())
        self.chats: list[Chat] = [replace(GROUP, title=self.of(TITLE))] * GROUPS
        lost = tuple(GroupLine(one, silenced=True, last_sent_at=None) for one in self.chats)
        named = tuple(self.chats[:GROUPS_NAMED])
        spoken = dict.fromkeys(LANGUAGES, GROUPS)
        met = (Meeting(NOW, self.of(LONGEST_BODY), GROUPS),) * GROUPS
        self.audience = Audience(named, GROUPS, spoken, lost, met)
        self.opinion: Opinion = replace(OPINION, text=self.of(LONGEST_TEXT), language=language)
        self.answer: Answer = replace(
            ANSWER, text=self.of(LONGEST_LETTER), signed_as=self.unit.issuing_body
        )

    def of(self, limit: int) -> str:
        return longest(self.sign, limit)

    @property
    def revision(self) -> Revision:
        """The longest bulletin that is not refused."""
        revision = replace(
            REVISION,
            text="",
            issuing_body=self.unit.issuing_body,
            source=self.of(LONGEST_SOURCE),
            talking_points=self.of(LONGEST_POINTS),
            recurrence=EVERY,
            misfire=Misfire.ASK,
            good_for=GOOD_FOR,
            reach=EVERYTHING,
        )
        frame = length(self.letterhead.bulletin(revision, "vi"))
        return replace(revision, text=self.of(LIMIT - frame))

    @property
    def frozen(self) -> FrozenRevision:
        page = self.letterhead.bulletin(self.revision, "vi")
        return freeze(self.revision, {"vi": page}, [str(n) for n in range(GROUPS)])

    def receipts(self, state: EntryState) -> Payload:
        lines = [
            ReceiptLine(str(n), str(n), self.of(TITLE), state, NOW, "https://t.me/c/1/2")
            for n in range(RECEIPTS_SHOWN)
        ]
        asked = buttons([line.entry_id for line in lines])
        tally = Tally({state: GROUPS})
        return self.letterhead.receipts_card(self.frozen, LATE, tally, lines, asked)

    @property
    def rewritten(self) -> FrozenRevision:
        """Every other word is another."""
        words = [self.of(TITLE), "x"] * 20
        other = replace(self.revision, text=" ".join(words), source="y", issuing_body="z")
        return freeze(other, {"vi": ""}, ["g"])

    @property
    def recalled(self) -> Recalled:
        one = Remains(self.of(TITLE), "https://t.me/c/1/2", Removal.TOO_OLD)
        return Recalled(0, GROUPS, GROUPS, (one,) * LINES_SHOWN)

    def draft(self) -> Draft:
        return Draft(
            "b1",
            "nk",
            "nk",
            text=self.revision.text,
            field=Field.OTHER,
            recurrence=EVERY,
            misfire=Misfire.ASK,
            good_for=GOOD_FOR,
            reach=EVERYTHING,
        )


@pytest.fixture(params=[(lang, sign) for lang in LANGUAGES for sign in KINDS], ids="-".join)
def office(request: pytest.FixtureRequest) -> Office:
    language, sign = request.param
    return Office(language, sign)


def require_fits(office: Office, *payloads: Payload) -> None:
    """Each fits, and still does when it is sent a second time."""
    for payload in payloads:
        assert length(office.letterhead.possible_repeat(payload).markup) <= LIMIT
        assert sum(len(row) for row in payload.buttons) <= MOST_BUTTONS


def test_the_review_card_fits(office: Office) -> None:
    points, page, frame = office.letterhead.review_card(
        office.frozen, office.person, office.audience, FIRES, buttons()
    )

    require_fits(office, points, frame)
    assert length(page.markup) <= LIMIT


@pytest.mark.parametrize("kind", MisprintKind)
def test_what_proofreading_found_fits(office: Office, kind: MisprintKind) -> None:
    marks = [
        Mark(MarkKind.LINK, n, n + 1, f"https://{n}.{'x' * LONGEST_URL}")
        for n in range(MOST_LINKS + 5)
    ]
    one = replace(office.draft(), text=office.of(LIMIT), marks=tuple(marks))
    misprint = Misprint(kind, "km", office.of(LONGEST_SHOWN), office.of(100), NOW.date())

    cards = office.letterhead.proof_cards(one, [misprint] * 50)

    assert len(cards) == 2
    require_fits(office, *cards)


@pytest.mark.parametrize("chosen", BulletinClass)
def test_the_authors_panel_fits(office: Office, chosen: BulletinClass) -> None:
    draft = replace(office.draft(), bulletin_class=chosen)
    preview = Preview(draft, office.unit, office.unit, tuple(office.chats), {}, (), fires=FIRES)
    preview = replace(preview, left_out=office.audience.left_out, met=office.audience.met)

    require_fits(office, Payload(panel(office.words, preview)))


@pytest.mark.parametrize("state", EntryState)
def test_the_receipts_fit(office: Office, state: EntryState) -> None:
    require_fits(office, office.receipts(state))


def test_what_the_author_is_told_fits(office: Office) -> None:
    paper, frozen = office.letterhead, office.frozen
    returned = paper.returned_card(frozen, office.person, office.of(LONGEST_REASON), buttons())

    require_fits(
        office,
        returned,
        paper.expired_card(frozen, NOW),
        *(paper.chat_card(office.chats[0], news) for news in ChatNews),
        paper.changes_card(frozen, office.rewritten),
        paper.withdrawn_card(frozen, office.person, office.recalled),
        *(paper.halted_card(frozen, office.person, goes_on) for goes_on in (True, False)),
    )
    require_fits(office, paper.approved_card(frozen, office.person, NOW))
    require_fits(office, paper.approved_card(frozen, office.person, None))
    require_fits(office, paper.emergency_card(frozen, office.person))
    require_fits(office, paper.day_off_card(frozen, NOW))
    require_fits(office, paper.decided_card(frozen, office.person, goes_out=True))
    require_fits(office, paper.skipped_card(frozen, NOW), paper.late_card(frozen, LATER, buttons()))


@pytest.mark.parametrize("state", OpinionState)
@pytest.mark.parametrize("numbers_shown", [True, False])
def test_a_case_fits_with_its_answers(
    office: Office, state: OpinionState, numbers_shown: bool
) -> None:
    opinion, answers = replace(office.opinion, state=state, **HEARD), [office.answer] * 9

    labels = [office.of(LONGEST_LABEL)] * MOST_ON_A_CASE
    shown = (office.unit, answers, buttons(), numbers_shown, office.of(NAME), labels)
    view = office.letterhead.case_view(opinion, *shown)
    require_fits(office, view)


@pytest.mark.parametrize("kind", [kind for kind in LetterKind if kind is not LetterKind.ANSWER])
def test_what_is_written_back_fits(office: Office, kind: LetterKind) -> None:
    word = replace(office.answer, kind=kind, shared=True)
    letter = office.letterhead.word_to_resident(office.opinion, word, buttons())

    require_fits(office, letter)
    require_fits(office, Payload(office.words.html("moves.letter_preview", letter=letter.markup)))
    waiting = WaitingLetter("l1", office.opinion.id, "giang", kind, "", "h", NOW)
    returned = replace(waiting, returned_by="thu", reason=office.of(REASON_OF_RETURN))
    for one in (waiting, returned):
        names = (office.of(NAME), office.of(NAME))
        paper = office.letterhead.waiting_view(office.opinion, one, letter, names, buttons())
        require_fits(office, paper)


def test_papers_about_moves_fit(office: Office) -> None:
    paper, opinion, unit = office.letterhead, office.opinion, office.unit
    added = Addition("b1", opinion.id, office.of(LONGEST_TEXT), NOW)
    letter = paper.forwarded_letter(opinion, unit)
    # Of the case and of as many that are joined to it as a unit has labels for.
    lost = office.words.html("label.lost", labels=", ".join([office.of(LONGEST_LABEL)] * 40))
    preview = {"code": opinion.number, "unit": unit.name, "letter": letter.markup, "lost": lost}

    require_fits(office, letter, paper.no_reply_letter(opinion), paper.reply_receipt(opinion))
    require_fits(office, paper.addition_view(opinion, added, numbers_shown=True))
    joined = replace(opinion, state=OpinionState.DUPLICATE_OF)
    require_fits(office, *(paper.joined_view(one, [opinion] * 99) for one in (opinion, joined)))
    note = CaseNote("n1", opinion.id, "giang", office.of(LONGEST_NOTE), NOW)
    require_fits(office, paper.notes_view(opinion, [(office.of(NAME), note)] * MOST_NOTES))
    require_fits(office, *(paper.news_card(n, opinion, unit, office.of(NAME)) for n in CaseNews))
    require_fits(office, Payload(office.words.html("moves.forward_preview", **preview)))
    matter = Matter("m1", unit.id, office.of(LONGEST_MATTER), "giang", NOW)
    require_fits(office, *(paper.matter_card(news, matter, 300) for news in MatterNews))
    require_fits(office, paper.matter_view(opinion, matter))
    left = Counter(dict.fromkeys(Hindrance, 300))
    letter = paper.answer_letter(opinion, replace(ANSWER, text=office.of(LONGEST_LETTER)), ())
    found = AnswerPreview(matter, letter, 300, True, left, ())
    require_fits(office, Payload(answer_page(office.words, found, "vi")))


@pytest.mark.parametrize("state", OpinionState)
def test_the_status_of_a_case_fits_with_its_answers(office: Office, state: OpinionState) -> None:
    opinion, answers = replace(office.opinion, state=state), [office.answer] * 9

    require_fits(office, office.letterhead.case_status(opinion, office.unit, answers, "vi"))


def test_letters_to_a_resident_fit(office: Office) -> None:
    paper, opinion = office.letterhead, office.opinion
    answered = paper.answer_letter(opinion, replace(office.answer, shared=True), buttons())

    require_fits(office, answered, paper.receipt_letter(opinion, office.unit))
    require_fits(office, paper.closed_letter(opinion))
    require_fits(office, Payload(office.words.html("moves.letter_preview", letter=answered.markup)))


@pytest.mark.parametrize("step", ["intake.confirm", "rights.confirm"])
def test_a_residents_last_look_fits(office: Office, step: str) -> None:
    words = office.words
    look = words.html(
        step,
        text=office.opinion.text,
        place=office.unit.name,
        kind=max((words.text(f"kind.{one}") for one in OpinionKind), key=len),
        field=max((words.text(f"field.{one}") for one in Field), key=len),
        urgent=words.html("intake.is_urgent"),
        point=words.html("intake.with_point", point="-10.00000, -105.00000"),
        pictures=words.html("intake.with_pictures", count=5)
        + words.html("intake.with_voice", seconds=120),
    )
    kept = words.html("intake.picture_kept", count=5, limit=5) + words.html("intake.forwarded")

    require_fits(office, Payload(kept + look))


def test_what_staff_are_told_of_cases_fits(office: Office) -> None:
    paper, opinion = office.letterhead, office.opinion

    require_fits(office, paper.case_card(opinion, office.unit, reopened=True))
    require_fits(office, paper.undeliverable_card(opinion))
    require_fits(office, paper.unreached_card(HANH, opinion))
    require_fits(office, paper.unreached_card(HANH, None))
    require_fits(office, paper.unknown_letter_card(opinion, buttons()))


@pytest.mark.parametrize("role", Role)
def test_what_is_said_of_an_invitation_fits(office: Office, role: Role) -> None:
    invite = Invite("i", "h", office.of(NAME), role, office.unit.id, NOW)

    require_fits(office, office.letterhead.invite_card(invite, [role], office.unit, buttons()))
    require_fits(office, office.letterhead.welcome_card(office.person, role, office.unit))


def test_groups_left_out_are_counted() -> None:
    office = Office("vi", "a")
    *_, frame = office.letterhead.review_card(office.frozen, office.person, office.audience, (), ())

    assert "… và 188 nhóm nữa" in frame.markup


def test_the_newest_answer_stands_whole_in_the_status_and_the_others_are_counted() -> None:
    office = Office("vi", "a")
    older = replace(office.answer, text="Câu trả lời cũ.")
    status = office.letterhead.case_status(
        office.opinion, office.unit, [older, older, office.answer], "vi"
    )

    assert office.answer.text in status.markup
    assert "Số thư trước đó: 2" in status.markup
    assert older.text not in status.markup


@pytest.mark.parametrize("left_out", [0, 99])
def test_a_morning_fits(office: Office, left_out: int) -> None:
    line = MorningLine(LATER, office.frozen, office.unit)
    opened = buttons_of("morning:open", LATER.id)
    morning = Morning(NOW.date(), (line,) * MOST_LINES, left_out, opened, readers=10**4)
    for language in LANGUAGES:
        require_fits(office, office.letterhead.morning_card(morning, language))


def buttons_of(action: str, subject: str) -> tuple[Button, ...]:
    many = [(action, "")] * MOST_LINES
    return offer(CountingIds(), many, subject=subject, version=1, holder=ANYONE, expires_at=NOW)
