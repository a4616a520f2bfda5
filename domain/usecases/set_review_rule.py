"""A supervisor says how many approvals a unit's bulletins need, and when approvers are reminded."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.button import Button, require_version
from domain.model.review_rule import (
    USUAL,
    ReviewRule,
    RuleAbout,
    offered,
    read_choice,
    rule_for,
    written,
)
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.own_buttons import own_buttons

SHOW, BACK = "review_rule:show", "staff:unit"
SET = Permission.REVIEW_RULE_SET


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What holds about one thing."""

    about: RuleAbout
    value: int
    set_at: Unit | None
    """Where that was set: here, or above; None where the usual holds."""


@dataclass(frozen=True, slots=True)
class RulesPage:
    """What a unit demands before something goes out (trang quy định duyệt)."""

    unit: Unit
    lines: tuple[RuleLine, ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class SetReviewRule:
    """Setting a unit's rules for approving (đặt quy định duyệt)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def show_rules(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> RulesPage:
        async with self.memory.begin(cause) as work:
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def set_rule(self, actor: Actor, button: Button, cause: Cause | None = None) -> RulesPage:
        """It holds for what is submitted from now on; what was submitted keeps its own."""
        now, (about, value) = self.clock.now(), read_choice(button.choice)
        async with self.memory.begin(cause) as work:
            lineage = await work.units.lineage(button.subject)
            actor.require(SET, lineage)
            rules = await work.reviews.rules_above(lineage)
            require_version(button.version, _version(rules))
            own = [one for one in rules if (one.unit_id, one.about) == (button.subject, about)]
            rule = ReviewRule(button.subject, about, len(own) + 1, value, actor.id, now)
            await work.reviews.add_rule(rule)
            await work.audit.append(
                AuditEvent(now, actor.id, SET, button.subject, written(about, value))
            )
            await work.buttons.use(button.id, now)
            page = await self._page(work, actor, button.subject)
            await work.commit()
        return page

    async def _page(self, work: Work, actor: Actor, unit_id: str) -> RulesPage:
        lineage = await work.units.lineage(unit_id)
        actor.require(SET, lineage)
        rules = await work.reviews.rules_above(lineage)
        lines: list[RuleLine] = []
        for about in RuleAbout:
            rule = rule_for(rules, lineage, about)
            place = await work.units.get(rule.unit_id) if rule else None
            lines.append(RuleLine(about, rule.value if rule else USUAL[about], place))
        asked: list[tuple[str, str]] = [(SET, written(*one)) for one in offered(rules, lineage)]
        buttons = self._offer(actor, asked, unit_id, _version(rules))
        back = self._offer(actor, [(BACK, unit_id)], "", 1)
        await work.buttons.add((*buttons, *back))
        return RulesPage(await work.units.get(unit_id), tuple(lines), (*buttons, *back))

    def _offer(
        self, actor: Actor, asked: list[tuple[str, str]], subject: str, version: int
    ) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, subject, version)


def _version(rules: tuple[ReviewRule, ...]) -> int:
    """Grows with every rule that is set here or above."""
    return 1 + len(rules)
