"""Only what was meant for the bot is handed on to be stored; the rest leaves a number at most."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import Conflict, TelegramError

from channels.telegram.updates import TelegramUpdates, addressed_to_bot, kept
from domain.errors import CredentialsRefused
from tests.unit.channels.faulty_server import answers, gateway_to, refuses, serving

Json = dict[str, object]

BOT = 123456
NAME = "haichieu_bot"
GROUP: Json = {"id": -1001, "type": "supergroup"}
EM: Json = {"id": 7, "is_bot": False}
US: Json = {"id": BOT, "is_bot": True}


def said(text: str, **more: object) -> Json:
    """A group message, with the command marked as Telegram marks it."""
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    marks = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
    message = {"message_id": 1, "chat": GROUP, "from": EM, "text": text, "entities": marks}
    return {"update_id": 1, "message": message | more}


def late_command() -> Json:
    marks = [{"type": "bot_command", "offset": 4, "length": 5}]
    return said("xem /gopy", entities=marks)


def photo(caption: str) -> Json:
    marks = [{"type": "bot_command", "offset": 0, "length": 5}]
    message = {"chat": GROUP, "from": EM, "caption": caption, "caption_entities": marks}
    return {"update_id": 1, "message": message}


def answer_to(who: Json, **more: object) -> Json:
    return {"reply_to_message": {"message_id": 9, "from": who, "chat": GROUP} | more}


CASES: list[tuple[str, Json, bool]] = [
    ("private text", {"message": {"chat": {"id": 7, "type": "private"}, "text": "hi"}}, True),
    ("private edit", {"edited_message": {"chat": {"id": 7, "type": "private"}}}, True),
    ("a press", {"callback_query": {"id": "1", "from": EM}}, True),
    ("its own standing", {"my_chat_member": {"chat": GROUP}}, True),
    ("plain talk", said("Nước lên rồi bà con ơi"), False),
    ("a bare mention", said(f"@{NAME} ơi"), False),
    ("a command", said("/gopy"), True),
    ("a command with words", said("/gopy đường hư"), True),
    ("a command to it", said(f"/gopy@{NAME}"), True),
    ("a command to it, in capitals", said("/gopy@HaiChieu_Bot"), True),
    ("a command to another bot", said("/x@otherbot"), False),
    ("a command inside a sentence", late_command(), False),
    ("a command under a photo", photo("/gopy"), True),
    ("what looks like a command", said("/gopy", entities=[]), False),
    ("a reply to it", said("Cảm ơn", **answer_to(US)), True),
    ("a reply to a neighbour", said("Đúng rồi", **answer_to(EM)), False),
    ("another bot's command in reply to it", said("/x@otherbot", **answer_to(US)), False),
    (
        "talk in a topic that it opened",
        said("Chào", **answer_to(US, forum_topic_created={"name": "x"})),
        False,
    ),
    ("an edited reply to it", {"edited_message": said("Ạ", **answer_to(US))["message"]}, True),
    ("edited talk", {"edited_message": said("Ạ")["message"]}, False),
    ("an anonymous admin's command", said("/ketnoi", sender_chat=GROUP), True),
    ("an anonymous admin's talk", said("Thông báo", sender_chat=GROUP), False),
    ("the group moves", {"message": {"chat": GROUP, "migrate_to_chat_id": -1002}}, True),
    ("somebody joins", {"message": {"chat": GROUP, "new_chat_members": [EM]}}, False),
    ("a channel post", {"channel_post": {"chat": {"id": -1, "type": "channel"}}}, False),
    ("a post where messages belong", {"message": {"chat": {"id": -1, "type": "channel"}}}, False),
    ("a message from nowhere", {"message": {"text": "hi"}}, False),
    ("a kind nobody knows", {"moon_phase": {}}, False),
    ("nothing", {}, False),
]


@pytest.mark.parametrize(
    ("update", "addressed"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_only_what_is_addressed_to_the_bot_passes(update: Json, addressed: bool) -> None:
    assert addressed_to_bot(update, BOT, NAME) is addressed


KEYS = st.sampled_from(
    ["message", "chat", "type", "from", "id", "text", "entities", "reply_to_message", "offset"]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=30)
@given(st.dictionaries(st.sampled_from(["message", "edited_message"]), JSON, min_size=1))
def test_no_misshapen_update_stops_the_loop(update: Json) -> None:
    assert addressed_to_bot(update, BOT, NAME) in (True, False)


def test_of_what_is_dropped_only_the_last_number_is_kept() -> None:
    updates = [{"update_id": number, "message": {"text": "talk"}} for number in (4, 5, 6)]

    received = kept(updates, lambda update: update["update_id"] == 5)

    assert [update.update_id for update in received] == [5, 6]
    assert received[1].body == b'{"update_id": 6}'


@pytest.mark.parametrize(
    ("update", "line"),
    [
        (said("/gopy"), "-1001"),
        ({"callback_query": {"from": EM, "message": {"chat": GROUP}}}, "-1001"),
        ({"callback_query": {"from": EM, "inline_message_id": "x"}}, "7"),
        ({"my_chat_member": {"chat": GROUP, "from": EM}}, "-1001"),
    ],
)
def test_updates_of_one_chat_stand_in_one_line(update: Json, line: str) -> None:
    [received] = kept([{"update_id": 1} | update], lambda _: True)

    assert received.line == line


@pytest.mark.parametrize(
    ("update", "name"),
    [
        (said("/gopy"), "-1001|1|0"),
        (
            {"edited_message": {"chat": GROUP, "message_id": 1, "edit_date": 1700}},
            "-1001|1|1700",
        ),
        ({"callback_query": {"id": "77", "from": EM}}, "press|77"),
        ({"my_chat_member": {"chat": GROUP, "from": EM}}, ""),
        ({"message": {"chat": GROUP}}, ""),
    ],
)
def test_a_message_and_each_edit_of_it_have_a_name(update: Json, name: str) -> None:
    [received] = kept([{"update_id": 1} | update], lambda _: True)

    assert received.said == name


@pytest.mark.parametrize(
    ("update", "bounded"),
    [
        (said("/gopy"), True),
        ({"callback_query": {"id": "77", "from": EM}}, True),
        ({"my_chat_member": {"chat": GROUP, "from": EM}}, False),
        ({"message": {"chat": GROUP, "migrate_to_chat_id": -1002}}, False),
    ],
)
def test_only_what_people_say_and_press_may_be_turned_away(update: Json, bounded: bool) -> None:
    [received] = kept([{"update_id": 1} | update], lambda _: True)

    assert received.bounded is bounded


def test_the_body_is_stored_as_it_came_even_where_it_is_broken() -> None:
    update = {"update_id": 1, "message": {"text": "nửa chữ \ud83d", "id": 2**70}}

    [received] = kept([update], lambda _: True)

    assert json.loads(received.body) == update


async def test_somebody_else_polling_is_a_conflict() -> None:
    refusal = refuses(409, "Conflict: terminated by other getUpdates request")
    async with serving(refusal) as url, gateway_to(url) as gateway:
        with pytest.raises(Conflict):
            await TelegramUpdates(gateway.bot).poll(0, 0)


@pytest.mark.parametrize("status", [401, 404])
async def test_a_refused_token_is_told_apart(status: int) -> None:
    async with serving(refuses(status, "Unauthorized")) as url, gateway_to(url) as gateway:
        with pytest.raises(CredentialsRefused):
            await TelegramUpdates(gateway.bot).poll(0, 0)


@pytest.mark.parametrize("answer", ["{broken", {"ok": True}, {"ok": True, "result": [7]}, []])
async def test_an_answer_that_makes_no_sense_is_trouble_on_the_way(answer: object) -> None:
    async with serving(answers(200, answer)) as url, gateway_to(url) as gateway:
        with pytest.raises(TelegramError):
            await TelegramUpdates(gateway.bot).poll(0, 0)


def test_a_point_on_the_map_is_not_kept() -> None:
    point = {"latitude": 10.0325, "longitude": 105.7841}
    said = {"chat": {"id": 1, "type": "private"}, "message_id": 5, "location": point}
    again = {"chat": {"id": 1, "type": "private"}, "message_id": 6, "reply_to_message": said}
    news = [{"update_id": 1, "message": said}, {"update_id": 2, "message": again}]

    bodies = b"".join(received.body for received in kept(news, lambda _: True))

    assert b"location" in bodies
    assert b"10.03" not in bodies
    assert b"105.7" not in bodies
