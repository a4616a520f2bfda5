"""/quyenriengtu: who keeps what, why, how long, whom to ask; and the ways from there."""

import pytest

from domain.model.data_request import DONE_WITHIN
from domain.model.opinion_kind import OpinionKind
from domain.model.resident import Resident
from tests.integration.storage.cast import EM, NOW
from tests.integration.telegram.house import EM_ID, House, presses, says
from tests.integration.usecases.story import LAMP

WAYS = ["right_xem", "right_sua", "right_xoa", "right_rutdongy", "right_hoi", "right_hua"]


async def test_the_notice_names_the_body_and_leads_to_every_right(house: House) -> None:
    await house.hears(says("/quyenriengtu"))
    shown = house.office.gateway.to(str(EM_ID))[-1]

    assert "60 phút" in shown.markup
    assert [face.url.split("=")[1] for row in shown.payload.buttons for face in row] == WAYS


async def test_a_link_takes_nothing_back_and_erases_nothing(house: House) -> None:
    """Anybody can send a link to somebody else."""
    await house.hears(says("Đang viết dở."))
    kept = house.office.sql("SELECT count(*) FROM opinion_draft", which="vault")
    for number, way in enumerate(WAYS, 2):
        await house.hears(says(f"/start {way}", number=number))

    assert kept == [(1,)]
    assert house.office.sql("SELECT count(*) FROM opinion_draft", which="vault") == kept
    _page, file, *about = house.office.gateway.to(str(EM_ID))[-7:]
    assert file.file is not None
    words = house.rooms.words
    assert [one.markup for one in about[:3]] == [
        words.html(f"rights.about_{way}", "vi") for way in ("sua", "xoa", "rutdongy")
    ]


@pytest.mark.parametrize("wanted", sorted(DONE_WITHIN))
async def test_a_data_request_is_previewed_as_one_without_field_danger_or_haste(
    house: House, wanted: OpinionKind
) -> None:
    await house.office.vault.save_resident(EM, Resident().consenting(NOW))
    await house.hears(says(f"/start right_hoi_{wanted}"))
    await house.hears(says("Ý kiến về hẻm 12, tháng 5.", number=2))
    look = house.office.gateway.to(str(EM_ID))[-1]
    labels = [one.label for row in look.payload.buttons for one in row]

    assert house.rooms.words.text(f"kind.{wanted}") in look.markup
    assert "hẻm 12" in look.markup
    for strange in ("Lĩnh vực", "Nguy hiểm", "việc gấp"):
        assert strange not in look.markup
        assert strange not in " ".join(labels)
    file = await house.office.button(EM.chat, "intake:file")
    await house.hears(presses(file.id))
    assert house.office.sql("SELECT kind, urgent FROM opinion") == [(wanted, 0)]


async def test_an_opinion_is_still_previewed_with_field_danger_and_haste(house: House) -> None:
    await house.office.vault.save_resident(EM, Resident().consenting(NOW))
    await house.hears(says(LAMP))
    for action in ("intake:kind", "intake:field", "intake:unit"):
        button = await house.office.button(EM.chat, action, "")
        await house.hears(presses(button.id))
    look = house.office.gateway.to(str(EM_ID))[-1]
    labels = [one.label for row in look.payload.buttons for one in row]

    assert ("Lĩnh vực" in look.markup, "Nguy hiểm?" in look.markup) == (True, True)
    assert "⚡ Đánh dấu việc gấp" in labels
