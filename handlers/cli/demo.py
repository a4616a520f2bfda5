"""The demo's cast and groups: who is who on the practice page, and where they live."""

from dataclasses import dataclass
from datetime import timedelta

from domain.model.access import Role

BOT_USERNAME = "haichieu_thuchanh_bot"


@dataclass(frozen=True, slots=True)
class Character:
    """One of the cast (nhân vật)."""

    user_id: int
    name: str
    note: str
    """The key of what stands beside the name on the practice page."""
    role: Role | None = None
    unit_code: str = "92"
    """Where they are it; the whole city, unless they work in one place."""

    @property
    def account(self) -> str:
        return f"telegram:{self.user_id}"


EM = Character(1001, "Em", "role.resident")
AN = Character(1002, "An", "role.author", Role.AUTHOR)
BINH = Character(1003, "Bình", "role.approver", Role.APPROVER)
GIANG = Character(1004, "Giang", "role.triager", Role.TRIAGER)
HANH = Character(1005, "Hạnh", "role.supervisor", Role.SUPERVISOR)
KHACH = Character(1006, "Khách", "cli.cast_stranger")
DUNG = Character(1007, "Dung", "role.communicator", Role.COMMUNICATOR, "31135.kv1")
CAST = (EM, AN, BINH, GIANG, HANH, DUNG, KHACH)
STAFF = tuple(one for one in CAST if one.role is not None)


@dataclass(frozen=True, slots=True)
class Group:
    """A group on the practice page, and the unit that it is bound to."""

    chat_id: int
    unit_code: str
    members: tuple[Character, ...]
    language: str = "vi"


RESIDENTS = (
    Group(-1001000000001, "31135.kv1", (AN, BINH)),
    Group(-1001000000002, "31135.kv6", (AN, BINH, EM)),
    Group(-1001000000003, "31213.tan-my-1", (AN, BINH)),
    Group(-1001000000004, "31510.kv19", (AN, BINH)),
    Group(-1001000000005, "31594.chau-thanh", (AN, BINH), "km"),
    Group(-1001000000006, "31378.phu-loi", (AN, BINH)),
)
STAFF_GROUP = Group(-1001000000100, "92", (GIANG,))

FOR_EVERYBODY = ("trieu-cuong", "lua-dao-qua-mang")
"""Starter bulletins that the whole city gets: the first is approved, the second waits."""
FIRST_COMES_AFTER = timedelta(seconds=20)
"""Time enough to open the page and see it arrive."""
