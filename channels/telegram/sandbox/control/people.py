"""Makes bots, people and groups, and moves people in and out."""

import re
from collections.abc import Iterable

from channels.telegram.sandbox.control.wishes import need, number
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.records import Bot, Chat, GroupDialog, User
from channels.telegram.sandbox.sandbox import Sandbox

TOKEN = re.compile(r"(\d+):[\w-]+")
USERNAME = re.compile(r"[A-Za-z]\w{2,31}")
USER_FIELDS = ("first_name", "last_name", "username", "language_code", "role_note")
KINDS = ("group", "supergroup", "channel")
SUPERGROUPS = -1000000000000
STANDINGS = {
    "promote": "administrator",
    "demote": "member",
    "restrict": "restricted",
    "free": "member",
}
ENDINGS = {"remove": "left", "kick": "kicked"}


def make_bot(sandbox: Sandbox, wish: Json) -> Json:
    token, username = str(need(wish, "token")), str(need(wish, "username"))
    found = TOKEN.fullmatch(token)
    if not found or not USERNAME.fullmatch(username):
        raise ControlError("a token looks like 42:AAA, a username like practice_bot")
    bot_id = int(found[1])
    namesake = sandbox.world.bot_named(username)
    if (namesake and namesake.id != bot_id) or bot_id in sandbox.world.users:
        raise ControlError(f"{username} or {bot_id} is somebody else", 409)
    bot = sandbox.world.bots.get(bot_id)
    if bot is None:
        bot = Bot(bot_id, token, username, str(wish.get("name") or username))
        sandbox.add_bot(bot)
        sandbox.timeline.refresh(list(sandbox.world.users))
        return bot.as_json()
    sandbox.world.tokens.pop(bot.token, None)
    bot.token, bot.username, bot.name = token, username, str(wish.get("name") or bot.name)
    sandbox.world.save(bot)
    return bot.as_json()


def make_user(sandbox: Sandbox, wish: Json) -> Json:
    user_id = number(wish, "id")
    if user_id <= 0 or user_id in sandbox.world.bots:
        raise ControlError("a user's id is a positive number that no bot has")
    user = sandbox.world.users.get(user_id) or User(user_id, str(need(wish, "first_name")))
    for name in USER_FIELDS:
        if name in wish:
            setattr(user, name, str(wish[name]))
    sandbox.world.save(user)
    return _person(user)


def make_chat(sandbox: Sandbox, wish: Json) -> Json:
    chat_id, kind = number(wish, "id"), str(wish.get("type", "group"))
    _check_chat(chat_id, kind)
    standings = dict.fromkeys(_ids(sandbox, wish.get("members", [])), "member")
    bots = "administrator" if kind == "channel" else "member"
    standings |= dict.fromkeys(_ids(sandbox, wish.get("bots", [])), bots)
    standings |= dict.fromkeys(_ids(sandbox, wish.get("admins", [])), "administrator")
    chat = sandbox.world.chats.get(chat_id)
    if chat is None:
        chat = Chat(chat_id, kind, str(need(wish, "title")), str(wish.get("username", "")))
        founder = _founder(sandbox, standings)
        standings.pop(founder.id)
        chat.is_forum = _forum(chat, wish)
        sandbox.members.found(chat, founder, standings)
    else:
        chat.is_forum = _forum(chat, wish)
        _bring_up_to_date(sandbox, chat, str(wish.get("title") or chat.title), standings)
    return _group(chat)


def _check_chat(chat_id: int, kind: str) -> None:
    if kind not in KINDS:
        raise ControlError(f"type is one of {', '.join(KINDS)}")
    if chat_id >= 0 or (kind != "group") != (chat_id < SUPERGROUPS):
        raise ControlError(
            "a group's id is negative; a supergroup's or a channel's, and only that, "
            f"is below {SUPERGROUPS}"
        )


def _forum(chat: Chat, wish: Json) -> bool:
    if wish.get("is_forum") and chat.type != "supergroup":
        raise ControlError("only a supergroup can be a forum")
    return bool(wish.get("is_forum", chat.is_forum))


def _founder(sandbox: Sandbox, standings: dict[int, str]) -> User:
    people = [account for account in standings if account in sandbox.world.users]
    ruling = [account for account in people if standings[account] == "administrator"]
    if not people:
        raise ControlError("a group needs at least one person")
    return sandbox.world.users[(ruling or people)[0]]


def _bring_up_to_date(sandbox: Sandbox, chat: Chat, title: str, standings: dict[int, str]) -> None:
    if title != chat.title:
        chat.title = title
        sandbox.timeline.refresh(GroupDialog(chat).readers())
    sandbox.world.save(chat)
    by = owner(sandbox, chat)
    for account_id, standing in standings.items():
        sandbox.members.join(chat, by, account_id, standing)
        if standing == "administrator":
            sandbox.members.stand(chat, by, account_id, standing)


def change_members(sandbox: Sandbox, wish: Json) -> Json:
    chat = sandbox.world.chat(need(wish, "chat"))
    if chat.migrated_to:
        raise ControlError(f"chat {chat.id} has become {chat.migrated_to}", 409)
    if wish.get("restrict") and chat.type != "supergroup":
        raise ControlError("only in a supergroup can a member be restricted")
    by = sandbox.world.user(wish["by"]) if wish.get("by") else owner(sandbox, chat)
    members = sandbox.members
    for account_id in _ids(sandbox, wish.get("add", [])):
        members.join(chat, by, account_id)
    for deed, standing in STANDINGS.items():
        for account_id in _ids(sandbox, wish.get(deed, [])):
            members.stand(chat, by, account_id, standing)
    for deed, standing in ENDINGS.items():
        for account_id in _ids(sandbox, wish.get(deed, [])):
            members.leave(chat, by, account_id, standing)
    return _group(chat)


def link(sandbox: Sandbox, wish: Json) -> Json:
    """Gives a channel its discussion group; without one, takes it away."""
    channel = sandbox.world.chat(need(wish, "channel"))
    group = sandbox.world.chat(wish["group"]) if wish.get("group") else None
    if not channel.is_channel or (group and group.type != "supergroup"):
        raise ControlError("a channel is linked with a supergroup")
    for chat in (channel, group):
        if chat and chat.linked:
            _unlink(sandbox, chat)
    if group:
        channel.linked, group.linked = group.id, channel.id
        sandbox.world.save(group)
    sandbox.world.save(channel)
    return _group(channel)


def _unlink(sandbox: Sandbox, chat: Chat) -> None:
    other = sandbox.world.chats[chat.linked]
    chat.linked = other.linked = 0
    sandbox.world.save(other)
    sandbox.world.save(chat)


def migrate(sandbox: Sandbox, wish: Json) -> Json:
    """Turns a group into a supergroup with another id, as Telegram does when it grows."""
    old = sandbox.world.chat(need(wish, "chat"))
    new_id = number(wish, "id", SUPERGROUPS + old.id)
    if old.type != "group" or old.migrated_to or new_id in sandbox.world.chats:
        raise ControlError("only a group that has not migrated can, to an id nobody has", 409)
    _check_chat(new_id, "supergroup")
    new = Chat(new_id, "supergroup", old.title, members=dict(old.members))
    sandbox.world.save(new)
    sender = {"from": owner(sandbox, old).as_json()}
    sandbox.timeline.post(GroupDialog(old), sender, {"migrate_to_chat_id": new_id})
    sandbox.timeline.post(GroupDialog(new), sender, {"migrate_from_chat_id": old.id})
    old.migrated_to = new_id
    sandbox.world.save(old)
    sandbox.timeline.refresh(GroupDialog(new).readers())
    return _group(new)


def block(sandbox: Sandbox, wish: Json) -> Json:
    user = sandbox.world.user(need(wish, "user"))
    sandbox.members.block(user, sandbox.world.bot(need(wish, "bot")))
    return _person(user)


def unblock(sandbox: Sandbox, wish: Json) -> Json:
    user = sandbox.world.user(need(wish, "user"))
    sandbox.members.unblock(user, sandbox.world.bot(need(wish, "bot")))
    return _person(user)


def owner(sandbox: Sandbox, chat: Chat) -> User:
    people = [account for account in chat.members if account in sandbox.world.users]
    creators = [account for account in people if chat.members[account] == "creator"]
    return sandbox.world.users[(creators or people)[0]]


def _ids(sandbox: Sandbox, names: Iterable[int | str]) -> list[int]:
    """People are named by id, bots by username."""
    return [_id(sandbox, name) for name in names]


def _id(sandbox: Sandbox, name: int | str) -> int:
    if isinstance(name, str) and not name.isdigit():
        return sandbox.world.bot(name).id
    return sandbox.world.user(name).id


def _person(user: User) -> Json:
    return user.as_json() | {"role_note": user.role_note}


def _group(chat: Chat) -> Json:
    return chat.as_json() | {"members": {str(k): v for k, v in chat.members.items()}}
