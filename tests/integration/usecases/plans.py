"""An entry of the plan, opened."""

from domain.model.access import Person
from domain.model.broadcast import Broadcast
from domain.model.button import Button
from domain.usecases.open_planned import PlannedPage
from tests.integration.storage.cast import LATER
from tests.integration.usecases.office import Office, actor


async def opened(office: Office, person: Person, broadcast: Broadcast) -> PlannedPage:
    """The entry of one broadcast, as this person sees it."""
    at = broadcast.planned_at.isoformat()
    holder = f"person:{person.id}"
    button = Button("entry", "plan:open", broadcast.bulletin_id, at, 1, holder, LATER)
    return await office.planned.open(actor(person), button, office.cause())


async def offered(office: Office, person: Person, broadcast: Broadcast) -> list[str]:
    """What that page offers."""
    return [button.action for button in (await opened(office, person, broadcast)).buttons]
