"""What went out can be read by everybody, word for word, and only while it stands."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from aiohttp.test_utils import TestClient, TestServer

from domain.errors import Missing, Refusal
from domain.model.broadcast import Broadcast
from domain.model.delivery import Rejected
from domain.model.version import Version
from domain.usecases.read_publications import ReadPublications
from handlers.console.app import make_app
from handlers.console.desk import Desk
from tests.integration.storage.cast import AN, BINH, GROUP, NOW, QUARTER_GROUP
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import TIDE, approve, release, submit, write
from tests.integration.usecases.test_broadcast import tamper_with_words
from tests.integration.usecases.test_correct import approve_correction
from tests.integration.usecases.test_schedule import DAILY, pass_time

Client = TestClient[Any, Any]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


async def sent(office: Office, **fields: Any) -> Broadcast:
    broadcast = await approve(office, **fields)
    await office.go_round()
    return broadcast


def reading(office: Office) -> ReadPublications:
    return ReadPublications(office.memory)


async def latest(office: Office) -> list[str]:
    found, _ = await reading(office).latest()
    return [one.id for one in found]


@pytest.fixture
async def client(office: Office) -> AsyncIterator[Client]:
    async def count() -> Any:
        raise AssertionError("no page here counts anything")

    desk = Desk(office.memory, count, lambda: None, office.letterhead.words, office.clock)
    async with TestClient(TestServer(make_app(desk, "https://tin.vi-du.vn/"))) as client:
        yield client


async def got(client: Client, path: str) -> tuple[int, str]:
    async with client.get(path) as answer:
        return answer.status, await answer.text()


async def test_what_went_out_can_be_read_by_everybody(office: Office) -> None:
    broadcast = await sent(office)

    assert await latest(office) == [broadcast.id]
    assert (await reading(office).one(broadcast.id)).text.hash == broadcast.revision_hash


async def test_a_draft_or_what_waits_for_approval_cannot_be_read(office: Office) -> None:
    await write(office)
    await submit(office)

    assert await latest(office) == []


async def test_what_is_approved_and_not_sent_yet_cannot_be_read(office: Office) -> None:
    broadcast = await approve(office)

    assert await latest(office) == []
    with pytest.raises(Missing):
        await reading(office).one(broadcast.id)


async def test_what_reached_no_group_cannot_be_read(office: Office) -> None:
    broadcast = await release(office)
    for group in (GROUP, QUARTER_GROUP):
        office.gateway.will(group.address.chat, Rejected("no"))
    await office.send_all()

    with pytest.raises(Missing):
        await reading(office).one(broadcast.id)


async def test_what_was_taken_back_is_gone_and_says_so(office: Office) -> None:
    broadcast = await sent(office)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    assert await latest(office) == []
    with pytest.raises(Refusal, match=r"publication\.withdrawn"):
        await reading(office).one(broadcast.id)


async def test_a_correction_and_what_it_corrects_lead_to_each_other(office: Office) -> None:
    wrong = await sent(office)
    right = await approve_correction(office, wrong)
    await office.go_round()

    assert (await reading(office).one(wrong.id)).corrected_by == right.id
    assert (await reading(office).one(right.id)).corrects == wrong.id


async def test_of_what_recurs_only_the_last_time_is_listed(office: Office) -> None:
    first = await approve(office, recurrence=DAILY)
    await pass_time(office, NOW + timedelta(days=3), timedelta(hours=2))

    (listed,) = await latest(office)
    assert listed != first.id


async def test_what_recurs_stays_listed_while_its_next_time_has_reached_no_group(
    office: Office,
) -> None:
    await approve(office, recurrence=DAILY)
    await pass_time(office, NOW + timedelta(days=3), timedelta(hours=2))
    before = await latest(office)
    office.wait(days=1)

    assert await office.release.release_due() == 1
    assert await latest(office) == before


async def test_what_was_changed_in_the_file_is_shown_to_nobody(office: Office) -> None:
    broadcast = await sent(office)
    tamper_with_words(office)

    assert await latest(office) == []
    with pytest.raises(Missing):
        await reading(office).one(broadcast.id)


async def test_a_page_shows_the_words_the_source_and_who_issued_them(
    office: Office, client: Client
) -> None:
    broadcast = await sent(office)
    status, text = await got(client, f"/tin/{broadcast.id}")

    assert status == 200
    assert TIDE in text
    assert "Công văn 12/UBND" in text


async def test_no_page_names_a_person_or_a_group(office: Office, client: Client) -> None:
    broadcast = await sent(office)
    pages = [f"/tin/{broadcast.id}", "/tin", "/tin.atom", "/tin.json"]
    shown = "".join([(await got(client, path))[1] for path in pages])

    titles = [title for (title,) in office.sql("SELECT title FROM chat")]
    assert not [name for name in (AN.name, BINH.name, *titles) if name in shown]


async def test_a_reader_gets_the_language_asked_for_or_is_told_there_is_none(
    office: Office, client: Client
) -> None:
    khmer = Version("km", "ទឹកជោរ", "ថ្ងៃស្អែកទឹកជោរ។")
    broadcast = await sent(office, title="Triều cường", translations=(khmer,))

    assert khmer.text in (await got(client, f"/tin/{broadcast.id}?lang=km"))[1]
    assert "is in Vietnamese only" in (await got(client, f"/tin/{broadcast.id}?lang=en"))[1]


async def test_signs_in_the_words_stay_words(office: Office, client: Client) -> None:
    broadcast = await sent(office, text="Bà con <script>alert(1)</script> & lưu ý")

    for path in (f"/tin/{broadcast.id}", "/tin", "/tin.atom"):
        assert "<script" not in (await got(client, path))[1]


async def test_the_atom_feed_can_be_read_by_a_reader_of_feeds(
    office: Office, client: Client
) -> None:
    broadcast = await sent(office, title="Triều cường")
    _, text = await got(client, "/tin.atom")
    (entry,) = ElementTree.fromstring(text).findall("a:entry", ATOM)

    assert entry.findtext("a:id", None, ATOM) == f"https://tin.vi-du.vn/tin/{broadcast.id}"
    assert TIDE in (entry.findtext("a:content", None, ATOM) or "")


async def test_the_json_feed_holds_the_words_as_text_too(office: Office, client: Client) -> None:
    await sent(office)
    async with client.get("/tin.json?lang=en") as answer:
        feed = await answer.json(content_type="application/feed+json")

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert TIDE in feed["items"][0]["content_text"]
    assert feed["items"][0]["language"] == "vi"


async def test_who_has_a_page_already_is_not_sent_it_again(office: Office, client: Client) -> None:
    broadcast = await sent(office)
    async with client.get(f"/tin/{broadcast.id}") as answer:
        etag = answer.headers["ETag"]
    async with client.get(f"/tin/{broadcast.id}", headers={"If-None-Match": etag}) as answer:
        assert answer.status == 304


async def test_the_page_of_what_was_taken_back_is_gone(office: Office, client: Client) -> None:
    broadcast = await sent(office)
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())
    status, text = await got(client, f"/tin/{broadcast.id}")

    assert status == 410
    assert "thu hồi" in text
    assert TIDE not in text


@pytest.mark.parametrize("asked", ["0", "-1", "x", "9" * 30, "²"])
async def test_what_is_no_page_number_is_answered(client: Client, asked: str) -> None:
    assert (await got(client, f"/tin?trang={asked}"))[0] == 200


async def test_a_corrected_bulletin_says_so_in_the_list(office: Office, client: Client) -> None:
    await approve_correction(office, await sent(office))
    await office.go_round()
    _, text = await got(client, "/tin")

    assert "đính chính" in text
    assert TIDE in text
