"""Letters that go through two people's hands: who writes them, and who lets them go."""

from domain.model.access import Person
from domain.model.dialog import Dialog
from domain.model.opinion import Opinion
from tests.integration.storage.cast import GIANG
from tests.integration.usecases.hands import KHANH, THU, hire, opened
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import MENDED, file_opinion, take
from tests.integration.usecases.test_review_rules import set_rule


async def demand_two(office: Office) -> None:
    """Khánh and Thu join Giang, and their unit's letters go through two people."""
    await hire(office, KHANH, THU)
    await set_rule(office, "thu_tra_loi=2")


async def submit_letter(office: Office, text: str = MENDED) -> Opinion:
    """Giang has taken Em's case, and her answer waits for a second person."""
    await demand_two(office)
    opinion = await take(office, await file_opinion(office))
    return await write_and_submit(office, opinion, text)


async def write_and_submit(office: Office, opinion: Opinion, text: str = MENDED) -> Opinion:
    preview = await office.answer.preview_answer(actor(GIANG), opinion.id, text, office.cause())
    button = press(preview.buttons, "answer:submit")
    waiting = await office.answer.send_answer(actor(GIANG), button, office.cause())
    await office.send_all()
    return waiting


async def approve_letter(office: Office, opinion: Opinion, by: Person = KHANH) -> Opinion:
    """They open the case, read the letter and let it go."""
    await opened(office, by, opinion)
    button = await office.button(private(by), "opinion:approve_letter")
    moved = await office.approve_letter.approve(actor(by), button, office.cause())
    await office.send_all()
    return moved


async def return_letter(
    office: Office, opinion: Opinion, reason: str, by: Person = KHANH
) -> Opinion:
    await opened(office, by, opinion)
    button = await office.button(private(by), "opinion:return_letter")
    await office.approve_letter.ask_reason(actor(by), button, office.cause())
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(by.id)
    assert isinstance(dialog, Dialog)
    returned = await office.approve_letter.return_letter(actor(by), dialog, reason, office.cause())
    await office.send_all()
    return returned
