"""What machines are told: figures and states, and nobody's words or names."""

import json
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import text

from domain.model.unit import Unit
from handlers.pulse import Pulse
from storage.unit_of_work import SqlMemory

Client = TestClient[Any, Any]
PROMISED = [
    'haichieu_deliveries_total{outcome="sent"} 0.0',
    'haichieu_outbox_entries{state="queued"} 0.0',
    'haichieu_updates_total{result="done"} 7.0',
    'haichieu_updates_total{result="parked"} 1.0',
    'haichieu_updates_total{result="forged"} 4.0',
    'haichieu_opinions{state="new"} 0.0',
    'haichieu_waiting{queue="updates"} 2.0',
    "haichieu_post_silent_seconds 0.0",
]


async def get(client: Client, path: str) -> tuple[int, str]:
    async with client.get(path) as answer:
        return answer.status, await answer.text()


async def test_it_is_healthy_while_it_answers(client: Client) -> None:
    assert (await get(client, "/healthz"))[0] == 200


async def test_it_is_ready_with_every_table_there(client: Client) -> None:
    status, said = await get(client, "/readyz")

    assert (status, json.loads(said)) == (
        200,
        {"post": "alive", "database": "ok", "migrations": "ok"},
    )


async def test_it_is_not_ready_on_tables_of_another_release(
    client: Client, memory: SqlMemory
) -> None:
    async with memory.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = 'main_0001'"))

    status, said = await get(client, "/readyz")
    assert (status, json.loads(said)["migrations"]) == (503, "behind")


async def test_it_is_not_ready_without_its_database(client: Client, memory: SqlMemory) -> None:
    async with memory.engine.begin() as connection:
        await connection.execute(text("DROP TABLE processed"))

    status, said = await get(client, "/readyz")
    assert (status, json.loads(said)["migrations"]) == (503, "unknown")


@pytest.mark.parametrize("line", PROMISED)
async def test_a_promised_metric_is_there(client: Client, line: str) -> None:
    assert line in (await get(client, "/metrics"))[1].splitlines()


async def test_metrics_name_nobody(client: Client, office: Unit) -> None:
    said = (await get(client, "/metrics"))[1]

    assert office.id not in said
    assert "Ninh" not in said


class TestWhilePostIsSilent:
    """Post has stopped, or has not started yet."""

    @pytest.fixture
    def pulse(self) -> Pulse | None:
        return None

    async def test_it_is_still_ready_and_says_so(self, client: Client) -> None:
        status, said = await get(client, "/readyz")

        assert (status, json.loads(said)["post"]) == (200, "silent")

    async def test_what_only_post_knows_is_left_out(self, client: Client) -> None:
        said = (await get(client, "/metrics"))[1]

        assert "haichieu_updates_total{" not in said
        assert "haichieu_post_silent_seconds" not in said
