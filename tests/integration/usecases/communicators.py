"""Those who pass content on: Dung in the quarter, Kim beside her, and one in the other ward."""

from domain.model.access import Grant, Person, Role
from tests.integration.storage.cast import OTHER_WARD, QUARTER
from tests.integration.usecases.office import Office

DUNG = Person("dung", "Dung", "telegram:106", (Grant(Role.COMMUNICATOR, QUARTER.id),))
KIM = Person("kim", "Kim", "telegram:107", (Grant(Role.COMMUNICATOR, QUARTER.id),))
LAN = Person("lan", "Lan", "telegram:108", (Grant(Role.SPEAKER, OTHER_WARD.id),))


async def join(office: Office, *people: Person) -> None:
    """They are registered, with their accounts."""
    async with office.file.begin() as work:
        for person in people:
            await work.people.add(person)
        await work.commit()
