"""`pace`: how much of Telegram's limit is used, and how often it is overstepped, at 250 ms."""

import asyncio
import heapq
import json
import sys
from asyncio.subprocess import PIPE
from collections import Counter, defaultdict, deque
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.bench.lines import Goal, Line, line
from tests.bench.participants import ROOT, participants
from tests.bench.places import folder
from tests.contract.sandbox.practice import Practice

LATENCY, JITTER = 250, 10
A_SECOND, A_MINUTE = 30, 20
"""What a bot may send in any second, and to one group in any minute."""
VARIANTS = {"500 groups × 1": (500, 1), "25 groups × 40": (25, 40)}
OURS = "ours"
PEERS = {"PTB AIORateLimiter": "peers.ptb_limiter_pace", "sleep(0.05) loop": "peers.sleep_pace"}
NO_LONGER = 60.0
"""Seconds after which a peer starts nothing more: the loop would take five minutes."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the server saw of one participant."""

    share: float
    above: int
    refused: int
    lost: int


async def figures() -> list[Line]:
    cast = {OURS: "ours.pace", **PEERS}
    bots = {
        (name, variant): f"pace_{number}_bot"
        for number, (name, variant) in enumerate((n, v) for n in cast for v in VARIANTS)
    }
    async with sandbox() as practice, participants(cast) as players:
        await populate(practice, bots.values())
        tried: dict[tuple[str, str], float] = {}

        async def play(name: str) -> None:
            for variant, (groups, each) in VARIANTS.items():
                token = token_of(bots[name, variant])
                task = {"url": practice.address, "token": token, "groups": groups, "each": each}
                answer = await players[name].ask(**task, seconds=NO_LONGER)
                tried[name, variant] = answer["tried"]

        await play(OURS)
        await asyncio.gather(*map(play, PEERS))
        calls = await everything(practice, "calls")
        receipts = await everything(practice, "receipts")
    seen = {
        who: judged(VARIANTS[who[1]][0], int(tried[who]), of(bot, receipts), of(bot, calls))
        for who, bot in bots.items()
    }
    return [
        one
        for variant in VARIANTS
        for peer in PEERS
        for one in compared(variant, seen[OURS, variant], peer, seen[peer, variant])
    ]


def compared(variant: str, ours: Seen, peer: str, theirs: Seen) -> list[Line]:
    none = Goal("value", "=", 0)
    used = Goal("value", "≥", 0.98)
    counts = (("above", "sends above the limit"), ("refused", "429s"), ("lost", "messages lost"))
    share = (peer, theirs.share)
    return [
        line("pace", variant, (ours.share, "of the limit"), peer=share, ceiling=1.0, goal=used)
    ] + [
        line(
            "pace",
            variant,
            (getattr(ours, name), unit),
            peer=(peer, getattr(theirs, name)),
            less_is_better=True,
            goal=none,
        )
        for name, unit in counts
    ]


def judged(groups: int, tried: int, receipts: list[Any], calls: list[Any]) -> Seen:
    """A refused call was a send above the limit as much as one that slipped through."""
    times = [receipt["time"] for receipt in receipts]
    refused = [call for call in calls if call["code"] == 429]
    return Seen(
        share=ideal(groups, len(times)) / (max(times) - min(times)),
        above=above([*receipts, *refused]),
        refused=len(refused),
        lost=tried - len(receipts),
    )


def above(sends: list[Any]) -> int:
    """How many came when the second, or their group's minute, was full already."""
    second: deque[float] = deque(maxlen=A_SECOND)
    minutes: dict[Any, deque[float]] = defaultdict(lambda: deque(maxlen=A_MINUTE))
    count = 0
    for send in sorted(sends, key=lambda send: send["time"]):
        at, minute = send["time"], minutes[send["chat"]]
        crowded = len(second) == A_SECOND and at < second[0] + 1
        count += crowded or (len(minute) == A_MINUTE and at < minute[0] + 60)
        second.append(at)
        minute.append(at)
    return count


def ideal(groups: int, sends: int) -> float:
    """Seconds from the first to the last of them for who leaves nothing of any limit unused.

    The bot sends evenly, 30 a second; a chat gets one in any second and, as a group, 20 in any
    60 s; whichever chat has been open longest is next.
    """
    opens = [(0.0, chat) for chat in range(groups)]
    sent: Counter[int] = Counter()
    history: dict[int, list[float]] = defaultdict(list)
    at = -1 / A_SECOND
    for _ in range(sends):
        ready, chat = heapq.heappop(opens)
        at = max(at + 1 / A_SECOND, ready)
        history[chat].append(at)
        sent[chat] += 1
        full = history[chat][-A_MINUTE] + 60 if sent[chat] >= A_MINUTE else 0.0
        heapq.heappush(opens, (max(at + 1, full), chat))
    return at


@asynccontextmanager
async def sandbox() -> AsyncIterator[Practice]:
    """The practice Telegram in a process of its own, as far away as Telegram."""
    with folder() as place:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "channels.telegram.sandbox"),
            *("--bind", "127.0.0.1:0", "--state", str(place)),
            stdout=PIPE,
            cwd=ROOT,
        )
        assert process.stdout is not None
        try:
            address = (await process.stdout.readline()).decode().split()[-1].rstrip("/")
            async with aiohttp.ClientSession() as session:
                yield Practice(address, session)
        finally:
            process.terminate()
            await process.wait()


async def populate(practice: Practice, bots: Iterable[str]) -> None:
    """The bots, one person, and groups with all of them; only then the road gets long."""
    for bot in bots:
        await practice.post("bots", token=token_of(bot), username=bot, name=bot)
    await practice.post("users", id=8, first_name="An")
    for number in range(max(groups for groups, _ in VARIANTS.values())):
        wish = {"title": f"Ấp {number}", "admins": [8], "bots": list(bots)}
        await practice.post("chats", id=-1 - number, type="group", **wish)
    await practice.post("tuning", latency_ms=LATENCY, jitter_ms=JITTER)


def token_of(bot: str) -> str:
    return f"{9000 + int(bot.split('_')[1])}:bench"


def of(bot: str, lines: list[Any]) -> list[Any]:
    """What this bot sent."""
    return [one for one in lines if one["bot"] == bot and one["method"] == "sendMessage"]


async def everything(practice: Practice, log: str) -> list[Any]:
    """All of one of the server's logs, page after page."""
    found: list[Any] = []
    while page := (await practice.get(log, after=found[-1]["seq"] if found else 0))[log]:
        found += page
    return found


async def main() -> None:
    for one in await figures():
        print(json.dumps(one, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
