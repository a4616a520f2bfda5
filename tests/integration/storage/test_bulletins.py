"""Bulletins: drafted, frozen, approved."""

from dataclasses import replace

import pytest

from domain.errors import LostRace, Tampered
from domain.model.bulletin import BulletinState, Field
from domain.model.marks import Mark, MarkKind
from domain.model.version import Version
from domain.ports import Work
from storage.unit_of_work import SqlMemory
from tests.databases import Databases
from tests.integration.storage.cast import (
    APPROVAL,
    BULLETIN,
    DRAFT,
    OTHER_WARD,
    REVISION,
    WARD,
    approve,
    frozen,
    submit,
)


async def test_a_draft_comes_back_as_it_was_typed(work: Work) -> None:
    await work.bulletins.add(BULLETIN, DRAFT)
    await work.bulletins.save_draft(replace(DRAFT, text="Khác", field=Field.HEALTH))

    assert await work.bulletins.get("b1") == BULLETIN
    assert await work.bulletins.draft("b1") == replace(DRAFT, text="Khác", field=Field.HEALTH)


async def test_a_title_formatting_and_other_languages_come_back(work: Work) -> None:
    bold, link = Mark(MarkKind.BOLD, 0, 5), Mark(MarkKind.LINK, 6, 9, "https://can.tho")
    khmer = Version("km", "ទឹកឡើង", "ទឹកឡើងខ្ពស់", (bold,))
    draft = replace(DRAFT, title="Triều cường", marks=(bold, link), translations=(khmer,))
    await work.bulletins.add(BULLETIN, draft)

    assert await work.bulletins.draft("b1") == draft


async def test_a_late_move_of_a_bulletin_is_refused(work: Work) -> None:
    await submit(work)

    with pytest.raises(LostRace, match=r"bulletin\.moved_on"):
        await work.bulletins.save(BULLETIN.moved_to(BulletinState.WITHDRAWN), BULLETIN)


async def test_a_revision_comes_back_letter_for_letter(work: Work) -> None:
    await submit(work)

    assert await work.bulletins.revision("r1") == frozen()


async def test_the_words_come_back_without_the_groups(work: Work) -> None:
    await submit(work)

    text = await work.bulletins.frozen_text("r1")

    assert (text.written, text.audience.count) == (frozen().written, 2)


@pytest.mark.parametrize(
    "slipped", ["INSERT INTO revision_chat VALUES ('r1', 'g3')", "DELETE FROM revision_chat"]
)
async def test_groups_changed_before_the_approval_are_found(
    memory: SqlMemory, databases: Databases, slipped: str
) -> None:
    async with memory.begin() as work:
        await submit(work)
        await work.commit()
    databases.past_the_rules("frozen_groups_are_never_removed", slipped)

    async with memory.begin() as work:
        assert await work.bulletins.in_review([WARD.id]) == ()
        with pytest.raises(Tampered):
            await work.bulletins.revision("r1")


async def test_the_newest_revision_is_the_last_one_submitted(work: Work) -> None:
    await submit(work)
    second = frozen(replace(REVISION, id="r2", number=2))
    await work.bulletins.add_revision(second, second.revision.send_at or APPROVAL.approved_at)

    assert await work.bulletins.newest_revision("b1") == second


async def test_what_waits_for_review_is_seen_in_its_subtree_only(work: Work) -> None:
    await submit(work)

    assert await work.bulletins.in_review([WARD.id]) == (frozen(),)
    assert await work.bulletins.in_review(["*"]) == (frozen(),)
    assert await work.bulletins.in_review([OTHER_WARD.id]) == ()


async def test_an_approval_is_found_by_its_revision(work: Work) -> None:
    assert await work.bulletins.approval("r1") is None
    await approve(work)

    assert await work.bulletins.approval("r1") == APPROVAL
