"""A matter in the chat: from a case in hand to the letter that each resident gets."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from domain.model.access import Role
from domain.model.matter import Matter
from domain.ports import Cause, Work
from tests.integration.storage.cast import AN, EM, GIANG, HANH, STRANGER, WARD
from tests.integration.telegram.house import House, presses, says
from tests.integration.usecases.between import Between
from tests.integration.usecases.matters import (
    NO_WATER,
    OTHER_WISH,
    PUBLIC,
    SOURCE,
    WISH,
    approve_answer,
    page,
    say_in_public,
)
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.office import press as pressed
from tests.integration.usecases.story import file_opinion, take

GIANG_ID, AN_ID = int(private(GIANG)), int(private(AN))


async def press(house: House, account: int, action: str, choice: str = "") -> None:
    button = await house.office.button(str(account), action, choice)
    await house.hears(presses(button.id, account))


async def begun(house: House) -> str:
    """Giang has gathered both cases under a new matter; its id."""
    office = house.office
    second = await take(office, await file_opinion(office, OTHER_WISH, STRANGER))
    await take(office, await file_opinion(office, WISH, EM))
    await press(house, GIANG_ID, "opinion:further")
    await press(house, GIANG_ID, "matter:gather")
    assert "Chưa có việc chung" in house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "matter:new", WARD.id)
    assert "xin đừng ghi tên người" in house.said_to(GIANG_ID)[-1]
    await house.hears(says("Chị Sáu, 0912345678", GIANG_ID, next(house.numbers)))
    assert "số điện thoại" in house.said_to(GIANG_ID)[-1]
    await house.hears(says(NO_WATER, GIANG_ID, next(house.numbers)))
    ((matter_id,),) = office.sql("SELECT id FROM matter")
    await office.triage.open_case(GIANG.actor_on(office.clock.now().date()), second.id)
    await office.send_all()
    await press(house, GIANG_ID, "opinion:further")
    await press(house, GIANG_ID, "matter:gather")
    await press(house, GIANG_ID, "matter:into", matter_id)
    return str(matter_id)


async def test_from_a_case_in_hand_to_a_letter_for_each(house: House) -> None:
    office = house.office
    matter_id = await begun(house)
    shown = house.said_to(GIANG_ID)[-1]
    assert NO_WATER in shown
    assert "2 ý kiến" in shown
    await press(house, GIANG_ID, "matter:compose")
    assert AN.name in house.said_to(GIANG_ID)[-1]
    await office.send_all()
    await house.hears(says(f"/start matter_{matter_id}", AN_ID, next(house.numbers)))
    assert "YK-" not in house.said_to(AN_ID)[-1]
    assert "Chưa có ý kiến" not in house.said_to(AN_ID)[-1]
    async with office.file.begin() as work:
        matter = await work.matters.get(matter_id)
    await approve_answer(office, matter, text=PUBLIC, source=SOURCE)
    await office.go_round()
    await house.hears(says(f"/start matter_{matter_id}", GIANG_ID, next(house.numbers)))
    await press(house, GIANG_ID, "matter:answer")
    assert PUBLIC in house.said_to(GIANG_ID)[-1]
    ((hash_of_it,),) = office.sql("SELECT hash FROM revision")
    await press(house, GIANG_ID, "matter:send", hash_of_it)
    await office.send_all()

    assert "đã trả lời 2 ý kiến" in house.said_to(GIANG_ID)[-1]
    for resident in (EM, STRANGER):
        assert PUBLIC in house.said_to(resident.chat)[-1]
    for group in ("-1001", "-1002", "-1004"):
        assert not [one for one in house.said_to(group) if "HC-" in one or WISH in one]


async def test_who_may_write_bulletins_begins_the_draft_with_one_press(house: House) -> None:
    office = house.office
    await begun(house)
    async with office.file.begin() as work:
        await work.people.grant(GIANG.id, Role.AUTHOR, WARD.id)
        await work.commit()
    await press(house, GIANG_ID, "matter:compose")

    assert office.sql("SELECT author_id, state FROM bulletin") == [(GIANG.id, "draft")]
    await house.hears(says(PUBLIC, GIANG_ID, next(house.numbers)))
    assert office.sql("SELECT title, text FROM bulletin_draft") == [
        (f"Trả lời chung: {NO_WATER}", PUBLIC)
    ]


async def test_open_matters_are_found_from_the_queue_and_a_case_tells_of_its_own(
    house: House,
) -> None:
    office = house.office
    matter_id = await begun(house)
    await house.hears(says("/hangdoi", GIANG_ID, next(house.numbers)))
    await press(house, GIANG_ID, "queue:matters")
    assert NO_WATER in house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "matter:show", matter_id)
    assert "2 ý kiến" in house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "matter:close")
    assert "đã kết thúc" in house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "matter:reopen")
    ((case,),) = office.sql("SELECT id FROM opinion ORDER BY seq LIMIT 1")
    await house.hears(says(f"/start case_{case}", GIANG_ID, next(house.numbers)))
    await office.send_all()
    assert "thuộc việc chung" in house.said_to(GIANG_ID)[-1]
    await press(house, GIANG_ID, "opinion:further")
    await press(house, GIANG_ID, "matter:gather")
    await press(house, GIANG_ID, "matter:take_out", matter_id)

    assert office.sql("SELECT count(*) FROM matter_case") == [(1,)]


class ClosedMeanwhile(Between):
    """The supervisor closes the matter when one of its cases has been answered."""

    def __init__(self, office: Office, matter: Matter) -> None:
        super().__init__(office.file)
        self.office, self.matter, self.is_closed = office, matter, False

    @asynccontextmanager
    async def begin(self, cause: Cause | None = None, crowded: bool = False) -> AsyncIterator[Work]:
        office = self.office
        if not self.is_closed and office.sql("SELECT count(*) FROM answer") == [(1,)]:
            self.is_closed = True
            close = pressed((await page(office, self.matter, HANH)).buttons, "matter:close")
            await office.gather_cases.close(actor(HANH), close, office.cause())
        async with super().begin(cause, crowded) as work:
            yield work


async def test_a_matter_that_is_closed_while_it_is_answered_is_told_as_closed(
    house: House,
) -> None:
    office = house.office
    matter_id = await begun(house)
    async with office.file.begin() as work:
        matter = await work.matters.get(matter_id)
    await say_in_public(office, matter)
    meanwhile = replace(office, crashing=ClosedMeanwhile(office, matter))
    late = House.on(meanwhile, house.rooms.words)
    late.numbers = house.numbers
    await late.hears(says(f"/start matter_{matter_id}", GIANG_ID, next(house.numbers)))
    await press(late, GIANG_ID, "matter:answer")
    ((hash_of_it,),) = office.sql("SELECT hash FROM revision")
    await press(late, GIANG_ID, "matter:send", hash_of_it)
    await office.send_all()
    said = house.said_to(GIANG_ID)
    told = next(one for one in said if "đã trả lời 1 ý kiến" in one)

    assert "Việc chung này vừa được kết thúc" in told
    assert "Bản tin vừa bị dừng" not in told
    assert "Việc chung này đã kết thúc" in said[-1]
    assert office.sql("SELECT count(*) FROM answer") == [(1,)]
    await press(late, GIANG_ID, "matter:reopen")
    await press(late, GIANG_ID, "matter:answer")
    await press(late, GIANG_ID, "matter:send", hash_of_it)
    assert office.sql("SELECT count(*) FROM answer") == [(2,)]
    await late.close()
