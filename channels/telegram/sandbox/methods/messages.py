"""Text: sending, editing, deleting."""

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import NOT_MODIFIED, Json, bad_request
from channels.telegram.sandbox.keyboards import checked_markup
from channels.telegram.sandbox.methods.call import Call
from channels.telegram.sandbox.methods.sending import (
    send,
    sent_caption,
    sent_text,
)
from channels.telegram.sandbox.records import Dialog, GroupDialog
from channels.telegram.sandbox.text import with_entities

DELETABLE_FOR = 48 * 3600
TEXT_FIELDS = ("text", "entities", "caption", "caption_entities", "link_preview_options")


def send_message(call: Call) -> Json:
    text, entities = sent_text(call)
    return send(call, with_entities("text", text, entities), text)


def edit_message_text(call: Call) -> Json:
    text, entities = sent_text(call)
    dialog, message = own_message(call)
    if "text" not in message:
        raise bad_request("there is no text in the message to edit")
    content = with_entities("text", text, entities)
    if preview := call.params.json("link_preview_options"):
        content["link_preview_options"] = preview
    return _edit(call, dialog, message, content)


def edit_message_caption(call: Call) -> Json:
    text, entities = sent_caption(call)
    dialog, message = own_message(call)
    if not {"photo", "video", "document", "voice"} & message.keys():
        raise bad_request("there is no caption in the message to edit")
    return _edit(call, dialog, message, with_entities("caption", text, entities))


def edit_message_reply_markup(call: Call) -> Json:
    dialog, message = own_message(call)
    content = {key: message[key] for key in TEXT_FIELDS if key in message}
    return _edit(call, dialog, message, content, marked=False)


def _edit(call: Call, dialog: Dialog, message: Json, content: Json, *, marked: bool = True) -> Json:
    kept = {k: v for k, v in message.items() if k not in (*TEXT_FIELDS, "reply_markup")}
    edited = kept | content
    if markup := checked_markup(call.params.json("reply_markup")):
        edited["reply_markup"] = markup
    if edited == message:
        raise bad_request(NOT_MODIFIED)
    if marked:
        edited["edit_date"] = int(now())
    return call.sandbox.timeline.edit(dialog, edited)


def own_message(call: Call) -> tuple[Dialog, Json]:
    if not call.params.text("message_id"):
        raise bad_request("message identifier is not specified")
    dialog = call.sandbox.world.reach(call.bot, call.params.chat_id())
    message = call.sandbox.timeline.message(dialog, call.params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if call.sandbox.timeline.author(dialog, message["message_id"]) != call.bot.id:
        raise bad_request("message can't be edited")
    return dialog, message


def delete_message(call: Call) -> bool:
    dialog = call.sandbox.world.reach(call.bot, call.params.chat_id())
    message = call.sandbox.timeline.message(dialog, call.params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if not _may_delete(call, dialog, message):
        raise bad_request("message can't be deleted for everyone")
    call.sandbox.timeline.remove(dialog, message["message_id"])
    return True


def _may_delete(call: Call, dialog: Dialog, message: Json) -> bool:
    if isinstance(dialog, GroupDialog) and dialog.chat.ruled_by(call.bot.id):
        return True
    own = call.sandbox.timeline.author(dialog, message["message_id"]) == call.bot.id
    return (own or not dialog.is_group) and now() - message["date"] < DELETABLE_FOR
