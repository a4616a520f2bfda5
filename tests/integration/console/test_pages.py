"""The public pages: what stands on them, in which language, and what never does."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from yarl import URL

from domain.model.unit import Unit

Client = TestClient[Any, Any]
PAGES = ["/", "/quyen-rieng-tu", "/tin", "/khong-co"]


async def page(client: Client, path: str) -> str:
    async with client.get(path) as answer:
        return await answer.text()


async def test_the_front_page_names_who_runs_it(client: Client, office: Unit) -> None:
    assert "UBND phường &lt;Ninh Kiều&gt;" in await page(client, "/")


async def test_without_an_office_it_says_so(client: Client) -> None:
    assert "Chưa có đơn vị" in await page(client, "/")


async def test_small_numbers_of_letters_are_not_given(client: Client, office: Unit) -> None:
    assert (await page(client, "/")).count("dưới 10</dd>") == 3


@pytest.mark.parametrize(
    ("language", "word"), [("vi", "Đến lúc này"), ("km", "មកដល់ពេលនេះ"), ("en", "So far")]
)
async def test_the_front_page_speaks_the_language_asked_for(
    client: Client, language: str, word: str
) -> None:
    text = await page(client, f"/?lang={language}")

    assert word in text
    assert f'<html lang="{language}">' in text


async def test_an_unknown_language_is_answered_in_vietnamese(client: Client) -> None:
    assert '<html lang="vi">' in await page(client, "/?lang=%3Cscript%3E")


async def test_the_promises_are_all_there(client: Client) -> None:
    assert (await page(client, "/quyen-rieng-tu")).count("<li>") == 10


async def test_the_front_page_leads_to_the_promises(client: Client) -> None:
    assert 'href="/quyen-rieng-tu?lang=vi"' in await page(client, "/")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/tin?trang=" + "9" * 5000, 200),
        ("/tin?trang=0", 200),
        ("/tin?trang=-1", 200),
        ("/tin/%00", 404),
        ("/tin/%ED%A0%80", 404),
        ("/tin/" + "x" * 3000, 404),
    ],
)
async def test_nonsense_in_an_address_is_answered(client: Client, path: str, status: int) -> None:
    async with client.get(URL(path, encoded=True)) as answer:
        assert answer.status == status


async def test_a_page_that_is_not_there_is_answered_in_words(client: Client) -> None:
    async with client.get("/khong-co") as answer:
        assert answer.status == 404
        assert "Không có trang này" in await answer.text()


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_needs_no_script_and_nobody_elses_server(client: Client, path: str) -> None:
    text = await page(client, path)

    assert "<script" not in text
    assert "style=" not in text
    assert "//" not in text.replace("http://www.w3.org", "")


@pytest.mark.parametrize("path", [*PAGES, "/metrics", "/healthz", "/static/console.css"])
async def test_every_answer_carries_the_protecting_headers(client: Client, path: str) -> None:
    async with client.get(path) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in answer.headers
        assert "aiohttp" not in answer.headers["Server"]


async def test_nothing_outside_its_folder_is_served(client: Client) -> None:
    async with client.get("/static/..%2fapp.py") as answer:
        assert answer.status in (403, 404)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_nothing_can_be_changed_here(client: Client, method: str) -> None:
    async with client.request(method, "/") as answer:
        assert answer.status == 405
