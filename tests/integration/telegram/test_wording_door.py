"""Words, formatting and languages of a bulletin as they are typed in the chat."""

from tests.integration.storage.cast import AN, QUARTER_GROUP
from tests.integration.telegram.house import House, says
from tests.integration.telegram.test_plan_doors import AN_ID, hear, press
from tests.integration.usecases.office import private
from tests.integration.usecases.story import approve, release, write

TYPED = "Triều cường\n\n- Nước lên nhanh, xem dichvucong.gov.vn"
KHMER = "ទឹកជោរ\nទឹកឡើងនៅថ្ងៃស្អែក។"


def marked(kind: str, words: str, **more: str) -> dict[str, object]:
    return {"type": kind, "offset": TYPED.index(words), "length": len(words), **more}


async def begun(house: House, *entities: dict[str, object]) -> str:
    """An has typed a bulletin with formatting; what came back."""
    await hear(house, AN_ID, "/soan")
    before = len(house.said_to(AN_ID))
    await house.hears(says(TYPED, AN_ID, next(house.numbers), entities=list(entities)))
    return "\n".join(house.said_to(AN_ID)[before:])


async def panel(house: House) -> str:
    await press(house, AN_ID, "compose:field", "thien_tai_pccc_dich_benh")
    return await hear(house, AN_ID, "Công văn 12/UBND")


async def opened(house: House, field: str) -> None:
    """An has a complete draft, and is asked for this."""
    await write(house.office)
    await hear(house, AN_ID, "/soan")
    await press(house, AN_ID, "compose:open")
    await press(house, AN_ID, "compose:edit", field)


async def test_the_page_looks_as_it_was_typed(house: House) -> None:
    await begun(house, marked("bold", "lên"), marked("blockquote", "Nước lên nhanh"))
    page = await panel(house)

    assert "<b>Triều cường</b>\n\n• <blockquote>Nước <b>lên</b> nhanh</blockquote>" in page


async def test_formatting_that_is_left_out_is_named_once(house: House) -> None:
    said = await begun(house, marked("underline", "lên"), marked("spoiler", "nhanh"))

    assert "gạch chân" in said
    assert "chữ che" in said
    assert "định dạng" not in (await panel(house)).lower()


async def test_a_message_of_one_line_has_no_title_and_it_is_asked(house: House) -> None:
    await hear(house, AN_ID, "/soan")
    said = await hear(house, AN_ID, "Ngày mai nước lên.")

    assert "Tiêu đề bản tin là gì?" in said
    assert "lĩnh vực nào" in await hear(house, AN_ID, "Triều cường")


async def test_the_panel_counts_each_language_and_its_groups(house: House) -> None:
    house.office.sql(f"UPDATE chat SET language = 'km' WHERE id = '{QUARTER_GROUP.id}'")
    await opened(house, "km")
    said = await hear(house, AN_ID, KHMER)

    assert "<b>ទឹកជោរ</b>" in said
    assert "/4.096</b> ký tự, 1 nhóm nhận" in said
    assert "Tiếng Anh: chưa có, cũng chưa nhóm nào cần" in said
    assert "Theo ngôn ngữ" not in said


async def test_a_version_can_be_left_out_again(house: House) -> None:
    await opened(house, "en")
    await hear(house, AN_ID, "High tide\nThe tide is high tomorrow.")
    await press(house, AN_ID, "compose:edit", "en")

    said = await press(house, AN_ID, "compose:no_version", "en")

    assert "Tiếng Anh: chưa có" in said


async def test_a_version_of_one_line_is_explained_and_asked_again(house: House) -> None:
    await opened(house, "km")

    assert "Dòng đầu là tiêu đề" in await hear(house, AN_ID, "ទឹកជោរ")
    assert "<b>ទឹកជោរ</b>" in await hear(house, AN_ID, KHMER)


async def test_author_and_approver_see_every_link_in_full(house: House) -> None:
    await begun(house, marked("text_link", "lên", url="https://can.tho.gov.vn/tin?a=1"))
    said = await panel(house)

    assert "“lên” → <b>can.tho.gov.vn</b>: https://can.tho.gov.vn/tin?a=1" in said
    assert "<b>dichvucong.gov.vn</b>: dichvucong.gov.vn" in said


async def test_what_deceives_is_refused_and_what_may_be_meant_is_shown(house: House) -> None:
    await opened(house, "text")
    said = await hear(house, AN_ID, "Triều cường\nThứ Ba 23/11/2026 nước\u202e lên [mấy] m.")

    assert "⚠️ Thứ và ngày không khớp ở “23/11/2026”: hôm đó là thứ Hai" in said
    assert "⚠️ Còn chỗ chưa điền: “[mấy]”" in said
    assert "⛔ Có ký tự ẩn (U+202E RIGHT-TO-LEFT OVERRIDE)" in said
    await press(house, AN_ID, "compose:submit")
    assert house.office.sql("SELECT DISTINCT state FROM bulletin") == [("draft",)]


async def test_lists_call_a_bulletin_by_its_title(house: House) -> None:
    broadcast = await approve(house.office, title="Triều cường rằm tháng mười")

    assert broadcast.bulletin_id
    assert "Triều cường rằm tháng mười" in await hear(house, int(private(AN)), "/lich")
    await release(house.office, title="Bão số 9")
    assert "Bão số 9" in await hear(house, int(private(AN)), "/lich")
