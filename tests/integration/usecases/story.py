"""What everybody usually does: An writes, Bình approves, Em writes in, Giang answers."""

import re
from typing import Unpack

from domain.model.broadcast import Broadcast
from domain.model.bulletin import Field
from domain.model.button import Button
from domain.model.chat import Address
from domain.model.opinion import Opinion
from domain.model.unit import Unit
from domain.model.version import LONGEST_TITLE
from domain.usecases.compose import DraftFields
from domain.usecases.follow import Settled
from domain.usecases.submit import Submission
from domain.usecases.visit import Intake
from tests.integration.storage.cast import AN, BINH, EM, GIANG, WARD
from tests.integration.usecases.office import Office, actor, message, press, private

TIDE = "Triều cường ngày mai, bà con kê đồ lên cao."
LAMP = "Đèn đường hẻm 12 hỏng <hai tuần> & chưa ai sửa!"
MENDED = "Phường đã cho thay bóng đèn sáng nay."


async def write(office: Office, **fields: Unpack[DraftFields]) -> str:
    """An writes a whole bulletin; returns its id."""
    preview = await office.compose.start_bulletin(actor(AN), office.cause())
    whole: DraftFields = {"text": TIDE, "field": Field.DISASTERS, "source": "Công văn 12/UBND"}
    # What is told of it later is told by its title: here by its first words.
    words = fields.get("text", TIDE)
    whole["title"] = re.sub(r"\s*\[.*|\n.*", "", words, flags=re.DOTALL)[:LONGEST_TITLE]
    bulletin_id = preview.draft.bulletin_id
    await office.compose.change_draft(actor(AN), bulletin_id, office.cause(), **(whole | fields))
    return bulletin_id


async def submit(office: Office, **fields: Unpack[DraftFields]) -> Submission:
    bulletin_id = await write(office, **fields)
    return await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())


async def review_button(office: Office, action: str = "bulletin:approve") -> Button:
    """Bình's own button, on the card that has just come."""
    await office.send_all()
    return await office.button(private(BINH), action)


async def approve(office: Office, **fields: Unpack[DraftFields]) -> Broadcast:
    """An writes, Bình approves."""
    await submit(office, **fields)
    button = await review_button(office)
    broadcast = (
        await office.review.approve_bulletin(actor(BINH), button, office.cause())
    ).broadcast
    assert broadcast is not None
    await office.send_all()
    return broadcast


async def release(office: Office, **fields: Unpack[DraftFields]) -> Broadcast:
    """Approved and due: the sends are in line, none has begun."""
    broadcast = await approve(office, **fields)
    await office.let_go()
    return broadcast


async def confirm_step(
    office: Office, text: str = LAMP, who: Address = EM, unit: Unit = WARD
) -> Intake:
    """Em writes, agrees, leaves open what it is and names the place; the last look is left."""
    intake = await office.receive.begin_opinion(await office.visit(who), words=message(text))
    if not intake.resident.has_consented:
        agree = press(intake.buttons, "intake:agree")
        intake = await office.receive.agree(await office.visit(who), agree)
    intake = await left_open(office, intake, who)
    place = press(intake.buttons, "intake:unit", unit.id)
    return await office.receive.choose_unit(await office.visit(who), place)


async def left_open(office: Office, intake: Intake, who: Address = EM) -> Intake:
    """What it is and what about may be asked, and Em skips both."""
    for action in ("intake:kind", "intake:field"):
        skips = [b for b in intake.buttons if (b.action, b.choice) == (action, "")]
        for skip in skips:
            intake = await office.describe_opinion.choose(await office.visit(who), skip)
    return intake


async def file_opinion(
    office: Office, text: str = LAMP, who: Address = EM, unit: Unit = WARD
) -> Opinion:
    intake = await confirm_step(office, text, who, unit)
    button = press(intake.buttons, "intake:file")
    filed = (await office.receive.file_opinion(await office.visit(who), button)).filed
    assert filed is not None
    await office.send_all()
    return filed


async def take(office: Office, opinion: Opinion) -> Opinion:
    """Giang reads the case and makes it hers."""
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:take")
    taken = await office.triage.take_case(actor(GIANG), button, office.cause())
    await office.send_all()
    return taken


async def write_answer(office: Office, opinion: Opinion, text: str = MENDED) -> Button:
    """Giang writes an answer and sees it; returns the button that sends it."""
    ask = await office.button(private(GIANG), "opinion:answer")
    await office.answer.ask_answer(actor(GIANG), ask, office.cause())
    preview = await office.answer.preview_answer(actor(GIANG), opinion.id, text, office.cause())
    return press(preview.buttons, "answer:send")


async def answer(office: Office, text: str = MENDED) -> Opinion:
    """From Em's words to Giang's letter, which is in line but not sent."""
    opinion = await take(office, await file_opinion(office))
    button = await write_answer(office, opinion, text)
    return await office.answer.send_answer(actor(GIANG), button, office.cause())


async def settle(office: Office, choice: str) -> Settled:
    """Em says whether it is solved, on the letter she got."""
    await office.send_all()
    button = await office.button(EM.chat, "opinion:settle", choice)
    return await office.follow.settle_case(button, office.cause())
