"""/sua: a correction by code, with the words at once or in the next message."""

import pytest

from tests.integration.storage.cast import STRANGER
from tests.integration.telegram.house import EM_ID, House, presses, says
from tests.integration.usecases.story import file_opinion

RIGHT = "Không phải hẻm 12, là hẻm 21."


async def sent(house: House) -> list[str]:
    button = await house.office.button(str(EM_ID), "reply:send")
    await house.hears(presses(button.id))
    return [text for (text,) in house.office.sql("SELECT text FROM addition")]


@pytest.mark.parametrize("command", ["/sua {code} {words}", "/sua {code}", "/start fix_{code}"])
async def test_words_come_along_or_follow(house: House, command: str) -> None:
    opinion = await file_opinion(house.office)
    await house.hears(says(command.format(code=opinion.code, words=RIGHT)))
    if "words" not in command:
        await house.hears(says(RIGHT, number=2))

    assert RIGHT in house.said_to(EM_ID)[-1]
    assert await sent(house) == [RIGHT]


async def test_nobody_corrects_somebody_elses_case(house: House) -> None:
    opinion = await file_opinion(house.office, who=STRANGER)
    await house.hears(says(f"/sua {opinion.code} {RIGHT}"))

    assert house.said_to(EM_ID) == [house.rooms.words.html("follow.no_such_code", "vi")]


async def test_without_a_code_the_way_to_it_is_said(house: House) -> None:
    await house.hears(says("/sua"))

    assert house.said_to(EM_ID) == [house.rooms.words.html("correction.code_missing", "vi")]
