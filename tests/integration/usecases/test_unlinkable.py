"""Who copies both databases at every step, and has no key, joins no two cases of one person."""

from collections.abc import Awaitable, Callable

from domain.model.chat import Address
from domain.model.opinion import Opinion
from domain.ports.vault import Received
from domain.usecases.reply import APART
from domain.usecases.visit import Intake, Visit
from storage.vault import forms
from tests.integration.storage.cast import BOT, EM, STRANGER, WARD
from tests.integration.usecases.copied import Thief
from tests.integration.usecases.hands import write_back
from tests.integration.usecases.office import Office, message, press
from tests.integration.usecases.story import LAMP, take

FIRST_NUMBER = 900_000_000
MARKET = "Rác chất đống ở chợ."
Life = Callable[[Office, Thief, Address, int], Awaitable[Opinion]]


async def arrived(office: Office, who: Address, number: int) -> Visit:
    """A message as it waits in the inbox, with the handle that it got there."""
    await office.inbox.store(BOT, [Received(FIRST_NUMBER + number, who.chat, b'{"said": 1}')])
    (waiting,) = await office.inbox.oldest(BOT, 1)
    cause = office.cause()
    return Visit(who, type(cause)(BOT, waiting.update_id), waiting.handle, await office.known(who))


async def written_in_private(office: Office, thief: Thief, who: Address, number: int) -> Opinion:
    """From the message to the letter, copied after each step."""
    visit = await arrived(office, who, number)
    thief.copy(office)
    intake = await office.receive.begin_opinion(visit, words=message(f"{number} {LAMP}"))
    for waiting in await office.inbox.oldest(BOT, 1):
        await office.inbox.done(waiting.id)
    return await from_words_on(office, thief, who, intake)


async def from_words_on(office: Office, thief: Thief, who: Address, intake: Intake) -> Opinion:
    async def seen(intake: Intake) -> Intake:
        thief.copy(office)
        office.wait(minutes=3, seconds=7, microseconds=office.updates + 1)
        return intake

    intake = await seen(intake)
    if not intake.resident.has_consented:
        agree = press(intake.buttons, "intake:agree")
        intake = await seen(await office.receive.agree(await office.visit(who), agree))
    for action in ("intake:kind", "intake:field"):
        skip = next(b for b in intake.buttons if (b.action, b.choice) == (action, ""))
        intake = await seen(await office.describe_opinion.choose(await office.visit(who), skip))
    place = press(intake.buttons, "intake:unit", WARD.id)
    intake = await seen(await office.receive.choose_unit(await office.visit(who), place))
    file = press(intake.buttons, "intake:file")
    intake = await seen(await office.receive.file_opinion(await office.visit(who), file))
    await office.send_all()
    thief.copy(office)
    assert intake.filed is not None
    return intake.filed


async def written_while_a_case_waits(
    office: Office, thief: Thief, who: Address, number: int
) -> Opinion:
    """The office asks, and they write something else."""
    waiting = await take(office, await written_in_private(office, thief, who, number))
    await write_back(office, waiting, "opinion:ask_back", "Ở đâu?")
    intake = await office.reply.take(await office.visit(who), message(f"{number} {MARKET}"))
    thief.copy(office)
    office.wait(minutes=2)
    apart = press(intake.buttons, APART)
    intake = await office.reply.decide(await office.visit(who), apart)
    return await from_words_on(office, thief, who, intake)


async def two_lives(office: Office, life: Life) -> tuple[Thief, Opinion, Opinion]:
    """Khách first, so that what everybody's rows hold is known; then Em, twice."""
    thief = Thief()
    await life(office, thief, STRANGER, 1)
    thief.overlook()
    first = await life(office, thief, EM, 2)
    second = await life(office, thief, EM, 3)
    return thief, first, second


async def test_no_equal_value_joins_two_cases_of_one_person(office: Office) -> None:
    thief, first, second = await two_lives(office, written_in_private)
    reached = thief.joined_to(first.id)

    assert first.handle in reached
    assert not {second.id, second.handle} & reached


async def test_no_row_of_the_vault_that_tells_a_person_leads_to_a_case(office: Office) -> None:
    thief, first, _ = await two_lives(office, written_in_private)
    account = forms.account(EM)
    names = [
        name
        for kind in ("resident", "draft", "reply", "tally")
        for name in office.vault.keys.indexes(kind, account)
    ]

    seen = {value for row in thief.rows for value in row}
    assert len(seen & set(names)) >= 3
    assert not thief.joined_to(first.id) & set(names)


async def test_what_was_written_while_a_case_waited_is_not_told_from_other_cases(
    office: Office,
) -> None:
    thief = Thief()
    await written_while_a_case_waits(office, thief, STRANGER, 1)
    thief.overlook()
    case = await written_while_a_case_waits(office, thief, EM, 2)
    asked = "SELECT subject, id FROM button WHERE action = ? ORDER BY expires_at"
    handle, button = office.sql(asked, APART)[-1]

    assert button in thief.joined_to(handle)
    assert not {case.id, case.handle} & thief.joined_to(handle)


def test_a_value_that_joins_them_would_be_seen() -> None:
    copies = [{"case1", "h1"}, {"h1", "who"}, {"who", "h2"}, {"h2", "case2"}]
    thief = Thief(rows={frozenset(row) for row in copies})

    assert "case2" in thief.joined_to("case1")
