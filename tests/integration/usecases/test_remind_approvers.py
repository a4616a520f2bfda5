"""Approvers are reminded of what waits, each step once whatever happens, and the author sees it."""

from datetime import timedelta

import pytest

from domain.model.bulletin import BulletinClass
from tests.integration.storage.cast import AN, BINH, NOW
from tests.integration.usecases.communicators import join
from tests.integration.usecases.crashing import Crash, CrashingMemory
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import review_button, submit
from tests.integration.usecases.test_review_rules import LAN, agree, set_rule

PRIORITY = BulletinClass.PRIORITY


async def remind(office: Office) -> None:
    await office.remind_approvers.remind_due()
    await office.send_all()


def reminders(office: Office) -> list[str]:
    """What Bình was told beside the review cards."""
    cards = [call.markup for call in office.gateway.to(private(BINH))]
    return [card for card in cards if card.startswith(("⏰", "⌛"))]


async def test_after_four_working_hours_approvers_are_reminded_once(office: Office) -> None:
    await submit(office)
    office.wait(hours=5)
    await remind(office)
    assert reminders(office) == []

    office.wait(hours=1)
    for _ in range(3):
        await remind(office)
    assert len(reminders(office)) == 1
    assert "Đã nhắc người duyệt: Bình" in office.gateway.to(private(AN))[-1].markup


async def test_nights_and_weekends_do_not_count(office: Office) -> None:
    office.wait(hours=7)
    await submit(office)
    office.wait(days=2)
    await remind(office)

    assert reminders(office) == []


async def test_the_units_own_patience_counts(office: Office) -> None:
    await set_rule(office, "nhac_duyet=2")
    await submit(office)
    office.wait(hours=2)
    await remind(office)

    assert len(reminders(office)) == 1


async def test_shortly_before_its_time_and_after_it_they_are_told_once_each(
    office: Office,
) -> None:
    await submit(office, send_at=NOW + timedelta(days=5))
    for hours in (24 * 4, 23, 2, 1):
        office.wait(hours=hours)
        await remind(office)
        await remind(office)

    waited, soon, passed = reminders(office)
    assert ["đang chờ" in waited, "Sắp tới giờ" in soon, "Đã qua giờ" in passed] == [True] * 3
    assert "chưa gửi đi" in office.gateway.to(private(AN))[-1].markup


async def test_what_is_submitted_just_before_its_time_is_not_urgent_at_once(
    office: Office,
) -> None:
    await submit(office, send_at=NOW + timedelta(hours=1))
    await remind(office)
    assert reminders(office) == []

    office.wait(minutes=31)
    await remind(office)
    assert "Sắp tới giờ" in reminders(office)[0]


async def test_nobody_is_reminded_of_what_was_decided(office: Office) -> None:
    await submit(office)
    await office.review.approve_bulletin(actor(BINH), await review_button(office), office.cause())
    office.wait(days=3)
    await remind(office)

    assert reminders(office) == []


async def test_whoever_agreed_already_is_not_reminded(office: Office) -> None:
    await join(office, LAN)
    await set_rule(office, "uu_tien=2")
    await submit(office, bulletin_class=PRIORITY)
    await office.send_all()
    await agree(office, BINH)
    office.wait(hours=6)
    await remind(office)

    assert reminders(office) == []
    assert "đang chờ anh/chị duyệt" in office.gateway.to(private(LAN))[-1].markup


async def test_from_a_reminder_the_bulletin_is_a_press_away(office: Office) -> None:
    await submit(office)
    office.wait(hours=6)
    await remind(office)
    button = await office.button(private(BINH), "review:open")
    cards = await office.review.show_waiting(actor(BINH), button, office.cause())

    assert "Triều cường" in cards.read[0].markup
    assert cards.decide.buttons


@pytest.mark.parametrize("after", [False, True])
async def test_a_crash_neither_loses_a_reminder_nor_repeats_it(office: Office, after: bool) -> None:
    await submit(office)
    office.wait(hours=6)
    office.crashing = CrashingMemory(office.file, after)
    with pytest.raises((Crash, ExceptionGroup)):
        await office.remind_approvers.remind_due()
    office.crashing = None
    await remind(office)

    assert len(reminders(office)) == 1
