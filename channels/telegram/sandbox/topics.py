"""Forum topics: opened, closed, and how a message belongs to one."""

from dataclasses import dataclass

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.records import Chat, Dialog, GroupDialog
from channels.telegram.sandbox.timeline import Timeline, quoted
from channels.telegram.sandbox.world import World

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
LONGEST_NAME = 128


@dataclass
class Topics:
    """The threads of forums; the General topic has no thread id."""

    world: World
    timeline: Timeline

    def create(self, chat: Chat, sender: Json, name: str, colour: int = 0) -> Json:
        name = name.strip()
        if not name or len(name) > LONGEST_NAME:
            raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
        colour = colour or COLOURS[0]
        if colour not in COLOURS:
            raise bad_request("invalid topic icon color specified")
        dialog = GroupDialog(chat)
        thread = self.timeline.last_id(dialog) + 1
        topic: Json = {"name": name, "icon_color": colour}
        chat.topics[thread] = topic | {"closed": False}
        self.world.save(chat)
        self.timeline.post(dialog, sender, _thread(thread) | {"forum_topic_created": topic})
        self.timeline.refresh(dialog.readers())
        return {"message_thread_id": thread, **topic}

    def close(self, chat: Chat, sender: Json, thread: int, *, closed: bool = True) -> None:
        """Closes a topic, or opens it again."""
        dialog = GroupDialog(chat)
        topic = self.find(dialog, thread)
        if topic["closed"] == closed:
            raise bad_request("TOPIC_NOT_MODIFIED")
        topic["closed"] = closed
        self.world.save(chat)
        kind = "forum_topic_closed" if closed else "forum_topic_reopened"
        self.timeline.post(dialog, sender, self._opening(dialog, thread) | {kind: {}})
        self.timeline.refresh(dialog.readers())

    def find(self, dialog: Dialog, thread: int) -> Json:
        topic = dialog.chat.topics.get(thread) if isinstance(dialog, GroupDialog) else None
        if topic is None:
            raise bad_request("message thread not found")
        return topic

    def place(self, dialog: Dialog, author: int, thread: int, answered: Json | None) -> Json:
        """What a message says of its thread and of what it answers."""
        reply = {"reply_to_message": quoted(answered)} if answered else {}
        if not thread and answered and answered.get("is_topic_message"):
            thread = answered["message_thread_id"]
        if not thread:
            return _reply_thread(dialog, answered) | reply
        topic = self.find(dialog, thread)
        ruling = isinstance(dialog, GroupDialog) and dialog.chat.ruled_by(author)
        if topic["closed"] and not ruling:
            raise bad_request("TOPIC_CLOSED")
        return self._opening(dialog, thread) | reply

    def _opening(self, dialog: Dialog, thread: int) -> Json:
        """A message in a topic answers the topic's opening, unless it answers something else."""
        opening = self.timeline.message(dialog, thread)
        return _thread(thread) | ({"reply_to_message": opening} if opening else {})


def _reply_thread(dialog: Dialog, answered: Json | None) -> Json:
    """In a supergroup all answers to one message share its number, which makes them no topic."""
    if answered is None or dialog.as_json()["type"] != "supergroup":
        return {}
    return {"message_thread_id": answered.get("message_thread_id", answered["message_id"])}


def _thread(thread: int) -> Json:
    return {"message_thread_id": thread, "is_topic_message": True}
