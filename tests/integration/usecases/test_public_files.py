"""A bulletin's pictures and files, and its poll, stand beside its words while they stand."""

from typing import Any
from xml.etree import ElementTree

import pytest
from aiohttp.test_utils import TestClient

from domain.model.attached import sha256_of
from domain.model.attachment import AttachmentKind
from domain.model.broadcast import Broadcast
from domain.model.dialog import Awaited, Dialog
from tests.integration.storage.cast import AN
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.pictures import (
    PAPER,
    ROADS,
    VIDEO,
    add,
    approve_it,
    approve_with_pictures,
    swap,
    write_with_pictures,
)
from tests.integration.usecases.test_publications import ATOM, client, got

__all__ = ["client"]
Client = TestClient[Any, Any]
ROAD = 'Cầu <Cái Khế> & "đường vòng"'
FILM = b"....ftyp the flood"


async def sent_with_pictures(office: Office, count: int = 2) -> Broadcast:
    broadcast = await approve_with_pictures(office, count)
    await office.go_round()
    return broadcast


async def sent_with(office: Office, content: bytes, kind: AttachmentKind, name: str) -> Broadcast:
    bulletin_id = await write_with_pictures(office, 0)
    await add(office, bulletin_id, content, kind, name)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    broadcast = await approve_it(office)
    await office.go_round()
    return broadcast


async def described(office: Office, alt: str) -> Broadcast:
    """One picture, and what An says of it."""
    bulletin_id = await write_with_pictures(office, 1)
    asked = Dialog(AN.id, Awaited.BULLETIN_ALT, bulletin_id, sha256_of(ROADS[0]))
    await office.enclose.describe(actor(AN), asked, alt, office.cause())
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    broadcast = await approve_it(office)
    await office.go_round()
    return broadcast


async def test_each_picture_is_served_byte_for_byte(office: Office, client: Client) -> None:
    broadcast = await sent_with_pictures(office)

    for number, content in enumerate(ROADS[:2], 1):
        async with client.get(f"/tin/{broadcast.id}/{number}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg")
            assert await answer.read() == content


async def test_a_file_carries_the_protecting_headers(office: Office, client: Client) -> None:
    broadcast = await sent_with_pictures(office)
    async with client.get(f"/tin/{broadcast.id}/1") as answer:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert answer.headers["Cache-Control"] == "no-cache"


async def test_a_portal_may_show_a_picture_and_not_frame_a_page(
    office: Office, client: Client
) -> None:
    broadcast = await sent_with_pictures(office)
    kept_for = {}
    for path in ("", "/1"):
        async with client.get(f"/tin/{broadcast.id}{path}") as answer:
            kept_for[path] = answer.headers["Cross-Origin-Resource-Policy"]
    assert kept_for == {"": "same-origin", "/1": "cross-origin"}


async def test_who_has_a_picture_already_is_not_sent_it_again(
    office: Office, client: Client
) -> None:
    broadcast = await sent_with_pictures(office)
    async with client.get(f"/tin/{broadcast.id}/1") as answer:
        etag = answer.headers["ETag"]
    async with client.get(f"/tin/{broadcast.id}/1", headers={"If-None-Match": etag}) as answer:
        assert (answer.status, await answer.read()) == (304, b"")


@pytest.mark.parametrize("number", ["0", "3", "99", "-1", "x", "²", "1/1", "%00"])
async def test_there_is_no_picture_beyond_the_last(
    office: Office, client: Client, number: str
) -> None:
    broadcast = await sent_with_pictures(office)
    assert (await got(client, f"/tin/{broadcast.id}/{number}"))[0] == 404


async def test_a_picture_that_was_taken_back_is_gone_even_for_who_has_it(
    office: Office, client: Client
) -> None:
    broadcast = await sent_with_pictures(office)
    async with client.get(f"/tin/{broadcast.id}/1") as answer:
        etag = answer.headers["ETag"]
    await office.withdraw.withdraw_bulletin(actor(AN), broadcast.bulletin_id, office.cause())

    async with client.get(f"/tin/{broadcast.id}/1", headers={"If-None-Match": etag}) as answer:
        assert answer.status == 404


async def test_a_picture_that_was_not_sent_yet_is_not_there(office: Office, client: Client) -> None:
    broadcast = await approve_with_pictures(office)
    assert (await got(client, f"/tin/{broadcast.id}/1"))[0] == 404


async def test_swapped_bytes_are_shown_to_nobody(office: Office, client: Client) -> None:
    broadcast = await sent_with_pictures(office)
    swap(office, b"\xff\xd8 something nobody approved")
    first, second = [(await got(client, f"/tin/{broadcast.id}/{n}"))[0] for n in (1, 2)]
    assert (first, second) == (404, 404)


async def test_a_page_shows_each_picture_with_what_is_seen_on_it(
    office: Office, client: Client
) -> None:
    broadcast = await described(office, ROAD)
    _, text = await got(client, f"/tin/{broadcast.id}")

    assert f'src="/tin/{broadcast.id}/1"' in text
    assert 'alt="Cầu &lt;Cái Khế&gt; &amp; &#34;đường vòng&#34;"' in text


@pytest.mark.parametrize(
    ("kind", "content", "name", "label", "served"),
    [
        (VIDEO, FILM, "", "Video (1 KB)", "video/mp4"),
        (AttachmentKind.DOCUMENT, PAPER, "Lịch.pdf", "Tệp PDF (Lịch.pdf, 1 KB)", "application/pdf"),
    ],
)
async def test_a_film_or_a_paper_is_a_link_with_its_size_and_is_kept_as_a_file(
    office: Office,
    client: Client,
    kind: AttachmentKind,
    content: bytes,
    name: str,
    label: str,
    served: str,
) -> None:
    broadcast = await sent_with(office, content, kind, name)
    assert label in (await got(client, f"/tin/{broadcast.id}"))[1]
    async with client.get(f"/tin/{broadcast.id}/1") as answer:
        assert answer.content_type == served
        assert answer.headers["Content-Disposition"].startswith("attachment;")


async def test_the_atom_feed_encloses_each_file(office: Office, client: Client) -> None:
    broadcast = await described(office, ROAD)
    _, text = await got(client, "/tin.atom")
    (link,) = ElementTree.fromstring(text).findall("a:entry/a:link[@rel='enclosure']", ATOM)

    assert dict(link.attrib) == {
        "rel": "enclosure",
        "type": "image/jpeg",
        "length": str(len(ROADS[0])),
        "title": ROAD,
        "href": f"https://tin.vi-du.vn/tin/{broadcast.id}/1",
    }


async def test_the_json_feed_attaches_each_file(office: Office, client: Client) -> None:
    broadcast = await sent_with(office, FILM, VIDEO, "")
    async with client.get("/tin.json") as answer:
        (item,) = (await answer.json(content_type="application/feed+json"))["items"]

    assert item["attachments"] == [
        {
            "url": f"https://tin.vi-du.vn/tin/{broadcast.id}/1",
            "mime_type": "video/mp4",
            "title": "Video (1 KB)",
            "size_in_bytes": len(FILM),
            "duration_in_seconds": 12,
        }
    ]


async def test_the_json_feed_leads_with_the_first_picture(office: Office, client: Client) -> None:
    broadcast = await sent_with_pictures(office)
    async with client.get("/tin.json") as answer:
        (item,) = (await answer.json(content_type="application/feed+json"))["items"]
    assert item["image"] == f"https://tin.vi-du.vn/tin/{broadcast.id}/1"
    assert item["image"] in item["content_html"]
