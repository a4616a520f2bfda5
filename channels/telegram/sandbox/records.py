"""What the sandbox remembers of bots, people, groups and settings."""

from dataclasses import dataclass, field

from channels.telegram.sandbox.errors import Json

INSIDE = frozenset({"creator", "administrator", "member", "restricted"})
RULING = frozenset({"creator", "administrator"})

GROUP_ANONYMOUS_BOT: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_BOT: Json = {
    "id": 136817688,
    "is_bot": True,
    "first_name": "Channel",
    "username": "Channel_Bot",
}
TELEGRAM: Json = {"id": 777000, "is_bot": False, "first_name": "Telegram"}


@dataclass(slots=True)
class Bot:
    """One bot account and what its owner has set."""

    id: int
    token: str
    username: str
    name: str
    confirmed: int = 0
    allowed_updates: list[str] = field(default_factory=list)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    webhook: Json = field(default_factory=dict)

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}


@dataclass(slots=True)
class User:
    """One person; `role_note` is shown on the page and means nothing to the sandbox."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    role_note: str = ""
    started: list[int] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)

    def has_read(self, dialog: str, thread: int | None = None) -> int:
        """Up to which message of a conversation; with `thread`, of that topic (0: General)."""
        whole = self.read.get(dialog, 0)
        return whole if thread is None else max(whole, self.read.get(f"{dialog}#{thread}", 0))

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": False, "first_name": self.first_name} | self._optional()

    def as_chat(self) -> Json:
        shown = {k: v for k, v in self._optional().items() if k != "language_code"}
        return {"id": self.id, "type": "private", "first_name": self.first_name} | shown

    def _optional(self) -> Json:
        named = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        return {key: value for key, value in named.items() if value}


@dataclass(slots=True)
class Chat:
    """One group, supergroup or channel; `members` maps an account's id to its standing."""

    id: int
    type: str
    title: str
    username: str = ""
    members: dict[int, str] = field(default_factory=dict)
    last_bot: int = 0
    migrated_to: int = 0
    is_forum: bool = False
    topics: dict[int, Json] = field(default_factory=dict)
    linked: int = 0

    def as_json(self) -> Json:
        shown: Json = {"id": self.id, "type": self.type, "title": self.title}
        if self.username:
            shown["username"] = self.username
        if self.is_forum:
            shown["is_forum"] = True
        if self.type == "group":
            shown["all_members_are_administrators"] = False
        return shown

    @property
    def is_channel(self) -> bool:
        return self.type == "channel"

    def holds(self, account_id: int) -> bool:
        return self.members.get(account_id) in INSIDE

    def ruled_by(self, account_id: int) -> bool:
        return self.members.get(account_id) in RULING


@dataclass(slots=True)
class Settings:
    """How strict and how slow the sandbox is."""

    bot_per_second: int = 30
    group_per_minute: int = 20
    chat_per_second: int = 1
    burst: int = 3
    windows: bool = True
    latency_ms: int = 0
    jitter_ms: int = 0
    seed: int = 0
    callback_seconds: int = 60
    webhook_pause_ms: int = 250


@dataclass(slots=True)
class Fault:
    """Something that will go wrong with the next matching calls."""

    id: str
    method: str
    kind: str
    chat: int | str | None = None
    times: int = 1
    probability: float | int = 1
    seed: int = 0
    drawn: int = 0
    delay_ms: int = 0
    status: int = 500
    description: str = ""
    body: str = ""
    seconds: int | None = 1
    to: int = 0
    accept: bool = False
    reset: bool = False


@dataclass(frozen=True, slots=True)
class PrivateDialog:
    """The conversation of one person with one bot."""

    user: User
    bot: Bot

    is_group = False

    @property
    def key(self) -> str:
        return f"{self.user.id}:{self.bot.id}"

    @property
    def ref(self) -> str:
        """How this person names the conversation."""
        return self.bot.username

    def as_json(self) -> Json:
        return self.user.as_chat()

    def readers(self) -> list[int]:
        return [self.user.id]


@dataclass(frozen=True, slots=True)
class GroupDialog:
    """The conversation everybody in a group shares."""

    chat: Chat

    is_group = True

    @property
    def key(self) -> str:
        return str(self.chat.id)

    @property
    def ref(self) -> str:
        return str(self.chat.id)

    def as_json(self) -> Json:
        return self.chat.as_json()

    def readers(self) -> list[int]:
        return [account for account in self.chat.members if self.chat.holds(account)]


Dialog = PrivateDialog | GroupDialog
