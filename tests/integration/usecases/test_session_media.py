"""Photos and a voice note: few, short, for few eyes, and not for long."""

import pytest

from channels.recordings import only_sound
from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Permission, Person
from domain.model.attachment import AttachmentKind
from domain.model.form import FIRST_FORM
from domain.model.session import SessionState
from domain.usecases.session_screen import Screen
from tests.databases import only_files
from tests.integration.storage.cast import AN, HANH, NOW
from tests.integration.usecases.communicators import DUNG, KIM, LAN, join
from tests.integration.usecases.media import (
    JPEG,
    add_photo,
    add_voice,
    submit_with_photos,
)
from tests.integration.usecases.office import Office, actor, pick, press
from tests.integration.usecases.sessions import (
    DUNG_ACTS,
    HANH_ACTS,
    decide,
    fill,
    hand_in,
    to_edit,
)
from tests.unit.channels.ogg import spoken

KEPT = "SELECT kind, number FROM session_media ORDER BY kind, number"


@pytest.fixture(autouse=True)
async def people(office: Office) -> None:
    await join(office, DUNG, KIM, LAN)


async def edit(office: Office, screen: Screen, key: str) -> Screen:
    return await office.log_session.ask_field(DUNG_ACTS, to_edit(screen, key), office.cause())


async def reviewed(office: Office) -> Screen:
    """What Hạnh sees of the session that waits."""
    waiting = await office.confirm_sessions.list_waiting(HANH_ACTS, office.cause())
    button = press(waiting.buttons, "session:review", "0")
    return (await office.confirm_sessions.open_session(HANH_ACTS, button, office.cause())).screen


async def test_four_photos_are_kept_and_a_fifth_is_refused(office: Office) -> None:
    screen = await fill(office)
    for _ in range(4):
        screen = await add_photo(office, screen)

    with pytest.raises(Refusal) as refusal:
        await add_photo(office, screen)
    assert (refusal.value.key, refusal.value.values) == ("session.too_many_photos", {"limit": 4})
    assert screen.session.answers["photos"] == 4
    assert office.sql(KEPT) == [("photo", number) for number in (1, 2, 3, 4)]


async def test_the_question_that_was_asked_stays_open(office: Office) -> None:
    screen = await office.log_session.start_session(DUNG_ACTS, office.cause())

    screen = await add_photo(office, screen, asked="start")

    assert screen.asked
    assert screen.asked.key == "start"


async def test_a_newer_voice_note_takes_the_place_of_the_older(office: Office) -> None:
    screen = await add_voice(office, await fill(office), 80)
    screen = await add_voice(office, screen, 12.4)

    assert screen.session.answers["voice"] == 13
    assert office.sql("SELECT content FROM session_media") == [(only_sound(spoken(12.4)),)]


async def test_a_voice_note_of_more_than_two_minutes_is_refused(office: Office) -> None:
    screen = await add_voice(office, await fill(office), 120)

    with pytest.raises(Refusal, match="voice_too_long"):
        await add_voice(office, screen, 120.1)
    assert office.sql("SELECT content FROM session_media") == [(only_sound(spoken(120)),)]


async def test_what_cannot_be_fetched_changes_nothing(office: Office) -> None:
    screen = await fill(office)

    with pytest.raises(Refusal, match="not_fetched"):
        await office.attach_media.add_photo(
            DUNG_ACTS, screen.session.id, "gone", "", office.cause()
        )
    assert (await add_photo(office, screen)).session.version == screen.session.version + 1


async def test_one_photo_is_taken_away_and_its_place_is_free_again(office: Office) -> None:
    screen = await fill(office)
    for photo in (b"a", b"b", b"c"):
        screen = await add_photo(office, screen, photo)
    shown = await edit(office, screen, "photos")

    button = press(shown.buttons, "session:remove", "photos=2")
    screen = await office.attach_media.remove(DUNG_ACTS, button, office.cause())
    assert screen.session.answers["photos"] == 2
    await add_photo(office, screen, b"d")

    rows = office.sql("SELECT number, content FROM session_media ORDER BY number")
    assert rows == [(1, b"a"), (2, b"d"), (3, b"c")]


async def test_the_voice_note_is_taken_away(office: Office) -> None:
    shown = await edit(office, await add_voice(office, await fill(office)), "voice")

    button = press(shown.buttons, "session:remove", "voice=1")
    screen = await office.attach_media.remove(DUNG_ACTS, button, office.cause())

    assert "voice" not in screen.session.answers
    assert office.sql(KEPT) == []


async def test_a_button_from_before_a_change_takes_nothing_away(office: Office) -> None:
    shown = await edit(office, await add_photo(office, await fill(office)), "photos")
    button = press(shown.buttons, "session:remove", "photos=1")
    await add_photo(office, shown)

    with pytest.raises(LostRace):
        await office.attach_media.remove(DUNG_ACTS, button, office.cause())
    assert len(office.sql(KEPT)) == 2


async def test_a_draft_that_is_dropped_takes_them_along(office: Office) -> None:
    screen = await add_voice(office, await add_photo(office, await fill(office)))

    button = press(screen.buttons, "session:discard")
    await office.log_session.discard(DUNG_ACTS, button, office.cause())

    assert office.sql(KEPT) == []


@only_files
async def test_nothing_of_a_photo_is_left_on_the_disk(office: Office) -> None:
    photo = b"canary of a room from behind" * 300
    screen = await add_photo(office, await fill(office), photo)
    await office.log_session.discard(
        DUNG_ACTS, press(screen.buttons, "session:discard"), office.cause()
    )

    left = [path.read_bytes() for path in office.databases.folder.glob("main.db*")]
    assert left
    assert not any(photo[:28] in each for each in left)


async def test_nobody_else_adds_to_a_session(office: Office) -> None:
    screen = await fill(office)
    office.gateway.files["f"] = JPEG

    with pytest.raises(Forbidden):
        await office.attach_media.add_photo(actor(KIM), screen.session.id, "f", "", office.cause())


async def test_a_confirmed_session_gets_no_more(office: Office) -> None:
    await submit_with_photos(office, JPEG)
    session = (await reviewed(office)).session
    await decide(office, "session:confirm")

    with pytest.raises(LostRace):
        await office.attach_media.add_photo(DUNG_ACTS, session.id, "f", "", office.cause())


async def test_a_photo_added_late_shows_whoever_confirms_a_stale_page(office: Office) -> None:
    await submit_with_photos(office)
    screen = await reviewed(office)
    await add_photo(office, screen)

    button = press(screen.buttons, "session:confirm")
    with pytest.raises(LostRace):
        await office.confirm_sessions.confirm(HANH_ACTS, button, office.cause())


async def test_whoever_confirms_sees_them_and_that_is_on_record(office: Office) -> None:
    await submit_with_photos(office, b"a", b"b")
    screen = await reviewed(office)
    button = press(screen.buttons, "session:media")

    shown = await office.open_media.open_media(HANH_ACTS, button, office.cause())

    assert [(one.kind, one.content) for one in shown] == [
        (AttachmentKind.PHOTO, b"a"),
        (AttachmentKind.PHOTO, b"b"),
    ]
    assert all(one.is_guarded for one in shown)
    last = (await office.record())[-1].event
    assert (last.actor_id, last.action, last.subject, last.detail) == (
        HANH.id,
        Permission.MEDIA_OPEN,
        screen.session.id,
        "",
    )


async def test_they_are_seen_after_the_confirmation_too_by_both(office: Office) -> None:
    await submit_with_photos(office, b"a")
    button = press((await reviewed(office)).buttons, "session:media")
    await decide(office, "session:confirm")
    own = await office.log_session.open_session(DUNG_ACTS, button.subject, office.cause())

    for by, way in ((HANH_ACTS, button), (DUNG_ACTS, press(own.buttons, "session:media"))):
        assert len(await office.open_media.open_media(by, way, office.cause())) == 1


@pytest.mark.parametrize("stranger", [AN, KIM, LAN], ids=lambda person: person.name)
async def test_nobody_else_sees_them(office: Office, stranger: Person) -> None:
    await submit_with_photos(office, b"a")
    button = press((await reviewed(office)).buttons, "session:media")

    with pytest.raises(Forbidden):
        await office.open_media.open_media(actor(stranger), button, office.cause())


async def test_a_returned_session_is_closed_to_others_until_it_comes_again(office: Office) -> None:
    await submit_with_photos(office, b"a")
    button = press((await reviewed(office)).buttons, "session:media")
    await decide(office, "session:return")

    with pytest.raises(LostRace):
        await office.open_media.open_media(HANH_ACTS, button, office.cause())


async def test_where_there_is_nothing_no_button_offers_it(office: Office) -> None:
    await submit_with_photos(office)

    assert pick((await reviewed(office)).buttons, "session:media") is None


async def test_ninety_days_after_the_confirmation_they_are_gone(office: Office) -> None:
    await submit_with_photos(office, b"a", b"b")
    button = press((await reviewed(office)).buttons, "session:media")
    office.wait(days=30)
    await decide(office, "session:confirm")
    office.wait(days=90)
    assert (await office.purge.forget_expired()).media == 0
    office.wait(seconds=1)

    assert (await office.purge.forget_expired()).media == 2
    assert office.sql(KEPT) == []
    with pytest.raises(Refusal, match="media_gone"):
        await office.open_media.open_media(HANH_ACTS, button, office.cause())


async def test_of_a_session_that_nobody_confirms_they_go_ninety_days_after_they_came(
    office: Office,
) -> None:
    await add_photo(office, await fill(office))
    office.wait(days=90)
    assert (await office.purge.forget_expired()).media == 0
    office.wait(seconds=1)

    assert (await office.purge.forget_expired()).media == 1


async def test_a_session_like_the_last_begins_without_them(office: Office) -> None:
    await submit_with_photos(office, b"a")
    fresh = await office.log_session.start_session(DUNG_ACTS, office.cause())

    copied = await office.fill_session.copy_last(
        DUNG_ACTS, press(fresh.buttons, "session:copy"), office.cause()
    )

    assert "photos" not in copied.session.answers


async def test_words_in_place_of_a_photo_are_refused(office: Office) -> None:
    screen = await fill(office)

    with pytest.raises(Refusal, match="photo_wanted"):
        await office.fill_session.answer_field(
            DUNG_ACTS, screen.session.id, "photos", "không có", office.cause()
        )


async def change_form(office: Office, choice: str) -> None:
    key, _, _ = choice.partition(":")
    view = await office.change_form.show_form(HANH_ACTS, office.cause())
    button = press(view.buttons, "form:open", key)
    view = await office.change_form.show_field(HANH_ACTS, button, office.cause())
    button = press(view.buttons, "form:change", choice)
    await office.change_form.change_field(HANH_ACTS, button, office.cause())


async def test_a_form_that_hides_photos_takes_none(office: Office) -> None:
    await change_form(office, "photos:hide")
    screen = await fill(office)

    with pytest.raises(Refusal, match="no_such_field"):
        await add_photo(office, screen)


async def test_a_form_that_requires_photos_asks_for_one(office: Office) -> None:
    await change_form(office, "photos:require")
    screen = await fill(office)
    assert screen.asked
    assert screen.asked.key == "photos"

    screen = await add_photo(office, screen)
    assert (await hand_in(office, screen)).session.state is SessionState.SUBMITTED


async def test_a_form_from_before_photos_has_them_hidden_and_can_show_them(office: Office) -> None:
    older = FIRST_FORM.with_moved("minutes", 1)
    without = [one for one in older.fields if one.key not in ("photos", "voice")]
    async with office.file.begin() as work:
        await work.forms.add(type(older)(older.version, tuple(without)), HANH.id, NOW)
        await work.commit()
    async with office.file.begin() as work:
        newest = await work.forms.newest()
    assert [one.key for one in newest.fields if one.is_hidden] == ["photos", "voice"]

    await change_form(office, "photos:show")
    assert (await add_photo(office, await fill(office))).session.answers["photos"] == 1
