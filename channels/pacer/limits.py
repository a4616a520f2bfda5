"""What a channel allows, and how far we stay below it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Window:
    """At most `most` sends in any `seconds` (cửa sổ)."""

    most: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Limits:
    """A bot's limits and its manners (giới hạn); times are in seconds."""

    bot: Window = Window(30, 1)
    chat: Window = Window(1, 1)
    group: Window = Window(20, 60)
    bursts: tuple[int, ...] = (3, 10)
    """An album comes at once; over so many seconds its chat gets no more than its share after all.
    To what comes one by one these say nothing new."""
    spread: float = 0.018
    """How much longer one send may travel than another, until it has been measured."""
    least_spread: float = 0.0015
    """Room that is left on the quietest path, and for clocks and timers on any."""
    most_spread: float = 0.25
    longest_travel: float = 20.0
    """Whatever has no answer by then has been given up by its connection."""
    catch_up: float = 0.1
    """How far the bot's schedule may be behind and still be caught up with."""
    grain: float = 0.001
    """Timers end on multiples of this, so that many bots wake the process together."""
    patience: float = 5.0
    """Each lower lane is this much later in the queue: people first, and nobody starves."""
    longest_wait: float = 10.0
    """Who would wait longer is sent away: a claim in the outbox must not lapse in this queue."""
    repeated: int = 3
    """So many chats asking for silence within `repeated_within`: it is the bot that is meant."""
    repeated_within: float = 10.0
    cut: float = 0.7
    """What is left of the bot's rate whenever it was meant."""
    least_share: float = 0.1
    calm: float = 60.0
    """So long without a cut, and the rate climbs again."""
    climb: float = 0.002
    """By so much of the limit in each second."""

    def windows(self, is_group: bool) -> tuple[Window, ...]:
        """What counts a message in such a chat."""
        most, seconds = self.chat.most, self.chat.seconds
        bursts = [Window(most * size, seconds * size) for size in self.bursts]
        return (self.chat, *bursts, self.group) if is_group else (self.chat, *bursts)
