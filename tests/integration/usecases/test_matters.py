"""Cases about one matter: gathered, each its own, answered in public and then one by one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import PERMISSIONS, Actor, Grant, Permission, Role
from domain.model.button import Button
from domain.model.delivery import to_person
from domain.model.dialog import Awaited, Dialog
from domain.model.matter import Halt, Hindrance, Matter
from domain.model.opinion import Opinion, OpinionState
from domain.model.version import Version
from domain.ports import Cause, Work
from domain.usecases.own_cases import OwnCases
from handlers.matter_pages import answered_page
from tests.integration.storage.cast import (
    AN,
    BINH,
    CITY,
    EM,
    GIANG,
    HANH,
    LATER,
    OTHER_WARD,
    QUARTER,
    STRANGER,
    WARD,
)
from tests.integration.usecases.alike import join_alike
from tests.integration.usecases.between import Between
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.hands import KHANH, OANH, as_sent, forward, further, hire, opened
from tests.integration.usecases.letters import approve_letter, demand_two
from tests.integration.usecases.matters import (
    NO_WATER,
    OTHER_WISH,
    PUBLIC,
    SOURCE,
    WISH,
    answer_all,
    approve_answer,
    draft_answer,
    gather,
    open_matter,
    page,
    say_in_public,
    take_out,
    two_gathered,
)
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.story import file_opinion, settle, take, write_answer
from tests.integration.usecases.test_reorganise import MERGE, reorganise

PLACES = {"own": WARD, "child": CITY, "parent": QUARTER, "sibling": OTHER_WARD}
Happening = Callable[[Office, Opinion], Awaitable[None]]


def letters_to(office: Office, chat: str) -> list[str]:
    return [call.markup for call in office.gateway.to(chat) if "Nguyên văn" in call.markup]


async def test_cases_that_are_gathered_stay_their_own(office: Office) -> None:
    matter, first, second = await two_gathered(office)
    shown = await page(office, matter)

    assert [one.number for one in shown.cases] == [first.number, second.number]
    assert office.sql("SELECT state, owner_id, due_at FROM opinion WHERE id = ?", first.id) == (
        office.sql("SELECT state, owner_id, due_at FROM opinion WHERE id = ?", second.id)
    )
    assert {one.state for one in shown.cases} == {OpinionState.IN_PROGRESS}


async def test_a_case_is_under_one_matter_at_most(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    third = await file_opinion(office, "Đèn hỏng.", EM)
    other = await open_matter(office, third, "Đèn đường")
    into = Button("k", "matter:into", first.id, other.id, 0, to_person(GIANG.id), LATER)
    with pytest.raises(LostRace, match=r"matter\.is_in"):
        await office.gather_cases.put_in(actor(GIANG), into, office.cause())

    assert office.sql("SELECT count(*) FROM matter_case WHERE opinion_id = ?", first.id) == [(1,)]
    assert (await page(office, matter)).count == 2


async def test_of_two_who_gather_or_take_out_at_once_the_second_is_told(office: Office) -> None:
    await hire(office, KHANH)
    first, second = await file_opinion(office, WISH, EM), await file_opinion(office, OTHER_WISH)
    matter = await open_matter(office, first)
    buttons = {}
    for person in (GIANG, KHANH):
        await opened(office, person, second)
        choose = await further(office, person, "matter:gather")
        choice = await office.gather_cases.choose(actor(person), choose, office.cause())
        buttons[person.id] = press(choice.buttons, "matter:into", matter.id)
    await office.gather_cases.put_in(actor(GIANG), buttons[GIANG.id], office.cause())
    with pytest.raises(LostRace, match=r"matter\.is_in"):
        await office.gather_cases.put_in(actor(KHANH), buttons[KHANH.id], office.cause())
    for person in (GIANG, KHANH):
        await opened(office, person, second)
        choose = await further(office, person, "matter:gather")
        choice = await office.gather_cases.choose(actor(person), choose, office.cause())
        buttons[person.id] = press(choice.buttons, "matter:take_out", matter.id)
    await office.gather_cases.take_out(actor(KHANH), buttons[KHANH.id], office.cause())
    with pytest.raises(LostRace, match=r"matter\.is_out"):
        await office.gather_cases.take_out(actor(GIANG), buttons[GIANG.id], office.cause())

    assert (await page(office, matter)).count == 1


@pytest.mark.parametrize(
    ("title", "refusal"),
    [
        (" ", "matter.no_title"),
        ("á" * 81, "matter.title_too_long"),
        ("Bà Sáu 0912 345 678", "matter.title_with_number"),
        ("mất nước  ở hẻm 12", "matter.same_title"),
    ],
)
async def test_a_title_that_says_nothing_too_much_or_whose_it_is_opens_nothing(
    office: Office, title: str, refusal: str
) -> None:
    await open_matter(office, await file_opinion(office, WISH, EM))
    other = await file_opinion(office, OTHER_WISH, STRANGER)
    with pytest.raises(Refusal, match=refusal.replace(".", r"\.")):
        await open_matter(office, other, title)

    assert office.sql("SELECT title FROM matter") == [(NO_WATER,)]


async def test_a_title_is_kept_in_one_form_whoever_types_it(office: Office) -> None:
    matter = await open_matter(office, await file_opinion(office, WISH), "Mất  nước\nhẻm 12")

    assert matter.title == "Mất nước hẻm 12"


async def test_only_who_may_gather_in_the_units_subtree_does(office: Office) -> None:
    opinion = await file_opinion(office, WISH)
    expected, found = {}, {}
    for role in Role:
        for place, unit in PLACES.items():
            reaches = place in ("own", "child")
            expected[role, place] = Permission.MATTER_GATHER in PERMISSIONS[role] and reaches
            button = Button("k", "matter:gather", opinion.id, "", 0, to_person(HANH.id), LATER)
            who = Actor(HANH.id, (Grant(role, unit.id),))
            try:
                await office.gather_cases.choose(who, button, office.cause())
                found[role, place] = True
            except Forbidden:
                found[role, place] = False

    assert found == expected


async def test_another_units_matter_takes_no_case_of_ours(office: Office) -> None:
    await hire(office, OANH)
    theirs = await open_matter(office, await file_opinion(office, WISH, EM, OTHER_WARD), by=OANH)
    ours = await file_opinion(office, OTHER_WISH, STRANGER)
    button = Button("k", "matter:into", ours.id, theirs.id, 0, to_person(GIANG.id), LATER)
    with pytest.raises(Forbidden):
        await office.gather_cases.put_in(actor(GIANG), button, office.cause())
    everywhere = Actor(GIANG.id, (Grant(Role.TRIAGER, CITY.id),))
    with pytest.raises(LostRace, match=r"matter\.elsewhere"):
        await office.gather_cases.put_in(everywhere, button, office.cause())
    with pytest.raises(Forbidden):
        await page(office, theirs)


async def test_a_closed_matter_takes_nothing_until_it_is_opened_again(office: Office) -> None:
    matter, _, _ = await two_gathered(office)
    third = await file_opinion(office, "Nước yếu.", EM)
    await opened(office, GIANG, third)
    choose = await further(office, GIANG, "matter:gather")
    choice = await office.gather_cases.choose(actor(GIANG), choose, office.cause())
    into = press(choice.buttons, "matter:into", matter.id)
    close = press((await page(office, matter)).buttons, "matter:close")
    await office.gather_cases.close(actor(GIANG), close, office.cause())
    with pytest.raises(LostRace, match=r"matter\.closed_already"):
        await office.gather_cases.put_in(actor(GIANG), into, office.cause())
    again = press((await page(office, matter)).buttons, "matter:reopen")
    await office.gather_cases.reopen(actor(GIANG), again, office.cause())
    await office.gather_cases.put_in(actor(GIANG), into, office.cause())

    assert (await page(office, matter)).count == 3


async def test_its_cases_stand_on_pages_by_number_and_state_alone(office: Office) -> None:
    matter = await open_matter(office, await file_opinion(office, WISH, EM))
    numbers = [(await page(office, matter)).cases[0].number]
    for number in range(9):
        opinion = await file_opinion(office, f"Không có nước, nhà số {number}.", STRANGER)
        await gather(office, opinion, matter)
        numbers.append(opinion.number)
    first = await page(office, matter)
    more = press(first.buttons, "matter:cases", str(first.cases[-1].seq))
    second = await page(office, matter, after=int(more.choice))

    assert [one.number for one in (*first.cases, *second.cases)] == numbers
    assert first.count == 10


async def test_the_draft_names_the_matter_and_nothing_of_its_cases(office: Office) -> None:
    matter, first, second = await two_gathered(office)
    button = press((await page(office, matter, AN)).buttons, "matter:compose")
    begun = await office.answer_matter.begin_bulletin(actor(AN), button, office.cause())
    async with office.file.begin() as work:
        draft = await work.bulletins.draft(begun.bulletin_id)

    assert (draft.title, draft.text) == (f"Trả lời chung: {NO_WATER}", "")
    assert (draft.unit_id, draft.audience_unit_id) == (WARD.id, WARD.id)
    for case in (first, second):
        for own in (case.text, case.code, case.number):
            assert own not in repr(draft)


async def test_whoever_may_not_write_it_learns_who_can_and_they_are_asked(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    button = press((await page(office, matter)).buttons, "matter:compose")
    begun = await office.answer_matter.begin_bulletin(actor(GIANG), button, office.cause())
    await office.answer_matter.begin_bulletin(actor(GIANG), button, office.cause())
    await office.send_all()
    cards = [one.markup for one in office.gateway.to(private(AN)) if NO_WATER in one.markup]

    assert (begun.bulletin_id, begun.asked) == ("", (AN.name,))
    assert len(cards) == 1
    assert first.number not in cards[0]
    assert (await page(office, matter, AN)).cases == ()
    assert office.sql("SELECT count(*) FROM bulletin") == [(0,)]


async def test_the_public_answer_is_begun_once_until_it_is_gone(office: Office) -> None:
    matter, _, _ = await two_gathered(office)
    button = press((await page(office, matter, AN)).buttons, "matter:compose")
    bulletin_id = await draft_answer(office, matter)
    with pytest.raises(LostRace, match=r"matter\.begun_already"):
        await office.answer_matter.begin_bulletin(actor(AN), button, office.cause())
    assert pick((await page(office, matter, AN)).buttons, "matter:compose") is None
    await office.compose.discard_bulletin(actor(AN), bulletin_id, office.cause())

    assert pick((await page(office, matter, AN)).buttons, "matter:compose") is not None


async def test_nobody_is_answered_before_the_bulletin_has_reached_residents(
    office: Office,
) -> None:
    matter, _, _ = await two_gathered(office)
    ask = Button("k", "matter:answer", matter.id, "", 2, to_person(GIANG.id), LATER)
    await approve_answer(office, matter)
    with pytest.raises(LostRace, match=r"matter\.not_said_yet"):
        await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    assert pick((await page(office, matter)).buttons, "matter:answer") is None
    await office.go_round()

    assert pick((await page(office, matter)).buttons, "matter:answer") is not None


async def test_once_residents_got_it_the_unit_and_the_owners_hear_of_it_once(
    office: Office,
) -> None:
    matter, first, _ = await two_gathered(office)
    await say_in_public(office, matter)
    await office.go_round()
    for chat in ("-1004", private(GIANG)):
        cards = [one.markup for one in office.gateway.to(chat) if "đã đến người dân" in one.markup]
        assert len(cards) == 1
        assert first.number not in cards[0]
        assert first.code not in cards[0]


async def test_each_gets_the_approved_words_by_a_letter_of_their_own(office: Office) -> None:
    matter, first, second = await two_gathered(office)
    await say_in_public(office, matter)
    answered = await answer_all(office, matter)
    to_em, to_stranger = letters_to(office, EM.chat), letters_to(office, STRANGER.chat)

    assert (answered.said, answered.submitted, answered.left.total()) == (2, 0, 0)
    assert [len(to_em), len(to_stranger)] == [1, 1]
    for letter, own, other in ((to_em[0], first, second), (to_stranger[0], second, first)):
        assert PUBLIC in letter
        assert f"Trả lời chung: {NO_WATER}" in letter
        assert SOURCE in letter
        assert own.code in letter
        assert other.code not in letter
        assert WISH not in letter
    assert office.sql("SELECT DISTINCT state, owner_id FROM opinion") == [("answered", GIANG.id)]


async def test_the_letter_that_was_previewed_is_the_one_that_arrives(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    assert preview.letter is not None
    await answer_all(office, matter)

    assert preview.count == 2
    assert first.code not in preview.letter.markup
    assert letters_to(office, EM.chat)[0] == as_sent(office, preview, first)


async def test_each_reads_it_in_their_language_where_it_was_written(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    office.sql("UPDATE opinion SET language = 'km' WHERE id = ?", first.id)
    office.sql("UPDATE opinion SET language = 'en' WHERE id <> ?", first.id)
    khmer = Version("km", "ឆ្លើយតប", "ទឹកហូរវិញហើយ។")
    await say_in_public(office, matter, translations=(khmer,))
    await answer_all(office, matter)
    to_em, to_stranger = office.gateway.to(EM.chat)[-1], office.gateway.to(STRANGER.chat)[-1]

    assert khmer.text in to_em.markup
    assert PUBLIC not in to_em.markup
    assert PUBLIC in to_stranger.markup


async def test_two_cases_of_one_person_get_two_letters_that_nothing_joins(office: Office) -> None:
    first = await take(office, await file_opinion(office, WISH, EM))
    second = await take(office, await file_opinion(office, OTHER_WISH, EM))
    matter = await open_matter(office, first)
    await gather(office, second, matter)
    await say_in_public(office, matter)
    await answer_all(office, matter)
    letters = letters_to(office, EM.chat)

    assert len(letters) == 2
    assert [first.code in one for one in letters] != [second.code in one for one in letters]


async def test_whoever_finds_it_not_solved_opens_their_own_case_alone(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    await say_in_public(office, matter)
    await answer_all(office, matter)
    settled = await settle(office, "not_solved")

    assert settled.opinion.id == first.id
    assert office.sql("SELECT state FROM opinion ORDER BY seq") == [
        ("in_progress",),
        ("answered",),
    ]


async def test_what_the_state_table_does_not_allow_is_listed_with_the_reason(
    office: Office,
) -> None:
    await hire(office, KHANH)
    matter, first, second = await two_gathered(office)
    untaken = await file_opinion(office, "Nước đục.", EM)
    await gather(office, untaken, matter)
    office.sql("UPDATE opinion SET owner_id = ? WHERE id = ?", KHANH.id, second.id)
    await say_in_public(office, matter)
    answered = await answer_all(office, matter)

    assert answered.said == 1
    assert answered.left == {Hindrance.UNTAKEN: 1, Hindrance.ANOTHERS: 1}
    assert (await answer_all(office, matter, KHANH)).left == {
        Hindrance.ANSWERED: 1,
        Hindrance.UNTAKEN: 1,
    }
    states = dict(office.sql("SELECT id, state FROM opinion"))
    assert states == {first.id: "answered", second.id: "answered", untaken.id: "received"}


async def test_where_the_unit_demands_two_each_letter_waits_for_the_second(
    office: Office,
) -> None:
    await demand_two(office)
    matter, first, _ = await two_gathered(office)
    await say_in_public(office, matter)
    answered = await answer_all(office, matter)

    assert (answered.said, answered.submitted) == (0, 2)
    assert letters_to(office, EM.chat) == []
    await approve_letter(office, first)
    assert len(letters_to(office, EM.chat)) == 1
    assert letters_to(office, STRANGER.chat) == []


async def test_a_second_press_answers_nobody_twice(office: Office) -> None:
    matter, _, _ = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    send = preview.buttons[0]
    await office.answer_matter.begin_answers(actor(GIANG), send, office.cause())
    with pytest.raises(LostRace, match=r"button\.used"):
        await office.answer_matter.begin_answers(actor(GIANG), send, office.cause())
    for _ in range(2):
        await office.answer_matter.answer_all(actor(GIANG), send)
    await office.send_all()

    assert len(letters_to(office, EM.chat)) == 1
    assert office.sql("SELECT count(*) FROM answer") == [(2,)]


async def crash_over_the_first_answer(office: Office, matter: Matter, after: bool) -> None:
    """Said in public and previewed; the process dies just before that commit, or just after."""
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await office.answer_matter.answer_all(actor(GIANG), preview.buttons[0])
    office.crashing = None


async def test_a_crash_in_the_middle_leaves_each_answered_or_not_and_the_rest_goes_on(
    office: Office,
) -> None:
    matter, _, _ = await two_gathered(office)
    await crash_over_the_first_answer(office, matter, after=True)
    assert office.sql("SELECT count(*) FROM answer") == [(1,)]
    answered = await answer_all(office, matter)
    await office.send_all()

    assert (answered.said, answered.left) == (1, {Hindrance.ANSWERED: 1})
    assert [len(letters_to(office, who.chat)) for who in (EM, STRANGER)] == [1, 1]


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_leaves_no_joined_case_answered_and_untold_or_told_twice(
    office: Office, after: bool
) -> None:
    matter, first, _ = await two_gathered(office)
    twin = await file_opinion(office, WISH + " Mong sớm có nước.", STRANGER)
    await gather(office, twin, matter)
    await join_alike(office, twin, first)
    await crash_over_the_first_answer(office, matter, after)
    owed = office.sql(
        "SELECT answer.opinion_id FROM answer"
        " JOIN outbox ON outbox.origin_id = 'answer:' || answer.id"
    )

    assert sorted(owed) == office.sql("SELECT id FROM opinion WHERE state = 'answered' ORDER BY id")
    assert set(owed) == ({(first.id,), (twin.id,)} if after else set())
    await answer_all(office, matter)
    assert len(letters_to(office, EM.chat)) == 1
    assert len(letters_to(office, STRANGER.chat)) == 2


async def test_a_button_under_another_set_of_cases_answers_nobody(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    await take_out(office, first)
    with pytest.raises(LostRace, match=r"button\.stale"):
        await office.answer_matter.begin_answers(actor(GIANG), preview.buttons[0], office.cause())


async def test_a_role_that_is_lost_in_between_answers_nobody(office: Office) -> None:
    matter, _, _ = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    office.sql("UPDATE role_grant SET left_on = ? WHERE person_id = ?", "2026-11-01", GIANG.id)
    answered = await office.answer_matter.answer_all(actor(GIANG), preview.buttons[0])

    assert answered.said == 0
    assert office.sql("SELECT count(*) FROM answer") == [(0,)]
    assert answered.left == {Hindrance.NO_RIGHT: 2}
    said = answered_page(office.letterhead.words, matter, answered, "vi")
    assert "2 ý kiến: anh/chị không còn quyền trả lời" in said
    assert "đồng nghiệp" not in said


async def hand_on(office: Office, case: Opinion) -> None:
    await forward(office, case, OTHER_WARD)


async def erase(office: Office, case: Opinion) -> None:
    await office.follow.erase_case(case.code, office.cause())


async def let_go(office: Office, case: Opinion) -> None:
    await take_out(office, case)


async def lend(office: Office, case: Opinion) -> None:
    office.sql("UPDATE opinion SET owner_id = ? WHERE id = ?", KHANH.id, case.id)


class Meanwhile(Between):
    """Something happens to a case after the press, before its turn has come."""

    def __init__(self, office: Office, case: Opinion, happens: Happening, at: int = 2) -> None:
        super().__init__(office.file)
        self.office, self.case, self.happens, self.at = office, case, happens, at
        self.times = 0

    @asynccontextmanager
    async def begin(self, cause: Cause | None = None, crowded: bool = False) -> AsyncIterator[Work]:
        self.times += 1
        if self.times == self.at:
            await self.happens(self.office, self.case)
        async with super().begin(cause, crowded) as work:
            yield work


@pytest.mark.parametrize(
    ("happens", "reason", "said"),
    [
        (hand_on, Hindrance.MOVED, "1 ý kiến: vừa được chuyển sang đơn vị khác"),
        (erase, Hindrance.ERASED, "1 ý kiến: người gửi vừa xóa ý kiến này"),
        (let_go, Hindrance.TAKEN_OUT, "1 ý kiến: vừa được đưa ra khỏi việc chung này"),
        (lend, Hindrance.ANOTHERS, "1 ý kiến: đồng nghiệp khác đang xử lý"),
    ],
)
async def test_what_becomes_of_a_case_while_others_are_answered_is_said_as_what_it_is(
    office: Office, happens: Happening, reason: Hindrance, said: str
) -> None:
    await hire(office, KHANH)
    matter, _, second = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    await office.answer_matter.begin_answers(actor(GIANG), preview.buttons[0], office.cause())
    answering = replace(office.answer_matter, memory=Meanwhile(office, second, happens))
    answered = await answering.answer_all(actor(GIANG), preview.buttons[0])
    await office.send_all()

    assert preview.count == 2
    assert (answered.said, answered.left) == (1, {reason: 1})
    assert said in answered_page(office.letterhead.words, matter, answered, "vi")
    assert office.sql("SELECT count(*) FROM answer") == [(1,)]


async def test_who_loses_the_role_while_others_are_answered_is_told_so(office: Office) -> None:
    matter, _, second = await two_gathered(office)
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())

    async def dismiss(office: Office, _: Opinion) -> None:
        left = "UPDATE role_grant SET left_on = ? WHERE person_id = ?"
        office.sql(left, "2026-11-01", GIANG.id)

    answering = replace(office.answer_matter, memory=Meanwhile(office, second, dismiss, at=3))
    answered = await answering.answer_all(actor(GIANG), preview.buttons[0])

    assert (answered.said, answered.left) == (1, {Hindrance.NO_RIGHT: 1})


@pytest.mark.parametrize("is_withdrawn", [False, True])
async def test_a_bulletin_that_stands_no_more_answers_nobody_and_the_unit_is_told(
    office: Office, is_withdrawn: bool
) -> None:
    matter, _, _ = await two_gathered(office)
    bulletin_id = await approve_answer(office, matter)
    if is_withdrawn:
        await office.go_round()
        ask = press((await page(office, matter)).buttons, "matter:answer")
        preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
        await office.withdraw.withdraw_bulletin(actor(HANH), bulletin_id, office.cause())
        answered = await office.answer_matter.answer_all(actor(GIANG), preview.buttons[0])
        assert (answered.halt, answered.said) == (Halt.BULLETIN, 0)
    else:
        await office.release.stop_bulletin(actor(HANH), bulletin_id, office.cause())
    await office.send_all()
    word = "bị thu hồi" if is_withdrawn else "bị dừng gửi"

    for chat in ("-1004", private(GIANG)):
        assert [one for one in office.gateway.to(chat) if f"“{NO_WATER}” đã {word}" in one.markup]
    assert office.sql("SELECT count(*) FROM answer") == [(0,)]


async def test_a_bulletin_that_fits_into_no_letter_is_refused_before_anybody_is_answered(
    office: Office,
) -> None:
    matter, _, _ = await two_gathered(office)
    await say_in_public(office, matter, text="Nước chảy lại. " * 170)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    with pytest.raises(Refusal, match=r"matter\.too_long"):
        await office.answer_matter.preview(actor(GIANG), ask, office.cause())


async def test_an_erased_case_leaves_its_matter(office: Office) -> None:
    matter, first, second = await two_gathered(office)
    await office.follow.erase_case(first.code, office.cause())

    assert [one.id for one in (await page(office, matter)).cases] == [second.id]
    assert office.sql("SELECT opinion_id FROM matter_case") == [(second.id,)]


async def test_a_case_that_is_handed_out_of_the_subtree_leaves_its_matter(
    office: Office,
) -> None:
    matter, first, second = await two_gathered(office)
    await forward(office, first, OTHER_WARD)

    assert [one.id for one in (await page(office, matter)).cases] == [second.id]
    assert office.sql("SELECT opinion_id FROM matter_case") == [(second.id,)]


async def test_a_case_that_was_joined_to_another_is_answered_along_with_it(
    office: Office,
) -> None:
    matter, first, _ = await two_gathered(office)
    twin = await file_opinion(office, WISH + " Mong sớm có nước.", STRANGER)
    await gather(office, twin, matter)
    await join_alike(office, twin, first)
    await say_in_public(office, matter)
    answered = await answer_all(office, matter)

    assert answered.said == 2
    assert len(letters_to(office, STRANGER.chat)) == 2
    assert office.sql("SELECT DISTINCT state FROM opinion") == [("answered",)]


async def test_a_case_that_was_answered_by_itself_or_closed_is_skipped(office: Office) -> None:
    matter, first, _ = await two_gathered(office)
    await opened(office, GIANG, first)
    button = await write_answer(office, first)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()
    await settle(office, "solved")
    await say_in_public(office, matter)
    answered = await answer_all(office, matter)

    assert answered.left == {Hindrance.ANSWERED: 1}
    assert letters_to(office, EM.chat) == []
    assert answered.said == 1


async def test_its_writer_reads_what_a_case_was_gathered_under(office: Office) -> None:
    _, first, _ = await two_gathered(office)
    mine = await OwnCases(office.memory, office.vault, office.clock).whole(first)

    assert mine.matter == NO_WATER


async def test_what_was_gathered_is_let_go_with_the_words(office: Office) -> None:
    _, first, second = await two_gathered(office)
    await opened(office, GIANG, first)
    button = await write_answer(office, first)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "solved")
    for _ in range(122):
        office.wait(days=1)
        await office.purge.forget_expired()

    assert office.sql("SELECT opinion_id FROM matter_case") == [(second.id,)]


async def test_a_merged_unit_takes_its_matters_along(office: Office) -> None:
    matter, first, second = await two_gathered(office)
    await reorganise(office, MERGE)
    async with office.memory.begin() as work:
        now = await work.matters.get(matter.id)
        cases = await work.matters.cases(matter.id, 0, 9)

    assert now.unit_id == OTHER_WARD.id
    assert [one.id for one in cases] == [first.id, second.id]


async def test_the_record_says_who_did_what_and_holds_no_title(office: Office) -> None:
    _, first, _ = await two_gathered(office)
    await take_out(office, first)
    entries = await office.record()
    acts = [one.event.action for one in entries if one.event.action.startswith("matter:")]

    assert acts == ["matter:open", "matter:gather", "matter:take_out"]
    assert NO_WATER not in str(entries)


async def test_a_title_that_was_asked_of_somebody_without_the_right_opens_nothing(
    office: Office,
) -> None:
    opinion = await file_opinion(office, WISH)
    dialog = Dialog(BINH.id, Awaited.MATTER_TITLE, opinion.id, WARD.id)
    with pytest.raises(Forbidden):
        await office.gather_cases.open_matter(actor(BINH), dialog, NO_WATER, office.cause())

    assert office.sql("SELECT count(*) FROM matter") == [(0,)]
