"""A channel, as the rules see it."""

from collections.abc import Sequence
from typing import Protocol

from domain.model.attachment import Attachment, Film
from domain.model.capabilities import Capabilities
from domain.model.chat import Address
from domain.model.delivery import ButtonRows, Payload, SendOutcome
from domain.model.poll import Ballot


class Gateway(Protocol):
    """A door out: text and an address go in, an outcome comes back; it never raises for a send."""

    capabilities: Capabilities

    async def send(self, address: Address, payload: Payload, lane: int) -> SendOutcome: ...
    async def send_file(
        self, address: Address, file: Attachment, payload: Payload, lane: int
    ) -> SendOutcome:
        """The file, with the words and buttons below it."""
        ...

    async def send_album(
        self, address: Address, files: Sequence[Attachment], payload: Payload, lane: int
    ) -> SendOutcome:
        """Two to ten pictures as one, with the words below the first."""
        ...

    async def edit_caption(
        self, address: Address, message_id: str, payload: Payload
    ) -> SendOutcome:
        """Put other words below the file of a message, which stays as it is."""
        ...

    async def fetch_picture(self, file: str) -> bytes:
        """What is seen on a picture that somebody sent, as a JPEG that holds nothing else.

        Refusal("file.…") if it is none, is beyond all measure, or cannot be had.
        """
        ...

    async def fetch_voice(self, file: str) -> bytes:
        """A recording with nothing beside its sound; Refusal("file.…") if it cannot be had."""
        ...

    async def fetch_film(self, file: str) -> Film:
        """A film without place, hour and notes; Refusal("file.…") if it is none that can be kept.

        What is seen and heard stays as it was sent.
        """
        ...

    async def fetch_document(self, file: str) -> bytes:
        """A file as it was sent; Refusal("file.…") if it is too large or cannot be had."""
        ...

    async def edit(self, address: Address, message_id: str, payload: Payload) -> SendOutcome: ...
    async def delete(self, address: Address, message_id: str) -> SendOutcome: ...
    async def send_poll(self, address: Address, ballot: Ballot, lane: int) -> SendOutcome:
        """A question that hides how it stands until it is closed, and who answered for good."""
        ...

    async def stop_poll(self, poll: Address, number: str, below: ButtonRows = ()) -> SendOutcome:
        """Closed with the counts, AlreadyClosed without them, or why it is not closed yet.

        These buttons stand below its message from then on, and no others.
        """
        ...

    async def forward(self, to: Address, source: Address, message_id: str) -> SendOutcome:
        """The same message in another chat; a poll stays one poll."""
        ...

    async def acknowledge(self, press: str, notice: str = "", alert: bool = False) -> None:
        """End a button's waiting mark, with a short notice; best effort."""
        ...

    async def is_admin(self, group: Address) -> bool:
        """Whether the bot is an administrator there; False if the channel does not say."""
        ...

    def deep_link(self, start: str) -> str:
        """The address that opens the private chat and brings this word along."""
        ...

    async def set_commands(
        self,
        commands: Sequence[tuple[str, str]],
        language: str = "",
        scope: str = "default",
    ) -> bool:
        """Show this menu of (command, description); scope is a name or one private chat's id."""
        ...

    def drain(self) -> None:
        """Start nothing more; what has started goes on to its end."""
        ...

    def remember(self, address: Address, seconds_ago: float, messages: int = 1) -> None:
        """The pacer was not there when this chat got something: let it count that too."""
        ...

    def wait(self, address: Address, messages: int = 1) -> float:
        """Seconds until so many messages may go to this chat at once, as far as is known now."""
        ...
