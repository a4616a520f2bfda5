"""In which chats a menu of commands is shown, as the Bot API calls them."""

from telegram import (
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)

SCOPES: dict[str, BotCommandScope] = {
    "default": BotCommandScopeDefault(),
    "private": BotCommandScopeAllPrivateChats(),
    "groups": BotCommandScopeAllGroupChats(),
}


def scope_named(name: str) -> BotCommandScope:
    """One of these, or else the one private chat of this id."""
    return SCOPES.get(name) or BotCommandScopeChat(name)
