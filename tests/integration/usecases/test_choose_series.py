"""A bulletin is a part of a series if its author says so; it is said on the page and hashed."""

import pytest

from domain.errors import Refusal
from domain.model.button import Button
from domain.model.dialog import Awaited
from domain.model.series import Series
from domain.usecases.choose_series import CHOOSE, LEAVE, ChooseSeries, SeriesPage
from tests.integration.storage.cast import AN, GROUP, LATER
from tests.integration.usecases.office import Office, actor, press
from tests.integration.usecases.story import approve, release, submit, write

FIRST = Series("Phòng sốt xuất huyết", 1, 2)


async def opened(office: Office, bulletin_id: str) -> SeriesPage:
    button = Button("b", "series:open", bulletin_id, "", 1, f"person:{AN.id}", LATER)
    return await ChooseSeries(office.compose).open(actor(AN), button, office.cause())


async def test_the_next_part_of_each_series_of_the_unit_is_offered(office: Office) -> None:
    await approve(office, series=FIRST)
    page = await opened(office, await write(office))
    preview = await ChooseSeries(office.compose).choose(actor(AN), press(page.buttons, CHOOSE))

    assert page.offered == (FIRST.following(),)
    assert preview.draft.series == Series(FIRST.name, 2, 2)


async def test_a_part_leaves_its_series_again(office: Office) -> None:
    page = await opened(office, await write(office, series=FIRST))
    preview = await ChooseSeries(office.compose).choose(actor(AN), press(page.buttons, LEAVE))

    assert preview.draft.series is None


async def test_a_plain_message_is_waited_for(office: Office) -> None:
    bulletin_id = await write(office)
    await opened(office, bulletin_id)
    async with office.file.begin() as work:
        asked = await work.dialogs.of(AN.id)

    assert asked is not None
    assert (asked.awaited, asked.subject) == (Awaited.BULLETIN_SERIES, bulletin_id)


async def test_groups_see_which_part_it_is(office: Office) -> None:
    await release(office, series=FIRST)
    await office.send_all()

    assert "Phần 1/2 · Phòng sốt xuất huyết" in office.gateway.to(GROUP.address.chat)[0].markup


async def test_the_part_is_hashed_with_the_words(office: Office) -> None:
    assert '"series":{"name":"Phòng sốt xuất huyết","part":1,"parts":2}' in (
        (await submit(office, series=FIRST)).frozen.written
    )


async def test_a_button_that_names_no_part_is_refused(office: Office) -> None:
    button = Button("b", CHOOSE, await write(office), "Sốt", 2, f"person:{AN.id}", LATER)

    with pytest.raises(Refusal):
        await ChooseSeries(office.compose).choose(actor(AN), button)
