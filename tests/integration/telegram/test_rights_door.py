"""/quyenriengtu: who keeps what, why, how long, whom to ask; and the ways from there."""

from tests.integration.telegram.house import EM_ID, House, says

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
