"""Pictures and files are taken into a draft one by one, cleaned, counted, described, or refused."""

from datetime import timedelta

import pytest

from domain.errors import AlreadyProcessed, Forbidden, LostRace, Refusal
from domain.model.attachment import AttachmentKind
from domain.model.dialog import Awaited, Dialog
from domain.model.version import read_version
from domain.usecases.purge import UNUSED_KEPT
from tests.integration.storage.cast import AN, CHI
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.pictures import (
    PAPER,
    PHOTO,
    ROADS,
    VIDEO,
    add,
    submit_with_pictures,
    write_with_pictures,
)
from tests.integration.usecases.story import TIDE, write
from tests.unit.channels.ogg import spoken

VOICE, DOCUMENT = AttachmentKind.VOICE, AttachmentKind.DOCUMENT


async def test_ten_pictures_are_kept_and_an_eleventh_is_refused(office: Office) -> None:
    bulletin_id = await write(office)
    kept = [await add(office, bulletin_id, b"picture %d" % number) for number in range(10)]

    with pytest.raises(Refusal, match=r"media\.too_many"):
        await add(office, bulletin_id, b"picture 11")
    assert len(kept[-1].draft.attachments) == 10


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (VIDEO, b"film", "media.two_kinds"),
        (PHOTO, ROADS[0], "media.there_already"),
        (VOICE, spoken(301), "media.two_kinds"),
    ],
)
async def test_what_does_not_go_with_a_picture_is_refused(
    office: Office, kind: AttachmentKind, content: bytes, why: str
) -> None:
    bulletin_id = await write_with_pictures(office, 1)

    with pytest.raises(Refusal, match=why):
        await add(office, bulletin_id, content, kind)


@pytest.mark.parametrize(
    ("kind", "content", "why"),
    [
        (VOICE, spoken(301), "media.voice_too_long"),
        (VOICE, b"a song", "file.no_voice"),
        (DOCUMENT, b"MZ a program", "file.no_paper"),
        (DOCUMENT, PAPER + b" << /OpenAction << /S /JavaScript >> >>", "paper_with_programs"),
        (DOCUMENT, PAPER + b" trailer << /Encrypt 5 0 R >>", "file.locked_paper"),
    ],
)
async def test_what_cannot_go_out_is_refused_and_nothing_is_kept(
    office: Office, kind: AttachmentKind, content: bytes, why: str
) -> None:
    bulletin_id = await write(office)

    with pytest.raises(Refusal, match=why):
        await add(office, bulletin_id, content, kind)
    assert office.sql("SELECT 1 FROM bulletin_media") == []


async def test_a_paper_keeps_its_name_and_nothing_that_steers(office: Office) -> None:
    bulletin_id = await write(office)
    screen = await add(office, bulletin_id, PAPER, DOCUMENT, "../a/Thông báo\u202e 12.pdf.exe")

    (one,) = screen.draft.attachments
    assert one.name == "Thông báo 12.pdf.pdf"


async def test_words_that_do_not_fit_below_a_picture_are_refused_at_submission(
    office: Office,
) -> None:
    bulletin_id = await write(office, text="x" * 1000)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await add(office, bulletin_id)

    with pytest.raises(Refusal, match=r"compose\.too_long_vi") as refused:
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    assert refused.value.values["limit"] == 1024


async def test_words_that_came_with_the_first_picture_are_the_text(office: Office) -> None:
    preview = await office.compose.start_bulletin(actor(AN), office.cause())
    bulletin_id = preview.draft.bulletin_id
    office.gateway.files["f"] = ROADS[0]
    fetched = await office.enclose.fetch(actor(AN), bulletin_id, PHOTO, "f")
    words = read_version("vi", TIDE)
    screen = await office.enclose.add(actor(AN), bulletin_id, fetched, office.cause(), words)

    assert screen.draft.text == TIDE
    assert len(screen.draft.attachments) == 1


async def test_pictures_change_places_and_one_goes(office: Office) -> None:
    bulletin_id = await write_with_pictures(office)
    screen = await office.enclose.open(actor(AN), bulletin_id, office.cause())
    before = screen.draft.attachments
    forward = press(screen.buttons, "media:forward", "2")
    screen = await office.enclose.rearrange(actor(AN), forward, office.cause())
    assert screen.draft.attachments == (before[0], before[2], before[1])

    gone = press(screen.buttons, "media:remove", "0")
    screen = await office.enclose.rearrange(actor(AN), gone, office.cause())
    assert screen.draft.attachments == (before[2], before[1])


async def test_a_button_from_before_a_change_changes_nothing(office: Office) -> None:
    bulletin_id = await write_with_pictures(office, 2)
    screen = await office.enclose.open(actor(AN), bulletin_id, office.cause())
    await add(office, bulletin_id, ROADS[2])

    stale = press(screen.buttons, "media:remove", "0")
    with pytest.raises(LostRace):
        await office.enclose.rearrange(actor(AN), stale, office.cause())


async def test_each_picture_is_asked_about_and_one_can_be_skipped(office: Office) -> None:
    bulletin_id = await write_with_pictures(office, 2)
    screen = await office.enclose.open(actor(AN), bulletin_id, office.cause())
    first = await office.enclose.go_on(actor(AN), press(screen.buttons, "media:done"), None)
    assert first is not None
    assert (first.place, first.file.content) == (1, ROADS[0])
    skip = press(first.buttons, "media:skip", "0")
    second = await office.enclose.go_on(actor(AN), skip, None)
    assert second is not None

    asked = Dialog(AN.id, Awaited.BULLETIN_ALT, bulletin_id, second.file.sha256)
    assert await office.enclose.describe(actor(AN), asked, "Cầu  bị ngập", office.cause()) is None
    async with office.memory.begin() as work:
        draft = await work.bulletins.draft(bulletin_id)
    assert [one.alt for one in draft.attachments] == ["", "Cầu bị ngập"]


async def test_nobody_adds_to_another_ones_bulletin(office: Office) -> None:
    bulletin_id = await write(office)
    office.gateway.files["f"] = ROADS[0]

    with pytest.raises(Forbidden):
        await office.enclose.fetch(actor(CHI), bulletin_id, PHOTO, "f")
    with pytest.raises(Forbidden):
        await office.enclose.open(actor(CHI), bulletin_id, office.cause())


async def test_the_same_update_again_adds_nothing(office: Office) -> None:
    bulletin_id, cause = await write(office), office.cause()
    office.gateway.files["f"] = ROADS[0]
    fetched = await office.enclose.fetch(actor(AN), bulletin_id, PHOTO, "f")
    await office.enclose.add(actor(AN), bulletin_id, fetched, cause)

    with pytest.raises(AlreadyProcessed):
        await office.enclose.add(actor(AN), bulletin_id, fetched, cause)


async def test_bytes_of_a_thrown_away_draft_go_a_day_later(office: Office) -> None:
    bulletin_id = await write_with_pictures(office)
    await office.compose.discard_bulletin(actor(AN), bulletin_id, office.cause())
    await office.purge.forget_expired()
    assert len(office.sql("SELECT 1 FROM bulletin_media")) == 3

    office.clock.moment += UNUSED_KEPT + timedelta(minutes=1)
    await office.purge.forget_expired()
    assert office.sql("SELECT 1 FROM bulletin_media") == []


async def test_bytes_of_a_draft_and_of_a_frozen_revision_stay(office: Office) -> None:
    await submit_with_pictures(office, 2)
    await add(office, await write(office), ROADS[2])
    office.clock.moment += timedelta(days=400)
    await office.purge.forget_expired()

    assert len(office.sql("SELECT 1 FROM bulletin_media")) == 3


async def test_what_is_said_of_a_picture_cannot_be_turned_round(office: Office) -> None:
    bulletin_id = await write_with_pictures(office, 1)
    screen = await office.enclose.open(actor(AN), bulletin_id, office.cause())
    about = Dialog(AN.id, Awaited.BULLETIN_ALT, bulletin_id, screen.draft.attachments[0].sha256)
    await office.enclose.describe(actor(AN), about, "Đường \u202egnod\u202c", office.cause())

    with pytest.raises(Refusal, match=r"proof\.hidden_sign"):
        await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
