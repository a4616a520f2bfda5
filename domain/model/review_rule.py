"""What a unit demands before a bulletin of it goes out: how many approvals, and how soon."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.errors import Refusal
from domain.model.bulletin import BulletinClass
from domain.model.plan import GAP_DAYS
from domain.model.unit import Lineage

AS_ABOVE = 0
"""From then on the unit has no rule of its own on this."""


class RuleAbout(StrEnum):
    """What a rule is about: a class of bulletins, the reminder to approvers, a gap in the plan."""

    ORDINARY = BulletinClass.ORDINARY
    PRIORITY = BulletinClass.PRIORITY
    EMERGENCY = BulletinClass.EMERGENCY
    REMINDER = "nhac_duyet"
    GAP = "khoang_trong"
    LETTER = "thu_tra_loi"
    """Letters by which a case is answered, declined or referred."""


CHOICES: dict[RuleAbout, tuple[int, ...]] = {
    RuleAbout.ORDINARY: (1, 2),
    RuleAbout.PRIORITY: (1, 2),
    RuleAbout.EMERGENCY: (1, 2),
    RuleAbout.REMINDER: (2, 4, 8),
    RuleAbout.GAP: (7, 10, 14),
    RuleAbout.LETTER: (1, 2),
}
"""Approvals of a class; working hours after which approvers are reminded; days without anything
that the plan warns of; people through whose hands a letter goes, its writer included.
"""
USUAL: dict[RuleAbout, int] = dict.fromkeys(RuleAbout, 1) | {
    RuleAbout.REMINDER: 4,
    RuleAbout.GAP: GAP_DAYS,
}
"""Where nobody has set anything."""


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What a unit demands, until it says otherwise (quy định duyệt)."""

    unit_id: str
    about: RuleAbout
    number: int
    """Counts the rules of one unit about one thing; none is ever changed."""
    value: int
    set_by: str
    set_at: datetime


def rule_for(rules: Iterable[ReviewRule], lineage: Lineage, about: RuleAbout) -> ReviewRule | None:
    """The last rule of the nearest unit that has one; None where the usual holds."""
    in_order = sorted((one for one in rules if one.about is about), key=lambda one: one.number)
    last = {one.unit_id: one for one in in_order}
    found = (last[unit_id] for unit_id in lineage.unit_ids if unit_id in last)
    return next((one for one in found if one.value != AS_ABOVE), None)


def value_for(rules: Iterable[ReviewRule], lineage: Lineage, about: RuleAbout) -> int:
    """What holds for a unit: its own, the nearest above it, or the usual."""
    rule = rule_for(rules, lineage, about)
    return rule.value if rule else USUAL[about]


def written(about: RuleAbout, value: int) -> str:
    """A choice as a button carries it."""
    return f"{about}={value}"


def read_choice(choice: str) -> tuple[RuleAbout, int]:
    """What a button chose; Refusal if there is no such choice."""
    name, _, value = choice.partition("=")
    if name not in tuple(RuleAbout) or not value.isdecimal():
        raise Refusal("button.unknown")
    about = RuleAbout(name)
    if int(value) not in (AS_ABOVE, *CHOICES[about]):
        raise Refusal("button.unknown")
    return about, int(value)


def offered(rules: Sequence[ReviewRule], lineage: Lineage) -> list[tuple[RuleAbout, int]]:
    """What a unit can change: every other value, and to follow the unit above again."""
    found: list[tuple[RuleAbout, int]] = []
    for about in RuleAbout:
        holds = rule_for(rules, lineage, about)
        present = holds.value if holds else USUAL[about]
        found += [(about, value) for value in CHOICES[about] if value != present]
        if holds is not None and holds.unit_id == lineage.unit_ids[0]:
            found.append((about, AS_ABOVE))
    return found
