"""What the bot has asked somebody registered and is still waiting for."""

from domain.model.dialog import Dialog
from handlers.telegram.rooms import Rooms
from handlers.telegram.turn import Turn


def open_question(turn: Turn) -> Dialog | None:
    """The question that a plain message would answer; none for whoever has no role any more."""
    return turn.asked if turn.actor.may_be_asked else None


async def drop_question(rooms: Rooms, turn: Turn) -> None:
    """Wait for nothing any more: what is written next must not go to a colleague by mistake."""
    if turn.person is None:
        return
    async with rooms.memory.begin() as work:
        await work.dialogs.close(turn.person.id)
        await work.commit()
