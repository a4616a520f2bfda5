"""A matter as staff see it: its cases by number and state, and how its public answer stands."""

from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.bulletin import BulletinState
from domain.model.button import Button, around, one_page
from domain.model.matter import Matter, MatterCase
from domain.model.unit import Lineage, Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.gather_cases import GATHER, SHOW
from domain.usecases.own_buttons import put_own_buttons
from domain.usecases.public_answer import GONE, public_answer
from domain.usecases.show_queue import MATTERS

CASES = "matter:cases"
COMPOSE, ANSWER, REOPEN = "matter:compose", "matter:answer", "matter:reopen"
ON_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A matter with some of its cases (việc chung)."""

    matter: Matter
    unit: Unit
    cases: tuple[MatterCase, ...]
    count: int
    """On all pages."""
    bulletin: BulletinState | None
    """How the public answer stands; None before anybody has begun one."""
    has_answered: bool
    """Whether residents got it."""
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class MattersPage:
    """Open matters, the newest first (các việc chung)."""

    found: tuple[tuple[Matter, Unit], ...]
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class ShowMatter:
    """Looking at matters (xem việc chung)."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_open(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MattersPage:
        """Those for which this person gathers cases."""
        places, page = actor.units_for(GATHER), int(button.choice or "0")
        if not places:
            raise Forbidden("errors.forbidden")
        async with self.memory.begin(cause) as work:
            found = await work.matters.open_below(places, page * ON_A_PAGE, ON_A_PAGE + 1)
            shown = found[:ON_A_PAGE]
            asked = one_page(SHOW, MATTERS, [one.id for one in shown], 0, ON_A_PAGE)
            asked += around(MATTERS, page, len(found) > ON_A_PAGE)
            buttons = await put_own_buttons(work, self, actor.id, asked, "")
            named = [(one, await work.units.get(one.unit_id)) for one in shown]
            await work.commit()
        return MattersPage(tuple(named), buttons)

    async def show(
        self, actor: Actor, matter_id: str, after: int = 0, cause: Cause | None = None
    ) -> MatterPage:
        """Its cases that were filed after this place, and what can be done now.

        Whoever may only write its bulletin sees how many they are, and not which.
        """
        async with self.memory.begin(cause) as work:
            matter = await work.matters.get(matter_id)
            lineage = await work.units.lineage(matter.unit_id)
            may_see = actor.may(GATHER, lineage)
            if not may_see:
                actor.require(Permission.BULLETIN_COMPOSE, lineage)
            limit = ON_A_PAGE + 1 if may_see else 0
            found = await work.matters.cases(matter.id, after, limit)
            shown = found[:ON_A_PAGE]
            asked = [(CASES, "0")] if after else []
            asked += [(CASES, str(shown[-1].seq))] if len(found) > ON_A_PAGE else []
            state = await _state(work, matter)
            has_answered = await public_answer(work, matter) is not None
            asked += _ways(actor, lineage, matter, state, has_answered)
            about = (matter.id, matter.version)
            buttons = await put_own_buttons(work, self, actor.id, asked, *about)
            unit, count = await work.units.get(matter.unit_id), await work.matters.count(matter.id)
            await work.commit()
        return MatterPage(matter, unit, shown, count, state, has_answered, buttons)


def _ways(
    actor: Actor,
    lineage: Lineage,
    matter: Matter,
    state: BulletinState | None,
    has_answered: bool,
) -> list[tuple[str, str]]:
    """What this person can do with the whole of it."""
    if matter.closed_at is not None:
        return [(REOPEN, "")] if actor.may(Permission.MATTER_OPEN, lineage) else []
    ways = [(COMPOSE, "")] if state is None or state in GONE else []
    if has_answered and actor.may(Permission.OPINION_ANSWER, lineage):
        ways.append((ANSWER, ""))
    if actor.may(Permission.MATTER_CLOSE, lineage):
        ways.append((Permission.MATTER_CLOSE, ""))
    return ways


async def _state(work: Work, matter: Matter) -> BulletinState | None:
    if matter.bulletin_id is None:
        return None
    return (await work.bulletins.get(matter.bulletin_id)).state
