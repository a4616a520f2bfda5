"""A practice Telegram in a process of its own, with our bot in it, its groups and its people."""

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import aiohttp

from tests.e2e.town import ROOT, Json, Practice
from tests.integration.storage.cast import AN, BINH, BOT, GIANG, HANH

BESIDE = BOT + 1
"""A second bot: it carries every other group's bulletins, and nobody talks to it."""
USERNAME = "chaos_bot"
BOTS = {BOT: USERNAME, BESIDE: "chaos_beside_bot"}
TOKENS = {bot: f"{bot}:chaos" for bot in BOTS}
FIRST_GROUP = -1_001_000_000_000
FIRST_SMALL_GROUP = -500_000
"""One group in ten is no supergroup yet, and can become one."""
FIRST_PERSON = 9000
STAFF = tuple(int(str(one.account).partition(":")[2]) for one in (AN, BINH, GIANG, HANH))
OPENED_IN = 60.0
LATENCY_MS = 20
TAKES_MS = 250
"""How long the practice Telegram thinks about a message: kills then fall into many sends."""

# Which share of the sends meets which trouble: together one in twenty.
FAULTS: tuple[Json, ...] = (
    {"kind": "drop_before", "probability": 0.008},
    {"kind": "drop_before", "probability": 0.004, "reset": True},
    {"kind": "drop_after", "probability": 0.008},
    {"kind": "drop_after", "probability": 0.004, "reset": True},
    {"kind": "error", "probability": 0.006, "status": 502, "body": "html"},
    {"kind": "error", "probability": 0.006, "status": 500, "accept": True},
    {"kind": "broken_json", "probability": 0.006},
    {"kind": "retry_after", "probability": 0.006, "seconds": 1},
    {"kind": "drop_after", "probability": 0.002, "delay_ms": 17_000},
)
UNKNOWN = frozenset({"drop_before", "drop_after", "error", "broken_json"})
"""Faults after which a sender cannot know whether its message arrived."""


def group(number: int) -> int:
    return (FIRST_GROUP if number % 10 else FIRST_SMALL_GROUP) - number


def title(place: int) -> str:
    return f"Tổ {place}"


def bot_of(place: int) -> int:
    """The bot that is in this group."""
    return BESIDE if place % 2 else BOT


@dataclass(frozen=True)
class Scene:
    """Everything outside our own processes."""

    url: str
    practice: Practice
    groups: tuple[int, ...]
    first_update: int
    """The number that the first act of a person will have."""
    gone: set[int] = field(default_factory=set)
    """Groups that a bot was thrown out of: what is owed them may fail."""
    moved: dict[int, int] = field(default_factory=dict)
    """Where a group is now, and the number that it was bound by."""

    async def trouble(self, seed: int, times: float = 1.0) -> None:
        """From now on sends meet faults by chance, so many times as often as usual."""
        await self.clear()
        for number, fault in enumerate(FAULTS):
            wish = {"method": "sendMessage", "times": 0, "seed": seed + number}
            chance = {"probability": fault["probability"] * times}
            await self.practice.post("faults", **wish | fault | chance)
        thinking = {"method": "sendMessage", "kind": "late", "times": 0, "delay_ms": TAKES_MS}
        # Half of what is under way when somebody dies has arrived already, half arrives later.
        await self.practice.post("faults", **thinking, probability=0.5, seed=seed)
        await self.practice.post("faults", **thinking, accept=False)

    async def clear(self) -> None:
        async with self.practice.session.delete(f"{self.url}/control/faults") as answer:
            assert answer.status == 200

    async def throw_out(self, place: int) -> None:
        """The bot is no longer wanted in this group."""
        self.gone.add(place)
        await self.practice.post("members", chat=place, kick=[BOTS[bot_of(place)]])

    async def migrate(self, place: int) -> None:
        """This group becomes a supergroup, with another number."""
        moved = await self.practice.post("migrate", chat=place)
        self.moved[moved["id"]] = place

    async def lines(self, what: str) -> list[Json]:
        """All `receipts`, or all `calls`."""
        found: list[Json] = []
        while True:
            after = found[-1]["seq"] if found else 0
            page = (await self.practice.get(what, after=after))[what]
            if not page:
                return found
            found += page

    async def is_heard(self) -> bool:
        """Whether everything that was said to the bot was taken by it."""
        health = await self.practice.get("health")
        return not any(health["pending"].values())


@asynccontextmanager
async def opened(folder: Path, groups: int, people: Sequence[int]) -> AsyncIterator[Scene]:
    """Start it, with no limits of pace, and move everybody in."""
    arguments = ("-m", "channels.telegram.sandbox", "--bind", "127.0.0.1:0", "--state", str(folder))
    with _log(folder) as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=log, cwd=ROOT
        )
    assert process.stdout is not None
    try:
        said = await asyncio.wait_for(process.stdout.readline(), OPENED_IN)
        url = said.decode().rpartition(" ")[2].strip().rstrip("/")
        async with aiohttp.ClientSession() as session:
            yield await _peopled(Practice(url, session), groups, people)
    finally:
        process.kill()
        await process.wait()


def _log(folder: Path) -> IO[bytes]:
    """Where it complains at length of callers that die in the middle of a word."""
    folder.mkdir(parents=True, exist_ok=True)
    return (folder / "complaints.log").open("wb")


async def _peopled(practice: Practice, groups: int, people: Sequence[int]) -> Scene:
    await practice.post("tuning", windows=0, latency_ms=LATENCY_MS, jitter_ms=5)
    for bot, username in BOTS.items():
        await practice.post("bots", token=TOKENS[bot], username=username)
    for user in (*STAFF, *people):
        await practice.post("users", id=user, first_name=f"Em {user}", language_code="vi")
    places = tuple(group(number) for number in range(groups))
    for place in places:
        known = {"members": [STAFF[0]], "bots": [BOTS[bot_of(place)]]}
        kind = "supergroup" if place <= FIRST_GROUP else "group"
        await practice.post("chats", id=place, type=kind, title=title(place), **known)
    first, *_ = [await _first_update(practice, token) for token in TOKENS.values()]
    return Scene(practice.url, practice, places, first)


async def _first_update(practice: Practice, token: str) -> int:
    """Take note of nothing that came of moving in."""
    url = f"{practice.url}/bot{token}/getUpdates"
    async with practice.session.get(url, params={"offset": -1}) as answer:
        last = (await answer.json())["result"][-1]["update_id"]
    async with practice.session.get(url, params={"offset": last + 1}) as answer:
        assert (await answer.json())["result"] == []
    return int(last) + 1
