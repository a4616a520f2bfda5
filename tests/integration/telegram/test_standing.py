"""What happens to the bot in a group changes the group's binding, and its unit hears of it once."""

from dataclasses import replace
from itertools import pairwise, permutations

import pytest

from channels.telegram.sandbox.members import PERMISSIONS, RIGHTS
from domain.model.chat import Address, Chat, ChatState
from domain.model.delivery import EntryState, Lost, Moved
from domain.ports import Cause
from tests.integration.storage.cast import BOT, GROUP, HANH
from tests.integration.telegram.house import EM_ID, House, Json, says, user
from tests.integration.telegram.test_plan_doors import press
from tests.integration.usecases.office import private
from tests.integration.usecases.story import release

HERE = int(GROUP.address.chat)
NEW = -1009990001
STRANGE = Address("telegram", BOT, "-4321", is_group=True)
CARD = "chat_news"


def standing(status: str) -> Json:
    """The bot as a member, in Telegram's words; a `silent` one is restricted from writing."""
    us = {"id": BOT, "is_bot": True, "first_name": "Hai Chiều"}
    member: Json = {"user": us, "status": "restricted" if status == "silent" else status}
    match status:
        case "silent" | "restricted":
            rights = dict.fromkeys(PERMISSIONS, status != "silent")
            return member | {"is_member": True, "until_date": 0} | rights
        case "administrator":
            rights = dict.fromkeys(RIGHTS, True)
            return member | {"can_be_edited": False, "is_anonymous": False} | rights
        case "kicked":
            return member | {"until_date": 0}
    return member


def changes(was: str, now: str, chat: int = HERE) -> Json:
    return {
        "my_chat_member": {
            "chat": {"id": chat, "type": "supergroup", "title": GROUP.title},
            "from": user(EM_ID),
            "date": 1_700_000_000,
            "old_chat_member": standing(was),
            "new_chat_member": standing(now),
        }
    }


def moves(here: int, **numbers: int) -> Json:
    """The service message in one of the two groups."""
    chat = {"id": here, "type": "supergroup", "title": GROUP.title}
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "from": user(EM_ID)}
    return {"message": message | numbers}


async def group(house: House) -> Chat:
    async with house.rooms.memory.begin() as work:
        return await work.chats.get(GROUP.id)


async def told(house: House, news: str) -> int:
    """How often Hạnh, who binds groups, was told this of the group."""
    await house.office.send_all()
    sentence = house.rooms.words.html(f"{CARD}.{news}", "vi", title=GROUP.title)
    return house.said_to(private(HANH)).count(sentence)


@pytest.mark.parametrize("status", ["left", "kicked"])
async def test_removed_from_a_group_it_is_lost_and_told_of_once(house: House, status: str) -> None:
    await house.hears(changes("member", status))

    assert (await group(house)).state is ChatState.LOST
    assert await told(house, "lost") == 1


@pytest.mark.parametrize("error_first", [True, False])
async def test_the_word_and_the_refused_send_make_one_notice(
    house: House, error_first: bool
) -> None:
    await release(house.office)
    house.office.gateway.will(GROUP.address.chat, Lost("kicked"))
    if error_first:
        await house.office.send_all()
    await house.hears(changes("member", "kicked"))
    await house.office.send_all()

    assert await told(house, "lost") == 1


async def test_the_word_comes_while_the_send_is_being_refused(house: House) -> None:
    await release(house.office)
    house.office.gateway.will(GROUP.address.chat, Lost("kicked"))
    house.office.gateway.meanwhile = lambda: house.hears(changes("member", "kicked"))
    await house.office.send_all()

    assert await told(house, "lost") == 1


async def test_silenced_it_is_lost_until_it_may_speak_again(house: House) -> None:
    await house.hears(changes("member", "silent"))
    assert (await group(house)).state is ChatState.LOST
    assert await told(house, "silenced") == 1

    await house.hears(changes("silent", "restricted"))
    assert await group(house) == GROUP
    assert await told(house, "back") == 1


async def test_back_after_a_removal_it_waits_to_be_bound_anew(house: House) -> None:
    await house.hears(changes("member", "left"), changes("left", "member"))

    assert (await group(house)).state is ChatState.LOST


@pytest.mark.parametrize("before", [["member", "left"], ["member", "silent", "left"]])
async def test_put_out_it_is_not_brought_back_by_being_let_speak(
    house: House, before: list[str]
) -> None:
    since = [*before, "member", "silent", "member"]
    await house.hears(*(changes(old, new) for old, new in pairwise(since)))

    assert (await group(house)).state is ChatState.LOST


async def test_a_binding_made_meanwhile_is_the_one_that_holds(house: House) -> None:
    await house.hears(changes("member", "silent"))
    async with house.rooms.memory.begin() as work:
        await work.chats.add(replace(GROUP, id="g9"))
        await work.commit()
    await house.hears(changes("silent", "member"))

    assert (await group(house)).state is ChatState.LOST


async def test_made_an_administrator_it_asks_not_to_be(house: House) -> None:
    await house.hears(changes("member", "administrator"))

    assert await told(house, "admin") == 1
    assert await group(house) == GROUP
    assert house.said_to(HERE) == []


async def test_a_group_that_made_it_an_administrator_is_not_bound(house: House) -> None:
    house.office.gateway.ruled.add(STRANGE.chat)
    place = {"id": int(STRANGE.chat), "type": "supergroup", "title": "Ấp 1"}
    await house.hears(says("/ketnoi", int(private(HANH)), 3, chat=place))
    assert house.said_to(STRANGE.chat) == [
        house.rooms.words.html("bind.not_as_admin", title="Ấp 1")
    ]
    assert house.said_to(private(HANH)) == []

    house.office.gateway.ruled.clear()
    house.office.wait(minutes=2)
    await house.hears(says("/ketnoi", int(private(HANH)), 4, chat=place))
    await house.office.button(private(HANH), "bind:unit")


@pytest.mark.parametrize("ruled", [True, False])
async def test_made_one_while_it_was_being_bound_it_is_not_bound_either(
    house: House, ruled: bool
) -> None:
    place = {"id": int(STRANGE.chat), "type": "supergroup", "title": "Ấp 1"}
    await house.hears(says("/ketnoi", int(private(HANH)), 3, chat=place))
    await press(house, int(private(HANH)), "bind:unit")
    house.office.gateway.ruled.update([STRANGE.chat] if ruled else [])
    said = await press(house, int(private(HANH)), "bind:purpose", "staff")

    assert bool(said) is not ruled
    assert house.office.sql("SELECT count(*) FROM chat WHERE chat = ?", STRANGE.chat) == [
        (0 if ruled else 1,)
    ]


async def test_unmade_an_administrator_nothing_is_said(house: House) -> None:
    before = len(house.office.gateway.calls)
    await house.hears(changes("administrator", "member"))
    await house.office.send_all()

    assert len(house.office.gateway.calls) == before


@pytest.mark.parametrize(
    ("now", "key"), [("member", "standing.hello"), ("administrator", "standing.hello_admin")]
)
async def test_in_a_new_group_it_says_what_it_is_and_how_to_bind_it(
    house: House, now: str, key: str
) -> None:
    await house.hears(changes("left", now, int(STRANGE.chat)))

    assert house.said_to(STRANGE.chat) == [house.rooms.words.html(key, "vi")]


async def test_blocked_by_a_resident_nothing_changes(house: House) -> None:
    blocked = changes("member", "kicked", EM_ID)
    blocked["my_chat_member"]["chat"] = {"id": EM_ID, "type": "private", "first_name": "Em"}
    await house.hears(blocked)

    assert (await house.office.inbox.counts())["parked"] == 0


WORDS = [moves(HERE, migrate_to_chat_id=NEW), moves(NEW, migrate_from_chat_id=HERE), None]


@pytest.mark.parametrize("order", list(permutations(WORDS)))
async def test_a_group_that_moves_is_swapped_once_whoever_says_it_first(
    house: House, order: tuple[Json | None, ...]
) -> None:
    """Both service messages and the refused send, in every order."""
    await release(house.office)
    house.office.gateway.will(str(HERE), Moved(str(NEW)))
    for word in order:
        await (house.hears(word) if word else house.office.send_all())

    assert (await group(house)).address.chat == str(NEW)
    assert (await group(house)).state is ChatState.ACTIVE
    assert len(house.said_to(NEW)) == 1
    assert set((await house.office.states()).values()) == {EntryState.SENT}


async def test_the_move_is_told_while_the_send_is_being_refused(house: House) -> None:
    await release(house.office)
    house.office.gateway.will(str(HERE), Moved(str(NEW)))
    house.office.gateway.meanwhile = lambda: house.hears(moves(HERE, migrate_to_chat_id=NEW))
    await house.office.send_all()

    assert len(house.said_to(NEW)) == 1
    assert (await group(house)).state is ChatState.ACTIVE


async def test_a_closed_topic_is_lost_and_the_group_is_not(house: House) -> None:
    async with house.rooms.memory.begin() as work:
        topic = replace(GROUP, id="g9", address=replace(GROUP.address, thread="5"))
        await work.chats.add(topic)
        await work.commit()
    await release(house.office)
    house.office.gateway.will(str(HERE), Lost("TOPIC_CLOSED", topic_only=True))
    await house.office.send_all()

    async with house.rooms.memory.begin() as work:
        assert len(await work.chats.at(GROUP.address)) == 1
    assert await told(house, "topic_lost") == 1


async def test_a_crash_after_a_move_is_not_spoken_of_in_the_group(house: House) -> None:
    """Nobody asked for anything: nobody waits for an answer."""
    word = moves(HERE, migrate_to_chat_id=NEW) | {"update_id": 1500}
    async with house.rooms.memory.begin(Cause(BOT, 1500)) as work:
        await work.commit()
    await house.hears(word)

    assert house.office.gateway.calls == []
