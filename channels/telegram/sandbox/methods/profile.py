"""What a bot is called, says of itself and offers as commands."""

import re
from collections.abc import Callable
from typing import Any

from channels.telegram.sandbox.errors import Json, bad_request
from channels.telegram.sandbox.methods.call import Call, Method
from channels.telegram.sandbox.records import Bot, Chat

COMMAND = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100
LONGEST_DESCRIPTION = 256
CHAT_SCOPES = {"chat", "chat_administrators", "chat_member"}
PLAIN_SCOPES = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


def get_me(call: Call) -> Json:
    return call.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def setter(field: str, longest: int) -> Method:
    """A method that keeps one of the bot's words, per language."""

    def set_words(call: Call) -> bool:
        words = call.params.text(field)
        if len(words) > longest:
            raise bad_request(f"bot {field.replace('_', ' ')} is too long")
        call.bot.words[f"{field} {call.params.text('language_code')}"] = words
        _keep(call)
        return True

    return set_words


def getter(field: str, otherwise: Callable[[Bot], str]) -> Method:
    def get_words(call: Call) -> Json:
        language = call.params.text("language_code")
        words = call.bot.words.get(f"{field} {language}") or call.bot.words.get(f"{field} ")
        return {field: words or otherwise(call.bot)}

    return get_words


def set_my_commands(call: Call) -> bool:
    commands = call.params.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    call.bot.commands[_slot(call)] = [_command(command) for command in commands]
    _keep(call)
    return True


def get_my_commands(call: Call) -> list[Json]:
    return call.bot.commands.get(_slot(call), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_slot(call), None)
    _keep(call)
    return True


def menu(bot: Bot, chat: Chat | None, user_id: int, language: str) -> list[Json]:
    """The commands a person is offered: the narrowest scope wins, their language first."""
    for scope in _scopes(chat, user_id):
        for code in (language, ""):
            if commands := bot.commands.get(f"{scope} {code}"):
                return commands
    return []


def _scopes(chat: Chat | None, user_id: int) -> list[str]:
    if chat is None:
        return [f"chat:{user_id}:", "all_private_chats", "default"]
    ruling = chat.ruled_by(user_id)
    return [
        f"chat_member:{chat.id}:{user_id}",
        *([f"chat_administrators:{chat.id}:"] if ruling else []),
        f"chat:{chat.id}:",
        *(["all_chat_administrators"] if ruling else []),
        "all_group_chats",
        "default",
    ]


def _keep(call: Call) -> None:
    call.sandbox.world.save(call.bot)
    call.sandbox.timeline.refresh(list(call.sandbox.world.users))


def _slot(call: Call) -> str:
    scope = call.params.json("scope") or {}
    kind = scope.get("type", "default")
    if kind in CHAT_SCOPES:
        chat = call.sandbox.world.find(call.bot, _chat_id(scope.get("chat_id")))
        kind = f"{kind}:{chat.as_json()['id']}:{scope.get('user_id', '')}"
    elif kind not in PLAIN_SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    return f"{kind} {call.params.text('language_code')}"


def _chat_id(value: Any) -> int | str:
    text = str(value)
    return int(text) if text.removeprefix("-").isdigit() else text


def _command(command: Any) -> Json:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: expected an Object")
    name = str(command.get("command", "")).removeprefix("/")
    description = str(command.get("description", ""))
    if not COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= LONGEST_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
