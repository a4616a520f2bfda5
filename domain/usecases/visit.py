"""A resident's update as the rules see it, and what to show them next."""

from dataclasses import dataclass

from domain.model.button import Button
from domain.model.chat import Address
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
