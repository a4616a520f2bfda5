"""What is owed to people about the roster: its monthly check, and decisions about somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from content.catalog import Words
from domain.model.access import Person
from domain.model.button import Button
from domain.model.delivery import Payload
from domain.model.deputy import Deputy
from domain.model.field_work import ServiceAct
from domain.model.roster_check import Finding
from domain.model.unit import Unit
from handlers.faces import one_a_row


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class RosterPapers:
    """The part of the letterhead that is about the roster (danh sách)."""

    words: Words

    def service_card(self, person: Person, act: ServiceAct, unit: Unit) -> Payload:
        key = f"staff.told_{act}"
        return Payload(self.words.html(key, name=person.name, unit=unit.name))

    def roster_card(
        self, unit: Unit, month: date, counts: Mapping[Finding, int], buttons: Sequence[Button]
    ) -> Payload:
        """A line for each thing to look after; one sentence where there is none."""
        words = self.words
        lines = [
            words.html(f"roster_check.{finding}", count=count)
            for finding, count in counts.items()
            if count
        ]
        page = words.html(
            "roster_check.card",
            unit=unit.name,
            month=f"{month:%m/%Y}",
            lines=Markup("\n").join(lines or [words.html("roster_check.all_well")]),
        )
        return Payload(page, one_a_row(words, buttons))

    def deputy_card(self, one: Deputy, unit: Unit, reader: Person, ends: bool) -> Payload:
        how = "ended" if ends else "named"
        whose = "deputy" if reader.id == one.person.id else "holder"
        first, last = one.grant.valid_from, one.grant.valid_until
        card = self.words.html(
            f"deputy.{how}_{whose}",
            "vi",
            deputy=one.person.name,
            holder=one.holder.name,
            role=self.words.text(f"role.{one.grant.role}"),
            unit=unit.name,
            first=self.words.date(first) if first else "…",
            last=self.words.date(last) if last else "…",
        )
        return Payload(card)
