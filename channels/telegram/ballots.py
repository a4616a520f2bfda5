"""Polls at Telegram's door: asked anonymously, hidden until closed, closed once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from channels.telegram.fields import Json, keyboard
from channels.telegram.outcomes import Reading, receipt
from domain.model.chat import Address
from domain.model.delivery import ButtonRows, Lane, Rejected, SendOutcome, Sent
from domain.model.poll import Ballot, PollKind
from domain.model.poll_copy import AlreadyClosed, Closed

Call = Callable[[str, Json, Reading], Awaitable[SendOutcome]]
InTurn = Callable[[Address, int, Callable[[], Awaitable[SendOutcome]], int], Awaitable[SendOutcome]]
CLOSES_BY_ITSELF = timedelta(minutes=10)
"""After its time. Whoever closes a poll is told its counts; of one that nobody closed, because
nobody knows of it, members must see the end all the same. At most 2,628,000 s ahead (Bot API 9.6).
"""
_CLOSED_BEFORE = "poll has already been closed"


@dataclass(frozen=True, slots=True)
class Ballots:
    """Sending, closing and forwarding polls (thăm dò), each in its turn."""

    call: Call
    in_turn: InTurn

    async def send(self, address: Address, ballot: Ballot, lane: int) -> SendOutcome:
        fields: Json = {"chat_id": address.chat} | _asked(ballot)
        if address.thread:
            fields["message_thread_id"] = address.thread
        return await self.in_turn(
            address, lane, lambda: self.call("sendPoll", fields, poll_receipt), 1
        )

    async def stop(
        self, address: Address, message_id: str, buttons: ButtonRows = ()
    ) -> SendOutcome:
        fields: Json = {"chat_id": address.chat, "message_id": message_id}
        if buttons:
            # Those that are not named here go away with the end.
            fields["reply_markup"] = keyboard(buttons)

        async def stop() -> SendOutcome:
            outcome = await self.call("stopPoll", fields, lambda found: closed(found, message_id))
            if isinstance(outcome, Rejected) and _CLOSED_BEFORE in outcome.reason.lower():
                return AlreadyClosed(outcome.reason)
            return outcome

        return await self.in_turn(address, Lane.PERSON, stop, 0)

    async def forward(self, to: Address, source: Address, message_id: str) -> SendOutcome:
        fields: Json = {
            "chat_id": to.chat,
            "from_chat_id": source.chat,
            "message_id": message_id,
        }
        return await self.in_turn(
            to, Lane.PERSON, lambda: self.call("forwardMessage", fields, receipt), 1
        )


def _asked(ballot: Ballot) -> Json:
    words = ballot.words
    fields: Json = {
        "question": words.question,
        "options": [{"text": option} for option in words.options],
        "is_anonymous": True,
        "allows_multiple_answers": ballot.kind is PollKind.MULTIPLE,
        "hide_results_until_closes": True,
        "description": ballot.markup,
    }
    if ballot.buttons:
        fields["reply_markup"] = keyboard(ballot.buttons)
    if ballot.closes_at:
        fields["close_date"] = int((ballot.closes_at + CLOSES_BY_ITSELF).timestamp())
    if ballot.kind is PollKind.QUIZ:
        fields |= {"type": "quiz", "correct_option_ids": [ballot.correct]}
        if words.explanation:
            fields["explanation"] = words.explanation
    return fields


def poll_receipt(result: object) -> Sent | None:
    """The message that a poll was put into the chat with, and what the poll is called."""
    sent = receipt(result)
    match result:
        case {"poll": {"id": str(poll_id)}} if sent and poll_id:
            return replace(sent, poll_id=poll_id)
    return None


def closed(poll: object, message_id: str = "") -> Closed | None:
    """How a poll ended, as the channel tells it; None while it goes on."""
    match poll:
        case {"is_closed": True, "options": list(options), "total_voter_count": int(voters)}:
            counts = [one.get("voter_count") for one in options if isinstance(one, dict)]
            whole = [count for count in counts if isinstance(count, int) and count >= 0]
            if len(whole) == len(options):
                return Closed(message_id, counts=tuple(whole), voters=voters)
    return None
