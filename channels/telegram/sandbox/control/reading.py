"""What a person or a test may look at."""

from channels.telegram.sandbox.control.views import as_seen
from channels.telegram.sandbox.control.wishes import need, number, place
from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.members import member_json
from channels.telegram.sandbox.methods.profile import menu
from channels.telegram.sandbox.records import Chat, Dialog, GroupDialog, PrivateDialog, User
from channels.telegram.sandbox.sandbox import Sandbox
from channels.telegram.sandbox.store import NEWEST

MOST_MESSAGES = 200


def health(sandbox: Sandbox, wish: Json) -> Json:
    world = sandbox.world
    return {
        "ok": True,
        "bots": len(world.bots),
        "users": len(world.users),
        "chats": len(world.chats),
        "pending": {bot.username: sandbox.mailbox.count(bot) for bot in world.bots.values()},
    }


def users(sandbox: Sandbox, wish: Json) -> Json:
    """Everybody; with `unread` also how much each of them has not read."""
    people = sandbox.world.users.values()
    found = [user.as_json() | {"role_note": user.role_note} for user in people]
    if wish.get("unread"):
        for user, shown in zip(people, found, strict=True):
            shown["unread"] = sum(_unread(sandbox, user, chat) for chat in _dialogs(sandbox, user))
    return {"users": found}


def bots(sandbox: Sandbox, wish: Json) -> Json:
    return {"bots": [bot.as_json() for bot in sandbox.world.bots.values()]}


def chats(sandbox: Sandbox, wish: Json) -> Json:
    user = sandbox.world.user(need(wish, "user"))
    return {"chats": [_line(sandbox, user, dialog) for dialog in _dialogs(sandbox, user)]}


def _dialogs(sandbox: Sandbox, user: User) -> list[Dialog]:
    private = [PrivateDialog(user, bot) for bot in sandbox.world.bots.values()]
    groups = [GroupDialog(c) for c in sandbox.world.groups_of(user.id) if not c.migrated_to]
    return [*private, *groups]


def _unread(sandbox: Sandbox, user: User, dialog: Dialog) -> int:
    """In a forum, what is unread in each of its topics."""
    key = dialog.key
    threads: list[int | None] = [None]
    if isinstance(dialog, GroupDialog) and dialog.chat.is_forum:
        threads = [0, *dialog.chat.topics]
    return sum(sandbox.store.unread(key, user.has_read(key, t), user.id, t) for t in threads)


def _line(sandbox: Sandbox, user: User, dialog: Dialog) -> Json:
    last = sandbox.store.messages(dialog.key, 0, 1)
    line: Json = {
        "chat": dialog.ref,
        "last": last[0] if last else None,
        "seen": user.has_read(dialog.key),
        "unread": _unread(sandbox, user, dialog),
    }
    return line | _about(user, dialog)


def _may_write(user: User, chat: Chat) -> bool:
    return chat.ruled_by(user.id) if chat.is_channel else chat.members[user.id] != "restricted"


def _about(user: User, dialog: Dialog) -> Json:
    if isinstance(dialog, GroupDialog):
        chat = dialog.chat
        about: Json = {
            "type": chat.type,
            "title": chat.title,
            "members": len(dialog.readers()),
            "may_write": _may_write(user, chat),
        }
        topics = [{"thread": thread, **topic} for thread, topic in chat.topics.items()]
        return about | ({"topics": topics} if chat.is_forum else {})
    bot = dialog.bot
    return {
        "type": "bot",
        "title": bot.name,
        "description": bot.words.get("description ", ""),
        "short_description": bot.words.get("short_description ", ""),
        "started": bot.id in user.started,
        "blocked": bot.id in user.blocked,
    }


def messages(sandbox: Sandbox, wish: Json) -> Json:
    """A stretch of a conversation, or with `ids` just these, as this person sees it."""
    user, dialog = place(sandbox, wish)
    thread = number(wish, "thread") if "thread" in wish else None
    found = asked_for(sandbox, dialog, wish, thread)
    shown = [as_seen(sandbox, user, dialog, message) for message in found]
    last = sandbox.timeline.last_id(dialog)
    return {
        "messages": shown,
        "last_id": last,
        "seen": user.has_read(dialog.key, thread),
        "seen_by_others": _seen(sandbox, user, dialog, last, thread),
    }


def _seen(sandbox: Sandbox, user: User, dialog: Dialog, last: int, thread: int | None) -> int:
    """How far somebody else has read; a bot is taken to have read everything."""
    if isinstance(dialog, PrivateDialog):
        return last
    people = (sandbox.world.users.get(each) for each in dialog.readers() if each != user.id)
    return max((person.has_read(dialog.key, thread) for person in people if person), default=0)


def asked_for(sandbox: Sandbox, dialog: Dialog, wish: Json, thread: int | None) -> list[Json]:
    if "ids" in wish:
        named = [number({"ids": each}, "ids") for each in str(wish["ids"]).split(",")]
        found = [sandbox.timeline.message(dialog, each) for each in named[:MOST_MESSAGES]]
        return [message for message in found if message]
    limit = min(number(wish, "limit", MOST_MESSAGES), MOST_MESSAGES)
    after, before = number(wish, "after"), number(wish, "before", NEWEST)
    return sandbox.store.messages(dialog.key, after, limit, before, thread)


def members(sandbox: Sandbox, wish: Json) -> Json:
    """Everybody who is in the group, bots too, and how they stand."""
    chat = sandbox.world.chat(need(wish, "chat"))
    inside = [(sandbox.world.account(m), chat.members[m]) for m in chat.members if chat.holds(m)]
    return {"members": [member_json(who, status, chat.type) for who, status in inside if who]}


def commands(sandbox: Sandbox, wish: Json) -> Json:
    """The "/" menu this person sees in this chat."""
    user, dialog = place(sandbox, wish)
    chat = dialog.chat if isinstance(dialog, GroupDialog) else None
    found = [
        command | {"bot": bot.username}
        for bot in sandbox.world.bots_in(dialog)
        for command in menu(bot, chat, user.id, user.language_code)
    ]
    return {"commands": found}


def receipts(sandbox: Sandbox, wish: Json) -> Json:
    return {"receipts": sandbox.store.lines("receipts", number(wish, "after"))}


def calls(sandbox: Sandbox, wish: Json) -> Json:
    return {"calls": sandbox.store.lines("calls", number(wish, "after"))}
