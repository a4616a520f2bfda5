"""A topic of a forum is a destination of its own: asked, bound and answered in it."""

from dataclasses import dataclass, field, replace

from domain.model.chat import Address
from domain.model.delivery import Payload, SendOutcome
from tests.integration.storage.cast import BOT, HANH, WARD
from tests.integration.telegram.house import House, Json, presses, says
from tests.integration.usecases.gateway import RecordingGateway
from tests.integration.usecases.office import private

FORUM = -1007770001
HANH_ID = int(private(HANH))


@dataclass
class NotingGateway(RecordingGateway):
    """Remembers the whole address, topic and all."""

    addresses: list[Address] = field(default_factory=list)

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome:
        self.addresses.append(address)
        return await super().send(address, payload, lane)


def in_forum(text: str, number: int, **more: object) -> Json:
    chat = {"id": FORUM, "type": "supergroup", "title": "Phường", "is_forum": True}
    return says(text, HANH_ID, number, chat=chat, **more)


async def asked(house: House, update: Json) -> list[str]:
    """In which topics the forum was answered."""
    gateway = NotingGateway()
    noted = House.on(replace(house.office, gateway=gateway), house.rooms.words)
    await noted.hears(update)
    return [address.thread for address in gateway.addresses if address.chat == str(FORUM)]


async def test_what_is_said_in_a_topic_is_answered_in_it(house: House) -> None:
    command = in_forum("/ketnoi", 12, message_thread_id=5, is_topic_message=True)

    assert await asked(house, command) == ["5"]


async def test_a_thread_of_replies_is_no_topic(house: House) -> None:
    """In a supergroup an answer to an answer has a thread's number too."""
    assert await asked(house, in_forum("/ketnoi", 12, message_thread_id=5)) == [""]


async def test_ketnoi_in_a_topic_binds_the_topic(house: House) -> None:
    await house.hears(in_forum("/ketnoi", 12, message_thread_id=5, is_topic_message=True))
    place = await house.office.button(private(HANH), "bind:unit", WARD.id)
    await house.hears(presses(place.id, HANH_ID))
    purpose = await house.office.button(private(HANH), "bind:purpose", "staff")
    await house.hears(presses(purpose.id, HANH_ID))

    topic = Address("telegram", BOT, str(FORUM), "5", is_group=True)
    async with house.rooms.memory.begin() as work:
        assert [chat.address for chat in await work.chats.at(topic)] == [topic]


async def test_a_button_about_one_topic_does_not_place_another(house: House) -> None:
    await house.hears(in_forum("/ketnoi", 12, message_thread_id=5, is_topic_message=True))
    place = await house.office.button(private(HANH), "bind:unit", WARD.id)
    await house.hears(in_forum("/ketnoi", 13, message_thread_id=6, is_topic_message=True))
    before = len(house.said_to(HANH_ID))
    await house.hears(presses(place.id, HANH_ID))

    assert len(house.said_to(HANH_ID)) == before
