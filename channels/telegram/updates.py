"""Asks Telegram for news, and lets nothing through that was not meant for the bot."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import orjson
from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken, NetworkError

from domain.errors import CredentialsRefused
from domain.model.locality import point_at
from domain.ports import Received

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "poll")
"""All that is asked for; channel posts, votes and reactions are not."""
SPOKEN = frozenset(KINDS) - {"my_chat_member", "poll"}
"""What a person causes by speaking or pressing, and can cause without end."""
LARGEST = 2**63
_GRACE = 10.0
"""Seconds that an answer may take beyond the time it may be held back."""

_STILL: dict[str, object] = {"latitude": 0, "longitude": 0}
_LIVE = _STILL | {"live_period": 60}
"""What is left of a point."""

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TelegramUpdates:
    """Polls and webhooks with no memory of their own: the caller stores, then answers for it."""

    bot: Bot

    async def poll(self, offset: int, timeout: int) -> list[Received]:  # noqa: ASYNC109 - the server waits, not we
        """What has come since `offset`, waiting up to `timeout` seconds for the first of it.

        Raises CredentialsRefused for a bad token, telegram.error.Conflict when somebody else
        polls this bot, and another TelegramError for anything that may pass by itself.
        """
        return kept(await self._ask(offset, timeout), self._is_addressed)

    def read(self, body: bytes) -> Received | None:
        """One update as a webhook brings it, kept byte for byte; None if it was not said to us.

        Only a point on the map is not kept.

        ValueError if it is no update at all.
        """
        update = _parsed(body)
        if not isinstance(update, dict) or not _number(update):
            raise ValueError("not an update")
        return _as_it_came(update, body) if self._is_addressed(update) else None

    def original(self, update: Json) -> str:
        """What the message is called that this edits in a private chat; '' if it edits none."""
        message = _dict(update, "edited_message")
        private = _dict(message, "chat").get("type") == "private"
        return _said("message", {**message, "edit_date": 0}) if private else ""

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates brought to this address, those that wait included."""
        with _credentials():
            await self.bot.set_webhook(url, allowed_updates=list(KINDS), secret_token=secret)

    async def end_webhook(self) -> None:
        """Have them wait to be asked for again; none is dropped."""
        with _credentials():
            await self.bot.delete_webhook()

    def _is_addressed(self, update: Json) -> bool:
        me = self.bot.bot
        return addressed_to_bot(update, me.id, me.username or "")

    async def _ask(self, offset: int, seconds: int) -> Sequence[Json]:
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": list(KINDS)}
        try:
            # Raw, so that an update the library cannot read is stored like any other. Spelled so
            # that the library, which has a parsing method of that name, does not warn.
            with _credentials():
                answer: object = await self.bot.do_api_request(
                    "get_Updates", api_kwargs=asked, read_timeout=seconds + _GRACE
                )
        except (KeyError, TypeError) as broken:
            raise NetworkError("the answer has no result") from broken
        if not isinstance(answer, list) or not all(_number(update) for update in answer):
            raise NetworkError("the answer is not a list of updates")
        return answer


@contextmanager
def _credentials() -> Iterator[None]:
    try:
        yield
    except (InvalidToken, EndPointNotFound) as refused:
        raise CredentialsRefused("getUpdates") from refused


def _parsed(body: bytes) -> object:
    """JSON as it should be, quickly; else as the standard library still reads it."""
    try:
        return orjson.loads(body)
    except ValueError:
        pass  # half a surrogate pair, which orjson refuses and Telegram may send
    try:
        return json.loads(body)
    except RecursionError as error:
        raise ValueError("too deep") from error


def kept(updates: Sequence[Json], wanted: Callable[[Json], bool]) -> list[Received]:
    """The wanted updates; of the rest only the last one's number, which the next offset needs."""
    received = [_received(update) for update in updates if wanted(update)]
    if updates and not wanted(updates[-1]):
        received.append(_received({"update_id": updates[-1]["update_id"]}))
    return received


def addressed_to_bot(update: Json, bot_id: int, username: str) -> bool:
    """Whether this may be stored: private, a press, a change of standing, a poll's end."""
    if any(_dict(update, kind) for kind in ("callback_query", "my_chat_member")):
        return True
    if poll := _dict(update, "poll"):
        # How it stands while it is open is nobody's business, ours neither.
        return poll.get("is_closed") is True
    if "location" in _dict(update, "edited_message"):
        # A live place as it moves on: nobody edits one that stands still.
        return False
    message = _dict(update, "message") or _dict(update, "edited_message")
    place = _dict(message, "chat").get("type")
    if place == "private":
        return True
    return place in ("group", "supergroup") and _said_to_bot(message, bot_id, username)


def _said_to_bot(message: Json, bot_id: int, username: str) -> bool:
    if _moves(message):
        return True
    command = _command(message)
    if command:
        addressee = command.partition("@")[2]
        return not addressee or addressee.lower() == username.lower()
    answered = _dict(message, "reply_to_message")
    # In a topic that the bot opened, every message is a reply to the opening.
    return _dict(answered, "from").get("id") == bot_id and "forum_topic_created" not in answered


def _command(message: Json) -> str:
    """The command that the message begins with, such as `/gopy@haichieu_bot`."""
    text = message.get("text") or message.get("caption")
    entities = message.get("entities") or message.get("caption_entities")
    first = entities[0] if isinstance(entities, list) and entities else {}
    begins = isinstance(first, dict) and first.get("type") == "bot_command"
    if not begins or first.get("offset") != 0 or not isinstance(text, str):
        return ""
    return text.split(maxsplit=1)[0] if text.strip() else ""


def _received(update: Json) -> Received:
    # Escaped to ASCII: half a surrogate pair, which JSON may carry, fits into no UTF-8.
    return _as_it_came(update, json.dumps(update).encode())


def _as_it_came(update: Json, body: bytes) -> Received:
    point = None
    if b'"location"' in body:
        if shared := _dict(_dict(update, "message"), "location"):
            point = point_at(shared.get("latitude"), shared.get("longitude"))
        _forget_points(update)
        body = json.dumps(update).encode()
    kind = next((kind for kind in KINDS if _dict(update, kind)), "")
    content = _dict(update, kind)
    return Received(
        update_id=_number(update),
        line=_line(content),
        body=body,
        said=_said(kind, content),
        bounded=kind in SPOKEN and not _moves(content),
        point=point,
    )


def _forget_points(update: Json) -> None:
    """Leave of a point on the map only that there was one, and whether it moves.

    What is not stored cannot be lost.
    """
    found: list[object] = [update]
    while found:
        inner = found.pop()
        if isinstance(inner, dict):
            inner.pop("venue", None)
            if "location" in inner:
                is_live = bool(_dict(inner, "location").get("live_period"))
                inner["location"] = _LIVE if is_live else _STILL
            found += inner.values()
        elif isinstance(inner, list):
            found += inner


def _number(update: object) -> int:
    number = update.get("update_id") if isinstance(update, dict) else None
    return number if isinstance(number, int) and abs(number) < LARGEST else 0


def _line(content: Json) -> str:
    """The chat, else the person: updates with the same line are handled one after the other."""
    where = content if "chat" in content else _dict(content, "message")
    found = _dict(where, "chat").get("id") or _dict(content, "from").get("id") or ""
    return str(found)


def _said(kind: str, content: Json) -> str:
    """Which message this is, which edit of it, or which press: the same under any number."""
    if kind == "callback_query":
        return f"press|{content.get('id')}"
    chat, number = _dict(content, "chat").get("id"), content.get("message_id")
    if kind not in SPOKEN or chat is None or number is None:
        return ""
    return f"{chat}|{number}|{content.get('edit_date') or 0}"


def _moves(message: Json) -> bool:
    """The group's own news of its new address: nobody's words."""
    return any(key in message for key in ("migrate_to_chat_id", "migrate_from_chat_id"))


def _dict(value: Json, key: str) -> Json:
    inner = value.get(key)
    return inner if isinstance(inner, dict) else {}
