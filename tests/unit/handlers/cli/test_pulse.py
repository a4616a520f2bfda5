"""The sign of life: there while post lives, readable at any moment, gone when it stops."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from handlers import pulse
from handlers.pulse import Pulse, beat, read_pulse

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Clock:
    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return 0.0


def files_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def until_seen(path: Path) -> Pulse:
    async with asyncio.timeout(20):
        while (seen := read_pulse(path)) is None:  # noqa: ASYNC110 - a file sets no event
            await asyncio.sleep(0.01)
    return seen


async def test_a_sign_tells_when_and_how_many(tmp_path: Path) -> None:
    async def counts() -> dict[str, int]:
        return {"waiting": 2, "done": 5, "parked": 1}

    async with beat(tmp_path / "post.pulse", counts, Clock(), {"forged": 3}):
        seen = await until_seen(tmp_path / "post.pulse")

    assert seen == Pulse(
        NOON, {"waiting": 2, "done": 5, "parked": 1}, done=0, refused={"forged": 3}
    )


async def test_the_sign_is_gone_when_post_stops(tmp_path: Path) -> None:
    async def counts() -> dict[str, int]:
        return {"done": 0}

    async with beat(tmp_path / "post.pulse", counts, Clock(), {"forged": 3}):
        await until_seen(tmp_path / "post.pulse")

    assert files_in(tmp_path) == []


async def test_handled_updates_are_counted_past_a_purge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pulse, "EVERY", 0.0)
    rows = iter([10, 14, 0, 3])
    ended = asyncio.Event()

    async def counts() -> dict[str, int]:
        done = next(rows, None)
        if done is None:
            ended.set()
            await asyncio.Event().wait()
        return {"done": done or 0}

    async with beat(tmp_path / "post.pulse", counts, Clock(), {"forged": 3}):
        await ended.wait()
        seen = read_pulse(tmp_path / "post.pulse")

    assert seen is not None
    assert seen.done == 7


def test_a_sign_grows_old() -> None:
    sign = Pulse(NOON, {}, done=0)

    assert sign.is_alive(NOON + timedelta(seconds=29))
    assert not sign.is_alive(NOON + timedelta(seconds=31))


@pytest.mark.parametrize("written", ["", "{", "[]", '{"seen_at": "today"}'])
def test_a_broken_sign_is_no_sign(tmp_path: Path, written: str) -> None:
    (tmp_path / "post.pulse").write_text(written)

    assert read_pulse(tmp_path / "post.pulse") is None
