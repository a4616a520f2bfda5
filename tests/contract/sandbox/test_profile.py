"""Commands and words of a bot."""

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
)
from telegram.error import BadRequest

from tests.contract.sandbox.practice import AN, BOT, EM, GROUP, Practice


async def menu(practice: Practice, user: int, chat: int | str) -> list[str]:
    found = await practice.get("commands", user=user, chat=chat)
    return [command["command"] for command in found["commands"]]


async def test_the_narrowest_scope_is_offered(practice: Practice, bot: Bot, group: None) -> None:
    await bot.set_my_commands([BotCommand("all", "x")])
    await bot.set_my_commands([BotCommand("groups", "x")], BotCommandScopeAllGroupChats())
    await bot.set_my_commands([BotCommand("em", "x")], BotCommandScopeChat(EM))
    await bot.set_my_commands([BotCommand("admins", "x")], BotCommandScopeChatAdministrators(GROUP))

    offered = [
        await menu(practice, *where) for where in ((AN, BOT), (EM, BOT), (EM, GROUP), (AN, GROUP))
    ]

    assert offered == [["all"], ["em"], ["groups"], ["admins"]]


async def test_a_persons_language_comes_first(practice: Practice, bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("help", "Help")])
    await bot.set_my_commands([BotCommand("trogiup", "Trợ giúp")], language_code="vi")

    assert (await menu(practice, EM, BOT), await menu(practice, AN, BOT)) == (["trogiup"], ["help"])


async def test_deleted_commands_are_gone(bot: Bot) -> None:
    await bot.set_my_commands([BotCommand("gopy", "Góp ý")])
    await bot.delete_my_commands()

    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("command", "description", "words"),
    [
        ("GopY", "x", "Bot_command_invalid"),
        ("góp", "x", "Bot_command_invalid"),
        ("gopy", "", "Bot_command_description_invalid"),
        ("gopy", "x" * 257, "Bot_command_description_invalid"),
    ],
)
async def test_a_bad_command_is_refused(
    command: str, description: str, words: str, bot: Bot
) -> None:
    with pytest.raises(BadRequest, match=words):
        await bot.set_my_commands([(command, description)])


async def test_a_description_is_kept_per_language(bot: Bot) -> None:
    await bot.set_my_description("Any")
    await bot.set_my_description("Tiếng Việt", language_code="vi")

    found = [(await bot.get_my_description(code)).description for code in ("vi", "km")]

    assert found == ["Tiếng Việt", "Any"]


async def test_a_name_too_long_is_refused(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_name("x" * 65)
