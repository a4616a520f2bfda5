"""Who may do what, and where: the one table of permissions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Forbidden
from domain.model.case_rights import OVER_CASES, WITH_CASES
from domain.model.chat import Address
from domain.model.permission import Permission
from domain.model.unit import Lineage

__all__ = [
    "CLOCKWORK",
    "EVERYWHERE",
    "FIELD_ROLES",
    "INVITABLE_ROLES",
    "OPERATOR",
    "PERMISSIONS",
    "RESIDENT",
    "STAFF_ROLES",
    "Actor",
    "Grant",
    "Permission",
    "Person",
    "Role",
    "chat_with",
]

EVERYWHERE = "*"


class Role(StrEnum):
    """What somebody is to a unit (vai trò); granted on a unit, reaching its subtree."""

    AUTHOR = "author"
    APPROVER = "approver"
    TRIAGER = "triager"
    SUPERVISOR = "supervisor"
    COMMUNICATOR = "communicator"
    SPEAKER = "speaker"
    OPINION_COLLABORATOR = "opinion_collaborator"
    OPERATOR = "operator"
    RESIDENT = "resident"
    CLOCKWORK = "clockwork"


STAFF_ROLES = frozenset({Role.AUTHOR, Role.APPROVER, Role.TRIAGER, Role.SUPERVISOR})
FIELD_ROLES = frozenset({Role.COMMUNICATOR, Role.SPEAKER, Role.OPINION_COLLABORATOR})
"""Those who carry the work among people (lực lượng tuyên truyền ở cơ sở)."""
INVITABLE_ROLES = STAFF_ROLES | FIELD_ROLES
_IN_THE_FIELD = frozenset(
    {
        Permission.CONFERENCE_ATTEND,
        Permission.MATERIAL_READ,
        Permission.MORNING_READ,
        Permission.OPINION_HEAR,
        Permission.SESSION_LOG,
        Permission.SESSION_SUBMIT,
    }
)

_WITH_BULLETINS = frozenset(
    {
        Permission.BULLETIN_READ,
        Permission.BULLETIN_STOP,
        Permission.BULLETIN_RESUME,
        Permission.BULLETIN_WITHDRAW,
        Permission.EMERGENCY_RELEASE,
        Permission.BROADCAST_DECIDE,
        Permission.DELIVERY_SETTLE,
        Permission.MATERIAL_READ,
        Permission.MATERIAL_WITHDRAW,
    }
)
"""What author and approver may alike."""

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AUTHOR: _WITH_BULLETINS
    | {
        Permission.BULLETIN_COMPOSE,
        Permission.BULLETIN_SUBMIT,
        Permission.MATERIAL_COMPOSE,
        Permission.MATERIAL_SUBMIT,
    },
    Role.APPROVER: _WITH_BULLETINS
    | {
        Permission.BULLETIN_APPROVE,
        Permission.BULLETIN_RETURN,
        Permission.BULLETIN_NOTE,
        Permission.MATERIAL_APPROVE,
        Permission.MATERIAL_RETURN,
    },
    Role.TRIAGER: WITH_CASES | {Permission.MATERIAL_READ},
    Role.SUPERVISOR: OVER_CASES
    | frozenset(
        {
            Permission.BULLETIN_READ,
            Permission.BULLETIN_STOP,
            Permission.BULLETIN_RESUME,
            Permission.BULLETIN_WITHDRAW,
            Permission.DELIVERY_SETTLE,
            Permission.MATERIAL_READ,
            Permission.MATERIAL_WITHDRAW,
            Permission.CHAT_BIND,
            Permission.CHAT_DESCRIBE,
            Permission.EMERGENCY_RELEASE,
            Permission.PERSON_CONFIRM,
            Permission.ROSTER_KEEP,
            Permission.PERSON_NUDGE,
            Permission.ACTIVITY_READ,
            Permission.POPULATION_SET,
            Permission.MONTHLY_PLAN_SET,
            Permission.REVIEW_RULE_SET,
            Permission.LETTER_TEMPLATE_KEEP,
            Permission.LABEL_KEEP,
            Permission.DEPUTY_NAME,
            Permission.DEPUTY_END,
            Permission.COMMENDATION_GIVE,
            Permission.COMMENDATION_TAKE_BACK,
            Permission.CONFERENCE_CALL,
            Permission.CONFERENCE_MARK,
            Permission.CALENDAR_DECIDE,
            Permission.SESSION_CONFIRM,
            Permission.SESSION_RETURN,
            Permission.MEDIA_OPEN,
            Permission.FORM_CHANGE,
        }
    ),
    Role.COMMUNICATOR: _IN_THE_FIELD,
    Role.SPEAKER: _IN_THE_FIELD,
    Role.OPINION_COLLABORATOR: _IN_THE_FIELD,
    Role.OPERATOR: frozenset(
        {
            Permission.UNIT_CREATE,
            Permission.UNIT_MERGE,
            Permission.UNIT_MOVE,
            Permission.PERSON_INVITE,
            Permission.INVITE_REVOKE,
            Permission.ROSTER_IMPORT,
            Permission.ROSTER_EXPORT,
            Permission.BULLETIN_IMPORT,
            Permission.BULLETIN_EXPORT,
            Permission.BACKUP_RESTORE,
            Permission.KEY_DESTROY,
            Permission.KEY_JOIN,
            Permission.KEY_MAKE,
            Permission.KEY_ROTATE,
            Permission.KEY_SPLIT,
        }
    ),
    Role.RESIDENT: frozenset(
        {Permission.OPINION_FILE, Permission.OPINION_FOLLOW, Permission.OPINION_ERASE}
    ),
    Role.CLOCKWORK: frozenset(
        {
            Permission.BROADCAST_RELEASE,
            Permission.BROADCAST_DECIDE,
            Permission.BULLETIN_REMIND,
            Permission.KEY_DESTROY,
            Permission.KEY_RESEAL,
            Permission.OPINION_CLOSE,
            Permission.OPINION_REMIND,
            Permission.RETENTION_PURGE,
        }
    ),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One role on one unit and all below it, for as long as its dates say."""

    role: Role
    unit_id: str
    valid_from: date | None = None
    valid_until: date | None = None
    decision: str = ""
    """The number of the decision that recognises it (số quyết định công nhận)."""
    decided_on: date | None = None
    suspended_on: date | None = None
    """Since when it rests (tạm nghỉ); None while it does not."""
    left_on: date | None = None
    """Since when it is given up (thôi nhiệm), that day included."""
    deputy_of: str | None = None
    """The person for whom it is held for a time (được ủy quyền); None if it is one's own."""

    def holds_on(self, day: date) -> bool:
        """Whether the grant is in force on a day; both ends of its term are included."""
        starts, ends = self.valid_from or day, self.valid_until or day
        return starts <= day <= ends and self.suspended_on is None and not self.has_left_by(day)

    def is_over_on(self, day: date) -> bool:
        ended = self.valid_until is not None and self.valid_until < day
        return ended or self.has_left_by(day)

    def has_left_by(self, day: date) -> bool:
        return self.left_on is not None and self.left_on <= day

    def reaches(self, lineage: Lineage) -> bool:
        return self.unit_id == EVERYWHERE or self.unit_id in lineage.unit_ids


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something, with the grants that are in force right now."""

    id: str
    grants: tuple[Grant, ...]

    def may(self, permission: Permission, lineage: Lineage) -> bool:
        return any(
            permission in PERMISSIONS[grant.role] and grant.reaches(lineage)
            for grant in self.grants
        )

    def require(self, permission: Permission, lineage: Lineage) -> None:
        """Raise Forbidden unless some grant gives this permission here."""
        if not self.may(permission, lineage):
            raise Forbidden("errors.forbidden")

    def stands_in_for(self, permission: Permission, lineage: Lineage) -> str:
        """By whose deputy's rights alone the actor may do this here; '' if by rights of their own.

        What is on record names them beside whoever acted.
        """
        given = [
            grant
            for grant in self.grants
            if permission in PERMISSIONS[grant.role] and grant.reaches(lineage)
        ]
        if not given or any(grant.deputy_of is None for grant in given):
            return ""
        return given[0].deputy_of or ""

    def in_whose_right(self, permission: Permission, lineage: Lineage) -> frozenset[str]:
        """Whose right to do this here the actor has: their own, and theirs for whom they act."""
        return frozenset(
            grant.deputy_of or self.id
            for grant in self.grants
            if permission in PERMISSIONS[grant.role] and grant.reaches(lineage)
        )

    def units_for(self, permission: Permission) -> tuple[str, ...]:
        """The units on which the permission was granted; each reaches its subtree."""
        return tuple(g.unit_id for g in self.grants if permission in PERMISSIONS[g.role])

    def has_role(self, roles: Iterable[Role]) -> bool:
        wanted = frozenset(roles)
        return any(grant.role in wanted for grant in self.grants)

    @property
    def is_staff(self) -> bool:
        return self.has_role(STAFF_ROLES)

    @property
    def may_be_asked(self) -> bool:
        """Whether the bot may be waiting for this person's next words."""
        return self.has_role(STAFF_ROLES | FIELD_ROLES)


RESIDENT = Actor("resident", (Grant(Role.RESIDENT, EVERYWHERE),))
"""Any resident: the main database knows residents by this one word, and no other."""

CLOCKWORK = Actor("clockwork", (Grant(Role.CLOCKWORK, EVERYWHERE),))
"""The ticks: acts that nobody asks for at that moment."""

OPERATOR = Actor("operator", (Grant(Role.OPERATOR, EVERYWHERE),))
"""Whoever has the machine and runs `bot.py`."""


def chat_with(account: str, bot_id: int) -> Address:
    """Where this bot reaches whoever has this account, such as `telegram:12345`."""
    channel, _, chat = account.partition(":")
    return Address(channel, bot_id, chat)


@dataclass(frozen=True, slots=True)
class Person:
    """A registered member of staff or communicator; never a resident."""

    id: str
    name: str
    account: str | None
    """The account on the channel, as `telegram:12345`; None until the invite is used."""
    grants: tuple[Grant, ...] = ()

    def private_chat(self, bot_id: int) -> Address | None:
        """Where this bot reaches the person alone; None before the invite was used."""
        return chat_with(self.account, bot_id) if self.account else None

    def stands_on(self, day: date) -> tuple[Grant, ...]:
        """The grants that are not over, also those that begin later."""
        return tuple(grant for grant in self.grants if not grant.is_over_on(day))

    def actor_on(self, day: date) -> Actor:
        """This person as an actor, with the grants in force on a local day."""
        return Actor(self.id, tuple(g for g in self.grants if g.holds_on(day)))
