"""Who exists: bots, people and groups, held in memory and written through to disk."""

from typing import Any

from channels.telegram.sandbox.errors import (
    ApiError,
    ControlError,
    Json,
    bad_request,
    forbidden,
    migrated,
)
from channels.telegram.sandbox.records import (
    Bot,
    Chat,
    Dialog,
    GroupDialog,
    PrivateDialog,
    Settings,
    User,
)
from channels.telegram.sandbox.store import Store


class World:
    """The accounts and groups of this practice Telegram."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.bots = {doc["id"]: Bot(**doc) for doc in store.everything("bot")}
        self.users = {doc["id"]: User(**doc) for doc in store.everything("user")}
        self.chats = {doc["id"]: _chat(doc) for doc in store.everything("chat")}
        self.tokens = {bot.token: bot for bot in self.bots.values()}
        saved = store.everything("settings")
        self.settings = Settings(**saved[0]) if saved else Settings()

    def save(self, record: Bot | User | Chat | Settings) -> None:
        match record:
            case Bot():
                self.bots[record.id] = record
                self.tokens[record.token] = record
                self._store.put("bot", record.id, record)
            case User():
                self.users[record.id] = record
                self._store.put("user", record.id, record)
            case Chat():
                self.chats[record.id] = record
                self._store.put("chat", record.id, record)
            case Settings():
                self._store.put("settings", "all", record)

    def bot_named(self, username: str) -> Bot | None:
        wanted = username.removeprefix("@").lower()
        return next((b for b in self.bots.values() if b.username.lower() == wanted), None)

    def account(self, account_id: int) -> Bot | User | None:
        return self.bots.get(account_id) or self.users.get(account_id)

    def groups_of(self, account_id: int) -> list[Chat]:
        return [chat for chat in self.chats.values() if chat.holds(account_id)]

    def bots_in(self, dialog: Dialog) -> list[Bot]:
        if isinstance(dialog, PrivateDialog):
            return [dialog.bot]
        return [self.bots[m] for m in dialog.readers() if m in self.bots]

    # As a bot sees the world.

    def find(self, bot: Bot, chat_id: int | str) -> Dialog:
        """The conversation a bot means, whether or not it may write there."""
        if isinstance(chat_id, str):
            chat_id = self._public(chat_id)
        if chat_id > 0:
            user = self.users.get(chat_id)
            if user is None:
                raise bad_request("chat not found")
            return PrivateDialog(user, bot)
        return GroupDialog(self._group(bot, chat_id))

    def reach(self, bot: Bot, chat_id: int | str) -> Dialog:
        """The conversation a bot is about to write into."""
        if chat_id in self.bots:
            raise forbidden("bots can't send messages to bots")
        dialog = self.find(bot, chat_id)
        if isinstance(dialog, PrivateDialog):
            _let_in(dialog)
        elif dialog.chat.is_channel and not dialog.chat.ruled_by(bot.id):
            raise bad_request("need administrator rights in the channel chat")
        return dialog

    def _group(self, bot: Bot, chat_id: int) -> Chat:
        chat = self.chats.get(chat_id)
        standing = chat.members.get(bot.id) if chat else None
        if chat is None or standing is None:
            raise bad_request("chat not found")
        if chat.migrated_to:
            raise migrated(chat.migrated_to)
        if not chat.holds(bot.id):
            raise _outside(chat, standing)
        return chat

    def _public(self, name: str) -> int:
        wanted = name.removeprefix("@").lower()
        for chat in self.chats.values():
            if chat.username and chat.username.lower() == wanted:
                return chat.id
        raise bad_request("chat not found")

    # As the control API names things.

    def user(self, user_id: Any) -> User:
        user = self.users.get(_number(user_id))
        if user is None:
            raise ControlError(f"no user {user_id!r}", 404)
        return user

    def bot(self, username: Any) -> Bot:
        bot = self.bot_named(str(username))
        if bot is None:
            raise ControlError(f"no bot {username!r}", 404)
        return bot

    def chat(self, chat_id: Any) -> Chat:
        chat = self.chats.get(_number(chat_id))
        if chat is None:
            raise ControlError(f"no chat {chat_id!r}", 404)
        return chat

    def dialog(self, user: User, ref: Any) -> Dialog:
        """What a person calls a chat: a group's id or a bot's username."""
        if not _is_number(ref):
            return PrivateDialog(user, self.bot(ref))
        chat = self.chat(ref)
        if not chat.holds(user.id):
            raise ControlError(f"user {user.id} is not in chat {chat.id}", 403)
        return GroupDialog(chat)

    def dialog_of(self, key: str) -> Dialog | None:
        """The conversation of which this is the key; None if it is there no more."""
        person, _, bot = key.partition(":")
        if not bot:
            chat = self.chats.get(int(key))
            return GroupDialog(chat) if chat else None
        user, answering = self.users.get(int(person)), self.bots.get(int(bot))
        return PrivateDialog(user, answering) if user and answering else None


def _let_in(dialog: PrivateDialog) -> None:
    if dialog.bot.id in dialog.user.blocked:
        raise forbidden("bot was blocked by the user")
    if dialog.bot.id not in dialog.user.started:
        raise forbidden("bot can't initiate conversation with a user")


def _outside(chat: Chat, standing: str) -> ApiError:
    if standing == "kicked":
        return forbidden(f"bot was kicked from the {chat.type} chat")
    return forbidden(f"bot is not a member of the {chat.type} chat")


def _chat(doc: Json) -> Chat:
    doc["members"] = {int(member): standing for member, standing in doc["members"].items()}
    doc["topics"] = {int(thread): topic for thread, topic in doc.get("topics", {}).items()}
    return Chat(**doc)


def _is_number(ref: Any) -> bool:
    return isinstance(ref, int) or str(ref).removeprefix("-").isdigit()


def _number(value: Any) -> int:
    if not _is_number(value):
        raise ControlError(f"{value!r} is not an id")
    return int(value)
