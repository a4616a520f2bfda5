"""What is said under a channel's posts: in the linked group, as answers to each post's copy."""

from dataclasses import dataclass

from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.records import Chat, Dialog, GroupDialog
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.streams import Streams
from channels.telegram.sandbox.world import World

KIND = "discussion"


@dataclass
class Discussions:
    """Which message of which group stands for which post."""

    world: World
    store: Store
    streams: Streams

    def opened(self, channel: Chat, post_id: int, group: Chat, copy_id: int) -> None:
        place = {"group": group.id, "message_id": copy_id}
        self.store.put(KIND, f"{channel.id}:{post_id}", place)

    def find(self, channel: Chat, post_id: int) -> tuple[GroupDialog, int] | None:
        """Where a post is talked about, as long as that group is still the channel's."""
        place = self.store.one(KIND, f"{channel.id}:{post_id}") if channel.is_channel else None
        if place is None or place["group"] != channel.linked:
            return None
        return GroupDialog(self.world.chats[channel.linked]), place["message_id"]

    def count(self, channel: Chat, post_id: int) -> int | None:
        """How many comments a post has; nothing where nobody can comment."""
        found = self.find(channel, post_id)
        return self.store.in_thread(found[0].key, found[1]) if found else None

    def commented(self, dialog: Dialog, message: Json) -> None:
        """Tells the pages of the channel's readers that a post's comments are others now."""
        thread = message.get("message_thread_id")
        if not thread or not isinstance(dialog, GroupDialog) or not dialog.chat.linked:
            return
        copy = self.store.message(dialog.key, thread) or {}
        if not copy.get("is_automatic_forward") or "forward_origin" not in copy:
            return
        channel = self.world.chats[dialog.chat.linked]
        post_id = copy["forward_origin"]["message_id"]
        event = {
            "chat": GroupDialog(channel).ref,
            "message_id": post_id,
            "comments": self.count(channel, post_id),
        }
        self.streams.publish(GroupDialog(channel).readers(), "comments", event)
