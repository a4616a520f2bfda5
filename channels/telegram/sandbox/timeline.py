"""What is said: posts, edits and deletions, told to the bots and pages they concern."""

from dataclasses import dataclass

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.privacy import sees
from channels.telegram.sandbox.records import Dialog, GroupDialog
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.streams import Streams
from channels.telegram.sandbox.world import World


@dataclass
class Timeline:
    """Every conversation's messages; ids count up within each."""

    world: World
    store: Store
    mailbox: Mailbox
    streams: Streams

    def __post_init__(self) -> None:
        self._last = self.store.last_message_ids()

    def last_id(self, dialog: Dialog) -> int:
        return self._last.get(dialog.key, 0)

    def message(self, dialog: Dialog, message_id: int) -> Json | None:
        return self.store.message(dialog.key, message_id)

    def post(self, dialog: Dialog, sender: Json, content: Json) -> Json:
        """A new message; `sender` holds `from` and, for a group or channel voice, `sender_chat`."""
        message_id = self.last_id(dialog) + 1
        head: Json = {"message_id": message_id, **sender, "chat": dialog.as_json()}
        message = {**head, "date": int(now()), **content}
        with self.store.writing():
            self.store.put_message(dialog.key, message)
            self._tell_bots(dialog, "message", message)
        self._last[dialog.key] = message_id
        self._tell_pages(dialog, "message", {"message": message})
        return message

    def edit(self, dialog: Dialog, message: Json) -> Json:
        with self.store.writing():
            self.store.put_message(dialog.key, message)
            if not message["from"]["is_bot"] or "sender_chat" in message:
                self._tell_bots(dialog, "edited_message", message)
        self._tell_pages(dialog, "edited", {"message": message})
        return message

    def remove(self, dialog: Dialog, message_id: int) -> None:
        self.store.drop_message(dialog.key, message_id)
        self._tell_pages(dialog, "deleted", {"message_id": message_id})

    def typing(self, dialog: Dialog, name: str, action: str) -> None:
        self._tell_pages(dialog, "typing", {"name": name, "action": action})

    def refresh(self, user_ids: list[int]) -> None:
        """Something about these people's list of chats changed."""
        self.streams.publish(user_ids, "chats", {})

    def _tell_bots(self, dialog: Dialog, kind: str, message: Json) -> None:
        if isinstance(dialog, GroupDialog) and _written_by_a_bot(message):
            self._remember_speaker(dialog, message["from"]["id"])
            return
        bots = self.world.bots_in(dialog)
        for bot in bots:
            if sees(bot, dialog, message, len(bots)):
                self.mailbox.put(bot, kind, message)

    def _remember_speaker(self, dialog: GroupDialog, bot_id: int) -> None:
        if dialog.chat.last_bot != bot_id:
            dialog.chat.last_bot = bot_id
            self.world.save(dialog.chat)

    def _tell_pages(self, dialog: Dialog, kind: str, event: Json) -> None:
        self.streams.publish(dialog.readers(), kind, {"chat": dialog.ref, **event})


def _written_by_a_bot(message: Json) -> bool:
    return bool(message["from"]["is_bot"]) and "sender_chat" not in message


def quoted(message: Json) -> Json:
    """A message as a reply shows it: without what it was itself a reply to."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
