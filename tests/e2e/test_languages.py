"""One bulletin with formatting in three languages, from its author's chat to groups of each."""

import pytest

from domain.model.text import utf16_units
from tests.e2e.town import Json, Person, Town, until

pytestmark = pytest.mark.e2e

NEWS = "👍 Tiêm vắc xin cho trẻ"
TEXTS = {
    "vi": f"{NEWS}\n\nTrạm y tế tiêm miễn phí. Mang theo sổ tiêm. Xem lịch ở đây.",
    "km": "ចាក់វ៉ាក់សាំងកុមារ\n\nប៉ុស្តិ៍សុខភាពចាក់ដោយឥតគិតថ្លៃ។",
    "en": "Vaccination for children\n\nThe health station vaccinates free of charge.",
}
BOLD = {"vi": "miễn phí", "km": "ឥតគិតថ្លៃ", "en": "free of charge"}
LINK = "https://yte.cantho.gov.vn/lich"


def marked(text: str, kind: str, words: str, **more: str) -> Json:
    offset = utf16_units(text[: text.index(words)])
    return {"type": kind, "offset": offset, "length": utf16_units(words), **more}


async def say(person: Person, language: str, *more: Json) -> None:
    """Type a version, as an app reports what is formatted in it."""
    text = TEXTS[language]
    entities = [marked(text, "bold", BOLD[language]), *more]
    about = {"user": person.user, "chat": person.bot, "text": text, "entities": entities}
    await person.practice.post("say", **about)


async def test_each_group_reads_its_language_as_it_was_written(town: Town) -> None:
    await town.open()
    vietnamese, khmer, english, *_ = town.groups
    await set_language(town, khmer, "Khmer")
    await set_language(town, english, "Anh")

    await write_in_three(town)
    await town.person("Bình").sees("ឥតគិតថ្លៃ")
    await town.person("Bình").sees(f"Liên kết trong tin.*{LINK}")
    await town.person("Bình").press("Duyệt", NEWS)

    await reads(town, vietnamese, "vi", "Tin chính thức")
    await reads(town, khmer, "km", "ចាក់វ៉ាក់សាំងកុមារ")
    await reads(town, english, "en", "Official notice")
    page = await town.person("Hạnh").sees(BOLD["vi"], vietnamese)
    kinds = {one["type"]: one for one in page["entities"]}
    assert kinds["text_link"]["url"]
    assert "blockquote" in kinds
    assert LINK in [one.get("url") for one in page["entities"]]


async def set_language(town: Town, group: int, language: str) -> None:
    hanh = town.person("Hạnh")
    last = await hanh.last()
    await hanh.say("/donvi")
    await hanh.press("Nhóm của đơn vị", after=last)
    await hanh.press(town.titles[group], after=last)
    await hanh.press("Ngôn ngữ", after=last)
    await hanh.press(language, after=last)
    await hanh.sees(f"{town.titles[group]}.*{language}", after=last)


async def write_in_three(town: Town) -> None:
    an = town.person("An")
    await an.say("/soan")
    await an.offered("Bỏ bản tin")
    quote = marked(TEXTS["vi"], "blockquote", "Mang theo sổ tiêm.")
    await say(an, "vi", quote, marked(TEXTS["vi"], "text_link", "ở đây", url=LINK))
    await an.press("Y tế")
    await an.sees("Công văn số")
    await an.say("Công văn 9/UBND")
    for label, language in (("Bản Khmer", "km"), ("Bản tiếng Anh", "en")):
        last = await an.last()
        await an.press(label, NEWS)
        await an.sees("dòng đầu là tiêu đề", after=last)
        await say(an, language)
        await an.offered("Gửi duyệt", NEWS, after=last + 1)
    counted = (
        r"Tiếng Khmer: \d+/4\.096 ký tự, 2 nhóm nhận\nTiếng Anh: \d+/4\.096 ký tự, 1 nhóm nhận"
    )
    panel = await an.offered("Gửi duyệt", counted)
    await an.press_on(panel, "Gửi duyệt")


async def reads(town: Town, group: int, language: str, around: str) -> None:
    """The group has this version once, its words in bold, and no other language."""
    hanh = town.person("Hạnh")
    page = await hanh.sees(BOLD[language], group)
    text, words = page["text"], BOLD[language]
    assert around in text
    assert not [other for other in BOLD.values() if other != words and other in text]
    bold = marked(text, "bold", words)
    assert {name: bold[name] for name in bold} in page["entities"]

    async def once() -> bool:
        return await town.copies(group, words) == 1

    await until(once, "one copy in the group")
