"""Nobody agrees to a bulletin of which a part did not surely reach them, its files included."""

from collections.abc import Awaitable, Callable

import pytest

from domain.errors import Refusal
from domain.model.access import Actor
from domain.model.attachment import AttachmentKind
from domain.model.bulletin import BulletinClass
from domain.model.delivery import NotSent, Rejected
from tests.integration.storage.cast import AN, BINH
from tests.integration.usecases.communicators import join
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.pictures import (
    PAPER,
    VIDEO,
    add,
    approve_with_pictures,
    submit_with_pictures,
    swap,
)
from tests.integration.usecases.story import submit, write
from tests.integration.usecases.test_emergency import TEMPLATE
from tests.integration.usecases.test_name_deputy import LAN as DEPUTY
from tests.integration.usecases.test_name_deputy import name, today
from tests.integration.usecases.test_polls import POLL
from tests.integration.usecases.test_review_rules import LAN, set_rule
from tests.unit.channels.ogg import spoken

Submitted = Callable[[Office], Awaitable[None]]
BINH_ACTS = actor(BINH)


async def agree(office: Office, who: Actor = BINH_ACTS, chat: str = private(BINH)) -> None:
    button = await office.button(chat, "bulletin:approve")
    await office.review.approve_bulletin(who, button, office.cause())


async def require_refused(
    office: Office, who: Actor = BINH_ACTS, chat: str = private(BINH)
) -> None:
    """The card that came cannot be used to agree, and nothing is planned by the press."""
    before = office.sql("SELECT count(*) FROM broadcast")
    with pytest.raises(Refusal, match=r"review\.not_shown_whole"):
        await agree(office, who, chat)
    assert office.sql("SELECT count(*) FROM bulletin WHERE state = 'in_review'") == [(1,)]
    assert office.sql("SELECT count(*) FROM broadcast") == before


async def with_picture(office: Office) -> None:
    await submit_with_pictures(office, 1)


async def with_album(office: Office) -> None:
    await submit_with_pictures(office, 3)


async def with_poll(office: Office) -> None:
    await submit_with_pictures(office, 1, poll=POLL)


async def with_template(office: Office) -> None:
    emergency = BulletinClass.EMERGENCY
    await submit_with_pictures(office, 1, text=TEMPLATE, bulletin_class=emergency)


async def with_correction(office: Office) -> None:
    """What went out with a picture is put right; the picture goes along again."""
    wrong = await approve_with_pictures(office, 1)
    await office.go_round()
    draft = await office.correct.start_correction(actor(AN), wrong.bulletin_id, office.cause())
    await office.compose.change_draft(actor(AN), draft, office.cause(), text="Ngày kia.")
    await office.submit.submit_bulletin(actor(AN), draft, office.cause())


EVERY_WAY = (with_picture, with_album, with_poll, with_template, with_correction)


@pytest.mark.parametrize("submitted", EVERY_WAY, ids=lambda way: way.__name__)
async def test_without_its_files_nothing_can_be_approved(
    office: Office, submitted: Submitted
) -> None:
    await submitted(office)
    office.gateway.will(private(BINH), Rejected("too large"))
    await office.send_all()

    await require_refused(office)


@pytest.mark.parametrize(
    ("kind", "content"),
    [(VIDEO, b"film"), (AttachmentKind.VOICE, spoken(9)), (AttachmentKind.DOCUMENT, PAPER)],
)
async def test_a_film_a_voice_or_a_paper_has_to_arrive_as_well(
    office: Office, kind: AttachmentKind, content: bytes
) -> None:
    bulletin_id = await write(office)
    await add(office, bulletin_id, content, kind)
    await office.submit.submit_bulletin(actor(AN), bulletin_id, office.cause())
    office.gateway.will(private(BINH), Rejected("too large"))
    await office.send_all()

    await require_refused(office)


async def test_without_its_page_nothing_can_be_approved(office: Office) -> None:
    await submit(office)
    office.gateway.will(private(BINH), Rejected("too long"))
    await office.send_all()

    await require_refused(office)


async def test_a_picture_that_is_no_longer_what_was_added_keeps_it_from_approval(
    office: Office,
) -> None:
    await with_picture(office)
    swap(office, b"something else")
    await office.send_all()

    await require_refused(office)


async def test_once_the_files_have_come_late_it_can_be_approved(office: Office) -> None:
    await with_picture(office)
    office.gateway.will(private(BINH), NotSent("no network"))
    await office.send_all()
    await require_refused(office)
    office.wait(seconds=2)
    await office.send_all()

    await agree(office)
    assert office.sql("SELECT state FROM broadcast") == [("planned",)]


async def test_the_second_of_two_has_to_have_seen_it_too(office: Office) -> None:
    await join(office, LAN)
    await set_rule(office, "thong_thuong=2")
    await with_picture(office)
    office.gateway.will(private(LAN), Rejected("too large"))
    await office.send_all()

    await agree(office)
    await require_refused(office, await today(office, LAN), private(LAN))


async def test_a_deputy_has_to_have_seen_it_too(office: Office) -> None:
    await join(office, DEPUTY)
    await name(office)
    await with_picture(office)
    office.gateway.will(private(DEPUTY), Rejected("too large"))
    await office.send_all()

    await require_refused(office, await today(office, DEPUTY), private(DEPUTY))
    await agree(office)


async def test_what_was_not_shown_can_still_be_sent_back(office: Office) -> None:
    await with_picture(office)
    office.gateway.will(private(BINH), Rejected("too large"))
    await office.send_all()
    button = await office.button(private(BINH), "bulletin:return")

    await office.review.ask_reason(BINH_ACTS, button, office.cause())
