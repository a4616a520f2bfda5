"""The sandbox as a process: killed, stopped, started where it cannot."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from channels.telegram.sandbox.server import serve
from tests.contract.sandbox.practice import BOT, EM, Practice

ROOT = Path(__file__).parents[3]
Process = asyncio.subprocess.Process


async def launch(state: Path, bind: str = "127.0.0.1:0") -> Process:
    command = ["-m", "channels.telegram.sandbox", "--bind", bind, "--state", str(state)]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, *command, cwd=ROOT, stdout=pipe, stderr=pipe
    )


@asynccontextmanager
async def sandbox(state: Path) -> AsyncIterator[tuple[Process, Practice]]:
    process = await launch(state)
    assert process.stdout
    async with asyncio.timeout(20), aiohttp.ClientSession() as session:
        line = (await process.stdout.readline()).decode()
        yield process, Practice(line.split()[-1].rstrip("/"), session)
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def test_a_killed_sandbox_loses_nothing_it_answered(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as (process, practice):
        await practice.populate()
        await practice.post("start", user=EM, bot=BOT)
        _, sent = await practice.call("sendMessage", chat_id=EM, text="còn đây")
        process.kill()

    async with sandbox(tmp_path) as (_, practice):
        _, updates = await practice.call("getUpdates")
        assert await practice.texts(EM, BOT) == ["/start", "còn đây"]
        assert updates["result"][0]["message"]["text"] == "/start"
        assert [r["message_id"] for r in await practice.receipts()] == [
            sent["result"]["message_id"]
        ]


async def test_what_was_answered_in_a_crowd_is_not_lost_by_a_kill(tmp_path: Path) -> None:
    answered: list[int] = []
    async with sandbox(tmp_path) as (process, practice):
        await practice.populate()
        await practice.post("start", user=EM, bot=BOT)
        await practice.post("tuning", windows=False)

        async def send_on() -> None:
            while len(answered) < 300:
                _, sent = await practice.call("sendMessage", chat_id=EM, text="còn đây")
                answered.append(sent["result"]["message_id"])
            process.kill()

        await asyncio.gather(*(send_on() for _ in range(16)), return_exceptions=True)

    async with sandbox(tmp_path) as (_, practice):
        kept = {receipt["message_id"] for receipt in await practice.receipts()}
        assert len(answered) >= 300
        assert kept >= set(answered)


async def test_what_cannot_be_kept_is_not_answered_as_done(tmp_path: Path) -> None:
    running = await serve(("127.0.0.1", 0), tmp_path)
    async with aiohttp.ClientSession() as session:
        practice = Practice(running.address, session)
        await practice.populate()
        pages = running.sandbox.store._db.execute("PRAGMA page_count").fetchone()[0]
        running.sandbox.store._db.execute(f"PRAGMA max_page_count = {pages}")
        answers = await asyncio.gather(*(practice.call("getMe") for _ in range(300)))
        kept = await practice.calls("getMe")
    await running.stop()

    statuses = [status for status, _ in answers]
    assert statuses.count(500) > 0
    assert statuses.count(200) == len(kept)


async def test_the_windows_go_on_after_a_kill(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as (process, practice):
        await practice.populate()
        await practice.post("start", user=EM, bot=BOT)
        await practice.post("settings", burst=30)
        for i in range(30):
            await practice.call("sendMessage", chat_id=EM, text=str(i))
        process.kill()

    async with sandbox(tmp_path) as (_, practice):
        status, _ = await practice.call("sendMessage", chat_id=EM, text="quá nhanh")
        assert status == 429


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
async def test_it_stops_within_a_second_with_everything_open(
    sign: signal.Signals, tmp_path: Path
) -> None:
    async with sandbox(tmp_path) as (process, practice):
        await practice.populate()
        poll = asyncio.create_task(practice.call("getUpdates", timeout=50))
        stream = asyncio.create_task(practice.raw(f"/control/events?user={EM}"))
        await practice.get("health")
        loop = asyncio.get_running_loop()
        begun = loop.time()

        process.send_signal(sign)
        code = await process.wait()

        assert code == 0
        assert loop.time() - begun < 1.0
        await asyncio.gather(poll, stream, return_exceptions=True)


async def refusal(state: Path, bind: str = "127.0.0.1:0") -> tuple[int | None, str]:
    process = await launch(state, bind)
    _, said = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode, said.decode()


async def test_a_busy_port_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        code, said = await refusal(tmp_path, bind)

    assert (code, said.count("\n")) == (1, 1)
    assert f"cannot listen on {bind}" in said


async def test_a_second_sandbox_on_one_directory_is_refused(tmp_path: Path) -> None:
    async with sandbox(tmp_path):
        code, said = await refusal(tmp_path)

    assert (code, said.count("\n")) == (1, 1)
    assert "in use by another sandbox" in said


async def test_a_directory_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("not a directory")

    code, said = await refusal(tmp_path / "state")

    assert (code, said.count("\n")) == (1, 1)
    assert "cannot keep its state in" in said


async def test_a_spoilt_state_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sandbox.db").write_bytes(os.urandom(4096))

    code, said = await refusal(tmp_path)

    assert (code, said.count("\n")) == (1, 1)
    assert "cannot keep its state in" in said
