"""Who is there says so by the code of the hall, each once; a supervisor can say it of them."""

from datetime import timedelta

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.access import Permission, Person
from domain.model.activity import Gathered
from domain.model.conference import KEPT, MOST_MATERIALS
from domain.model.guest import Turnout
from domain.model.hall_code import MOST_WRONG, PAUSE, WINDOW, changes_at
from domain.usecases.conference_screen import ASK_MATERIAL, CODE, FIND
from handlers.activities import month_page
from handlers.own_pages import own_page
from tests.integration.storage.cast import AN, CHI, CITY, HANH, QUARTER, WARD
from tests.integration.usecases.communicators import DUNG, KIM, LAN, PHUC, TAM, join
from tests.integration.usecases.conferences import (
    HANH_ACTS,
    START,
    answer,
    begin,
    call,
    change,
    check_in,
    code,
    hold,
    mark,
    opened,
    send_conference_note,
    to_mark,
    to_send,
    turnout,
)
from tests.integration.usecases.office import Office, actor, pick, private


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def test_the_code_of_the_moment_makes_somebody_present_once(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    shown = await code(office, conference)

    assert await check_in(office, DUNG, shown.code)
    assert not await check_in(office, DUNG, shown.code)
    assert await turnout(office, conference) == Turnout(1, came=1)


async def test_a_code_is_good_until_the_next_but_one(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    office.clock.moment = START
    shown = await code(office, conference)
    office.clock.moment = changes_at(START) + WINDOW - timedelta(seconds=1)
    assert await check_in(office, DUNG, shown.code)

    office.wait(seconds=1)
    with pytest.raises(Refusal, match="wrong_code"):
        await check_in(office, KIM, shown.code)


async def test_a_wrong_code_five_times_means_ten_minutes_of_waiting(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    office.clock.moment = START
    for _ in range(MOST_WRONG):
        wrong = other_than((await code(office, conference)).code)
        with pytest.raises(Refusal, match="wrong_code"):
            await check_in(office, DUNG, wrong)
    right = (await code(office, conference)).code
    with pytest.raises(Refusal, match="too_many_tries"):
        await check_in(office, DUNG, right)
    assert await check_in(office, KIM, right), "it is nobody else's trouble"

    office.clock.moment += PAUSE
    assert await check_in(office, DUNG, (await code(office, conference)).code)
    assert office.sql("SELECT count(*) FROM wrong_code") == [(0,)]


async def test_a_right_code_again_gives_no_more_tries_at_another_one(office: Office) -> None:
    await join(office, DUNG)
    first, second = await call(office), await call(office, title="Hội nghị giao ban")
    office.clock.moment = START
    right = (await code(office, first)).code
    wrong = other_than((await code(office, second)).code)
    assert await check_in(office, DUNG, right)
    for _ in range(MOST_WRONG - 1):
        with pytest.raises(Refusal, match="wrong_code"):
            await check_in(office, DUNG, wrong)
    assert not await check_in(office, DUNG, right)
    with pytest.raises(Refusal, match="wrong_code"):
        await check_in(office, DUNG, wrong)

    with pytest.raises(Refusal, match="too_many_tries"):
        await check_in(office, DUNG, wrong)


async def test_a_code_that_was_repeated_counts_as_one_try(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    wrong, cause = other_than((await code(office, conference)).code), office.cause()
    with pytest.raises(Refusal, match="wrong_code"):
        await office.attend.check_in(actor(DUNG), wrong, cause)
    with pytest.raises(AlreadyProcessed):
        await office.attend.check_in(actor(DUNG), wrong, cause)

    assert office.sql("SELECT count FROM wrong_code") == [(1,)]


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-31, False), (-30, True), (149, True), (151, False)]
)
async def test_there_is_a_code_only_around_its_time(
    office: Office, minutes: int, is_open: bool
) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START + timedelta(minutes=minutes)

    assert (pick((await opened(office, conference)).buttons, CODE) is not None) is is_open
    if not is_open:
        with pytest.raises(LostRace, match="none_open"):
            await check_in(office, DUNG, "482913")


async def test_whoever_belongs_there_counts_uncalled_and_whoever_does_not_gets_no_hint(
    office: Office,
) -> None:
    await join(office, PHUC)
    conference = await call(office)
    await join(office, DUNG, LAN)
    office.clock.moment = START
    shown = (await code(office, conference)).code
    assert await check_in(office, DUNG, shown)
    with pytest.raises(LostRace, match="none_open"):
        await check_in(office, LAN, shown)
    with pytest.raises(Forbidden):
        await check_in(office, AN, shown)

    assert await turnout(office, conference) == Turnout(1, came=1)


async def test_of_two_at_one_time_a_code_is_that_of_its_own_alone(office: Office) -> None:
    await join(office, DUNG)
    first = await call(office)
    second = await call(office, title="Hội nghị giao ban")
    office.clock.moment = START
    await check_in(office, DUNG, (await code(office, second)).code)

    assert (await turnout(office, first)).came == 0
    assert (await turnout(office, second)).came == 1


async def test_a_supervisor_marks_somebody_by_hand_and_that_is_on_record(office: Office) -> None:
    await join(office, DUNG, KIM, LAN, Person("nam", "Năm", None, DUNG.grants))
    conference = await call(office)
    office.clock.moment = START
    await mark(office, conference, "nam")
    event = (await office.record())[-1].event

    assert await turnout(office, conference) == Turnout(2, came=1), "also without an account"
    assert (event.actor_id, event.action) == (HANH.id, Permission.CONFERENCE_MARK)
    assert (event.subject, event.detail) == (conference.id, "nam")
    assert await to_mark(office, conference, "lan") == (), "nobody of another ward is found"
    assert await to_mark(office, conference, "năm") == (), "nor who is there already"


async def test_marking_ends_three_days_after(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    await hold(office, conference)
    await mark(office, conference, "dung")
    office.wait(days=3)

    assert pick((await opened(office, conference)).buttons, FIND) is None
    with pytest.raises(Refusal, match="not_open"):
        await to_find(office, conference.id)


async def to_find(office: Office, conference_id: str) -> None:
    await office.attend.find(HANH_ACTS, conference_id, "dung", office.cause())


async def test_two_who_mark_the_same_person_mark_them_once(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    first, second = [(await to_mark(office, conference, "dung"))[0] for _ in range(2)]
    await office.attend.mark(HANH_ACTS, first, office.cause())
    with pytest.raises(LostRace, match="here_already"):
        await office.attend.mark(HANH_ACTS, second, office.cause())


async def test_nobody_else_sees_the_code_or_marks(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    button = (await to_mark(office, conference, "dung"))[0]
    for person in (AN, CHI, DUNG):
        for act in (office.attend.show_code, office.attend.mark):
            with pytest.raises(Forbidden):
                await act(actor(person), button, office.cause())


async def test_whoever_came_before_it_was_moved_has_not_come(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START - timedelta(minutes=10)
    await check_in(office, DUNG, (await code(office, conference)).code)
    moved = await change(office, conference, "start", "27/11/2026 8h")

    assert await turnout(office, moved) == Turnout(1)


async def test_what_belongs_to_it_goes_once_to_all_who_were_called_or_came(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    await join(office, TAM, LAN)
    await answer(office, KIM, "no")
    office.clock.moment = START
    await check_in(office, TAM, (await code(office, conference)).code)
    text = "Bài giảng: https://cantho.gov.vn/bai?a=1&b=2 <mới>"
    button = await to_send(office, conference, text)
    await office.send_conference_note.send(HANH_ACTS, button, office.cause())
    with pytest.raises(LostRace):
        await office.send_conference_note.send(HANH_ACTS, button, office.cause())
    await office.send_all()

    shown = "https://cantho.gov.vn/bai?a=1&amp;b=2 &lt;mới&gt;"
    copies = [
        sum(shown in one.markup for one in office.gateway.to(private(person)))
        for person in (DUNG, KIM, TAM, LAN)
    ]
    assert copies == [1, 1, 1, 0]


async def test_nothing_is_sent_before_it_has_begun(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    with pytest.raises(Refusal, match="no_material_now"):
        await office.send_conference_note.propose(
            HANH_ACTS, conference.id, "Tài liệu", office.cause()
        )


async def test_five_times_and_no_more(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START
    one_too_many = await to_send(office, conference, "Phần 6")
    for n in range(MOST_MATERIALS):
        await send_conference_note(office, conference, f"Phần {n}")

    assert pick((await opened(office, conference)).buttons, ASK_MATERIAL) is None
    with pytest.raises(Refusal, match="enough_materials"):
        await office.send_conference_note.send(HANH_ACTS, one_too_many, office.cause())


async def test_a_month_counts_what_was_held_and_who_came_by_place(office: Office) -> None:
    await join(office, DUNG, KIM, TAM, LAN)
    for number, came in enumerate([(DUNG, TAM), (DUNG,)]):
        conference = await call(office, start=f"{24 + number}/11/2026 8h")
        await answer(office, DUNG, "yes")
        office.clock.moment = START + timedelta(days=number - 2)
        for person in came:
            await check_in(office, person, (await code(office, conference)).code)
        await hold(office, conference)
    await call(office, start="28/11/2026 8h")
    month = await office.activity.show_month(actor(HANH), CITY.id)
    places = {place.unit.id: place.gathered for place in month.places}

    assert month.whole.gathered == Gathered(2, invited=6, yes=2, came=3)
    assert places[WARD.id] == Gathered(2, invited=6, yes=2, came=3)
    ward = await office.activity.show_month(actor(HANH), WARD.id)
    assert [p.gathered for p in ward.places] == [Gathered(0, invited=4, yes=2, came=2)]
    page = month_page(office.letterhead.words, ward, "vi")
    assert "đã tổ chức: <b>2</b>" in page
    assert "Được mời 6 lượt, báo dự 2, có mặt <b>3</b>" in page
    assert QUARTER.name in page


async def test_somebody_sees_on_their_own_page_how_often_they_came(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    office.clock.moment = START
    await check_in(office, DUNG, (await code(office, conference)).code)
    pages = [await office.own_sessions.show_page(actor(one)) for one in (DUNG, KIM)]
    shown = [str(own_page(office.letterhead.words, page, "vi")) for page in pages]

    assert [page.attended for page in pages] == [1, 0]
    assert ["đã dự tháng này: 1" in page for page in shown] == [True, False]


async def test_after_a_year_it_is_known_how_many_came_and_no_longer_who(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")
    office.clock.moment = START
    await check_in(office, DUNG, (await code(office, conference)).code)
    await hold(office, conference)
    office.clock.moment = START + KEPT
    await office.purge.forget_expired()
    assert await turnout(office, conference) == Turnout(2, 1, 1, 1)
    assert office.sql("SELECT count(*) FROM conference_guest") == [(2,)]

    office.wait(seconds=1)
    await office.purge.forget_expired()
    assert await turnout(office, conference) == Turnout(2, 1, 1, 1)
    assert office.sql("SELECT count(*) FROM conference_guest") == [(0,)]


async def test_a_draft_that_was_left_lying_goes_and_nothing_else_does(office: Office) -> None:
    await join(office, DUNG)
    await begin(office)
    await call(office)
    office.wait(days=60)
    await office.purge.forget_expired()
    assert office.sql("SELECT count(*) FROM conference") == [(2,)]

    office.wait(seconds=1)
    await office.purge.forget_expired()
    assert office.sql("SELECT state FROM conference") == [("called",)]


async def test_the_outbox_does_not_tell_who_answered_what(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    office.clock.moment = START - timedelta(hours=2)
    await office.follow_conferences.follow_due()
    await office.send_all()
    names = {origin for (origin,) in office.sql("SELECT origin_id FROM outbox")}

    assert len(names) == 2
    assert not [name for name in names if conference.id in name.split(":")]
