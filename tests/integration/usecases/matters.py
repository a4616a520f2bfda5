"""Cases about one matter: gathered, answered in public, and by that answer one by one."""

from domain.model.access import Person
from domain.model.bulletin import Field
from domain.model.dialog import Dialog
from domain.model.matter import Matter
from domain.model.opinion import Opinion
from domain.usecases.answer_matter import Answered
from domain.usecases.compose import DraftFields
from domain.usecases.show_matter import MatterPage
from tests.integration.storage.cast import AN, BINH, EM, GIANG, STRANGER
from tests.integration.usecases.hands import further, opened
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.story import file_opinion, review_button, take

NO_WATER = "Mất nước ở hẻm 12"
PUBLIC = "Ống nước hẻm 12 đã được thay. Nước chảy lại từ 17 giờ hôm nay."
WISH = "Nhà tôi hết nước nấu cơm từ hôm qua."
OTHER_WISH = "Cả hẻm không có nước, trẻ con không tắm được."
SOURCE = "Thông báo 7/CN"


async def open_matter(
    office: Office, opinion: Opinion, title: str = NO_WATER, by: Person = GIANG
) -> Matter:
    await opened(office, by, opinion)
    choose = await further(office, by, "matter:gather")
    choice = await office.gather_cases.choose(actor(by), choose, office.cause())
    new = press(choice.buttons, "matter:new", opinion.unit_id)
    await office.gather_cases.ask_title(actor(by), new, office.cause())
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(by.id)
    assert isinstance(dialog, Dialog)
    return await office.gather_cases.open_matter(actor(by), dialog, title, office.cause())


async def gather(
    office: Office, opinion: Opinion, matter: Matter, by: Person = GIANG
) -> tuple[Opinion, Matter]:
    await opened(office, by, opinion)
    choose = await further(office, by, "matter:gather")
    choice = await office.gather_cases.choose(actor(by), choose, office.cause())
    into = press(choice.buttons, "matter:into", matter.id)
    return await office.gather_cases.put_in(actor(by), into, office.cause())


async def take_out(office: Office, opinion: Opinion, by: Person = GIANG) -> Matter:
    await opened(office, by, opinion)
    choose = await further(office, by, "matter:gather")
    choice = await office.gather_cases.choose(actor(by), choose, office.cause())
    assert choice.present is not None
    out = press(choice.buttons, "matter:take_out", choice.present.id)
    _, matter = await office.gather_cases.take_out(actor(by), out, office.cause())
    return matter


async def page(office: Office, matter: Matter, by: Person = GIANG, after: int = 0) -> MatterPage:
    return await office.show_matter.show(actor(by), matter.id, after, office.cause())


async def two_gathered(office: Office) -> tuple[Matter, Opinion, Opinion]:
    """Em's case and a stranger's, both in Giang's hands."""
    first = await take(office, await file_opinion(office, WISH, EM))
    second = await take(office, await file_opinion(office, OTHER_WISH, STRANGER))
    matter = await open_matter(office, first)
    await gather(office, second, matter)
    return matter, first, second


async def draft_answer(office: Office, matter: Matter, **fields: object) -> str:
    """An begins the bulletin from the matter and writes all of it; its id."""
    button = press((await page(office, matter, AN)).buttons, "matter:compose")
    begun = await office.answer_matter.begin_bulletin(actor(AN), button, office.cause())
    whole: DraftFields = {"text": PUBLIC, "field": Field.POWER_AND_WATER, "source": SOURCE}
    whole |= fields  # type: ignore[typeddict-item]
    await office.compose.change_draft(actor(AN), begun.bulletin_id, office.cause(), **whole)
    return begun.bulletin_id


async def approve_answer(office: Office, matter: Matter, **fields: object) -> str:
    """The same, approved by Bình: it is planned for now."""
    bulletin_id = await draft_answer(office, matter, **fields)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    button = await review_button(office)
    await office.review.approve_bulletin(actor(BINH), button, office.cause())
    return bulletin_id


async def say_in_public(office: Office, matter: Matter, **fields: object) -> str:
    """The same, and residents got it."""
    bulletin_id = await approve_answer(office, matter, **fields)
    await office.go_round()
    return bulletin_id


async def answer_all(office: Office, matter: Matter, by: Person = GIANG) -> Answered:
    """From the matter's page: look at the letter, send it."""
    ask = press((await page(office, matter, by)).buttons, "matter:answer")
    preview = await office.answer_matter.preview(actor(by), ask, office.cause())
    send = press(preview.buttons, "matter:send", preview.buttons[0].choice)
    await office.answer_matter.begin_answers(actor(by), send, office.cause())
    answered = await office.answer_matter.answer_all(actor(by), send)
    await office.send_all()
    return answered
