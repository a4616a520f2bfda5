"""Those through whose hands a case goes, and what they do with it."""

from domain.model.access import Grant, Person, Role
from domain.model.button import Button
from domain.model.chat import Address
from domain.model.opinion import Opinion
from domain.model.unit import Unit
from domain.usecases.answer_matter import AnswerPreview
from domain.usecases.preview_letter import LetterPreview
from domain.usecases.send_letter import HIDDEN_CODE
from tests.integration.storage.cast import CITY, EM, GIANG, OTHER_WARD, WARD
from tests.integration.usecases.office import Office, actor, message, pick, press, private

KHANH = Person("khanh", "Khánh", "telegram:106", (Grant(Role.TRIAGER, WARD.id),))
"""Giang's colleague."""
OANH = Person("oanh", "Oanh", "telegram:107", (Grant(Role.TRIAGER, OTHER_WARD.id),))
"""Triager in the other ward."""
THU = Person("thu", "Thu", "telegram:108", (Grant(Role.SUPERVISOR, WARD.id),))
"""Giang's supervisor."""
QUAN = Person("quan", "Quân", "telegram:109", (Grant(Role.TRIAGER, CITY.id),))
"""Triager of the whole city."""


async def hire(office: Office, *people: Person) -> None:
    async with office.file.begin() as work:
        for person in people:
            await work.people.add(person)
        await work.commit()


def as_sent(office: Office, preview: LetterPreview | AnswerPreview, opinion: Opinion) -> str:
    """What was previewed with what only its sending knows: the code, and the last day."""
    times, words = office.times, office.letterhead.words
    assert preview.letter is not None
    shown = preview.letter.markup.replace(HIDDEN_CODE, opinion.code)
    for is_question, days in ((True, times.more_info_days), (False, times.reopen_days)):
        day = words.date(times.waits_until(office.clock.now(), is_question))
        counted = words.text("wait.counted", days=days)
        shown = shown.replace(counted, words.text("wait.until", date=day))
    return shown


async def opened(office: Office, person: Person, opinion: Opinion) -> None:
    """They read the case; its buttons lie in their private chat."""
    await office.triage.open_case(actor(person), opinion.id, office.cause())
    await office.send_all()


async def assign(office: Office, by: Person, to: Person, opinion: Opinion) -> Opinion:
    await opened(office, by, opinion)
    ask = await office.button(private(by), "opinion:assign")
    found = await office.hand_over.list_colleagues(actor(by), ask, office.cause())
    button = press(found.buttons, "opinion:give_to", to.id)
    given, _ = await office.hand_over.assign_case(actor(by), button, office.cause())
    await office.send_all()
    return given


async def further(office: Office, person: Person, action: str) -> Button:
    """A button that stands one press behind the usual ones."""
    more = await office.button(private(person), "opinion:further")
    buttons = await office.triage.turn_menu(actor(person), more, office.cause())
    return press(buttons, action)


async def give_back(office: Office, person: Person) -> Opinion:
    button = await further(office, person, "opinion:give_back")
    given = await office.hand_over.give_back(actor(person), button, office.cause())
    await office.send_all()
    return given


async def forward(
    office: Office, opinion: Opinion, to: Unit = OTHER_WARD, by: Person = GIANG
) -> Opinion:
    await opened(office, by, opinion)
    look = await further(office, by, "opinion:forward")
    places = await office.forward.show_places(actor(by), look, office.cause())
    for place in (to.parent_id, to.id):
        if step := pick(places.buttons, "forward:place", f"{place}/0"):
            places = await office.forward.show_places(actor(by), step, office.cause())
    here = press(places.buttons, "forward:choose", to.id)
    preview = await office.forward.preview(actor(by), here, office.cause())
    button = press(preview.buttons, "forward:send")
    moved, _ = await office.forward.forward_case(actor(by), button, office.cause())
    await office.send_all()
    return moved


async def previewed(
    office: Office, opinion: Opinion, action: str, text: str, by: Person = GIANG
) -> LetterPreview:
    """What a staffer is about to write to the resident: a question, a refusal, a referral."""
    await opened(office, by, opinion)
    usual = await office.triage.turn_menu(actor(by), await _menu(office, by), office.cause())
    ask = pick(usual, action) or await office.button(private(by), action)
    await office.write_back.ask_words(actor(by), ask, office.cause())
    async with office.file.begin() as work:
        dialog = await work.dialogs.of(by.id)
    assert dialog is not None
    return await office.write_back.preview(actor(by), dialog, text, office.cause())


async def write_back(
    office: Office, opinion: Opinion, action: str, text: str, by: Person = GIANG
) -> Opinion:
    """The same, and the letter sent."""
    preview = await previewed(office, opinion, action, text, by)
    button = press(preview.buttons, "case_letter:send")
    moved, _ = await office.write_back.send(actor(by), button, office.cause())
    await office.send_all()
    return moved


async def _menu(office: Office, person: Person) -> Button:
    return await office.button(private(person), "opinion:further")


async def reply(office: Office, text: str, who: Address = EM) -> Opinion:
    """Em presses the button below the question, writes, looks at it and sends it."""
    button = await office.button(who.chat, "opinion:reply")
    await office.reply.begin(await office.visit(who), button)
    intake = await office.receive.begin_opinion(await office.visit(who), words=message(text))
    send = press(intake.buttons, "reply:send")
    added = await office.reply.send(await office.visit(who), send)
    await office.send_all()
    return added
