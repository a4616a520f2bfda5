"""Pictures go with an opinion: sealed while it waits, beside its words after, gone with them."""

import pytest

from domain.errors import Forbidden, Refusal
from domain.model.access import Permission
from domain.model.allowance import MOST, Act
from domain.model.delivery import EntryState
from domain.model.erasure import ErasedKind
from domain.model.opinion import Opinion
from domain.model.opinion_picture import MOST_PICTURES
from domain.model.resident import DraftStep, Written
from domain.usecases.attach_pictures import AttachPictures
from domain.usecases.open_along import OpenAlong
from domain.usecases.visit import Intake, Visit
from storage.erasures import ErasureJournal
from storage.errors import SealBroken
from storage.vault.unfiled import UNFILED
from tests.databases import only_files
from tests.integration.storage.cast import CHI, EM, GIANG, WARD
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, message, press, private
from tests.integration.usecases.story import LAMP, left_open, settle, take, write_answer

ROAD, DITCH = b"\xff\xd8 a road with a hole", b"\xff\xd8 a ditch that overflows"
HELD = "SELECT count(*) FROM held_picture"
KEPT = "SELECT number, content FROM opinion_picture ORDER BY number"


def attach(office: Office) -> AttachPictures:
    return AttachPictures(office.receive, office.gateway)


async def send(
    office: Office,
    number: int,
    content: bytes = ROAD,
    caption: str = "",
    visit: Visit | None = None,
) -> Intake:
    office.gateway.files["f"] = content
    words = Written(number, caption) if caption else None
    return await attach(office).add(visit or await office.visit(), "f", number, words)


async def agreed(office: Office, intake: Intake) -> Intake:
    agree = press(intake.buttons, "intake:agree")
    return await office.receive.agree(await office.visit(), agree)


async def filed(office: Office, *pictures: bytes) -> Opinion:
    """Em writes, sends pictures, and files it."""
    intake = await office.receive.begin_opinion(await office.visit(), words=Written(100, LAMP))
    for number, content in enumerate(pictures, 1):
        intake = await send(office, number, content)
    if not intake.resident.has_consented:
        intake = await agreed(office, intake)
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await office.receive.choose_unit(await office.visit(), place)
    button = press(intake.buttons, "intake:file")
    opinion = (await office.receive.file_opinion(await office.visit(), button)).filed
    assert opinion is not None
    await office.send_all()
    return opinion


def held(office: Office) -> int:
    ((count,),) = office.sql(HELD, which="vault")
    return int(count)


async def shown_to_giang(office: Office, opinion: Opinion) -> None:
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:pictures")
    rooms = (office.memory, office.clock, office.ids, office.letterhead)
    await OpenAlong(*rooms).open_pictures(actor(GIANG), button, office.cause())
    await office.send_all()


async def test_five_are_kept_and_a_sixth_is_refused_before_it_is_fetched(office: Office) -> None:
    for number in range(1, MOST_PICTURES + 1):
        await send(office, number)
    office.gateway.files.clear()

    with pytest.raises(Refusal) as refusal:
        await attach(office).add(await office.visit(), "f", 6)
    assert (refusal.value.key, refusal.value.values) == ("intake.too_many_pictures", {"limit": 5})
    assert held(office) == MOST_PICTURES


async def test_pictures_alone_are_asked_for_words(office: Office) -> None:
    intake = await agreed(office, await send(office, 1))

    assert intake.draft
    assert (intake.draft.step, intake.draft.pictures) == (DraftStep.TEXT, (1,))


async def test_while_it_waits_it_lies_sealed_in_the_vault_and_nowhere_else(office: Office) -> None:
    await send(office, 1)

    for which in ("main", "vault"):
        assert ROAD not in office.databases.everything(which)
    assert held(office) == 1


async def test_filed_they_stand_beside_the_words_in_their_order(office: Office) -> None:
    opinion = await filed(office, ROAD, DITCH)

    assert (opinion.text, opinion.pictures) == (LAMP, 2)
    assert office.sql(KEPT) == [(1, ROAD), (2, DITCH)]
    assert held(office) == 0


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_a_crash_at_the_filing_files_them_once(office: Office, after: bool) -> None:
    intake = await agreed(office, await send(office, 1, caption=LAMP))
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await office.receive.choose_unit(await office.visit(), place)
    button, visit = press(intake.buttons, "intake:file"), await office.visit()
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises(Crash):
        await office.receive.file_opinion(visit, button)
    office.crashing = None
    if not after:
        await office.receive.file_opinion(visit, button)
    await office.receive.draft_of(await office.visit())

    assert office.sql(KEPT) == [(1, ROAD)]
    assert held(office) == 0


async def test_erased_after_a_crash_at_the_filing_words_and_pictures_are_not_filed_again(
    office: Office,
) -> None:
    intake = await agreed(office, await send(office, 1, caption=LAMP))
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await office.receive.choose_unit(await office.visit(), place)
    button, visit = press(intake.buttons, "intake:file"), await office.visit()
    office.crashing = CrashingMemory(office.file, after=True)
    with pytest.raises(Crash):
        await office.receive.file_opinion(visit, button)
    office.crashing = None
    ((code,),) = office.sql("SELECT code FROM opinion")
    await office.follow.erase_case(code, office.cause())

    assert await office.receive.draft_of(await office.visit()) is None
    assert held(office) == 0


async def test_one_that_comes_again_takes_its_own_place(office: Office) -> None:
    visit = await office.visit()
    office.crashing = CrashingMemory(office.file, after=False)
    with pytest.raises(Crash):
        await send(office, 1, visit=visit)
    office.crashing = None
    await send(office, 1, visit=await office.visit_of(visit.cause))

    draft = (await office.known()).draft
    assert draft
    assert (draft.pictures, held(office)) == ((1,), 1)


async def test_written_anew_they_are_gone(office: Office) -> None:
    intake = await left_open(office, await agreed(office, await send(office, 1, caption=LAMP)))
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await office.receive.choose_unit(await office.visit(), place)
    button = press(intake.buttons, "intake:rewrite")
    intake = await office.receive.rewrite(await office.visit(), button)

    assert intake.draft
    assert (intake.draft.pictures, held(office)) == ((), 0)


async def test_without_consent_they_are_gone_after_an_hour(office: Office) -> None:
    await send(office, 1)
    office.wait(minutes=61)
    await office.purge.forget_expired()

    assert held(office) == 0


async def test_what_expired_makes_room_with_its_pictures(office: Office) -> None:
    await send(office, 1)
    office.wait(minutes=61)
    await office.receive.begin_opinion(await office.visit(), words=message(LAMP))

    assert held(office) == 0


async def test_whoever_cancels_leaves_none(office: Office) -> None:
    button = press((await send(office, 1)).buttons, "intake:decline")
    await office.receive.cancel_draft(await office.visit(), button)

    assert held(office) == 0


async def test_a_complaint_is_led_elsewhere_and_its_pictures_are_gone(office: Office) -> None:
    intake = await agreed(office, await send(office, 1, caption="Tôi khiếu nại quyết định 412."))
    button = press(intake.buttons, "intake:formal", "khieu_nai")
    await office.describe_opinion.lead_elsewhere(await office.visit(), button)

    assert (held(office), office.sql(KEPT)) == (0, [])


async def test_a_consent_taken_back_takes_them_along(office: Office) -> None:
    await agreed(office, await send(office, 1, caption=LAMP))
    await office.rights.withdraw_consent(EM, office.cause())

    assert held(office) == 0


async def test_only_so_many_an_hour(office: Office) -> None:
    for number in range(1, MOST[Act.MEDIA] + 1):
        intake = await send(office, number)
        await office.receive.cancel_draft(
            await office.visit(), press(intake.buttons, "intake:decline")
        )

    with pytest.raises(Refusal, match=r"allowance\.media"):
        await send(office, 99)


async def test_one_moved_to_another_draft_opens_for_nobody(office: Office) -> None:
    await send(office, 1)
    another = office.vault.keys.indexes(UNFILED, "another")[0]
    office.sql("UPDATE held_picture SET draft = ?", another, which="vault")

    with pytest.raises(SealBroken):
        await office.vault.held_files("another")


async def test_giang_sees_them_in_private_on_record_and_for_a_day(office: Office) -> None:
    opinion = await filed(office, ROAD, DITCH)
    await shown_to_giang(office, opinion)
    album = office.gateway.to(private(GIANG))[-1]
    office.wait(hours=25)
    await office.take_back.delete_expired()
    deleted = [call for call in office.gateway.calls if call.act == "delete"]

    assert [file.content for file in album.album] == [ROAD, DITCH]
    assert all(file.is_guarded for file in album.album)
    assert len(deleted) >= 2
    last = (await office.record())[-1]
    assert (last.event.actor_id, last.event.action, last.event.subject, last.event.detail) == (
        GIANG.id,
        Permission.OPINION_OPEN,
        opinion.id,
        "pictures",
    )


async def test_another_commune_sees_none(office: Office) -> None:
    opinion = await filed(office, ROAD)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:pictures")
    rooms = (office.memory, office.clock, office.ids, office.letterhead)

    with pytest.raises(Forbidden):
        await OpenAlong(*rooms).open_pictures(actor(CHI), button, office.cause())


@only_files
async def test_erased_they_are_in_no_file(office: Office) -> None:
    opinion = await filed(office, ROAD)
    await office.follow.erase_case(opinion.code, office.cause())

    assert office.sql(KEPT) == []
    for which in ("main", "vault"):
        assert ROAD not in office.databases.everything(which)


async def test_erased_while_they_are_in_line_they_go_to_nobody(office: Office) -> None:
    opinion = await filed(office, ROAD)
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:pictures")
    rooms = (office.memory, office.clock, office.ids, office.letterhead)
    await OpenAlong(*rooms).open_pictures(actor(GIANG), button, office.cause())
    await office.follow.erase_case(opinion.code, office.cause())
    await office.send_all()

    assert not [call for call in office.gateway.calls if call.album or call.file]
    assert EntryState.CANCELLED in (await office.states("view")).values()


async def test_a_backup_brings_none_back(office: Office) -> None:
    opinion = await filed(office, ROAD)
    ((name,),) = office.sql("SELECT id FROM opinion_picture")
    journal = ErasureJournal(office.databases.folder / "erasures", office.clock)
    journal.write(ErasedKind.MEDIA, [name])
    found = await office.restore.go_on_from(office.clock.now())

    assert opinion.pictures == 1
    assert (found.erased, office.sql(KEPT)) == (1, [])


async def test_every_erasure_of_one_is_in_the_journal(office: Office) -> None:
    opinion = await filed(office, ROAD)
    ((name,),) = office.sql("SELECT id FROM opinion_picture")
    await office.follow.erase_case(opinion.code, office.cause())

    assert name in (await office.vault.erased()).media


async def test_they_are_forgotten_with_the_words(office: Office) -> None:
    await answered_with_picture(office)
    office.wait(days=119)
    await office.purge.forget_expired()
    assert office.sql(KEPT) == [(1, ROAD)]
    office.wait(days=2)
    await office.purge.forget_expired()

    assert office.sql(KEPT) == []
    assert office.sql("SELECT pictures FROM opinion") == [(0,)]


async def answered_with_picture(office: Office) -> None:
    """Filed, answered and solved."""
    opinion = await take(office, await filed(office, ROAD))
    button = await write_answer(office, opinion)
    await office.answer.send_answer(actor(GIANG), button, office.cause())
    await settle(office, "solved")


async def test_under_a_newer_key_it_opens_as_before(office: Office) -> None:
    office.wait(days=10, hours=14)  # the last hours of November
    intake = await agreed(office, await send(office, 1, caption=LAMP))
    office.wait(hours=20)
    assert intake.draft
    await office.reseal.reseal_all()
    (picture,) = await office.vault.held_files(intake.draft.handle)

    assert picture.content == ROAD
