"""The Bot API's methods this sandbox serves, in one table; Telegram ignores a name's case."""

from channels.telegram.sandbox.methods import callbacks, chats, media, messages, profile, updates
from channels.telegram.sandbox.methods.call import Method

METHODS: dict[str, Method] = {
    "getme": profile.get_me,
    "setmyname": profile.setter("name", 64),
    "getmyname": profile.getter("name", lambda bot: bot.name),
    "setmydescription": profile.setter("description", 512),
    "getmydescription": profile.getter("description", lambda _: ""),
    "setmyshortdescription": profile.setter("short_description", 120),
    "getmyshortdescription": profile.getter("short_description", lambda _: ""),
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "deletemycommands": profile.delete_my_commands,
    "setwebhook": updates.set_webhook,
    "deletewebhook": updates.delete_webhook,
    "getwebhookinfo": updates.get_webhook_info,
    "sendmessage": messages.send_message,
    "editmessagetext": messages.edit_message_text,
    "editmessagecaption": messages.edit_message_caption,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": callbacks.answer_callback_query,
    "sendphoto": media.send_photo,
    "senddocument": media.send_document,
    "getfile": media.get_file,
    "getchat": chats.get_chat,
    "getchatmember": chats.get_chat_member,
    "getchatadministrators": chats.get_chat_administrators,
    "getchatmembercount": chats.get_chat_member_count,
    "leavechat": chats.leave_chat,
    "sendchataction": chats.send_chat_action,
}
