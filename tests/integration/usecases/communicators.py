"""Those who pass content on: Dung in the quarter, Kim beside her, and one in the other ward."""

from domain.model.access import Grant, Permission, Person, Role, chat_with
from domain.model.bulletin import Field
from domain.model.chat import Address
from domain.model.heard import Bearing, Interest, Spread
from domain.model.opinion import Opinion
from domain.ports import Cause
from domain.usecases.visit import Intake, Visit
from tests.integration.storage.cast import BOT, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office, actor, message, pick, press

DUNG = Person("dung", "Dung", "telegram:7760001106", (Grant(Role.COMMUNICATOR, QUARTER.id),))
KIM = Person("kim", "Kim", "telegram:7760001107", (Grant(Role.COMMUNICATOR, QUARTER.id),))
LAN = Person("lan", "Lan", "telegram:7760001108", (Grant(Role.SPEAKER, OTHER_WARD.id),))


TAM = Person("tam", "Tâm", "telegram:7760001109", (Grant(Role.OPINION_COLLABORATOR, WARD.id),))
PHUC = Person(
    "phuc",
    "Phúc",
    "telegram:7760001110",
    (Grant(Role.SPEAKER, QUARTER.id), Grant(Role.COMMUNICATOR, WARD.id)),
)
OF_THE_WARD = (DUNG, KIM, TAM, PHUC)
"""Different people in different places of one ward."""


async def join(office: Office, *people: Person) -> None:
    """They are registered, with their accounts."""
    async with office.file.begin() as work:
        for person in people:
            await work.people.add(person)
        await work.commit()


def address(person: Person) -> Address:
    """Their private chat with the bot."""
    return chat_with(person.account or "", BOT)


async def visit_by(office: Office, person: Person, cause: Cause | None = None) -> Visit:
    """The next update, or this one, by somebody who may pass things on."""
    who, cause = address(person), cause or office.cause()
    reach = actor(person).units_for(Permission.OPINION_HEAR)
    return Visit(who, cause, f"h{cause.update_id}", await office.known(who), reach)


RUBBISH = "Bà con nói xe rác ba ngày chưa vào hẻm."
Said = tuple[Field, Spread, Interest]
SAID: Said = (Field.ENVIRONMENT, Spread.MANY, Interest.HIGH)


async def agreed(office: Office, person: Person) -> Intake:
    """They have read the notice; what they are asked next is whether to be named."""
    intake = await office.hear.begin(await visit_by(office, person))
    if button := pick(intake.buttons, "intake:agree"):
        intake = await office.receive.agree(await visit_by(office, person), button)
    return intake


async def chosen(
    office: Office, person: Person, intake: Intake, action: str, choice: str
) -> Intake:
    button = press(intake.buttons, action, choice)
    return await office.hear.choose(await visit_by(office, person), button)


async def told(
    office: Office, person: Person, bearing: Bearing, text: str = RUBBISH, said: Said = SAID
) -> Intake:
    """Everything is said; only the last look is left."""
    intake = await chosen(office, person, await agreed(office, person), "heard:bearing", bearing)
    words = message(text)
    intake = await office.receive.begin_opinion(await visit_by(office, person), words=words)
    intake = await chosen(office, person, intake, "heard:field", said[0])
    if place := pick(intake.buttons, "intake:unit"):
        intake = await office.receive.choose_unit(await visit_by(office, person), place)
    intake = await chosen(office, person, intake, "heard:spread", said[1])
    return await chosen(office, person, intake, "heard:interest", said[2])


async def pass_on(
    office: Office, person: Person, bearing: Bearing, text: str = RUBBISH, said: Said = SAID
) -> Opinion:
    """From /nghe to the code, which has come."""
    intake = await told(office, person, bearing, text, said)
    button = press(intake.buttons, "heard:file")
    filed = (await office.hear.file(await visit_by(office, person), actor(person), button)).filed
    assert filed is not None
    await office.send_all()
    return filed
