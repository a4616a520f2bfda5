"""Giang at the desk types in what somebody says who came to the office."""

from domain.model.access import Permission, Person, chat_with
from domain.model.chat import Address
from domain.model.opinion import Opinion
from domain.ports import Cause
from domain.usecases.record_walk_in import RecordWalkIn
from domain.usecases.visit import Intake, Visit
from tests.integration.storage.cast import BOT, GIANG, WARD
from tests.integration.usecases.office import Office, actor, message, press

DRAIN = "Cống trước nhà văn hóa nghẹt, mưa là ngập."


def desk_of(office: Office) -> RecordWalkIn:
    return RecordWalkIn(office.receive)


def address(person: Person) -> Address:
    return chat_with(person.account or "", BOT)


async def at_desk(office: Office, person: Person = GIANG, cause: Cause | None = None) -> Visit:
    """The next update, or this one, by somebody of the office."""
    who, cause = address(person), cause or office.cause()
    desk = actor(person).units_for(Permission.OPINION_RECORD)
    return Visit(who, cause, f"h{cause.update_id}", await office.known(who), desk=desk)


async def agreed(office: Office, person: Person = GIANG) -> Intake:
    """The notice was read out; the words are asked next."""
    intake = await desk_of(office).begin(await at_desk(office, person))
    button = press(intake.buttons, "walk_in:agree")
    return await desk_of(office).agree(await at_desk(office, person), button)


async def typed(office: Office, person: Person = GIANG, text: str = DRAIN) -> Intake:
    """Everything is typed; only the last look is left."""
    await agreed(office, person)
    visit = await at_desk(office, person)
    intake = await office.receive.begin_opinion(visit, words=message(text))
    for action in ("intake:kind", "intake:field"):
        skip = next(b for b in intake.buttons if (b.action, b.choice) == (action, ""))
        intake = await office.describe_opinion.choose(await at_desk(office, person), skip)
    place = press(intake.buttons, "intake:unit", WARD.id)
    return await office.receive.choose_unit(await at_desk(office, person), place)


async def walked_in(office: Office, person: Person = GIANG, text: str = DRAIN) -> Opinion:
    """From /ghiho to the code, which has come."""
    button = press((await typed(office, person, text)).buttons, "walk_in:file")
    filed = (await desk_of(office).file(await at_desk(office, person), actor(person), button)).filed
    assert filed is not None
    await office.send_all()
    return filed
