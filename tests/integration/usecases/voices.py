"""What Em says into his phone, and how it gets to whoever handles it."""

from channels.recordings import only_sound
from domain.model.opinion import Opinion
from domain.model.opinion_voice import DraftVoice
from domain.model.resident import DraftStep, Written
from domain.usecases.attach_voice import AttachVoice
from domain.usecases.open_along import OpenAlong
from domain.usecases.visit import Intake, Visit
from tests.integration.storage.cast import GIANG, WARD
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import left_open
from tests.unit.channels.ogg import spoken

HEARD = only_sound(spoken(45))


def attach(office: Office) -> AttachVoice:
    return AttachVoice(office.receive, office.gateway)


async def send(
    office: Office, number: int = 1, caption: str = "", visit: Visit | None = None
) -> Intake:
    office.gateway.files["v"] = HEARD
    words = Written(number, caption) if caption else None
    voice = DraftVoice(number, "v", 45)
    return await attach(office).offer(visit or await office.visit(), voice, words)


async def agreed_to_the_notice(office: Office, intake: Intake) -> Intake:
    button = press(intake.buttons, "intake:agree")
    return await office.receive.agree(await office.visit(), button)


async def asked(office: Office, caption: str = "") -> Intake:
    """Em has sent a voice note and agreed to the notice: the question of its own stands there."""
    intake = await agreed_to_the_notice(office, await send(office, caption=caption))
    assert intake.draft
    assert intake.draft.step is DraftStep.VOICE
    return intake


async def agreed(office: Office, caption: str = "") -> Intake:
    button = press((await asked(office, caption)).buttons, "voice:agree")
    return await attach(office).agree(await office.visit(), button)


async def at_the_last_look(office: Office, intake: Intake) -> Intake:
    intake = await left_open(office, intake)
    place = press(intake.buttons, "intake:unit", WARD.id)
    return await office.receive.choose_unit(await office.visit(), place)


async def filed_by_voice(office: Office, caption: str = "") -> Opinion:
    intake = await at_the_last_look(office, await agreed(office, caption))
    button = press(intake.buttons, "intake:file")
    opinion = (await office.receive.file_opinion(await office.visit(), button)).filed
    assert opinion is not None
    await office.send_all()
    return opinion


async def asked_to_listen(office: Office, opinion: Opinion) -> None:
    await office.triage.open_case(actor(GIANG), opinion.id, office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:listen")
    await listening(office).open_voice(actor(GIANG), button, office.cause())


def listening(office: Office) -> OpenAlong:
    return OpenAlong(office.memory, office.clock, office.ids, office.letterhead)
