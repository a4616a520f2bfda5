"""Notes on what is in review: with its author, and at the next review what became of each."""

import pytest

from domain.errors import Forbidden, LostRace, Refusal
from domain.model.access import Person
from domain.model.bulletin import BulletinState
from domain.model.review_note import MOST_NOTES
from tests.databases import REFUSED
from tests.integration.storage.cast import AN, BINH, CHI, GIANG
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import review_button, submit

ABOUT_DAY = "> ngày mai\nGhi rõ ngày tháng giúp bà con."


async def note(office: Office, revision_id: str, typed: str, who: Person = BINH) -> None:
    await office.note_review.add_note(actor(who), revision_id, typed, office.cause())
    await office.send_all()


async def submit_again(office: Office, bulletin_id: str, text: str) -> str:
    """An mends it; what the approver's notes card says then."""
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), text=text)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    await office.send_all()
    return office.gateway.to(private(BINH))[-2].markup


async def test_a_note_reaches_the_author_and_it_goes_on_waiting(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    await note(office, revision.id, ABOUT_DAY)
    said = office.gateway.to(private(AN))[-1].markup

    assert "<b>Bình</b> ghi chú" in said
    assert "<blockquote>ngày mai</blockquote>Ghi rõ ngày tháng" in said
    assert office.sql("SELECT state FROM bulletin") == [(BulletinState.IN_REVIEW,)]
    await office.review.approve_bulletin(actor(BINH), await review_button(office), office.cause())


async def test_the_author_sees_the_notes_beside_the_draft(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    assert await office.note_review.beside_draft(actor(AN), revision.bulletin_id) is None
    await note(office, revision.id, ABOUT_DAY)
    beside = await office.note_review.beside_draft(actor(AN), revision.bulletin_id)

    assert beside is not None
    assert "chưa sửa" in beside.markup


@pytest.mark.parametrize(
    ("text", "became"),
    [
        ("Triều cường ngày mai, bà con kê đồ.", "chưa sửa"),
        ("Triều cường ngày 21/11, bà con kê đồ.", "đã sửa"),
    ],
)
async def test_the_next_review_says_whether_the_passage_changed(
    office: Office, text: str, became: str
) -> None:
    revision = (await submit(office, title="Triều cường")).frozen.revision
    await note(office, revision.id, ABOUT_DAY)
    await office.review.return_bulletin(actor(BINH), revision.id, "Xem ghi chú.", office.cause())
    shown = await submit_again(office, revision.bulletin_id, text)

    assert "Ghi rõ ngày tháng" in shown
    assert became in shown


async def test_a_note_on_the_whole_is_changed_by_any_word(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    await note(office, revision.id, "Giọng văn hơi khô.")

    assert "đã sửa" in await submit_again(office, revision.bulletin_id, "Khác hẳn.")


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("   ", "review_note.nothing_written"),
        ("> ngày mai", "review_note.nothing_written"),
        ("x" * 501, "review_note.too_long"),
        ("> chữ không có trong tin\nSai.", "review_note.not_in_text"),
        (f"> {'x' * 151}\nSai.", "review_note.quote_too_long"),
    ],
)
async def test_what_cannot_be_a_note_is_named_and_nothing_is_lost(
    office: Office, typed: str, key: str
) -> None:
    revision = (await submit(office)).frozen.revision
    await office.note_review.ask_note(
        actor(BINH), await review_button(office, "review_note:ask"), office.cause()
    )
    with pytest.raises(Refusal) as refused:
        await note(office, revision.id, typed)

    assert refused.value.key == key
    assert office.sql("SELECT awaited FROM dialog WHERE person_id = 'binh'") == [("review_note",)]


async def test_no_more_notes_than_fit_in_a_message(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    for number in range(MOST_NOTES):
        await note(office, revision.id, f"Ghi chú {number}.")
    with pytest.raises(Refusal) as refused:
        await note(office, revision.id, "Một ghi chú nữa.")

    assert refused.value.key == "review_note.too_many"


@pytest.mark.parametrize("who", [AN, CHI, GIANG])
async def test_only_an_approver_of_the_unit_notes(office: Office, who: Person) -> None:
    revision = (await submit(office)).frozen.revision
    with pytest.raises(Forbidden):
        await note(office, revision.id, "Sai.", who)


async def test_nobody_notes_what_is_no_longer_in_review(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    await office.compose.change_draft(actor(AN), revision.bulletin_id, office.cause(), text="Khác.")
    with pytest.raises(LostRace):
        await note(office, revision.id, "Sai.")


async def test_the_database_refuses_a_note_by_the_author(office: Office) -> None:
    revision = (await submit(office)).frozen.revision
    with pytest.raises(REFUSED, match="nobody reviews their own"):
        office.sql(
            "INSERT INTO review_note VALUES (?, 1, 'an', '', 'Hay.', '2026-11-20')", revision.id
        )
