"""What main remembers of offices: units, people, groups, open questions, the audit log."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from domain.model.access import Permission, Person, Role
from domain.model.audit import AuditEntry, AuditEvent
from domain.model.button import Button
from domain.model.chat import Address, Chat, ChatPurpose, GroupLine
from domain.model.dialog import Dialog
from domain.model.duty import Watch
from domain.model.invite import Invite
from domain.model.office_days import DayDecision, OfficeDays
from domain.model.unit import Lineage, QuietHours, Unit


class Units(Protocol):
    """The tree of places and bodies."""

    async def get(self, unit_id: str) -> Unit: ...
    async def by_code(self, code: str) -> Unit | None: ...
    async def root(self) -> Unit | None: ...
    async def all(self) -> tuple[Unit, ...]:
        """By their codes, those that have ended among them."""
        ...

    async def standing(self, unit_id: str) -> Unit:
        """The unit, or what stands for it since it ended."""
        ...

    async def children(self, unit_id: str) -> tuple[Unit, ...]:
        """Those one step below that have not ended."""
        ...

    async def lineage(self, unit_id: str) -> Lineage: ...
    async def subtree(self, unit_id: str) -> tuple[Unit, ...]:
        """The unit itself first, then everything below it that has not ended, by name."""
        ...

    async def quiet_hours(self) -> tuple[QuietHours, ...]:
        """All the quiet hours that any unit keeps."""
        ...

    async def populations(self, unit_ids: Sequence[str]) -> dict[str, int]:
        """How many people live in each of them, or in the nearest above of which it is known."""
        ...

    async def describe(self, unit: Unit) -> None:
        """Keep how many people live there, and where it lies."""
        ...

    async def add(self, unit: Unit) -> None: ...


class People(Protocol):
    """Registered staff and communicators, and the invites that bring them in."""

    async def get(self, person_id: str) -> Person: ...
    async def by_account(self, account: str) -> Person | None: ...
    async def holding(self, permission: Permission, lineage: Lineage) -> tuple[Person, ...]:
        """Those with an account whose grants, in force today, reach this unit."""
        ...

    async def able_at(self, permission: Permission, unit_ids: Sequence[str]) -> int:
        """How many with an account may do this today by a grant on one of these very units."""
        ...

    async def add(self, person: Person) -> None:
        """Add a person with their grants."""
        ...

    async def grant(self, person_id: str, role: Role, unit_id: str) -> None:
        """Give a role; giving it again changes nothing."""
        ...

    async def at(self, unit_id: str) -> tuple[Person, ...]:
        """Whoever is anything at this very unit, by name."""
        ...

    async def bind(self, person_id: str, account: str) -> None:
        """Give somebody their account; LostRace("invite.joined") if they have one."""
        ...

    async def add_invite(self, invite: Invite) -> None: ...
    async def invite(self, invite_id: str) -> Invite: ...
    async def invite_by_token(self, token_hash: str) -> Invite | None: ...
    async def open_invites(self, unit_id: str) -> tuple[Invite, ...]:
        """The invites to this very unit that were neither used nor revoked."""
        ...

    async def save_invite(self, invite: Invite, used_before: bool) -> None:
        """Store it; LostRace("invite.used") unless its use stands as `used_before` says."""
        ...


class Chats(Protocol):
    """Bound groups."""

    async def get(self, chat_id: str) -> Chat: ...
    async def by_address(self, address: Address) -> Chat | None: ...
    async def at(self, address: Address) -> tuple[Chat, ...]:
        """The living bindings of this group, in whatever topic of it."""
        ...

    async def in_subtree(self, unit_id: str, purpose: ChatPurpose) -> tuple[Chat, ...]:
        """Groups that can still be written to, in a unit and all below it, by title."""
        ...

    async def roll(self, unit_id: str, first: int, limit: int) -> tuple[GroupLine, ...]:
        """Residents' groups of a unit and all below it: living ones by title, then lost ones."""
        ...

    async def line(self, chat_id: str) -> GroupLine: ...
    async def roll_length(self, unit_id: str) -> int: ...
    async def lost_in_subtree(self, unit_id: str) -> tuple[GroupLine, ...]:
        """Those of them to which nothing can be sent, by title."""
        ...

    async def describe(self, chat: Chat) -> None:
        """Store its kind, language and tags."""
        ...

    async def of_revision(self, revision_id: str, limit: int, first: int = 0) -> tuple[Chat, ...]:
        """Some of the groups for which a revision was submitted, by title."""
        ...

    async def languages_of(self, revision_id: str) -> dict[str, int]:
        """How many of these groups are written to in each language."""
        ...

    async def that_got(self, revision_id: str) -> tuple[Chat, ...]:
        """Groups in which this revision arrived and was not taken back, by title."""
        ...

    async def staff_chat(self, lineage: Lineage) -> Chat | None:
        """The nearest staff group, from the unit upwards."""
        ...

    async def all(self) -> tuple[Chat, ...]: ...
    async def add(self, chat: Chat) -> None: ...
    async def move(self, chat_id: str, to: str) -> bool:
        """Give a group its new address after the channel migrated it; False if that is bound."""
        ...

    async def lose(self, chat_id: str, silenced: bool = False) -> bool:
        """Mark a group as lost, or as one in which the bot may not speak; False if it was so."""
        ...

    async def leave(self, address: Address) -> None:
        """The bot was put out: what was silenced there is lost for good."""
        ...

    async def find_again(self, address: Address) -> tuple[Chat, ...]:
        """Bring back what was silenced of this group, unless it was bound anew: in each topic the
        newest binding. Returns them."""
        ...


class Calendar(Protocol):
    """Which days the offices work."""

    async def office_days(self) -> OfficeDays: ...
    async def decide(self, decision: DayDecision, now: datetime) -> None:
        """Set a day, whatever was decided about it before."""
        ...

    async def forget(self, day: date) -> None:
        """Nothing is decided about this day any more."""
        ...

    async def decisions(self, first: date, last: date) -> tuple[DayDecision, ...]:
        """What was decided about these days, in their order."""
        ...


class Buttons(Protocol):
    """Stored buttons."""

    async def add(self, buttons: Sequence[Button]) -> None: ...
    async def get(self, button_id: str) -> Button | None: ...
    async def settling(self, opinion_id: str, now: datetime) -> tuple[Button, ...]:
        """The resident's word on a case: those that can still be pressed, the newest of each."""
        ...

    async def use(self, button_id: str, now: datetime) -> None:
        """Mark as used; LostRace("button.used") if it was."""
        ...

    async def purge(self, expired_before: datetime) -> int: ...


class Dialogs(Protocol):
    """Open questions to members of staff, at most one each."""

    async def of(self, person_id: str) -> Dialog | None: ...
    async def open(self, dialog: Dialog) -> None:
        """Ask this; it takes the place of whatever was asked before."""
        ...

    async def close(self, person_id: str) -> None: ...


class Duties(Protocol):
    """Which process is on duty for what; every write is conditional."""

    async def look(self, name: str) -> Watch:
        """The watch as it stands; an empty one if nobody has ever been on duty."""
        ...

    async def take(self, name: str, holder: str, seen: Watch) -> bool:
        """Begin the next term, unless anything has changed since `seen`."""
        ...

    async def beat(self, name: str, holder: str, term: int) -> bool: ...
    async def leave(self, name: str, holder: str, term: int) -> None: ...
    async def free_all(self) -> None:
        """Nobody is on duty for anything: whoever was has died with the machine."""
        ...

    async def holds(self, name: str, holder: str, term: int) -> bool:
        """Whether this term still runs; it cannot end before the transaction does."""
        ...


class Audit(Protocol):
    """The append-only, hash-chained log."""

    async def append(self, event: AuditEvent) -> None: ...
    async def append_all(self, events: Sequence[AuditEvent]) -> None:
        """One after the other, in this order."""
        ...

    async def newest(self) -> AuditEntry | None: ...
    async def entries(self, after: int = 0, limit: int = 1000) -> tuple[AuditEntry, ...]: ...
