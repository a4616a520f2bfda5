"""People are called to a conference in private, once, and answer as long as they like."""

from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Permission, Person
from domain.model.delivery import Lane
from domain.model.guest import Turnout
from domain.usecases.conference_screen import (
    ANSWER,
    ASK_CANCEL,
    CALL,
    CANCEL,
    CHOOSE,
    DISCARD,
    EDIT,
    LIST,
    MINE,
    NEW,
    SEE,
)
from tests.integration.storage.cast import AN, CHI, HANH
from tests.integration.usecases.communicators import DUNG, KIM, LAN, PHUC, TAM, join
from tests.integration.usecases.conferences import (
    HANH_ACTS,
    SAID,
    START,
    answer,
    begin,
    call,
    cancel,
    change,
    opened,
    prepare,
    to_answer,
    turnout,
)
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.statements import statements
from tests.integration.usecases.test_morning_cards import A_FEW, CROWD


def got(office: Office, person: Person) -> list[str]:
    return [call.markup for call in office.gateway.to(private(person))]


async def test_everything_is_asked_in_turn_and_shown_whole_before_anybody_is_called(
    office: Office,
) -> None:
    await join(office, DUNG, KIM)
    view, asked = await begin(office), []
    for typed in SAID.values():
        asked.append(view.asked)
        about = (view.conference.id, view.asked, typed)
        view = await office.call_conference.say(HANH_ACTS, *about, office.cause())

    assert asked == list(SAID)
    assert (view.asked, view.called, view.away) == ("", 2, 0)
    assert office.sql("SELECT count(*) FROM outbox") == [(0,)]


async def test_a_choice_can_be_pressed(office: Office) -> None:
    view = await begin(office)
    button = press(view.buttons, CHOOSE, "kind:hoi_nghi")
    view = await office.call_conference.choose(HANH_ACTS, button, office.cause())

    assert (view.conference.kind, view.asked) == ("hoi_nghi", "title")


@pytest.mark.parametrize(
    ("key", "typed", "why"),
    [
        ("title", "   ", "conference.empty"),
        ("title", "ạ" * 151, "conference.too_long"),
        ("start", "hôm nay 1h", "conference.start_past"),
        ("start", "20/11/2028 8h", "moment.too_far"),
        ("minutes", "đến 7h", "conference.ends_before"),
        ("audience", "mọi người", "conference.press_one"),
        ("kind", "liên hoan", "conference.press_one"),
    ],
)
async def test_what_cannot_be_is_named_and_nothing_is_lost(
    office: Office, key: str, typed: str, why: str
) -> None:
    draft = (await prepare(office)).conference
    with pytest.raises(Refusal) as refused:
        await office.call_conference.say(HANH_ACTS, draft.id, key, typed, office.cause())
    assert refused.value.key == why
    async with office.file.begin() as work:
        assert await work.conferences.get(draft.id) == draft


async def test_what_was_said_can_be_said_again(office: Office) -> None:
    await join(office, DUNG)
    view = await prepare(office)
    view = await office.call_conference.open(HANH_ACTS, press(view.buttons, EDIT, "place"))
    assert view.asked == "place"
    about = (view.conference.id, "place", "Hội trường B")
    view = await office.call_conference.say(HANH_ACTS, *about, office.cause())

    assert (view.asked, view.conference.place) == ("", "Hội trường B")


async def test_whoever_carries_the_work_there_gets_an_invitation_and_no_group_does(
    office: Office,
) -> None:
    await join(office, DUNG, KIM, LAN, TAM, PHUC)
    conference = await call(office)

    for person in (DUNG, KIM, TAM, PHUC):
        (card,) = got(office, person)
        assert "Kỹ năng &lt;số&gt; &amp; an toàn mạng" in card
        assert "Hội trường UBND phường" in card
        assert "8 giờ" in card or "8:00" in card
    assert got(office, LAN) == []
    assert not [one for one in office.gateway.calls if one.chat.startswith("-")]
    assert await turnout(office, conference) == Turnout(invited=4)


async def test_only_one_role_can_be_called(office: Office) -> None:
    await join(office, DUNG, TAM, PHUC)
    await call(office, audience="speaker")

    assert [bool(got(office, one)) for one in (DUNG, TAM, PHUC)] == [False, False, True]


async def test_whoever_has_no_account_is_counted_before_and_not_called(office: Office) -> None:
    await join(office, DUNG, Person("nam", "Năm", None, DUNG.grants))
    view = await prepare(office)

    assert (view.called, view.away) == (1, 1)
    assert await turnout(office, await call(office)) == Turnout(invited=1)


async def test_where_nobody_can_be_called_the_draft_stays(office: Office) -> None:
    view = await prepare(office)
    with pytest.raises(Refusal, match="nobody"):
        await office.call_conference.call(HANH_ACTS, press(view.buttons, CALL), office.cause())
    listed = await office.call_conference.list_conferences(HANH_ACTS)
    assert [one.id for one in listed.conferences] == [view.conference.id]


async def test_it_comes_in_the_language_of_whoever_gets_it(office: Office) -> None:
    await join(office, DUNG, KIM)
    office.sql("UPDATE person SET languages = 'km,vi' WHERE id = 'kim'")
    await call(office)

    assert "អញ្ជើញ" in got(office, KIM)[0]
    assert "mời anh/chị" in got(office, DUNG)[0]


async def test_in_quiet_hours_an_invitation_waits_for_the_morning(office: Office) -> None:
    await join(office, DUNG)
    office.wait(hours=13)
    await call(office)
    assert got(office, DUNG) == []
    office.wait(hours=7, minutes=59)
    await office.send_all()
    assert got(office, DUNG) == []

    office.wait(minutes=1)
    await office.send_all()
    assert len(got(office, DUNG)) == 1


async def test_a_crowd_is_called_behind_the_groups_after_a_few_statements(office: Office) -> None:
    await join(
        office,
        *(Person(f"d{n}", "Dung", f"telegram:{9000 + n}", DUNG.grants) for n in range(CROWD)),
    )
    button = press((await prepare(office)).buttons, CALL)
    with statements(office) as made:
        await office.call_conference.call(HANH_ACTS, button, office.cause())

    assert len(made) < A_FEW
    lanes = office.sql("SELECT DISTINCT bot_id, lane FROM outbox")
    assert lanes == [(0, Lane.BULK)]
    assert office.sql("SELECT count(*), count(DISTINCT payload) FROM outbox") == [(CROWD, 1)]
    assert office.sql("SELECT count(*) FROM button WHERE action = 'conference:attend'") == [(2,)]


async def test_an_answer_stands_until_another_takes_its_place(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")
    assert await turnout(office, conference) == Turnout(2, yes=1, no=1)

    await answer(office, DUNG, "no")
    assert await turnout(office, conference) == Turnout(2, yes=0, no=2)


async def test_the_same_answer_twice_changes_nothing(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, DUNG, "yes")

    assert await turnout(office, conference) == Turnout(1, yes=1)


async def test_once_it_has_begun_no_answer_is_taken(office: Office) -> None:
    await join(office, DUNG)
    await call(office)
    button = await to_answer(office, DUNG, "yes")
    office.clock.moment = START

    with pytest.raises(Refusal, match="begun"):
        await office.invitations.answer(actor(DUNG), button, office.cause())


async def test_whoever_was_not_called_cannot_answer(office: Office) -> None:
    await join(office, DUNG, LAN)
    conference = await call(office)
    button = await to_answer(office, DUNG, "yes")
    for person in (LAN, AN):
        with pytest.raises(Forbidden):
            await office.invitations.answer(actor(person), button, office.cause())

    assert await turnout(office, conference) == Turnout(1)


async def test_somebody_sees_what_they_are_called_to_and_answers_from_there(office: Office) -> None:
    await join(office, DUNG, LAN)
    conference = await call(office)
    mine = await office.invitations.list_mine(actor(DUNG), office.cause())
    view = await office.invitations.see(actor(DUNG), press(mine.buttons, SEE), office.cause())
    yes = press(view.buttons, ANSWER, "yes")
    await office.invitations.answer(actor(DUNG), yes, office.cause())

    assert await turnout(office, conference) == Turnout(1, yes=1)
    assert (await office.invitations.list_mine(actor(LAN))).lines == ()


async def test_answers_are_on_no_record(office: Office) -> None:
    await join(office, DUNG)
    await call(office)
    before = len(await office.record())
    await answer(office, DUNG, "yes")

    assert len(await office.record()) == before


@pytest.mark.parametrize("who", [AN, CHI, DUNG])
async def test_nobody_else_calls_people(office: Office, who: Person) -> None:
    await join(office, DUNG)
    conference = await call(office)
    for act in (office.call_conference.open, office.change_conference.ask_cancel):
        button = press((await opened(office, conference)).buttons, LIST)
        with pytest.raises(Forbidden):
            await act(actor(who), button, office.cause())
    with pytest.raises(Forbidden):
        await office.call_conference.list_conferences(actor(who))


async def test_a_draft_is_seen_by_its_maker_alone_and_can_be_thrown_away(office: Office) -> None:
    view = await begin(office)
    await office.call_conference.discard(HANH_ACTS, press(view.buttons, DISCARD), office.cause())

    listed = await office.call_conference.list_conferences(HANH_ACTS)
    assert listed.conferences == ()
    assert pick(listed.buttons, NEW)


async def test_a_supervisor_who_is_called_elsewhere_finds_the_way_there(office: Office) -> None:
    assert not pick((await office.call_conference.list_conferences(HANH_ACTS)).buttons, MINE)


async def test_what_was_called_cannot_be_thrown_away_or_called_again(office: Office) -> None:
    await join(office, DUNG)
    view = await prepare(office)
    yes, away = press(view.buttons, CALL), press(view.buttons, DISCARD)
    await office.call_conference.call(HANH_ACTS, yes, office.cause())
    for act, button in ((office.call_conference.call, yes), (office.call_conference.discard, away)):
        with pytest.raises(LostRace):
            await act(HANH_ACTS, button, office.cause())
    await office.send_all()

    assert len(got(office, DUNG)) == 1


async def test_at_another_time_everybody_is_told_and_asked_anew(office: Office) -> None:
    await join(office, DUNG, KIM, TAM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")
    old = await to_answer(office, DUNG, "yes")
    moved = await change(office, conference, "start", "thứ sáu 27/11 14h")

    assert await turnout(office, moved) == Turnout(3)
    for person in (DUNG, KIM, TAM):
        assert "đổi giờ" in got(office, person)[-1]
    with pytest.raises(LostRace):
        await office.invitations.answer(actor(DUNG), old, office.cause())
    await answer(office, DUNG, "yes")
    assert await turnout(office, moved) == Turnout(3, yes=1)


async def test_at_another_place_answers_stand_and_whoever_said_no_is_left_alone(
    office: Office,
) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")
    moved = await change(office, conference, "place", "Nhà văn hóa Khu vực 1")

    assert "Nhà văn hóa Khu vực 1" in got(office, DUNG)[-1]
    assert len(got(office, KIM)) == 1
    assert await turnout(office, moved) == Turnout(2, yes=1, no=1)


async def test_when_it_is_cancelled_whoever_has_not_said_no_is_told(office: Office) -> None:
    await join(office, DUNG, KIM, TAM)
    conference = await call(office)
    await answer(office, DUNG, "yes")
    await answer(office, KIM, "no")
    button = await to_answer(office, TAM, "yes")
    await cancel(office, conference)

    assert ["đã hủy" in got(office, one)[-1] for one in (DUNG, KIM, TAM)] == [True, False, True]
    with pytest.raises(LostRace):
        await office.invitations.answer(actor(TAM), button, office.cause())
    assert office.sql("SELECT state, secret FROM conference") == [("cancelled", "")]


async def test_until_its_end_it_can_be_cancelled_and_no_later(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    office.clock.moment = START + timedelta(minutes=119)
    asked = press((await opened(office, conference)).buttons, ASK_CANCEL)
    proposal = await office.change_conference.ask_cancel(HANH_ACTS, asked, office.cause())
    before = got(office, DUNG)
    office.wait(minutes=1)
    with pytest.raises(LostRace, match="begun"):
        await office.change_conference.ask_cancel(HANH_ACTS, asked, office.cause())
    button = press(proposal.buttons, CANCEL)
    with pytest.raises(LostRace, match="begun"):
        await office.change_conference.cancel(HANH_ACTS, button, office.cause())
    await office.send_all()

    assert pick((await opened(office, conference)).buttons, ASK_CANCEL) is None
    assert got(office, DUNG) == before
    assert office.sql("SELECT state FROM conference") == [("called",)]


async def test_what_has_changed_since_it_was_looked_at_is_not_changed_again(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    about = (HANH_ACTS, conference.id, "move_place")
    first = await office.change_conference.propose(*about, "Hội trường B", office.cause())
    second = await office.change_conference.propose(*about, "Hội trường C", office.cause())
    await office.change_conference.change(HANH_ACTS, first.buttons[0], office.cause())
    with pytest.raises(LostRace):
        await office.change_conference.change(HANH_ACTS, second.buttons[0], office.cause())

    assert office.sql("SELECT place FROM conference") == [("Hội trường B",)]


async def test_calling_is_on_record_with_how_many_and_no_names(office: Office) -> None:
    await join(office, DUNG, KIM)
    conference = await call(office)
    event = (await office.record())[-1].event

    assert (event.actor_id, event.action) == (HANH.id, Permission.CONFERENCE_CALL)
    assert (event.subject, event.detail) == (conference.id, "invited=2")


async def test_the_secret_is_in_no_message_no_button_and_no_record(office: Office) -> None:
    await join(office, DUNG)
    conference = await call(office)
    assert conference.secret
    said = [call.markup for call in office.gateway.calls]
    kept = [office.sql(f"SELECT * FROM {table}") for table in ("audit", "button", "outbox")]

    assert conference.secret not in f"{said} {kept}"
