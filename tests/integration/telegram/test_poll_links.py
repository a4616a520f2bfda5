"""The links under a poll, whatever has become of what they lead to."""

import pytest

from domain.model.delivery import Lost
from tests.integration.storage.cast import EM
from tests.integration.telegram.house import House
from tests.integration.telegram.test_plan_doors import hear
from tests.integration.usecases.story import submit
from tests.integration.usecases.test_polls import POLL, asked

EM_ID = int(EM.chat)


@pytest.mark.parametrize("link", ["poll_", "gopy_", "poll_khong-co", "gopy_khong-co", "gopy_\x00"])
async def test_a_link_to_nothing_is_answered(house: House, link: str) -> None:
    assert await hear(house, EM_ID, f"/start {link}")


async def test_a_poll_is_not_shared_before_it_goes_out(house: House) -> None:
    submission = await submit(house.office, poll=POLL)
    said = await hear(house, EM_ID, f"/start poll_{submission.frozen.revision.bulletin_id}")
    assert "không còn nữa" in said
    assert not [call for call in house.office.gateway.calls if call.act == "forward"]


async def test_a_comment_on_a_poll_that_was_changed_in_the_file_is_answered(house: House) -> None:
    submission = await submit(house.office, poll=POLL)
    revision = submission.frozen.revision
    house.office.past_the_rules(
        "a_revision_never_changes",
        "UPDATE revision SET poll = replace(poll, 'Tối', 'Khuya') WHERE id = ?",
        revision.id,
    )
    assert await hear(house, EM_ID, f"/start gopy_{revision.bulletin_id}")


async def test_a_shared_poll_is_announced_only_once_it_is_there(house: House) -> None:
    broadcast = await asked(house.office)
    link = f"/start poll_{broadcast.bulletin_id}"
    house.office.gateway.will(EM.chat, Lost("blocked"))
    refused = await hear(house, EM_ID, link)
    shared = await hear(house, EM_ID, link)

    assert "Thăm dò ở" not in refused
    assert "Thăm dò ở ngay trên" in shared
