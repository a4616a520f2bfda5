"""From the inbox to the doors: in order within a chat, and no chat in another's way."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest

from domain.errors import MemoryLost
from domain.model.chat import Address
from domain.model.delivery import Payload, SendOutcome
from domain.model.dialog import Awaited, Dialog
from domain.model.resident import Resident
from domain.ports import Memory
from handlers.telegram import pump
from storage.vault.residents import SqlVault
from tests.integration.storage.cast import AN, EM
from tests.integration.telegram.house import EM_ID, House, presses, says
from tests.integration.usecases.between import Between
from tests.integration.usecases.gateway import RecordingGateway
from tests.integration.usecases.office import private

KHACH_ID = 4321


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump, "PAUSE", 0.0)


class LostAtFirst(Between):
    """Main, away for so many questions."""

    def __init__(self, memory: Memory, failures: int) -> None:
        super().__init__(memory)
        self.failures = failures

    def meet(self) -> None:
        if self.failures:
            self.failures -= 1
            raise MemoryLost("the disk is away")


class LostInHandling(LostAtFirst):
    """Main, which is there as long as the pump only looks what comes next."""

    async def processed(self, bot_id: int, update_ids: Sequence[int]) -> frozenset[int]:
        return await self.memory.processed(bot_id, update_ids)


async def test_a_lost_database_is_waited_for_and_parks_no_update(house: House) -> None:
    away = LostInHandling(house.office.file, failures=12)
    lost = House.on(replace(house.office, crashing=away), house.rooms.words)
    await lost.hears(says("/trogiup"))

    assert away.failures == 0
    assert len(lost.said_to(EM_ID)) == 1
    assert (await house.office.inbox.counts())["parked"] == 0


class SlowGateway(RecordingGateway):
    """Some chats' answers take until the test lets them go."""

    def __init__(self, *slow: int) -> None:
        super().__init__()
        self.slow, self.go = set(map(str, slow)), asyncio.Event()
        self.others = asyncio.Semaphore(0)

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome:
        if address.chat in self.slow:
            await self.go.wait()
        else:
            self.others.release()
        return await super().send(address, payload, lane)


async def test_an_update_that_cannot_be_settled_is_answered_once_and_told_of_each_time(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settle, refusals = house.office.inbox.done, [ValueError("no"), ValueError("no")]

    async def done(inbox_id: int) -> None:
        if refusals:
            raise refusals.pop()
        await settle(inbox_id)

    monkeypatch.setattr(type(house.office.inbox), "done", lambda _, inbox_id: done(inbox_id))
    await house.hears(says("/trogiup"))

    told = [record.getMessage() for record in caplog.records if record.exc_info]
    assert told == ["update 1001 could not be settled"] * 2
    assert len(house.said_to(EM_ID)) == 1
    assert (await house.office.inbox.counts())["waiting"] == 0


async def test_a_database_that_is_lost_at_the_look_ahead_is_waited_for(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "IDLE", 0.01)
    away, gateway = LostAtFirst(house.office.file, failures=3), SlowGateway(KHACH_ID)
    lost = House.on(replace(house.office, crashing=away, gateway=gateway), house.rooms.words)
    await lost.bring(says("/trogiup"))
    pumping = asyncio.create_task(lost.pump.run())
    async with asyncio.timeout(20):
        await gateway.others.acquire()
    await lost.pump.drain(20)
    pumping.cancel()

    assert away.failures == 0
    assert (await house.office.inbox.counts())["done"] == 1


async def test_one_slow_chat_delays_no_other(house: House) -> None:
    slow = SlowGateway(EM_ID)
    busy = House.on(replace(house.office, gateway=slow), house.rooms.words)
    await busy.bring(says("/trogiup"), says("/trogiup", KHACH_ID), says("/xem", KHACH_ID, 2))
    handling = asyncio.create_task(busy.handle_all())
    async with asyncio.timeout(20):
        await slow.others.acquire()
        await slow.others.acquire()

    assert busy.said_to(EM_ID) == []
    slow.go.set()
    await handling
    assert len(busy.said_to(EM_ID)) == 1


async def test_a_chat_is_answered_in_its_order(house: House) -> None:
    await house.bring(says("/quyenriengtu", number=2) | {"update_id": 1050}, says("/trogiup"))
    await house.handle_all()
    in_order = house.said_to(EM_ID)
    await house.hears(says("/trogiup", number=3))
    await house.hears(says("/quyenriengtu", number=4))

    assert in_order == house.said_to(EM_ID)[2:]


async def test_a_flood_leaves_the_others_their_turn(house: House) -> None:
    """However much of one chat waits, the next of every other is started before its second."""
    slow = SlowGateway(EM_ID, KHACH_ID)
    busy = House.on(replace(house.office, gateway=slow), house.rooms.words)
    await busy.bring(*(says("/trogiup", number=n) for n in range(1, 60)))
    await busy.bring(says("/trogiup", KHACH_ID))
    await busy.pump._start_waiting()
    under_way = list(busy.pump.under_way.values())

    assert len(under_way) == 2
    slow.go.set()
    await asyncio.gather(*under_way)


async def test_what_arrives_out_of_order_does_not_overtake_what_is_under_way(
    house: House,
) -> None:
    slow = SlowGateway(EM_ID)
    busy = House.on(replace(house.office, gateway=slow), house.rooms.words)
    await busy.bring(says("/trogiup", number=2) | {"update_id": 1050})
    await busy.pump._start_waiting()
    (under_way,) = busy.pump.under_way.values()
    await busy.bring(says("/xem") | {"update_id": 1049})
    await busy.pump._start_waiting()

    assert list(busy.pump.under_way.values()) == [under_way]
    assert not under_way.done()
    slow.go.set()
    await under_way


async def test_gopy_drops_a_member_of_staffs_open_question(house: House) -> None:
    """What is written next is An's own opinion, not an answer to what was asked before."""
    async with house.rooms.memory.begin() as work:
        await work.dialogs.open(Dialog(AN.id, Awaited.RETURN_REASON, "b1"))
        await work.commit()
    await house.hears(says("/gopy", int(private(AN))))

    async with house.rooms.memory.begin() as work:
        assert await work.dialogs.of(AN.id) is None


async def test_a_press_under_withheld_words_leaves_the_message_whole(house: House) -> None:
    await house.hears(says("Đèn đường hẻm 12 hỏng."))
    refuse = await house.office.button(str(EM_ID), "intake:decline")
    withheld = {"message_id": 9, "date": 0, "chat": {"id": EM_ID, "type": "private"}}
    before = len(house.said_to(EM_ID))
    await house.hears(presses(refuse.id, message=withheld))

    assert [call.act for call in house.office.gateway.calls if call.act != "send"] == []
    assert len(house.said_to(EM_ID)) == before + 1


@dataclass(frozen=True)
class HeldUp(SqlVault):
    """The vault of a process that stalls in the middle of a write, until the test goes on."""

    reached: asyncio.Event = field(default_factory=asyncio.Event)
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def save_resident(self, who: Address, resident: Resident) -> None:
        self.reached.set()
        await self.go.wait()
        await super().save_resident(who, resident)


async def test_who_was_held_up_and_replaced_puts_no_erased_resident_back(house: House) -> None:
    await house.office.vault.save_resident(EM, Resident().consenting(house.office.clock.now()))
    await house.hears(says("/ngonngu"))
    rows = house.office.gateway.to(EM.chat)[-1].payload.buttons
    khmer = next(face.press for row in rows for face in row if "ខ្មែរ" in face.label)
    stalled = HeldUp(house.office.vault.engine, house.office.vault.keys)
    replaced = House.on(replace(house.office, vault=stalled), house.rooms.words)
    await house.bring(presses(khmer))
    late = asyncio.create_task(replaced.handle_all())
    async with asyncio.timeout(20):
        await stalled.reached.wait()
    await house.handle_all()
    assert (await house.office.known()).resident.language == "km"
    await house.office.vault.forget_resident(EM)
    stalled.go.set()
    await late

    assert (await house.office.known()).resident == Resident()
