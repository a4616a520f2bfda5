"""Who hears that a case is due soon, or late; each of it once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.model.access import Grant, Person, Role
from domain.model.case_news import CaseNews
from domain.model.delivery import Payload
from domain.model.opinion import Opinion
from domain.model.unit import Unit
from handlers.letterhead import CatalogLetterhead
from tests.integration.storage.cast import GIANG, HANH, OTHER_WARD, STAFF_GROUP, WARD
from tests.integration.usecases.hands import KHANH, THU, forward, hire
from tests.integration.usecases.office import Office, private
from tests.integration.usecases.story import LAMP, answer, file_opinion, take

STAFF_CHAT = STAFF_GROUP.address.chat


async def remind(office: Office) -> None:
    await office.remind_staff.remind_due()
    await office.send_all()


def told(office: Office, chat: str, sign: str) -> int:
    return sum(sign in call.markup for call in office.gateway.to(chat))


def leave(office: Office, *people: Person) -> None:
    """The staff group is gone, and so is the service of these people."""
    office.sql("UPDATE chat SET state = 'lost' WHERE id = ?", STAFF_GROUP.id)
    for person in people:
        office.sql("UPDATE role_grant SET left_on = '2026-11-01' WHERE person_id = ?", person.id)


async def overdue(office: Office) -> Opinion:
    """Giang has the case in hand, and its due date has gone by."""
    opinion = await take(office, await file_opinion(office))
    office.clock.moment = opinion.due_at + timedelta(minutes=1)
    await remind(office)
    return opinion


async def test_what_nobody_has_read_is_said_to_the_staff_group_once(office: Office) -> None:
    await file_opinion(office)
    office.wait(hours=7)
    await remind(office)
    await remind(office)

    assert told(office, STAFF_CHAT, "chưa có ai đọc") == 1
    assert told(office, private(HANH), "chưa có ai đọc") == 0


async def test_what_was_not_received_in_time_is_said_to_the_nearest_supervisor(
    office: Office,
) -> None:
    await hire(office, THU)
    await file_opinion(office)
    office.wait(days=4)
    await remind(office)

    assert told(office, private(THU), "quá hạn tiếp nhận") == 1
    assert told(office, private(HANH), "quá hạn tiếp nhận") == 0


async def test_before_the_due_date_only_whoever_has_it_is_reminded(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    office.clock.moment = opinion.due_at - timedelta(hours=1)
    await remind(office)

    assert told(office, private(GIANG), "sắp đến hạn") == 1
    assert told(office, STAFF_CHAT, "sắp đến hạn") == 0
    assert told(office, private(HANH), "sắp đến hạn") == 0


async def test_after_it_the_supervisor_hears_of_it_too(office: Office) -> None:
    await overdue(office)

    assert told(office, private(GIANG), "quá hạn trả lời") == 1
    assert told(office, private(HANH), "quá hạn trả lời") == 1


async def test_what_is_in_hand_and_due_much_later_is_not_read_each_minute(office: Office) -> None:
    waiting = await file_opinion(office)
    in_hand = await take(office, await file_opinion(office))
    async with office.file.begin() as work:
        now = await work.opinions.clocks(in_hand.due_at - timedelta(seconds=1))
        later = await work.opinions.clocks(in_hand.due_at)

    assert [one.id for one in now] == [waiting.id]
    assert {one.id for one in later} == {waiting.id, in_hand.id}


async def test_nothing_is_said_twice_over_a_restart(office: Office) -> None:
    await overdue(office)
    await office.restart()
    await remind(office)

    assert told(office, private(HANH), "quá hạn trả lời") == 1


async def test_what_fell_due_while_nothing_ran_is_said_afterwards(office: Office) -> None:
    opinion = await take(office, await file_opinion(office))
    office.clock.moment = opinion.due_at + timedelta(days=3)
    await office.restart()
    await remind(office)

    assert told(office, private(HANH), "quá hạn trả lời") == 1


async def test_what_is_answered_is_not_late(office: Office) -> None:
    opinion = await answer(office)
    office.clock.moment = opinion.due_at + timedelta(days=1)
    await remind(office)

    assert told(office, private(HANH), "quá hạn trả lời") == 0


async def test_the_new_unit_is_reminded_of_its_own_clock(office: Office) -> None:
    opinion = await file_opinion(office)
    office.wait(days=4)
    await remind(office)
    await forward(office, opinion)
    office.wait(days=4)
    await remind(office)

    assert told(office, private(HANH), "quá hạn tiếp nhận") == 2


async def test_where_nobody_handles_cases_whoever_looks_after_them_is_reminded(
    office: Office,
) -> None:
    leave(office, GIANG)
    await file_opinion(office)
    office.wait(hours=7)
    await remind(office)

    assert told(office, private(HANH), "chưa có ai đọc") == 1


async def test_what_nobody_was_there_to_hear_is_said_once_somebody_is(office: Office) -> None:
    leave(office, GIANG, HANH)
    await file_opinion(office)
    office.wait(hours=7)
    await remind(office)
    await hire(office, KHANH)
    await remind(office)
    await remind(office)

    assert told(office, private(KHANH), "chưa có ai đọc") == 1


async def test_whose_term_has_not_begun_looks_after_nothing_yet(office: Office) -> None:
    begins = replace(THU.grants[0], valid_from=date(2027, 1, 1))
    here_already = Grant(Role.COMMUNICATOR, WARD.id)
    other = Grant(Role.SUPERVISOR, OTHER_WARD.id)
    await hire(office, replace(THU, grants=(begins, here_already, other)))
    await overdue(office)

    assert told(office, private(THU), "quá hạn trả lời") == 0
    assert told(office, private(HANH), "quá hạn trả lời") == 1


async def test_the_cards_have_none_of_the_words(office: Office) -> None:
    await overdue(office)
    cards = str([call.markup for call in office.gateway.to(private(HANH))])

    assert LAMP[:10] not in cards


class Torn(CatalogLetterhead):
    """No paper for the first case that is asked for."""

    def news_card(self, news: CaseNews, opinion: Opinion, unit: Unit, by: str = "") -> Payload:
        if opinion.text == LAMP:
            raise ValueError(opinion.id)
        return super().news_card(news, opinion, unit, by)


async def test_one_that_cannot_be_said_holds_up_no_other_and_is_seen(office: Office) -> None:
    await file_opinion(office)
    second = await file_opinion(office, "Cống nghẹt.")
    office.wait(hours=7)
    torn = Torn(office.letterhead.words, office.letterhead.deep_link)

    with pytest.raises(ExceptionGroup):
        await replace(office.remind_staff, letterhead=torn).remind_due()
    assert office.sql("SELECT opinion_id FROM case_step") == [(second.id,)]
