"""Telegram brings the updates, then is asked for them again: in between nothing is lost."""

import pytest

from tests.e2e.town import Town, free_port, until

pytestmark = pytest.mark.e2e


async def test_by_webhook_and_then_by_polling_everybody_is_answered(town: Town) -> None:
    url, khach = f"http://127.0.0.1:{free_port()}", town.person("Khách")
    webhook = {"WEBHOOK_URL": f"{url}/hook", "WEBHOOK_BIND": url.removeprefix("http://")}
    run = await town.open(**webhook, WEBHOOK_SECRET="practice-secret_1")
    await khach.hears("/thoitiet", "start.unknown_command")
    await forge_one(town, url)
    await run.stop()

    await town.open()
    await khach.hears("/thoitiet", "start.unknown_command")


async def forge_one(town: Town, url: str) -> None:
    """A request without the secret, and how machines learn of it."""
    async with town.session.post(f"{url}/hook/1", data=b"{}") as answer:
        assert (answer.status, await answer.read()) == (401, b"")

    async def counted() -> bool:
        return 'haichieu_updates_total{result="forged"} 1.0' in (await town.desk("/metrics"))[1]

    await until(counted, "the count of forged requests")
