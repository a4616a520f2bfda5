"""A supervisor pauses what comes from the writer of a case, and lifts that again."""

from domain.model.opinion import Opinion
from tests.integration.storage.cast import HANH
from tests.integration.usecases.hands import further, opened
from tests.integration.usecases.office import Office, actor, press


async def mute(office: Office, opinion: Opinion, choice: str = "xuc_pham/7") -> Opinion:
    """Hạnh says why and for how long."""
    await opened(office, HANH, opinion)
    ask = await further(office, HANH, "opinion:mute")
    _, reasons = await office.mute.ask(actor(HANH), ask, office.cause())
    why = press(reasons, "mute:why", choice.partition("/")[0])
    _, spans = await office.mute.ask(actor(HANH), why, office.cause())
    return await office.mute.mute(actor(HANH), press(spans, "mute:set", choice), office.cause())


async def lift(office: Office, opinion: Opinion) -> Opinion:
    await opened(office, HANH, opinion)
    button = await further(office, HANH, "opinion:unmute")
    return await office.mute.lift(actor(HANH), button, office.cause())
