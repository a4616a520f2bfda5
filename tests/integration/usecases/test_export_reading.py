"""What is read out is what was approved for that day and place, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.errors import Forbidden, Refusal
from domain.model.access import OPERATOR
from domain.model.morning import local_day
from domain.usecases.export_reading import ExportReading
from handlers.cli.export_reading import ReadingExport
from handlers.cli.terminal import Terminal
from tests.integration.storage.cast import AN, OTHER_WARD, QUARTER, WARD
from tests.integration.usecases.office import Office, actor
from tests.integration.usecases.story import TIDE, approve, submit


async def read_out(office: Office, code: str = WARD.code, days: int = 0) -> list[str]:
    use = ExportReading(office.memory, office.clock)
    day = local_day(office.clock.now()) + timedelta(days=days)
    _, _, lines = await use.export_reading(OPERATOR, code, day)
    return [line.text.revision.text for line in lines]


@pytest.mark.parametrize("code", [WARD.code, QUARTER.code])
async def test_what_is_planned_today_is_read_out_at_and_below_its_place(
    office: Office, code: str
) -> None:
    await approve(office)

    assert await read_out(office, code) == [TIDE]


async def test_what_waits_for_approval_is_not_read_out(office: Office) -> None:
    await submit(office)

    assert await read_out(office) == []


async def test_another_day_or_commune_hears_nothing_of_it(office: Office) -> None:
    await approve(office)

    assert await read_out(office, days=1) == []
    assert await read_out(office, OTHER_WARD.code) == []


async def test_bare_words_that_were_changed_in_the_file_are_not_read_out(office: Office) -> None:
    await approve(office)
    office.past_the_rules("a_revision_never_changes", "UPDATE revision SET text = 'Khác'")

    assert await read_out(office) == []


async def test_an_unknown_unit_is_named(office: Office) -> None:
    with pytest.raises(Refusal, match=r"invite\.no_such_unit"):
        await read_out(office, "99999")


async def test_only_the_operator_takes_it_along(office: Office) -> None:
    with pytest.raises(Forbidden):
        await ExportReading(office.memory, office.clock).export_reading(actor(AN), WARD.code)


async def test_the_file_names_the_day_the_body_and_the_source_as_they_are_said(
    office: Office, tmp_path: Path
) -> None:
    await approve(
        office, title="Triều cường 5/12/2026", text="Triều cường 2,1 m lúc 17h30. Gọi 114."
    )
    path = tmp_path / "doc.txt"
    export = ReadingExport(
        ExportReading(office.memory, office.clock), Terminal(office.letterhead.words)
    )
    await export(WARD.code, None, path, as_json=False)

    said = path.read_text()
    assert "Triều cường hai phẩy một mét lúc mười bảy giờ ba mươi phút. Gọi một một bốn." in said
    assert "Triều cường ngày mùng năm tháng mười hai năm hai nghìn không trăm hai mươi sáu." in said
    assert "Nguồn: Công văn mười hai của Ủy ban nhân dân." in said
    assert "Thông tin của Ủy ban nhân dân phường Ninh Kiều." in said
