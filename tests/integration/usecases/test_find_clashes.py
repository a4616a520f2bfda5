"""Author and approver see what else comes to the groups within the hour, before it is agreed."""

from datetime import timedelta

from domain.model.bulletin import BulletinClass
from tests.integration.storage.cast import AN, BINH, NOW
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import approve, submit, write
from tests.integration.usecases.test_schedule import DAILY, local

SOON = NOW + timedelta(hours=5)


async def test_the_author_sees_it_in_the_panel(office: Office) -> None:
    await approve(office, send_at=SOON, text="Lịch tiêm chủng.")
    bulletin_id = await write(office, send_at=SOON + timedelta(minutes=30))
    preview = await office.compose.preview_bulletin(actor(AN), bulletin_id, office.cause())

    assert [(one.named, one.groups) for one in preview.met] == [("Lịch tiêm chủng.", 2)]


async def test_the_approver_sees_it_on_the_card(office: Office) -> None:
    await approve(office, send_at=SOON)
    await submit(office, send_at=SOON, bulletin_class=BulletinClass.PRIORITY)
    await office.send_all()

    assert "⚠ Trùng giờ ở 2 nhóm" in office.gateway.to(private(BINH))[-1].payload.markup


async def test_the_times_of_what_recurs_are_looked_at_as_well(office: Office) -> None:
    await approve(office, recurrence=DAILY)
    bulletin_id = await write(office, send_at=local(25, 10) - timedelta(minutes=15))
    preview = await office.compose.preview_bulletin(actor(AN), bulletin_id, office.cause())

    assert [one.at for one in preview.met] == [local(25, 10)]


async def test_what_was_withdrawn_meets_nothing(office: Office) -> None:
    first = await approve(office)
    await office.go_round()
    await office.withdraw.withdraw_bulletin(actor(AN), first.bulletin_id, office.cause())
    bulletin_id = await write(office, send_at=NOW + timedelta(minutes=20))
    preview = await office.compose.preview_bulletin(actor(AN), bulletin_id, office.cause())

    assert preview.met == ()
