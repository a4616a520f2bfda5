"""However often and in whatever order updates are delivered, the same is stored."""

import asyncio
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.ports import Received
from storage.vault.inbox import SqlInbox

BOTS = count(100)
SENT = [
    Received(number, line, f"{number}".encode(), said)
    for number, line, said in [
        (5, "em", "em|1|0"),
        (6, "em", "em|1|1700000001"),
        (7, "em", "em|2|0"),
        (8, "khach", "khach|1|0"),
        (9, "-1001", ""),
    ]
]
DELIVERIES = st.lists(
    st.lists(st.sampled_from(SENT), min_size=1, max_size=4), min_size=1, max_size=6
).flatmap(lambda some: st.permutations([*some, *([one] for one in SENT)]))


async def in_line(inbox: SqlInbox, bot: int) -> list[bytes]:
    """Everything stored, in the order in which it is handled."""
    handled: list[bytes] = []
    while waiting := await inbox.oldest(bot, 10):
        handled.append(waiting[0].body)
        await inbox.done(waiting[0].id)
    return handled


# The file is the same for all examples; each has a bot of its own in it.
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DELIVERIES)
async def test_any_order_with_any_repeats_ends_the_same(
    inbox: SqlInbox, deliveries: list[list[Received]]
) -> None:
    bot = next(BOTS)
    await asyncio.gather(*(inbox.store(bot, updates) for updates in deliveries))

    assert await in_line(inbox, bot) == [b"5", b"6", b"7", b"8", b"9"]
