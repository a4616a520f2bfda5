"""A code opens its case for whoever may; of the others nobody learns whether they are one."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from domain.errors import Refusal, Repeated
from domain.model.allowance import MOST, Act
from domain.usecases.open_by_code import FEW, MANY_WRONG, OpenByCode
from tests.integration.storage.cast import EM, STRANGER
from tests.integration.usecases.office import Office
from tests.integration.usecases.statements import statements
from tests.integration.usecases.story import LAMP, file_opinion

NOBODYS = "HC-AAAAA-AAAAA"


@contextmanager
def vault_statements(office: Office) -> Iterator[list[str]]:
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        made.append(statement)

    engine = office.vault.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def refusal(office: Office, code: str, number: int = 0) -> tuple[Refusal, list[str]]:
    """What is answered to a code, and all that both databases were asked for it."""
    asking = pytest.raises(Refusal)
    with statements(office) as main, vault_statements(office) as vault, asking as refused:
        await office.open_by_code.look_up(EM, code, f"try {number}")
    return refused.value, [*main, *vault]


async def codes_that_open_nothing(office: Office) -> list[str]:
    """One that there is not, one that cannot be, an erased one, somebody else's."""
    erased = await file_opinion(office, "Đã xóa.")
    await office.follow.erase_case(erased.code, office.cause())
    foreign = await file_opinion(office, "Của người khác.", STRANGER)
    return [NOBODYS, "0000", erased.code, foreign.code]


async def test_whoever_wrote_it_opens_it(office: Office) -> None:
    opinion = await file_opinion(office)

    status = await office.open_by_code.look_up(EM, opinion.code.lower(), "u1")
    assert status.opinion.text == LAMP


async def test_while_the_address_is_there_nobody_else_opens_or_erases_it(office: Office) -> None:
    opinion = await file_opinion(office)
    with pytest.raises(Refusal, match=r"follow\.no_such_code"):
        await office.open_by_code.look_up(STRANGER, opinion.code, "u1")
    with pytest.raises(Refusal, match=r"follow\.no_such_code"):
        await office.open_by_code.erase(STRANGER, opinion.code, "u2", office.cause())

    assert office.sql("SELECT text FROM opinion") == [(LAMP,)]


async def test_once_the_address_is_gone_the_code_opens_and_erases_it(office: Office) -> None:
    opinion = await file_opinion(office)
    assert opinion.handle is not None
    await office.vault.forget_address(opinion.handle)

    assert (await office.open_by_code.look_up(STRANGER, opinion.code, "u1")).opinion.text == LAMP
    await office.open_by_code.erase(STRANGER, opinion.code, "u2", office.cause())
    assert office.sql("SELECT text FROM opinion") == [("",)]


async def test_no_code_tells_whether_there_is_a_case_behind_it(office: Office) -> None:
    """The same words, and the same statements in both databases, in the same order."""
    codes = await codes_that_open_nothing(office)
    answers = [await refusal(office, code, number) for number, code in enumerate(codes)]

    assert {(answer.key, str(answer.values)) for answer, _ in answers} == {
        ("follow.no_such_code", "{}")
    }
    first, *others = [said for _, said in answers[1:]]
    assert first
    assert all(said == first for said in others)
    assert sorted(set(answers[0][1])) == sorted(set(first))


async def test_after_ten_wrong_codes_also_a_right_one_has_to_wait(office: Office) -> None:
    """Or the eleventh try would tell more than the tenth."""
    opinion = await file_opinion(office)
    for number in range(MOST[Act.WRONG_CODE]):
        await refusal(office, NOBODYS, number)
    answers = [(await refusal(office, opinion.code, 99))[0] for _ in range(2)]

    assert [type(one) for one in answers] == [Refusal, Repeated]
    assert answers[0].key == "allowance.wrong_code"


async def test_right_codes_are_not_counted(office: Office) -> None:
    opinion = await file_opinion(office)
    for number in range(30):
        await office.open_by_code.look_up(EM, opinion.code, f"u{number}")


async def test_while_somebody_searches_fewer_slips_are_allowed_and_right_codes_open(
    office: Office,
) -> None:
    opinion = await file_opinion(office)
    door: OpenByCode = office.open_by_code
    door.wrong.extend([office.clock.now()] * MANY_WRONG)
    for number in range(FEW):
        with pytest.raises(Refusal, match=r"follow\.no_such_code"):
            await door.look_up(STRANGER, NOBODYS, f"u{number}")
    with pytest.raises(Refusal, match=r"allowance\.wrong_code"):
        await door.look_up(STRANGER, NOBODYS, "one more")

    assert (await door.look_up(EM, opinion.code, "u1")).opinion.id == opinion.id


async def test_who_erases_and_is_cut_off_can_go_on(office: Office) -> None:
    """The address is gone, the words are not yet: the replay must find its way."""
    opinion = await file_opinion(office)
    assert opinion.handle is not None
    cause = office.cause()
    await office.vault.forget_address(opinion.handle)
    await office.open_by_code.erase(EM, opinion.code, "u1", cause)

    assert office.sql("SELECT state, text FROM opinion") == [("withdrawn", "")]
