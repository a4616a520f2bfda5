"""A resident's update as the rules see it, and what to show them next."""

from dataclasses import dataclass
from datetime import datetime

from domain.model.button import Button
from domain.model.chat import Address
from domain.model.morning import local_day
from domain.model.opinion import Opinion
from domain.model.resident import Known, OpinionDraft, Resident
from domain.model.unit import Unit
from domain.ports import Cause


@dataclass(frozen=True, slots=True)
class Intake:
    """What to show a resident next: the draft, the choices, or the case that came of it."""

    resident: Resident
    draft: OpinionDraft | None = None
    unit: Unit | None = None
    """The place chosen so far."""
    choices: tuple[Unit, ...] = ()
    buttons: tuple[Button, ...] = ()
    filed: Opinion | None = None
    by_few: bool = False
    """Whether so few bring things from this place that staff may guess who did."""
    greeting: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody's update: who (for the vault only), which update, and its lasting name.

    The updates of one chat are handled one by one: what is known stays true while this one is.
    """

    who: Address
    cause: Cause
    handle: str
    known: Known
    reach: tuple[str, ...] = ()
    """The units from which, and from below which, this person may pass on what they heard."""
    desk: tuple[str, ...] = ()
    """Those for which, and for what is below, they may type in what is said at the office."""

    def require_heard(self, draft: OpinionDraft, now: datetime) -> None:
        """Refuse what is new from whoever is muted.

        What belongs to an earlier case is not new; what the law gives everybody is not refused.
        """
        if not (draft.is_owed or draft.heard or draft.at_desk):
            self.known.resident.require_heard(local_day(now))
