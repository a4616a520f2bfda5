"""An author goes on from what is written: the words come along, time and place are chosen anew."""

from datetime import timedelta

import pytest

from domain.errors import Forbidden, LostRace
from domain.model.attached import sha256_of
from domain.model.bulletin import BulletinState
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.usecases.drafting import Preview
from domain.usecases.pick_bulletin import DRAFTS, ON_A_PAGE, SENT, SHELF, PickBulletin, Pile
from tests.integration.storage.cast import AN, BINH, CHI, GROUP
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.pictures import ROADS, approve_it, write_with_pictures
from tests.integration.usecases.story import approve, release, write
from tests.integration.usecases.test_import_bulletins import TIDE


def pick(office: Office) -> PickBulletin:
    return PickBulletin(office.compose)


async def new_draft(office: Office) -> dict[str, Button]:
    """An has pressed /soan; the ways on, by what they do."""
    preview = await office.compose.start_bulletin(actor(AN), office.cause())
    return {button.action: button for button in preview.buttons}


def headings(pile: Pile) -> list[str]:
    return [heading for heading, _ in pile.headings]


async def test_the_words_of_an_old_one_come_into_a_new_draft(office: Office) -> None:
    await approve(office, title="Cũ", talking_points="Nói chậm.")
    pile = await pick(office).list_sent(actor(AN), (await new_draft(office))[SENT], office.cause())
    ((_, button),) = pile.headings
    preview = await pick(office).copy(actor(AN), button, office.cause())
    assert (preview.draft.title, preview.draft.talking_points) == ("Cũ", "Nói chậm.")
    assert preview.missing == ()


async def test_neither_time_nor_approval_comes_along(office: Office) -> None:
    await approve(office, title="Cũ", send_at=office.clock.now() + timedelta(days=1))
    pile = await pick(office).list_sent(actor(AN), (await new_draft(office))[SENT])
    preview = await pick(office).copy(actor(AN), pile.headings[0][1], office.cause())
    async with office.memory.begin() as work:
        bulletin = await work.bulletins.get(preview.draft.bulletin_id)
    assert (bulletin.state, bulletin.revision) == (BulletinState.DRAFT, 0)
    assert (preview.draft.send_at, preview.draft.recurrence) == (None, None)


async def copy_with_pictures(office: Office) -> Preview:
    """An old bulletin with three described pictures, copied by An."""
    bulletin_id = await write_with_pictures(office, title="Cũ")
    for content, seen in zip(ROADS, ("Bản đồ", "Cầu", "Đường vòng"), strict=True):
        dialog = Dialog(AN.id, Awaited.BULLETIN_ALT, bulletin_id, sha256_of(content))
        await office.enclose.describe(actor(AN), dialog, seen, office.cause())
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await approve_it(office)
    await office.go_round()
    pile = await pick(office).list_sent(actor(AN), (await new_draft(office))[SENT])
    return await pick(office).copy(actor(AN), pile.headings[0][1], office.cause())


async def test_the_files_of_an_old_one_come_along_with_what_they_show(office: Office) -> None:
    preview = await copy_with_pictures(office)
    assert [one.alt for one in preview.draft.attachments] == ["Bản đồ", "Cầu", "Đường vòng"]
    assert preview.limit == office.gateway.capabilities.caption_limit


async def test_the_files_of_a_copy_go_out_again(office: Office) -> None:
    preview = await copy_with_pictures(office)
    await office.submit.submit_bulletin(actor(AN), preview.draft.bulletin_id, office.cause())
    await approve_it(office)
    await office.go_round()
    first, second = office.gateway.to(GROUP.address.chat)
    assert [one.content for one in second.album] == [one.content for one in first.album] == ROADS


async def test_the_newest_stands_first_and_what_waits_is_not_there(office: Office) -> None:
    await approve(office, title="Một")
    office.clock.moment += timedelta(minutes=1)
    await release(office, title="Hai")
    await write(office, title="Ba")
    pile = await pick(office).list_sent(actor(AN), (await new_draft(office))[SENT])
    assert headings(pile) == ["Hai", "Một"]


async def test_a_long_list_is_turned_page_by_page(office: Office) -> None:
    ways = await new_draft(office)
    shelf = [(str(n), f"Mẫu {n}") for n in range(ON_A_PAGE + 2)]
    first = await pick(office).list_shelf(actor(AN), ways[SHELF], shelf)
    second = await pick(office).list_shelf(actor(AN), first.turning[0], shelf)
    assert headings(first) + headings(second) == [title for _, title in shelf]
    assert [button.choice for button in second.turning] == ["0"]


async def test_a_starter_is_issued_by_the_units_own_body(office: Office) -> None:
    ways = await new_draft(office)
    pile = await pick(office).list_shelf(actor(AN), ways[SHELF], [(TIDE.name, "Triều cường")])
    button = pile.headings[0][1]
    preview = await pick(office).take_starter(actor(AN), button, TIDE, office.cause())
    assert preview.draft.versions == TIDE.versions
    assert preview.draft.issuing_body == preview.unit.issuing_body


async def test_an_own_draft_is_found_again(office: Office) -> None:
    bulletin_id = await write(office, title="Dở dang")
    pile = await pick(office).list_drafts(actor(AN), (await new_draft(office))[DRAFTS])
    assert [(heading, button.subject) for heading, button in pile.headings] == [
        ("Dở dang", bulletin_id)
    ]


async def test_nobody_picks_into_somebody_elses_draft(office: Office) -> None:
    ways = await new_draft(office)
    for person in (BINH, CHI):
        with pytest.raises(Forbidden):
            await pick(office).list_sent(actor(person), ways[SENT])


async def test_nothing_of_another_commune_is_copied(office: Office) -> None:
    await approve(office, title="Cũ")
    pile = await pick(office).list_sent(actor(AN), (await new_draft(office))[SENT])
    with pytest.raises(Forbidden):
        await pick(office).copy(actor(CHI), pile.headings[0][1], office.cause())


async def test_a_draft_that_was_written_on_is_not_overwritten(office: Office) -> None:
    await approve(office, title="Cũ")
    ways = await new_draft(office)
    pile = await pick(office).list_sent(actor(AN), ways[SENT])
    button = pile.headings[0][1]
    await office.compose.change_draft(actor(AN), button.subject, office.cause(), text="Mới.")
    with pytest.raises(LostRace):
        await pick(office).copy(actor(AN), button, office.cause())
