"""A matter of many cases: every page, every letter, and no more work for a case than among few.

Thirty of them, or as many as GATHERED says.
"""

import os
from dataclasses import replace

from sqlalchemy import event

from domain.model.chat import Address
from domain.model.matter import Matter
from domain.model.opinion import Opinion, OpinionState
from domain.model.sending import Done
from tests.integration.storage.cast import EM, GIANG, OPINION
from tests.integration.usecases.matters import NO_WATER, PUBLIC, page, say_in_public
from tests.integration.usecases.office import Office, actor, press

MANY = int(os.environ.get("GATHERED", "30"))
IN_FLIGHT = 16
MOST_STATEMENTS = 45
"""For each case that is answered, to its letter in the resident's chat."""


def case(number: int) -> Opinion:
    return replace(
        OPINION,
        id=f"w{number}",
        code=f"HC-{number:05}",
        number=f"YK-{number:05}",
        handle=f"w{number}",
        text=f"Mất nước ở nhà số {number}.",
        state=OpinionState.IN_PROGRESS,
        owner_id=GIANG.id,
    )


def writer(number: int) -> Address:
    return replace(EM, chat=str(9_000_000 + number))


async def many_gathered(office: Office) -> Matter:
    """All in Giang's hands."""
    matter = Matter("m1", OPINION.unit_id, NO_WATER, GIANG.id, office.clock.now())
    for number in range(MANY):
        await office.vault.seal_address(f"w{number}", writer(number), office.clock.now())
    async with office.file.begin() as work:
        await work.matters.add(matter)
        for number in range(MANY):
            await work.opinions.add(case(number))
            await work.matters.put_in(matter.id, f"w{number}")
        await work.commit()
    return matter


async def send_all(office: Office) -> None:
    """The sender's loop, as many at once as it sends by itself."""
    deliver, done, taken = office.deliver, list[Done](), 1
    while taken:
        claims = await deliver.go_round(done, IN_FLIGHT)
        done, taken = [await deliver.send(one) for one in claims.claimed], claims.taken


async def test_every_case_of_many_stands_on_one_page(office: Office) -> None:
    matter, listed, after = await many_gathered(office), list[str](), 0
    shown = await page(office, matter)
    while shown.cases:
        listed += [one.number for one in shown.cases]
        after = shown.cases[-1].seq
        shown = await page(office, matter, after=after)

    assert shown.count == MANY
    assert listed == [case(number).number for number in range(MANY)]


async def test_each_of_many_gets_one_letter_for_no_more_work_than_among_few(office: Office) -> None:
    matter, statements = await many_gathered(office), list[str]()
    await say_in_public(office, matter)
    ask = press((await page(office, matter)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(GIANG), ask, office.cause())
    send = press(preview.buttons, "matter:send")
    await office.answer_matter.begin_answers(actor(GIANG), send, office.cause())
    engine = office.file.engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    answered = await office.answer_matter.answer_all(actor(GIANG), send)
    await send_all(office)

    assert (preview.count, answered.said, answered.left.total()) == (MANY, MANY, 0)
    assert len(statements) <= MANY * MOST_STATEMENTS
    for number in range(MANY):
        (letter,) = office.gateway.to(writer(number).chat)
        assert PUBLIC in letter.markup
        assert case(number).code in letter.markup
