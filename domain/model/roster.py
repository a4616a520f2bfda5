"""The roster: units and people as a file names them, and what is known of them already."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.model.access import INVITABLE_ROLES, Grant, Role
from domain.model.locality import Point
from domain.model.unit import Unit, UnitKind

ROSTER_ROLES = INVITABLE_ROLES
"""What a roster can say that somebody is."""
LONGEST_NAME = 100


class Column(StrEnum):
    """What a roster says of a person and their unit (cột của danh sách)."""

    UNIT_CODE = "unit_code"
    UNIT_NAME = "unit_name"
    UNIT_KIND = "unit_kind"
    PARENT_CODE = "parent_code"
    POPULATION = "population"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    PERSON_CODE = "person_code"
    NAME = "name"
    ROLES = "roles"
    VALID_FROM = "valid_from"
    VALID_UNTIL = "valid_until"
    LANGUAGES = "languages"
    DECISION = "decision"
    DECIDED_ON = "decided_on"
    TEAM = "team"
    TEAM_ROLE = "team_role"


class Language(StrEnum):
    """What somebody speaks with people (ngôn ngữ)."""

    VIETNAMESE = "vi"
    KHMER = "km"
    CHINESE = "zh"
    CHAM = "cjm"


class TeamRole(StrEnum):
    """What somebody is in their team (vai trò trong tổ)."""

    LEADER = "to_truong"
    MEMBER = "to_vien"


class Reason(StrEnum):
    """Why a cell cannot be taken over."""

    FORMULA = "formula"
    MERGED = "merged"
    UNREADABLE_DATE = "unreadable_date"
    UNKNOWN_ROLE = "unknown_role"
    UNKNOWN_KIND = "unknown_kind"
    UNREADABLE_POPULATION = "unreadable_population"
    UNREADABLE_LATITUDE = "unreadable_latitude"
    UNREADABLE_LONGITUDE = "unreadable_longitude"
    HALF_A_POINT = "half_a_point"
    UNKNOWN_LANGUAGE = "unknown_language"
    CODE_MISSING = "code_missing"
    CODE_MALFORMED = "code_malformed"
    UNIT_UNKNOWN = "unit_unknown"
    UNIT_INCOMPLETE = "unit_incomplete"
    UNIT_CONTRADICTED = "unit_contradicted"
    UNIT_CHANGED = "unit_changed"
    UNIT_ENDED = "unit_ended"
    PARENT_UNKNOWN = "parent_unknown"
    CIRCLE = "circle"
    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    ROLE_MISSING = "role_missing"
    TERM_BACKWARDS = "term_backwards"
    TWICE = "twice"
    PERSON_CONTRADICTED = "person_contradicted"
    UNKNOWN_TEAM_ROLE = "unknown_team_role"
    TEAM_MISSING = "team_missing"
    TEAM_NAME_TOO_LONG = "team_name_too_long"
    TEAM_NOT_IN_HAMLET = "team_not_in_hamlet"
    LED_TWICE = "led_twice"
    DECISION_TOO_LONG = "decision_too_long"
    AMBIGUOUS = "ambiguous"
    BY_INVITE = "by_invite"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One cell that cannot be taken over, and why (lỗi)."""

    row: int
    column: Column
    reason: Reason
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: a unit, and a person in it unless the name is empty (dòng của danh sách).

    What is empty says nothing: it changes nothing of what is known.
    """

    row: int
    unit_code: str
    unit_name: str = ""
    unit_kind: UnitKind | None = None
    parent_code: str = ""
    name: str = ""
    roles: tuple[Role, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    languages: tuple[Language, ...] = ()
    person_code: str = ""
    """Rows with one code are about one person; the codes of an export name who is there."""
    decision: str = ""
    decided_on: date | None = None
    team: str = ""
    """The name of their team in this unit."""
    team_role: TeamRole | None = None
    population: int | None = None
    """Of the unit, as is where it lies."""
    point: Point | None = None

    @property
    def says_somebody(self) -> bool:
        """Whether anything stands where a person is described."""
        said = (self.name, self.roles, self.languages, self.decision, self.team, self.team_role)
        return any((*said, self.valid_from, self.valid_until, self.decided_on))

    def grants(self, unit_id: str) -> tuple[Grant, ...]:
        """What the row makes somebody."""
        term = (self.valid_from, self.valid_until, self.decision, self.decided_on)
        return tuple(Grant(role, unit_id, *term) for role in self.roles)


@dataclass(frozen=True, slots=True)
class Entry:
    """All rows about one person (mục của một người), in the order of the file."""

    lines: tuple[Line, ...]

    @property
    def row(self) -> int:
        return self.lines[0].row

    @property
    def name(self) -> str:
        return self.lines[0].name

    @property
    def code(self) -> str:
        return self.lines[0].person_code

    @property
    def languages(self) -> tuple[Language, ...]:
        """What any of the rows says that they speak."""
        said = {one for line in self.lines for one in line.languages}
        return tuple(one for one in Language if one in said)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a team of a hamlet (tổ "6 trong 1")."""

    unit_id: str
    team: str
    """Its name; a hamlet's teams are told apart by nothing else."""
    role: TeamRole = TeamRole.MEMBER


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is registered already, with all their grants."""

    id: str
    name: str
    joined: bool
    """Whether they have an account, so that a right given to them holds at once."""
    languages: tuple[Language, ...] = ()
    grants: tuple[Grant, ...] = ()
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on the roster who never joined, with one place of theirs (người chưa vào)."""

    id: str
    name: str
    languages: tuple[Language, ...]
    role: Role
    unit_id: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class Book:
    """All units and people that are there before an import (sổ hiện có)."""

    units: tuple[Unit, ...]
    """Those that have not ended."""
    members: tuple[Member, ...]
    ended: frozenset[str] = frozenset()
    """The codes of those that have: nobody is told of them, and no other unit gets one."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit that the file founds."""

    row: int
    code: str
    name: str
    kind: UnitKind
    parent_code: str
    population: int | None = None
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What an import changes of somebody who is there; it takes no role away."""

    member: Member
    added: tuple[Grant, ...]
    redated: tuple[tuple[Grant, Grant], ...]
    """Terms with other dates: as they are, and as they will be."""
    languages: tuple[Language, ...] | None
    """None if they stay as they are."""
    founding: tuple[Line, ...] = ()
    """Rows about units that the file founds: what they add has no unit's id yet."""
    seats: tuple[Seat, ...] = ()
    """Places in teams as they will be, where they are not so yet."""

    @property
    def is_empty(self) -> bool:
        changed = self.added or self.redated or self.founding or self.seats
        return not changed and self.languages is None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import does, or why it does nothing (kế hoạch nhập)."""

    flaws: tuple[Flaw, ...] = ()
    units: tuple[NewUnit, ...] = ()
    """Parents first."""
    units_same: int = 0
    described: tuple[Unit, ...] = ()
    """Those that are there, with what the file newly says of their people and their place."""
    people: tuple[Entry, ...] = ()
    """Those who are new."""
    changes: tuple[Change, ...] = ()
    same: int = 0
    missing: tuple[tuple[Member, Unit], ...] = ()
    """Whoever is in a unit of the file and not in the file; they stay as they are."""

    @property
    def changes_nothing(self) -> bool:
        return not (self.units or self.described or self.people or self.changes)
