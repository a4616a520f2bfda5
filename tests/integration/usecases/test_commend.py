"""A good word: it arrives, stands on one page, can be taken back, and is nobody else's."""

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.access import Grant, Person, Role
from domain.model.button import Button
from domain.model.delivery import EntryState, NotSent, Unknown
from domain.model.roster import Seat, TeamRole
from domain.usecases.commend import ASK, LIST, PAGE, SHOWN, TAKE_BACK, CommendationPage
from domain.usecases.review_own_sessions import LAST_SHOWN, THANKS
from tests.integration.storage.cast import AN, GIANG, HANH, OTHER_WARD, QUARTER
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, pick, press, private
from tests.integration.usecases.sessions import fill, hand_in

KHANH = Person("khanh", "Khánh", "telegram:120", (Grant(Role.SUPERVISOR, OTHER_WARD.id),))
PRAISE = "Buổi ở hẻm 12 nói dễ hiểu, bà con hỏi nhiều. Cần gì gọi 0912 345 678."
ABOUT = f"{DUNG.id}@{QUARTER.id}"


async def praise(office: Office, text: str = PRAISE, who: Person = HANH) -> CommendationPage:
    return await office.commend.give(actor(who), ABOUT, text, office.cause())


async def listed(office: Office, who: Person = HANH) -> CommendationPage:
    button = Button("b", LIST, ABOUT, "", 1, "", office.clock.now())
    return await office.commend.list_given(actor(who), button, office.cause())


async def own(office: Office, who: Person = DUNG) -> list[str]:
    page = await office.own_sessions.show_page(actor(who), office.cause())
    return [one.given.text for one in page.thanks]


async def take_back(office: Office, who: Person = HANH) -> CommendationPage:
    button = press((await listed(office)).buttons, TAKE_BACK)
    return await office.commend.take_back(actor(who), button, office.cause())


def arrived(office: Office) -> list[str]:
    return [call.markup for call in office.gateway.to(private(DUNG))]


async def test_it_arrives_and_stands_on_the_persons_own_page(office: Office) -> None:
    await join(office, DUNG, KIM)
    await praise(office)
    await office.send_all()

    (message,) = arrived(office)
    assert "bà con hỏi nhiều" in message
    assert "0912" not in message, "numbers are masked"
    assert (await own(office), await own(office, KIM)) == ([PRAISE], [])


async def test_it_comes_in_the_language_of_whoever_gets_it(office: Office) -> None:
    await join(office, DUNG)
    office.sql("UPDATE person SET languages = 'km,vi' WHERE id = 'dung'")
    await praise(office)
    await office.send_all()

    assert "ពាក្យសរសើរ" in arrived(office)[0]


async def test_only_whoever_is_in_charge_there_writes_or_reads_it(office: Office) -> None:
    await join(office, DUNG, KIM, KHANH)
    await praise(office)
    for person in (AN, GIANG, KIM, KHANH, DUNG):
        with pytest.raises(Forbidden):
            await praise(office, who=person)
        with pytest.raises(Forbidden):
            await listed(office, person)


async def test_whoever_leads_the_team_there_may_but_not_about_themselves(office: Office) -> None:
    await join(office, DUNG, KIM)
    async with office.file.begin() as work:
        await work.roster.seat([(KIM.id, Seat(QUARTER.id, "Tổ 1", TeamRole.LEADER))])
        await work.commit()
    await praise(office, who=KIM)

    assert await own(office) == [PRAISE]
    about = f"{KIM.id}@{QUARTER.id}"
    with pytest.raises(Forbidden):
        await office.commend.give(actor(KIM), about, PRAISE, office.cause())


async def test_it_is_for_those_who_serve_there(office: Office) -> None:
    await join(office, LAN)
    for about in (f"{LAN.id}@{QUARTER.id}", f"{AN.id}@{QUARTER.id}"):
        with pytest.raises(Forbidden) as refused:
            await office.commend.give(actor(HANH), about, PRAISE, office.cause())
        assert refused.value.key == "commendation.not_for_them"


async def test_it_is_reached_from_the_person_and_from_a_session_that_waits(office: Office) -> None:
    await join(office, DUNG)
    button = Button("b", "staff:person", QUARTER.id, DUNG.id, 1, "", office.clock.now())
    page = await office.staff.show_person(actor(HANH), button, office.cause())
    await hand_in(office, await fill(office))
    waiting = await office.confirm_sessions.list_waiting(actor(HANH), office.cause())
    review = press(waiting.buttons, "session:review")
    reviewed = await office.confirm_sessions.open_session(actor(HANH), review, office.cause())
    ways = (press(page.buttons, LIST), press(reviewed.screen.buttons, LIST))

    assert [way.subject for way in ways] == [ABOUT, ABOUT]


async def test_taken_back_it_is_gone_from_the_page_and_from_the_chat(office: Office) -> None:
    await join(office, DUNG)
    await praise(office)
    await office.send_all()
    page = await take_back(office)
    await office.take_back.delete_expired()

    assert (page.given, await own(office)) == ((), [])
    assert [call.act for call in office.gateway.calls if call.chat == private(DUNG)][-1] == "delete"
    assert PRAISE[:20] not in str(office.sql("SELECT payload FROM outbox"))


async def test_taken_back_before_it_went_out_it_never_does(office: Office) -> None:
    await join(office, DUNG)
    await praise(office)
    await take_back(office)
    await office.send_all()

    assert arrived(office) == []


async def test_taken_back_while_nobody_knows_it_is_not_repeated(office: Office) -> None:
    await join(office, DUNG)
    office.gateway.will(private(DUNG), Unknown("reset"))
    await praise(office)
    await office.send_one()
    await take_back(office)
    office.wait(hours=1)
    await office.send_all()

    assert len(arrived(office)) == 1


async def test_while_it_is_being_sent_it_cannot_be_taken_back(office: Office) -> None:
    await join(office, DUNG)
    await praise(office)
    claims = await office.deliver.go_round([], 1)
    with pytest.raises(LostRace) as refused:
        await take_back(office)

    assert refused.value.key == "commendation.on_its_way"
    assert len(claims.claimed) == 1
    assert await own(office) == [PRAISE]


async def test_only_its_author_takes_it_back_and_only_once(office: Office) -> None:
    await join(office, DUNG, KIM)
    async with office.file.begin() as work:
        await work.roster.seat([(KIM.id, Seat(QUARTER.id, "Tổ 1", TeamRole.LEADER))])
        await work.commit()
    await praise(office)
    assert pick((await listed(office, KIM)).buttons, TAKE_BACK) is None
    button = press((await listed(office)).buttons, TAKE_BACK)
    with pytest.raises(Forbidden):
        await office.commend.take_back(actor(KIM), button, office.cause())
    await office.commend.take_back(actor(HANH), button, office.cause())
    with pytest.raises(LostRace) as refused:
        await office.commend.take_back(actor(HANH), button, office.cause())

    assert refused.value.key == "commendation.gone"


async def test_whoever_has_not_joined_finds_it_later(office: Office) -> None:
    unseen = Person(DUNG.id, DUNG.name, None, DUNG.grants)
    await join(office, unseen)
    await praise(office)
    await office.send_all()

    assert arrived(office) == []
    assert await own(office) == [PRAISE]


@pytest.mark.parametrize("text", ["", "  \n ", "ă" * 301])
async def test_no_words_or_too_many_are_refused_and_change_nothing(
    office: Office, text: str
) -> None:
    await join(office, DUNG)
    button = press((await listed(office)).buttons, ASK)
    await office.commend.ask_words(actor(HANH), button, office.cause())
    before = await office.record()
    with pytest.raises(Refusal):
        await praise(office, text)

    assert (await own(office), await office.record()) == ([], before)


async def test_the_last_ones_are_shown_the_newest_in_front(office: Office) -> None:
    await join(office, DUNG)
    for n in range(SHOWN + 2):
        await praise(office, f"Lời số {n}")
        office.wait(days=1)

    newest = [f"Lời số {n}" for n in range(SHOWN + 1, -1, -1)]
    page = await listed(office)
    more = press(page.buttons, PAGE, "1")
    rest = await office.commend.list_given(actor(HANH), more, office.cause())
    assert [one.given.text for one in (*page.given, *rest.given)] == newest
    assert pick(rest.buttons, TAKE_BACK), "the oldest can still be taken back"


async def test_ones_own_page_has_the_last_and_leads_to_all_of_them(office: Office) -> None:
    await join(office, DUNG)
    for n in range(SHOWN + 2):
        await praise(office, f"Lời số {n}")
        office.wait(days=1)
    page = await office.own_sessions.show_page(actor(DUNG), office.cause())
    shown, button = list[str](), pick(page.buttons, THANKS)
    while button:
        thanks = await office.own_sessions.show_thanks(actor(DUNG), button, office.cause())
        shown += [one.given.text for one in thanks.thanks]
        button = pick(thanks.buttons, THANKS, str(int(button.choice) + 1))

    newest = [f"Lời số {n}" for n in range(SHOWN + 1, -1, -1)]
    assert [one.given.text for one in page.thanks] == newest[:LAST_SHOWN]
    assert shown == newest


async def test_the_record_knows_who_and_whom_and_not_the_words(office: Office) -> None:
    await join(office, DUNG)
    await praise(office)
    event = (await office.record())[-1].event

    assert (event.actor_id, event.subject) == (HANH.id, DUNG.id)
    assert PRAISE[:10] not in str(office.sql("SELECT * FROM audit"))


async def test_a_crash_leaves_it_given_and_owed_or_not_at_all(office: Office) -> None:
    await join(office, DUNG)
    cause = office.cause()
    for after, found in ((False, []), (True, [PRAISE])):
        office.crashing = CrashingMemory(office.file, after)
        with pytest.raises(Crash):
            await office.commend.give(actor(HANH), ABOUT, PRAISE, cause)
        office.crashing = None
        states = await office.states("card")

        assert await own(office) == found
        assert list(states.values()) == [EntryState.QUEUED] * len(found)
    with pytest.raises(AlreadyProcessed):
        await office.commend.give(actor(HANH), ABOUT, PRAISE, cause)


async def test_what_surely_never_left_is_sent_again(office: Office) -> None:
    await join(office, DUNG)
    office.gateway.will(private(DUNG), NotSent("refused"))
    await praise(office)
    await office.send_one()
    office.wait(minutes=1)
    await office.send_all()

    assert len(arrived(office)) == 2
