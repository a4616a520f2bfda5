"""A start with yesterday's state: what is owed is in doubt, what was erased stays erased."""

from datetime import timedelta

import pytest

from domain.model.broadcast import BroadcastState
from domain.model.button import STAFF
from domain.model.delivery import EntryState
from domain.model.duty import OFFICE, Watch
from domain.model.erasure import BACKUP_KEPT, ErasedKind
from domain.model.opinion import OpinionState
from domain.ports import Received
from domain.usecases.restore import Aftermath
from domain.usecases.visit import Visit
from storage.erasures import ErasureJournal
from tests.integration.storage.cast import (
    AN,
    BINH,
    BOT,
    EM,
    GROUP,
    QUARTER_GROUP,
    STAFF_GROUP,
    WARD,
)
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.media import add_photo
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.sessions import DUNG_ACTS, fill, to_edit
from tests.integration.usecases.story import (
    LAMP,
    answer,
    approve,
    confirm_step,
    file_opinion,
    left_open,
    release,
    submit,
)

WARD_CHAT, QUARTER_CHAT = GROUP.address.chat, QUARTER_GROUP.address.chat


async def restored(office: Office) -> Aftermath:
    """The databases as they are were brought back from a backup of this moment."""
    found = await office.restore.go_on_from(office.clock.now())
    await office.restart()
    return found


def journal(office: Office) -> ErasureJournal:
    return ErasureJournal(office.databases.folder / "erasures", office.clock)


async def test_what_was_in_line_is_uncertain_and_goes_out_no_more(office: Office) -> None:
    await release(office)
    found = await restored(office)
    await office.go_round()

    assert found.doubtful == 2
    assert set((await office.states()).values()) == {EntryState.UNCERTAIN}
    assert office.gateway.to(WARD_CHAT) == office.gateway.to(QUARTER_CHAT) == []


async def test_what_was_being_sent_is_uncertain(office: Office) -> None:
    await release(office)
    await office.deliver.go_round([], 1)
    await restored(office)

    assert set((await office.states()).values()) == {EntryState.UNCERTAIN}


async def test_what_fell_due_since_the_backup_is_as_doubtful(office: Office) -> None:
    broadcast = await approve(office, send_at=office.clock.now() + timedelta(hours=1))
    office.wait(hours=2)
    await restored(office)
    await office.go_round()

    assert set((await office.states()).values()) == {EntryState.UNCERTAIN}
    assert office.gateway.to(WARD_CHAT) == []
    async with office.file.begin() as work:
        assert (await work.broadcasts.get(broadcast.id)).state is BroadcastState.FINISHED


async def test_a_broadcast_goes_on_where_a_person_says_so(office: Office) -> None:
    await release(office)
    await restored(office)
    await office.go_round()
    button = await office.button(private(AN), "delivery:settle", "again")
    await office.release.settle_uncertain(actor(AN), button, office.cause())
    await office.send_all()

    assert len(office.gateway.to(WARD_CHAT) + office.gateway.to(QUARTER_CHAT)) == 1


async def test_what_is_yet_to_come_goes_out_on_time(office: Office) -> None:
    await approve(office, send_at=office.clock.now() + timedelta(hours=1))
    await restored(office)
    office.wait(hours=1)
    await office.go_round()

    assert len(office.gateway.to(WARD_CHAT)) == 1


async def test_a_card_to_staff_comes_again_as_a_possible_repeat(office: Office) -> None:
    await submit(office)
    await restored(office)
    await office.send_all()

    assert office.words("release.possible_repeat") in office.gateway.to(private(BINH))[0].markup


async def test_staff_are_asked_about_a_letter_in_doubt(office: Office) -> None:
    await answer(office)
    await restored(office)
    before = len(office.gateway.to(EM.chat))
    await office.send_all()

    assert len(office.gateway.to(EM.chat)) == before
    button = await office.button(STAFF_GROUP.address.chat, "letter:settle", "again")
    assert button.holder == STAFF


async def test_a_case_that_was_erased_since_is_erased_again(office: Office) -> None:
    opinion = await answer(office)
    assert opinion.handle is not None
    journal(office).write(ErasedKind.CASE, [opinion.id])
    journal(office).write(ErasedKind.ADDRESS, [opinion.handle])
    await restored(office)

    async with office.file.begin() as work:
        assert (await work.opinions.get(opinion.id)).state is OpinionState.WITHDRAWN
    assert await office.vault.address(opinion.handle) is None
    assert LAMP.encode() not in office.databases.everything("main")
    assert office.sql("SELECT payload FROM outbox WHERE origin_kind = 'letter'") == [(None,)] * 2


async def test_an_address_that_died_since_dies_again_and_its_case_stays(office: Office) -> None:
    opinion = await file_opinion(office)
    assert opinion.handle is not None
    journal(office).write(ErasedKind.ADDRESS, [opinion.handle])
    await restored(office)

    assert await office.vault.address(opinion.handle) is None
    assert office.sql("SELECT handle, text FROM opinion") == [(None, LAMP)]


async def test_a_consent_that_was_taken_back_does_not_come_back(office: Office) -> None:
    await file_opinion(office)
    (who,) = office.sql("SELECT who FROM resident", which="vault")
    journal(office).write(ErasedKind.RESIDENT, who)
    await restored(office)

    assert not (await office.known()).resident.has_consented


async def in_backup(office: Office) -> dict[str, str]:
    """Two messages of Em's and one of Khach's wait unhandled; the handles of the first of each."""
    words = (EM.chat, b"first"), (EM.chat, b"more"), ("khach", b"other")
    came = [Received(number, line, body) for number, (line, body) in enumerate(words)]
    await office.inbox.store(BOT, came)
    return {one.body.decode(): one.handle for one in await office.inbox.oldest(BOT, 10)}


async def waiting(office: Office) -> list[bytes]:
    return [one.body for one in await office.inbox.oldest(BOT, 10)]


@pytest.mark.parametrize("name_of", [ErasedKind.ADDRESS, ErasedKind.DRAFT])
async def test_what_waited_in_the_backup_and_was_erased_since_is_not_handled_anew(
    office: Office, name_of: ErasedKind
) -> None:
    handles = await in_backup(office)
    journal(office).write(name_of, [handles["first"]])
    found = await restored(office)

    assert await waiting(office) == [b"other"]
    assert found.erased == 2


async def test_what_waited_in_the_backup_and_was_filed_since_is_handled_anew(
    office: Office,
) -> None:
    waited = await in_backup(office)
    said = Visit(EM, office.cause(), waited["first"], await office.known())
    begun = await office.receive.begin_opinion(said, words=message(LAMP))
    agree = press(begun.buttons, "intake:agree")
    asked = await office.receive.agree(await office.visit(), agree)
    asked = await left_open(office, asked)
    place = press(asked.buttons, "intake:unit", WARD.id)
    shown = await office.receive.choose_unit(await office.visit(), place)
    filed = await office.receive.file_opinion(
        await office.visit(), press(shown.buttons, "intake:file")
    )
    assert filed.filed
    assert filed.filed.handle == waited["first"]
    await restored(office)

    assert await waiting(office) == [b"first", b"other"]


async def test_a_draft_whose_case_was_erased_since_does_not_come_back(office: Office) -> None:
    shown = await confirm_step(office)
    assert shown.draft
    journal(office).write(ErasedKind.ADDRESS, [shown.draft.handle])
    await restored(office)

    assert not (await office.rights.view_kept(EM)).has_draft


async def test_every_erasure_is_in_the_journal(office: Office) -> None:
    opinion = await file_opinion(office)
    (who,) = office.sql("SELECT who FROM resident", which="vault")
    await office.follow.erase_case(opinion.code, office.cause())
    await office.rights.withdraw_consent(EM, office.cause())
    erased = await office.vault.erased()

    assert opinion.id in erased.cases
    assert opinion.handle in erased.addresses
    assert erased.residents == {*who}


async def test_nothing_is_erased_that_cannot_be_written_down(office: Office) -> None:
    opinion = await file_opinion(office)
    (office.databases.folder / "erasures").touch()

    with pytest.raises(Exception, match="erasures"):
        await office.follow.erase_case(opinion.code, office.cause())
    assert office.sql("SELECT text FROM opinion") == [(LAMP,)]
    assert office.sql("SELECT count(*) FROM address", which="vault") == [(1,)]


async def test_the_journal_forgets_what_no_backup_can_bring_back(office: Office) -> None:
    journal(office).write(ErasedKind.CASE, ["old"])
    office.wait(days=BACKUP_KEPT.days + 31)
    journal(office).write(ErasedKind.CASE, ["new"])

    assert journal(office).read().cases == {"new"}


async def test_a_torn_line_of_the_journal_swallows_no_other(office: Office) -> None:
    journal(office).write(ErasedKind.CASE, ["whole"])
    (path,) = (office.databases.folder / "erasures").glob("*.case")
    path.write_text(path.read_text() + "\ntor")
    journal(office).write(ErasedKind.CASE, ["next"])

    assert {"whole", "next"} <= journal(office).read().cases


async def test_nobody_is_on_duty_after_a_restore(office: Office) -> None:
    async with office.file.begin() as work:
        await work.duties.take(OFFICE, "dead", Watch())
        await work.commit()
    await restored(office)

    async with office.file.begin() as work:
        assert (await work.duties.look(OFFICE)).holder == ""


async def test_the_record_says_of_when_the_backup_was(office: Office) -> None:
    of = office.clock.now() - timedelta(days=1)
    await office.restore.go_on_from(of)
    last = (await office.record())[-1].event

    assert (last.actor_id, last.action) == ("operator", "backup:restore")
    assert of.isoformat(timespec="seconds") in last.detail


async def test_a_photo_that_was_taken_away_does_not_come_back(office: Office) -> None:
    await join(office, DUNG)
    screen = await add_photo(office, await fill(office), b"a")
    screen = await add_photo(office, screen, b"b")
    async with office.file.begin() as work:
        first, _ = await work.media.of(screen.session.id)
    button = to_edit(screen, "photos")
    shown = await office.log_session.ask_field(DUNG_ACTS, button, office.cause())
    button = press(shown.buttons, "session:remove", "photos=1")
    await office.attach_media.remove(DUNG_ACTS, button, office.cause())
    async with office.file.begin() as work:
        await work.media.add(first)
        await work.commit()
    found = await restored(office)

    assert found.erased == 1
    assert office.sql("SELECT content FROM session_media") == [(b"b",)]
