"""The people, places and messages that the storage tests are about."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.model.access import Grant, Person, Role
from domain.model.approval import Approval
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.bulletin import Bulletin, BulletinClass, BulletinState, Draft, Field, Revision
from domain.model.chat import Address, Chat, ChatPurpose, ChatState
from domain.model.delivery import Lane, OutboxEntry, Payload, bulk_entry, card, letter
from domain.model.frozen import FrozenRevision, freeze
from domain.model.opinion import Addition, Answer, Opinion, OpinionSource, OpinionState
from domain.model.sending import Sender
from domain.model.unit import Unit, UnitKind
from domain.ports import Work

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
"""A Friday, nine in the morning in Cần Thơ."""
LATER = NOW + timedelta(hours=24)
BOT = 7
SENDER = Sender(BOT)

CITY = Unit("ct", "ct", "Cần Thơ", UnitKind.CITY, None, "UBND thành phố Cần Thơ")
WARD = Unit("nk", "nk", "Ninh Kiều", UnitKind.WARD, "ct", "UBND phường Ninh Kiều")
QUARTER = Unit("kv", "kv", "Khu vực 1", UnitKind.QUARTER, "nk", "Khu vực 1", None)
OTHER_WARD = Unit("cr", "cr", "Cái Răng", UnitKind.WARD, "ct", "UBND phường Cái Răng")

AN = Person("an", "An", "telegram:101", (Grant(Role.AUTHOR, "nk"),))
BINH = Person("binh", "Bình", "telegram:102", (Grant(Role.APPROVER, "ct"),))
CHI = Person("chi", "Chi", "telegram:103", (Grant(Role.APPROVER, "cr"),))
GIANG = Person("giang", "Giang", "telegram:104", (Grant(Role.TRIAGER, "nk"),))
HANH = Person("hanh", "Hạnh", "telegram:105", (Grant(Role.SUPERVISOR, "ct"),))
EM = Address("telegram", BOT, "7773331234")
STRANGER = Address("telegram", BOT, "9990001111")


def group(chat_id: str, unit: Unit, purpose: ChatPurpose, title: str, chat: str) -> Chat:
    address = Address("telegram", BOT, chat, is_group=True)
    decision = "Họp dân ngày 12/10/2026"
    return Chat(
        chat_id, unit.id, purpose, title, address, "vi", ChatState.ACTIVE, decision, "hanh", NOW
    )


GROUP = group("g1", WARD, ChatPurpose.RESIDENTS, "Phường Ninh Kiều", "-1001")
QUARTER_GROUP = group("g2", QUARTER, ChatPurpose.RESIDENTS, "Khu vực 1", "-1002")
OTHER_GROUP = group("g3", OTHER_WARD, ChatPurpose.RESIDENTS, "Phường Cái Răng", "-1003")
STAFF_GROUP = group("s1", WARD, ChatPurpose.STAFF, "Cán bộ Ninh Kiều", "-1004")

BULLETIN = Bulletin("b1", WARD.id, AN.id, BulletinState.DRAFT, 0)
DRAFT = Draft("b1", WARD.id, WARD.id, text="Triều cường ngày mai.", field=Field.DISASTERS)
REVISION = Revision(
    id="r1",
    bulletin_id="b1",
    unit_id=WARD.id,
    number=1,
    author_id=AN.id,
    text="Triều cường ngày mai.",
    field=Field.DISASTERS,
    bulletin_class=BulletinClass.ORDINARY,
    issuing_body=WARD.issuing_body,
    source="Công văn 12/UBND",
    audience_unit_id=WARD.id,
    send_at=None,
)


def frozen(revision: Revision = REVISION) -> FrozenRevision:
    return freeze(revision, {"vi": "<b>Triều cường</b> ngày mai."}, [GROUP.id, QUARTER_GROUP.id])


APPROVAL = Approval("a1", "r1", frozen().hash, AN.id, BINH.id, NOW)
BROADCAST = Broadcast("bc1", "b1", "r1", frozen().hash, "a1", NOW, LATER, BroadcastState.PLANNED)
TO_GROUP = bulk_entry("bc1.g1", "bc1", GROUP.id, Lane.BULK, (NOW, LATER))
TO_QUARTER = bulk_entry("bc1.g2", "bc1", QUARTER_GROUP.id, Lane.BULK, (NOW, LATER))

OPINION = Opinion(
    id="o1",
    code="HC-7K3MQ-9TD4W",
    number="YK-7K3M-Q9TD",
    unit_id=WARD.id,
    source=OpinionSource.PRIVATE,
    text="Đèn đường hẻm 12 không sáng.",
    language="vi",
    state=OpinionState.NEW,
    handle="h1",
    filed_at=NOW,
    due_at=NOW + timedelta(days=14),
)
ANSWER = Answer("w1", "o1", GIANG.id, WARD.issuing_body, "Phường đã cho thay bóng đèn.", NOW)

ADDITION = Addition("b1", "o1", "Cột đèn số 7, trước nhà văn hóa.", NOW)


def card_to(destination: str, number: int = 1) -> OutboxEntry:
    return card(f"c{number}", f"event:{number}", destination, Payload("Có ý kiến mới."))


def letter_to_em(number: int = 1) -> OutboxEntry:
    return letter(f"l{number}", f"answer:{number}", "h1", Payload(ANSWER.text))


async def move_in(work: Work) -> None:
    """Everybody and every place, as `make run` would find them."""
    for unit in (CITY, WARD, QUARTER, OTHER_WARD):
        await work.units.add(unit)
    for person in (AN, BINH, CHI, GIANG, HANH):
        await work.people.add(person)
    for chat in (GROUP, QUARTER_GROUP, OTHER_GROUP, STAFF_GROUP):
        await work.chats.add(chat)


async def submit(work: Work) -> None:
    await work.bulletins.add(BULLETIN, DRAFT)
    await work.bulletins.add_revision(frozen(), NOW)
    await work.bulletins.save(
        replace(BULLETIN, state=BulletinState.IN_REVIEW, revision=1), BULLETIN
    )


async def approve(work: Work) -> None:
    await submit(work)
    await work.bulletins.add_approval(APPROVAL)
    await work.broadcasts.add(BROADCAST)


async def taken(work: Work, entry_id: str) -> OutboxEntry:
    """An entry as the sender has it in hand."""
    assert await work.outbox.claim([entry_id], LATER) == {entry_id}
    return await work.outbox.get(entry_id)


async def release(work: Work) -> None:
    await approve(work)
    await work.broadcasts.save_state(BROADCAST, BroadcastState.RELEASED)
    released = replace(BROADCAST, state=BroadcastState.RELEASED)
    while await work.broadcasts.line_up(released, Lane.BULK, NOW, (), 100):
        pass


@dataclass
class FrozenClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


@dataclass
class CountingIds:
    """Ids that a test can foresee."""

    made: int = 0

    def new(self) -> str:
        self.made += 1
        return f"id{self.made}"

    def code(self) -> str:
        return "HC-22222-22222"

    def number(self) -> str:
        return "YK-2222-2222"

    def token(self) -> str:
        return f"token{self.new()}"
