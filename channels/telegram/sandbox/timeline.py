"""What is said: posts, edits and deletions, told to the bots and pages they concern."""

from collections.abc import Iterator
from dataclasses import dataclass

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.discussions import Discussions
from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.privacy import sees
from channels.telegram.sandbox.records import TELEGRAM, Chat, Dialog, GroupDialog
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.streams import Streams
from channels.telegram.sandbox.world import World

IN_CHANNELS = {"message": "channel_post", "edited_message": "edited_channel_post"}
FORWARDED = (
    "text", "entities", "photo", "document", "voice", "video", "media_group_id",
    "caption", "caption_entities", "poll", "location", "venue",
)  # fmt: skip


@dataclass
class Timeline:
    """Every conversation's messages; ids count up within each."""

    world: World
    store: Store
    mailbox: Mailbox
    streams: Streams
    discussions: Discussions

    def __post_init__(self) -> None:
        self._last = self.store.last_message_ids()

    def last_id(self, dialog: Dialog) -> int:
        return self._last.get(dialog.key, 0)

    def message(self, dialog: Dialog, message_id: int) -> Json | None:
        return self.store.message(dialog.key, message_id)

    def author(self, dialog: Dialog, message_id: int) -> int:
        return self.store.author(dialog.key, message_id)

    def post(self, dialog: Dialog, sender: Json, content: Json, author: int = 0) -> Json:
        """A new message; `author` wrote it where `sender` shows a group's or a channel's voice."""
        message_id = self.last_id(dialog) + 1
        head: Json = {"message_id": message_id, **sender, "chat": dialog.as_json()}
        message = {**head, "date": int(now()), **content}
        author = author or message.get("from", {}).get("id", 0)
        self.store.put_message(dialog.key, message, author)
        self._tell_bots(dialog, "message", message, author)
        self._last[dialog.key] = message_id
        if poll := content.get("poll"):
            place = {"poll": poll["id"], "dialog": dialog.key, "message_id": message_id}
            self.store.put("poll_place", f"{dialog.key} {message_id}", place)
        self._tell_pages(dialog, "message", {"message": message})
        self.discussions.commented(dialog, message)
        if isinstance(dialog, GroupDialog) and dialog.chat.is_channel and dialog.chat.linked:
            self._pass_on(dialog.chat, message)
        return message

    def edit(self, dialog: Dialog, message: Json) -> Json:
        author = self.author(dialog, message["message_id"])
        self.store.put_message(dialog.key, message, author)
        self._tell_bots(dialog, "edited_message", message, author)
        self._tell_pages(dialog, "edited", {"message": message})
        return message

    def redraw(self, dialog: Dialog, message: Json) -> None:
        """Something shown in a message changed, which is no edit of it."""
        author = self.author(dialog, message["message_id"])
        self.store.put_message(dialog.key, message, author)
        self._tell_pages(dialog, "edited", {"message": message})

    def showing(self, poll_id: str) -> Iterator[tuple[Dialog, Json]]:
        """Every message that shows this poll, the forwarded ones as well."""
        for place in self.store.everything("poll_place"):
            dialog = self.world.dialog_of(place["dialog"]) if place["poll"] == poll_id else None
            message = self.message(dialog, place["message_id"]) if dialog else None
            if dialog and message:
                yield dialog, message

    def remove(self, dialog: Dialog, message_id: int) -> None:
        message = self.message(dialog, message_id)
        self.store.drop_message(dialog.key, message_id)
        self._tell_pages(dialog, "deleted", {"message_id": message_id})
        if message:
            self.discussions.commented(dialog, message)

    def typing(self, dialog: Dialog, name: str, action: str) -> None:
        self._tell_pages(dialog, "typing", {"name": name, "action": action})

    def refresh(self, user_ids: list[int]) -> None:
        """Something about these people's list of chats changed."""
        self.streams.publish(user_ids, "chats", {})

    def _pass_on(self, channel: Chat, post: Json) -> None:
        """A channel's post appears in its discussion group by itself."""
        origin: Json = {
            "type": "channel",
            "date": post["date"],
            "chat": post["chat"],
            "message_id": post["message_id"],
        }
        content = {key: value for key, value in post.items() if key in FORWARDED}
        if _only_links(post):
            content["reply_markup"] = post["reply_markup"]
        content |= {"is_automatic_forward": True, "forward_origin": origin}
        sender = {"from": TELEGRAM, "sender_chat": post["chat"]}
        group = self.world.chats[channel.linked]
        forwarded = self.post(GroupDialog(group), sender, content)
        self.discussions.opened(channel, post["message_id"], group, forwarded["message_id"])

    def _tell_bots(self, dialog: Dialog, kind: str, message: Json, author: int) -> None:
        bots = self.world.bots_in(dialog)
        if isinstance(dialog, GroupDialog) and dialog.chat.is_channel:
            for bot in bots:
                if bot.id != author:
                    self.mailbox.put(bot, IN_CHANNELS[kind], message)
            return
        if author in self.world.bots:
            if isinstance(dialog, GroupDialog) and kind == "message":
                self._remember_speaker(dialog, author)
            return
        for bot in bots:
            if sees(bot, dialog, message, len(bots)):
                self.mailbox.put(bot, kind, message)

    def _remember_speaker(self, dialog: GroupDialog, bot_id: int) -> None:
        if dialog.chat.last_bot != bot_id:
            dialog.chat.last_bot = bot_id
            self.world.save(dialog.chat)

    def _tell_pages(self, dialog: Dialog, kind: str, event: Json) -> None:
        self.streams.publish(dialog.readers(), kind, {"chat": dialog.ref, **event})


def _only_links(message: Json) -> bool:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return bool(rows) and all("url" in button for row in rows for button in row)


def quoted(message: Json) -> Json:
    """A message as a reply shows it: without what it was itself a reply to."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
