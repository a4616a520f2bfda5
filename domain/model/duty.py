"""Work that only one process may do at a time, such as sending for a bot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watch:
    """Who is on duty, and the signs of life that were seen (ca trực)."""

    holder: str = ""
    """The process; '' when nobody is on duty."""
    term: int = 0
    """Grows with every new holder: what an earlier one still tries is refused by it."""
    beat: int = 0
    """Grows while the holder lives."""


OFFICE = "office"
"""The duty of whoever does by the clock what is no single bot's."""
FRONT_BOT = "front"
"""The place of the bot that people talk to; its holder is a bot, in however many processes."""
EVERY = 2.0
"""Seconds between two beats of a holder."""
STILL = 6.0
"""Seconds without a beat after which somebody else takes over."""


def of_bot(bot_id: int) -> str:
    """The duty of whoever receives and sends for this bot."""
    return f"bot:{bot_id}"
