"""A channel that writes down what it is given, and answers as the test has told it to."""

from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace

from channels.recordings import only_sound
from domain.errors import Refusal
from domain.model.attachment import Attachment, Film
from domain.model.capabilities import Capabilities
from domain.model.chat import Address
from domain.model.delivery import ButtonRows, Payload, SendOutcome, Sent, Unknown
from domain.model.poll import Ballot
from domain.model.poll_copy import AlreadyClosed, Closed
from domain.ports import Gateway


@dataclass(frozen=True, slots=True)
class Call:
    """One send, edit or deletion, and what came of it."""

    act: str
    chat: str
    payload: Payload
    outcome: SendOutcome
    lane: int = 0
    message_id: str = ""
    file: Attachment | None = None
    album: tuple[Attachment, ...] = ()

    @property
    def markup(self) -> str:
        return self.payload.markup


TELEGRAMS = Capabilities(
    4096,
    buttons=True,
    edits=True,
    deletes=True,
    links=True,
    polls=True,
    media=True,
    albums=True,
    caption_limit=1024,
)


@dataclass
class RecordingGateway:
    """A gateway without a network: every send arrives, unless the test has said otherwise."""

    capabilities: Capabilities = TELEGRAMS
    calls: list[Call] = field(default_factory=list)
    script: defaultdict[str, deque[SendOutcome]] = field(default_factory=lambda: defaultdict(deque))
    remembered: list[tuple[str, float]] = field(default_factory=list)
    """What was sent before it was opened: (chat, seconds ago), each message of an album."""
    polls: dict[str, Closed] = field(default_factory=dict)
    """How a poll ends that nobody closes otherwise, by its message."""
    stopped: set[str] = field(default_factory=set)
    waits: dict[str, float] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """What people have sent, by the name it is fetched under."""
    fetched: list[str] = field(default_factory=list)
    """What was asked for of it, in order."""
    ruled: set[str] = field(default_factory=set)
    """Groups that have made the bot an administrator."""
    meanwhile: Callable[[], Awaitable[object]] | None = None
    """What somebody else does while the next send is under way."""

    def will(self, chat: str, *outcomes: SendOutcome) -> None:
        """The next sends to this chat end like this; after them they arrive again."""
        self.script[chat].extend(outcomes)

    def to(self, chat: str) -> list[Call]:
        """What was sent to a chat, whatever came of it."""
        return [call for call in self.calls if call.chat == chat and call.act == "send"]

    def shown_in(self, chat: str) -> list[Call]:
        """What was sent to a chat, and what was put in place of it."""
        return [call for call in self.calls if call.chat == chat and call.act in ("send", "edit")]

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome:
        await self._let_others_act()
        number = len(self.calls) + 1
        # As on Telegram: only a group's message has an address of its own.
        link = f"https://t.me/c/{address.chat}/{number}" if address.is_group else ""
        arrived = Sent(str(number), link)
        return self._end("send", address, payload, arrived, lane)

    async def send_file(
        self, address: Address, file: Attachment, payload: Payload, lane: int
    ) -> SendOutcome:
        number = len(self.calls) + 1
        link = f"https://t.me/c/{address.chat}/{number}" if address.is_group else ""
        arrived = Sent(str(number), link)
        return self._end("send", address, payload, arrived, lane, file=file)

    async def send_album(
        self, address: Address, files: Sequence[Attachment], payload: Payload, lane: int
    ) -> SendOutcome:
        outcome = await self.send(address, payload, lane)
        if isinstance(outcome, Sent):
            others = [f"{outcome.message_id}.{number}" for number in range(2, len(files) + 1)]
            outcome = replace(outcome, more_ids=tuple(others))
        self.calls[-1] = replace(self.calls[-1], album=tuple(files), outcome=outcome)
        return outcome

    async def fetch_picture(self, file: str) -> bytes:
        return self._fetch(file)

    async def fetch_voice(self, file: str) -> bytes:
        """As the real one hands it out: with nothing beside its sound."""
        return only_sound(self._fetch(file))

    async def fetch_film(self, file: str) -> Film:
        return Film(self._fetch(file), seconds=12, width=640, height=360)

    async def fetch_document(self, file: str) -> bytes:
        return self._fetch(file)

    def _fetch(self, file: str) -> bytes:
        self.fetched.append(file)
        content = self.files.get(file)
        if content is None:
            raise Refusal("file.not_fetched")
        return content

    async def edit(self, address: Address, message_id: str, payload: Payload) -> SendOutcome:
        return self._end("edit", address, payload, Sent(message_id), message_id=message_id)

    async def edit_caption(
        self, address: Address, message_id: str, payload: Payload
    ) -> SendOutcome:
        return self._end("caption", address, payload, Sent(message_id), message_id=message_id)

    async def delete(self, address: Address, message_id: str) -> SendOutcome:
        return self._end("delete", address, Payload(""), Sent(message_id), message_id=message_id)

    async def _let_others_act(self) -> None:
        if self.meanwhile is not None:
            act, self.meanwhile = self.meanwhile, None
            await act()

    async def send_poll(self, address: Address, ballot: Ballot, lane: int) -> SendOutcome:
        await self._let_others_act()
        number = str(len(self.calls) + 1)
        link = f"https://t.me/c/{address.chat}/{number}" if address.is_group else ""
        arrived = Sent(number, link, poll_id=f"p{number}")
        self.polls[number] = Closed(number, counts=(0,) * len(ballot.words.options))
        return self._end("poll", address, ballot, arrived, lane)

    async def stop_poll(self, poll: Address, number: str, below: ButtonRows = ()) -> SendOutcome:
        address, message_id = poll, number
        if message_id in self.stopped:
            ended: Sent | AlreadyClosed = AlreadyClosed("Poll has already been closed")
        else:
            ended = self.polls[message_id]
        scripted = self.script[address.chat]
        outcome = scripted.popleft() if scripted else ended
        if isinstance(outcome, Closed | Unknown):
            # What nobody heard of may have happened all the same.
            self.stopped.add(message_id)
        self.calls.append(
            Call("stop", address.chat, Payload("", below), outcome, message_id=message_id)
        )
        return outcome

    async def forward(self, to: Address, source: Address, message_id: str) -> SendOutcome:
        arrived = Sent(str(len(self.calls) + 1))
        return self._end("forward", to, Payload(source.chat), arrived, message_id=message_id)

    async def acknowledge(self, press: str, notice: str = "", alert: bool = False) -> None:
        """A button's waiting mark is nothing to write down."""

    async def is_admin(self, group: Address) -> bool:
        return group.chat in self.ruled

    def deep_link(self, start: str) -> str:
        return deep_link(start)

    async def set_commands(
        self, commands: Sequence[tuple[str, str]], language: str = "", scope: str = "default"
    ) -> bool:
        return True

    def drain(self) -> None:
        """Nothing is ever under way here."""

    def remember(self, address: Address, seconds_ago: float, messages: int = 1) -> None:
        self.remembered += [(address.chat, seconds_ago)] * messages

    def wait(self, address: Address, messages: int = 1) -> float:
        return self.waits.get(address.chat, 0.0)

    def _end(
        self,
        act: str,
        address: Address,
        payload: Payload,
        arrived: Sent,
        lane: int = 0,
        message_id: str = "",
        file: Attachment | None = None,
    ) -> SendOutcome:
        scripted = self.script[address.chat]
        outcome = scripted.popleft() if scripted else arrived
        self.calls.append(Call(act, address.chat, payload, outcome, lane, message_id, file))
        return outcome


def deep_link(start: str) -> str:
    return f"https://t.me/HaiChieuBot?start={start}"


def as_port(gateway: RecordingGateway) -> Gateway:
    """The type checker's proof that the fake is shaped like the port."""
    return gateway
