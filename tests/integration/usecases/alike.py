"""Cases about the same, and how they come together."""

from domain.model.access import Person
from domain.model.opinion import Opinion
from domain.usecases.join_cases import Alike
from tests.integration.storage.cast import EM, GIANG, STRANGER
from tests.integration.usecases.hands import further, opened
from tests.integration.usecases.office import Office, actor, press, private
from tests.integration.usecases.story import file_opinion

ONE = "Đèn đường hẻm 12 Nguyễn Trãi hỏng đã ba tuần, tối đi lại rất nguy hiểm."
OTHER = "Den duong hem 12 Nguyen Trai hong may tuan roi, toi di lai nguy hiem lam."
"""The same, as somebody types it who leaves the marks out."""


async def two_alike(office: Office) -> tuple[Opinion, Opinion]:
    """Em's case, and a stranger's about the same."""
    first = await file_opinion(office, ONE, EM)
    return await file_opinion(office, OTHER, STRANGER), first


async def suggested(office: Office, opinion: Opinion, by: Person = GIANG) -> Alike:
    await opened(office, by, opinion)
    button = await further(office, by, "opinion:merge")
    return await office.join_cases.list_alike(actor(by), button, office.cause())


async def join_alike(office: Office, opinion: Opinion, master: Opinion) -> tuple[Opinion, Opinion]:
    alike = await suggested(office, opinion)
    button = press(alike.buttons, "merge:into", master.id)
    joined = await office.join_cases.join(actor(GIANG), button, office.cause())
    await office.send_all()
    return joined


async def take_apart(office: Office) -> Opinion:
    """What was joined last stands by itself again."""
    (found,) = office.sql("SELECT id FROM opinion WHERE state = 'duplicate_of'")
    await office.triage.open_case(actor(GIANG), found[0], office.cause())
    await office.send_all()
    button = await office.button(private(GIANG), "opinion:set_apart")
    apart = await office.join_cases.set_apart(actor(GIANG), button, office.cause())
    await office.send_all()
    return apart
