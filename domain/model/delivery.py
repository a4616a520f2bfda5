"""An entry's life in the outbox: what may happen to a send, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from domain.errors import LostRace
from domain.model.locality import Point


class EntryState(StrEnum):
    """Where one send stands; `uncertain` waits for a named person."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


OPEN_STATES = frozenset({EntryState.QUEUED, EntryState.SENDING})
HEARD_OR_TO_BE = OPEN_STATES | {EntryState.SENT, EntryState.UNCERTAIN}
"""It arrived, or may have, or still can."""
TAKES_RECEIPT = (EntryState.SENDING, EntryState.UNCERTAIN)
"""Also what was given up as unknown: its answer may come late, while nobody has decided on it."""


class OriginKind(StrEnum):
    """What a send is owed to."""

    BROADCAST = "broadcast"
    CARD = "card"
    """Something staff must see; after an unknown outcome it is repeated, and says so."""
    LETTER = "letter"
    """A receipt or an answer to a resident."""
    VIEW = "view"
    """A case's text for one staffer's eyes: never repeated by itself, taken back after a time."""


class Lane(IntEnum):
    """Who goes first: people before groups."""

    PERSON = 0
    PRIORITY = 1
    BULK = 2


@dataclass(frozen=True, slots=True)
class ButtonFace:
    """A button as it is shown: either `press` (a stored button's id) or `url` is set."""

    label: str
    press: str = ""
    url: str = ""


ButtonRows = tuple[tuple[ButtonFace, ...], ...]
CASE_SHOWN = "case:"
POINT_SHOWN = "point:"
VOICE_SHOWN = "voice:"


@dataclass(frozen=True, slots=True)
class Payload:
    """What is shown: text with our few tags (b, i, a, blockquote), and rows of buttons."""

    markup: str
    buttons: ButtonRows = ()
    is_guarded: bool = False
    """Whether the channel is to keep it from being passed on; only of what is shown, not owed."""
    answers: str = ""
    """The message in the chat that it stands below as an answer; only of what is shown."""
    shows: str = ""
    """The revision whose files go along, the words below them; how they lie there is looked up.
    After CASE_SHOWN, POINT_SHOWN or VOICE_SHOWN the case whose pictures, place or recording do.
    """
    point: Point | None = None
    """A place on the map, which is shown instead of words; looked up, and never owed."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The occurrence, card or letter that a send is owed to."""

    kind: OriginKind
    id: str


def to_chat(chat_id: str) -> str:
    """The destination that is a bound group."""
    return f"chat:{chat_id}"


def to_person(person_id: str) -> str:
    """The destination that is a registered person's private chat."""
    return f"person:{person_id}"


def to_handle(handle: str) -> str:
    """The destination that only the vault can find: whoever stands behind a case."""
    return f"handle:{handle}"


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One message owed to one destination (lượt gửi)."""

    id: str
    origin: Origin
    destination: str
    lane: Lane
    payload: Payload | None
    """None for a broadcast, whose words are in the frozen revision, and once it is forgotten."""
    part: int = 0
    state: EntryState = EntryState.QUEUED
    attempt: int = 1
    not_before: datetime | None = None
    not_after: datetime | None = None
    delete_after: timedelta | None = None
    """How long after sending the channel is asked to delete it again."""
    lease_until: datetime | None = None
    refusals: int = 0
    edits: str = ""
    """The number of the message that this correction changes in place; else it is sent anew."""
    old_link: str = ""
    """Where the message that it corrects stands."""
    messages: int = 1
    """How many messages it is in its chat: an album is as many as it has pictures."""
    more_ids: tuple[str, ...] = ()
    """Of an album that it changes in place, the numbers of the others."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel took it: the receipt (biên nhận)."""

    message_id: str
    link: str = ""
    """Where a member of the group can see it; empty where the channel has no links."""
    more_ids: tuple[str, ...] = ()
    """Of an album all its other messages, each of which has a number of its own."""
    poll_id: str = ""
    """What the channel calls the poll in it, if it is one."""


@dataclass(frozen=True, slots=True)
class NotSent:
    """It surely never reached the channel; try again later."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """The channel asks for silence, for this long, in this chat."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Moved:
    """The group goes on under another address."""

    chat: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The bot may no longer write there: removed, or blocked."""

    reason: str
    topic_only: bool = False
    """The group is as it was; only the topic in it was closed or deleted."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The channel took a look and refused this message for good."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unauthorised:
    """The bot's own credentials are not accepted: nothing can be sent until this is mended."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether it arrived."""

    reason: str


SendOutcome = Sent | NotSent | Held | Moved | Lost | Rejected | Unauthorised | Unknown


def require_in_doubt(entry: OutboxEntry) -> None:
    """LostRace if it is known by now that it arrived: somebody said so, or its answer came late."""
    if entry.state is EntryState.SENT:
        raise LostRace("release.has_arrived")


LEASE = timedelta(seconds=60)
LONGEST_CLAIMED_WAIT = 1.0
"""Seconds a claimed entry may wait for the pacer: a chat that needs longer is not claimed yet."""
CARD_ATTEMPTS = 5
"""How often a card with an unknown outcome is repeated before it waits for a person."""
DELETED_AGAIN = timedelta(hours=1)
"""How long after a refused deletion the channel is asked once more."""
DELETABLE = timedelta(hours=48)
"""How long after sending a message can be deleted at all (Bot API, deleteMessage)."""
BACK_OFF = tuple(timedelta(seconds=s) for s in (1, 2, 5, 10, 30, 60))


def back_off(refusals: int) -> timedelta:
    """How long to wait after the n-th certain failure (n counts from 1)."""
    return BACK_OFF[min(refusals, len(BACK_OFF)) - 1]


TROUBLE_FIRST = (EntryState.UNCERTAIN, EntryState.FAILED)
"""What needs somebody's eyes stands at the top of every list."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of a broadcast's sends stand where (kiểm đếm)."""

    counts: Mapping[EntryState, int]

    @property
    def sent(self) -> int:
        return self.counts.get(EntryState.SENT, 0)

    @property
    def uncertain(self) -> int:
        return self.counts.get(EntryState.UNCERTAIN, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


RECEIPTS_SHOWN = 25
"""Lines of a list of receipts: each may bring two buttons along, and all must fit in a message."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """How one group's send ended, for those who wrote and approved it."""

    entry_id: str
    chat_id: str
    chat_title: str
    state: EntryState
    sent_at: datetime | None
    link: str
    reason: str = ""


def bulk_entry(
    entry_id: str, broadcast_id: str, chat_id: str, lane: Lane, times: tuple[datetime, datetime]
) -> OutboxEntry:
    """One group's share of a broadcast; `times` are its not-before and not-after."""
    return OutboxEntry(
        entry_id,
        Origin(OriginKind.BROADCAST, broadcast_id),
        to_chat(chat_id),
        lane,
        None,
        not_before=times[0],
        not_after=times[1],
    )


def card(entry_id: str, about: str, destination: str, payload: Payload) -> OutboxEntry:
    """Something staff must see; `about` names the event, so that it is told only once."""
    origin = Origin(OriginKind.CARD, about)
    return OutboxEntry(entry_id, origin, destination, Lane.PERSON, payload)


def view(
    entry_id: str, opinion_id: str, person_id: str, payload: Payload, stays: timedelta
) -> OutboxEntry:
    """One reading of a case, in the private chat of whoever asked for it."""
    origin = Origin(OriginKind.VIEW, f"{opinion_id}:{entry_id}")
    return OutboxEntry(
        entry_id, origin, to_person(person_id), Lane.PERSON, payload, delete_after=stays
    )


def letter(entry_id: str, about: str, handle: str, payload: Payload) -> OutboxEntry:
    """Something owed to the resident behind a case."""
    origin = Origin(OriginKind.LETTER, about)
    return OutboxEntry(entry_id, origin, to_handle(handle), Lane.PERSON, payload)
