"""Material as it is written, approved and read in the chat; nothing of it is seen in a group."""

from typing import Any

import pytest

from domain.model.chat import Address
from domain.model.delivery import Rejected, Sent
from tests.integration.storage.cast import AN, BINH, GROUP
from tests.integration.telegram.house import House, presses, says
from tests.integration.telegram.test_plan_doors import hear, press
from tests.integration.usecases.communicators import DUNG, join
from tests.integration.usecases.materials import PAIRS, PDF, SOURCE, TEXT, TITLE
from tests.integration.usecases.office import private

AN_ID, BINH_ID, DUNG_ID = (int(private(one)) for one in (AN, BINH, DUNG))


@pytest.fixture(autouse=True)
async def dung(house: House) -> None:
    await join(house.office, DUNG)


def paper(house: House, name: str = "Lịch.pdf", size: int = 99) -> dict[str, Any]:
    """An's next message: a document."""
    document = {"file_id": "p", "file_unique_id": "p", "file_name": name, "file_size": size}
    update = says("", AN_ID, next(house.numbers), document=document)
    del update["message"]["text"]
    return update


async def begin(house: House, kind: str) -> None:
    await hear(house, AN_ID, "/soan")
    await press(house, AN_ID, "material:begin")
    await press(house, AN_ID, "material:kind", kind)


async def topic(house: House) -> None:
    """A topic that is complete."""
    await begin(house, "chuyen_de")
    for typed in (TITLE, TEXT, "10"):
        await hear(house, AN_ID, typed)
    await press(house, AN_ID, "material:field", "thien_tai_pccc_dich_benh")
    await hear(house, AN_ID, SOURCE)


async def agree(house: House) -> None:
    await press(house, AN_ID, "material:submit")
    await house.office.send_all()
    await press(house, BINH_ID, "material:review")
    await press(house, BINH_ID, "material:approve")


async def test_a_topic_goes_from_an_by_way_of_binh_to_dung(house: House) -> None:
    await topic(house)
    await agree(house)

    assert TITLE in await hear(house, DUNG_ID, "/tailieu duong xa")
    page = await press(house, DUNG_ID, "material:open")
    assert TEXT in page
    assert "Chỉ nói trực tiếp" in page
    assert house.office.gateway.to(str(DUNG_ID))[-1].payload.is_guarded


@pytest.mark.parametrize("lost", [0, 1])
async def test_what_was_not_shown_whole_can_only_be_returned(house: House, lost: int) -> None:
    """Either the page does not arrive, or the file."""
    await begin(house, "tai_lieu_phat")
    await hear(house, AN_ID, TITLE)
    house.office.gateway.files["p"] = PDF
    await house.hears(paper(house))
    await press(house, AN_ID, "material:field", "thien_tai_pccc_dich_benh")
    await hear(house, AN_ID, SOURCE)
    await press(house, AN_ID, "material:submit")
    await house.office.send_all()
    arrived = [Sent(f"9{number}") for number in range(lost)]
    house.office.gateway.will(str(BINH_ID), *arrived, Rejected("too large"))

    assert "Chưa hiện được hết" in await press(house, BINH_ID, "material:review")
    last = house.office.gateway.to(str(BINH_ID))[-1]
    assert [face.label for row in last.payload.buttons for face in row] == ["↩️ Trả lại"]
    await press(house, BINH_ID, "material:return")
    assert "trả lại" in (await hear(house, BINH_ID, "Tệp không mở được.")).lower()


async def test_author_and_approver_see_where_a_link_leads(house: House) -> None:
    await topic(house)
    await press(house, AN_ID, "material:edit", "text")
    assert "dichvucong.gov.vn" in await hear(house, AN_ID, "Xem https://dichvucong.gov.vn/a.")
    await press(house, AN_ID, "material:submit")
    await house.office.send_all()
    await press(house, BINH_ID, "material:review")

    for chat in (AN_ID, BINH_ID):
        (card,) = [said for said in house.said_to(chat) if "Liên kết" in said]
        assert "https://dichvucong.gov.vn/a" in card


async def test_what_waits_is_listed_for_the_approver(house: House) -> None:
    await topic(house)
    await press(house, AN_ID, "material:submit")

    said = await hear(house, BINH_ID, "/duyet")
    assert TITLE in said
    assert TEXT not in said


async def test_a_sheet_is_filled_pair_by_pair(house: House) -> None:
    await begin(house, "hoi_dap")
    await hear(house, AN_ID, TITLE)

    assert "Đã có <b>2 câu</b>" in await hear(house, AN_ID, PAIRS)
    assert "Đã có <b>1 câu</b>" in await press(house, AN_ID, "material:drop_pair")


async def test_a_document_is_kept_under_its_name(house: House) -> None:
    house.office.gateway.files["p"] = PDF
    await begin(house, "tai_lieu_phat")
    await hear(house, AN_ID, TITLE)
    await house.hears(paper(house))

    assert house.office.sql("SELECT name, media FROM material_file") == [
        ("Lịch.pdf", "application/pdf")
    ]


async def test_a_document_that_says_it_is_too_large_is_not_even_fetched(house: House) -> None:
    await begin(house, "tai_lieu_phat")
    await hear(house, AN_ID, TITLE)
    await house.hears(paper(house, size=21 * 1024 * 1024))

    assert "quá lớn" in house.said_to(AN_ID)[-1]


async def test_no_name_of_a_file_stays(house: House) -> None:
    """By it the file could be fetched again."""
    house.office.gateway.files["p"] = PDF
    await begin(house, "tai_lieu_phat")
    await hear(house, AN_ID, TITLE)
    update = paper(house)
    update["message"]["document"]["file_id"] = "BQACAgUAAx0C"
    house.office.gateway.files["BQACAgUAAx0C"] = PDF
    await house.hears(update)

    for which in ("main", "vault"):
        for table in house.office.databases.tables(which):
            rows = house.office.sql(f"SELECT * FROM {table}", which=which)
            assert "BQACAgUAAx0C" not in str(rows)


async def test_a_residents_tailieu_shows_nothing(house: House) -> None:
    await topic(house)
    await agree(house)
    await house.hears(says("/tailieu duong", 4711, 5))

    assert TITLE not in "".join(house.said_to(4711))


@pytest.mark.parametrize("link", ["material", "tailieu", "material_1", "t_1"])
async def test_no_link_opens_material(house: House, link: str) -> None:
    await topic(house)
    await agree(house)
    await house.hears(says(f"/start {link}", 4711, 5))

    assert TITLE not in "".join(house.said_to(4711))


async def test_a_button_carried_into_a_group_shows_nothing_there(house: House) -> None:
    await topic(house)
    await agree(house)
    await hear(house, DUNG_ID, "/tailieu")
    rows = house.office.gateway.to(str(DUNG_ID))[-1].payload.buttons
    where: Address = GROUP.address
    chat = {"id": int(where.chat), "type": "supergroup", "title": "x"}
    message = {"message_id": 9, "date": 1_700_000_000, "chat": chat, "text": "x"}
    await house.hears(presses(rows[0][0].press, DUNG_ID, message))

    assert house.said_to(where.chat) == []
