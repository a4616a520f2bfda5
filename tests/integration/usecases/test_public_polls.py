"""What was asked can be read by everybody; what came of it, once it is published, and rounded."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp.test_utils import TestClient

from domain.model.poll import Poll, PollKind, PollWords
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import review_button
from tests.integration.usecases.test_polls import (
    ENOUGH,
    KHMER,
    POLL,
    WARD_CHAT,
    asked,
    end,
    ended,
    voted,
)
from tests.integration.usecases.test_publications import client, got

__all__ = ["client"]
Client = TestClient[Any, Any]
QUIZ = Poll(
    {"vi": PollWords("Gọi cứu hỏa số nào?", ("113", "114"), "115 là cấp cứu")},
    PollKind.QUIZ,
    correct=1,
)


async def published(office: Office) -> str:
    """The result goes out as a bulletin; returns the id of its broadcast."""
    button = await office.button(private(AN), "poll:publish")
    draft = await office.follow_poll.start(actor(AN), button, office.cause())
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())
    await office.review.approve_bulletin(actor(BINH), await review_button(office), office.cause())
    await office.go_round()
    return str(office.sql(f"SELECT id FROM broadcast WHERE bulletin_id = '{draft}'")[0][0])


async def test_a_page_says_what_is_being_asked_and_until_when(
    office: Office, client: Client
) -> None:
    broadcast = await asked(office)
    _, text = await got(client, f"/tin/{broadcast.id}")

    assert "<h2>Họp lúc nào?</h2>" in text
    assert "<li>Sáng</li>" in text
    assert "Đang hỏi trong các nhóm" in text


async def test_no_page_tells_how_a_poll_stands(office: Office, client: Client) -> None:
    broadcast = await asked(office)
    voted(office, WARD_CHAT, *ENOUGH)
    for path in (f"/tin/{broadcast.id}", "/tin.atom", "/tin.json"):
        assert "%" not in (await got(client, path))[1].replace("100%", "")


async def test_no_page_tells_what_came_of_a_poll_before_two_people_agreed(
    office: Office, client: Client
) -> None:
    broadcast = await ended(office)
    page = (await got(client, f"/tin/{broadcast.id}"))[1]
    assert "Kết quả được công bố bằng một bản tin riêng" in page
    for path in (f"/tin/{broadcast.id}", "/tin.atom", "/tin.json"):
        text = (await got(client, path))[1]
        assert "khoảng" not in text
        assert "%" not in text.replace("100%", "")


async def test_a_poll_and_its_published_result_lead_to_each_other(
    office: Office, client: Client
) -> None:
    broadcast = await ended(office)
    assert "bản tin kết quả" not in (await got(client, f"/tin/{broadcast.id}"))[1]
    result = await published(office)
    asked_page = (await got(client, f"/tin/{broadcast.id}"))[1]
    result_page = (await got(client, f"/tin/{result}"))[1]

    assert f'href="/tin/{result}?lang=vi"' in asked_page
    assert f'href="/tin/{broadcast.id}?lang=vi"' in result_page
    assert "khoảng 75 lượt bình chọn ở 2 nhóm" in result_page
    assert not [exact for exact in ("77", "44", "33") if f" {exact} " in result_page]


async def test_a_poll_is_told_in_the_language_asked_for(office: Office, client: Client) -> None:
    await asked(office, replace(POLL, words={**POLL.words, "km": KHMER}))
    async with client.get("/tin.json?lang=km") as answer:
        (item,) = (await answer.json(content_type="application/feed+json"))["items"]
    assert "• ព្រឹក" in item["content_text"]


async def test_a_feed_says_that_a_bulletin_has_changed_once_its_poll_has_closed(
    office: Office, client: Client
) -> None:
    broadcast = await ended(office)
    async with client.get("/tin.json") as answer:
        (item,) = (await answer.json(content_type="application/feed+json"))["items"]
    closed = broadcast.planned_at + timedelta(days=3)
    assert item["date_modified"] == closed.isoformat()


async def test_the_right_answer_is_told_only_after_the_end(office: Office, client: Client) -> None:
    broadcast = await asked(office, QUIZ)
    before = (await got(client, f"/tin/{broadcast.id}"))[1]
    await end(office)
    after = (await got(client, f"/tin/{broadcast.id}"))[1]

    assert "Ý đúng" not in before
    assert "115" not in before
    assert "Ý đúng: 114. 115 là cấp cứu" in after


async def test_the_poll_of_what_was_taken_back_is_gone(office: Office, client: Client) -> None:
    broadcast = await asked(office)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    assert "Họp lúc nào?" not in (await got(client, f"/tin/{broadcast.id}"))[1]
