"""The command menus: what everybody sees, and what is added for each role."""

from collections.abc import Collection, Iterable

from content.catalog import LANGUAGES
from domain.model.access import Role
from handlers.telegram.rooms import Rooms

EVERYBODY = (
    "gopy",
    "ykiencuatoi",
    "tracuu",
    "trogiup",
    "quyenriengtu",
    "ngonngu",
    "xem",
    "sua",
    "xoa",
    "rutdongy",
)
IN_THE_FIELD = ("phien", "homnay", "tailieu", "phiencuatoi", "hoinghi", "nghe")
BY_ROLE = {
    Role.AUTHOR: ("soan", "lich", "tailieu"),
    Role.APPROVER: ("duyet", "lich", "tailieu"),
    Role.TRIAGER: ("hangdoi", "ghiho", "tailieu"),
    Role.SUPERVISOR: ("donvi", "lich", "phien", "ghiho", "hoinghi", "homnay", "tailieu"),
    Role.COMMUNICATOR: IN_THE_FIELD,
    Role.SPEAKER: IN_THE_FIELD,
    Role.OPINION_COLLABORATOR: IN_THE_FIELD,
}
IN_GROUPS = ("ketnoi",)


async def set_menus(rooms: Rooms) -> None:
    """Show everybody's menu in private chats, and the one group command in groups."""
    for language in LANGUAGES:
        # Vietnamese is also what an app in any other language shows.
        code = "" if language == "vi" else language
        everybody = _described(rooms, EVERYBODY, language)
        await rooms.gateway.set_commands(everybody, code, "private")
        in_groups = _described(rooms, IN_GROUPS, language)
        await rooms.gateway.set_commands(in_groups, code, "groups")


async def set_own_menu(rooms: Rooms, chat: str, roles: Iterable[Role]) -> None:
    """Put a staff member's own commands first in their private chat."""
    own = dict.fromkeys(command for role in roles for command in BY_ROLE.get(role, ()))
    await rooms.gateway.set_commands(_described(rooms, (*own, *EVERYBODY), "vi"), "", chat)


def first_commands(rooms: Rooms, roles: Collection[Role], language: str) -> str:
    """The command that each of these roles works with most, and what it is for."""
    firsts = dict.fromkeys(own[0] for role, own in BY_ROLE.items() if role in roles)
    return "; ".join(rooms.words.text(f"start.to_{command}", language) for command in firsts)


def _described(rooms: Rooms, commands: Iterable[str], language: str) -> list[tuple[str, str]]:
    return [(command, rooms.words.text(f"menu.{command}", language)) for command in commands]
