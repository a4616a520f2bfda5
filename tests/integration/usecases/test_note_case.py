"""Staff note something on a case: for each other, as long as the words, and for no letter."""

from dataclasses import replace

import pytest

from domain.errors import LostRace
from domain.model.opinion import Opinion, OpinionState
from tests.integration.storage.cast import EM, GIANG
from tests.integration.usecases.hands import KHANH, further, hire, opened
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import file_opinion

CALLED = "Đã gọi đội chiếu sáng, hẹn sáng thứ Hai."


async def noted(office: Office) -> Opinion:
    opinion = await file_opinion(office)
    await opened(office, GIANG, opinion)
    button = await further(office, GIANG, "opinion:note")
    await office.note_case.ask_note(actor(GIANG), button, office.cause())
    await office.note_case.add_note(actor(GIANG), opinion.id, CALLED, office.cause())
    await office.send_all()
    return opinion


async def test_a_colleague_who_opens_the_case_reads_it_with_who_wrote_it(office: Office) -> None:
    await hire(office, KHANH)
    await opened(office, KHANH, await noted(office))
    shown = office.gateway.to(private(KHANH))[-1].markup

    assert (CALLED in shown, "Giang" in shown) == (True, True)


async def test_its_resident_gets_nothing_of_it_but_reads_it_among_all_that_is_kept(
    office: Office,
) -> None:
    await noted(office)
    (kept,) = (await office.rights.view_kept(EM)).cases

    assert not any(CALLED in call.markup for call in office.gateway.to(EM.chat))
    assert [note.text for note in kept.notes] == [CALLED]


async def test_it_goes_with_the_words(office: Office) -> None:
    opinion = await noted(office)
    async with office.file.begin() as work:
        await work.opinions.erase(await work.opinions.get(opinion.id), office.clock.now())
        await work.commit()

    assert office.sql("SELECT count(*) FROM case_note") == [(0,)]


async def test_whose_words_were_erased_on_time_takes_no_note_any_more(office: Office) -> None:
    """A note asked for before comes too late; the menu then offers none."""
    opinion = await noted(office)
    async with office.file.begin() as work:
        was = await work.opinions.get(opinion.id)
        now, version = office.clock.now(), was.version + 1
        ended = replace(was, closed_at=now, waits_until=now, version=version)
        await work.opinions.save(replace(ended, state=OpinionState.CLOSED), was)
        await work.commit()
    office.wait(days=121)
    await office.purge.forget_expired()
    await opened(office, GIANG, opinion)

    assert not office.gateway.to(private(GIANG))[-1].payload.buttons
    with pytest.raises(LostRace, match="too_late"):
        await office.note_case.add_note(actor(GIANG), opinion.id, CALLED, office.cause())
    assert office.sql("SELECT count(*) FROM case_note") == [(0,)]


async def test_the_record_holds_nothing_of_it(office: Office) -> None:
    await noted(office)

    assert CALLED[:10] not in str(office.sql("SELECT * FROM audit"))
