"""Those who go among people find material by its words, read it, and are sent its file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden, LostRace, Refusal, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.attachment import Attachment
from domain.model.bulletin import Field
from domain.model.button import Button, around
from domain.model.material import ApprovedMaterial, MaterialRevision, Pair, in_order
from domain.model.morning import local_day
from domain.model.search import LONGEST_QUERY, score, words_of
from domain.model.text import normalised, units_over
from domain.model.unit import Unit
from domain.ports import Cause, Memory, Work
from domain.usecases.material_screen import DRAFT
from domain.usecases.own_buttons import own_buttons

LIST, OPEN, PAIR, PAIRS = "material:list", "material:open", "material:pair", "material:pairs"
FILE, ASK_WITHDRAWAL = "material:file", "material:ask_withdrawal"
ON_A_PAGE = 8

FieldName = Callable[[Field], str]
"""The names of a field that somebody may search by, in all languages."""


@dataclass(frozen=True, slots=True)
class MaterialShelf:
    """One page of what somebody may read (tủ tài liệu)."""

    query: str
    lines: tuple[ApprovedMaterial, ...]
    first: int
    """The number of the first line, counted from 1."""
    total: int
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class MaterialView:
    """Material as its readers see it, or one pair of its sheet (xem tài liệu)."""

    revision: MaterialRevision
    audience: Unit
    buttons: tuple[Button, ...]
    number: int = 0
    """Of the pair that is shown; 0 for the first page."""

    @property
    def pair(self) -> Pair:
        return self.revision.body.pairs[self.number - 1]


@dataclass(frozen=True, slots=True)
class ReadMaterial:
    """Reading material (đọc tài liệu tuyên truyền). Who reads what is counted nowhere."""

    memory: Memory
    clock: Clock
    ids: Ids

    async def list_material(
        self,
        actor: Actor,
        query: str,
        field_name: FieldName,
        cause: Cause | None = None,
        page: int = 0,
    ) -> MaterialShelf:
        """All that the actor may read, by kind; or what answers the query, the best in front."""
        places, query = _places(actor), " ".join(normalised(query).split())
        if units_over(query, LONGEST_QUERY):
            raise Refusal("material.query_too_long", limit=LONGEST_QUERY)
        async with self.memory.begin(cause) as work:
            shown = await work.materials.shown(places, local_day(self.clock.now()))
            found = _answering(query, shown, field_name) if words_of(query) else in_order(shown)
            first = page * ON_A_PAGE
            lines = found[first : first + ON_A_PAGE]
            ways = [self._button(actor, one.revision.material_id, OPEN) for one in lines]
            turning = around(LIST, page, first + ON_A_PAGE < len(found))
            ways += [self._button(actor, query, LIST, number) for _, number in turning]
            await work.buttons.add(ways)
            await work.commit()
        return MaterialShelf(query, tuple(lines), first + 1, len(found), tuple(ways))

    async def open(self, actor: Actor, button: Button, cause: Cause | None = None) -> MaterialView:
        """The first page of it; LostRace once it is not shown any more."""
        async with self.memory.begin(cause) as work:
            revision = await self._shown(work, actor, button.subject)
            view = await self._view(work, actor, revision, await _panel(work, actor, revision))
            await work.commit()
        return view

    async def open_pair(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> MaterialView:
        """One question with its answer, and the ways to those beside it."""
        number = int(button.choice) + 1
        async with self.memory.begin(cause) as work:
            revision = await self._shown(work, actor, button.subject)
            if number > len(revision.body.pairs):
                raise LostRace("material.gone")
            last = number == len(revision.body.pairs)
            ways = [(PAIR, str(number - 2))] if number > 1 else []
            ways += [] if last else [(PAIR, str(number))]
            view = await self._view(work, actor, revision, ways, number)
            await work.commit()
        return view

    async def open_file(
        self, actor: Actor, button: Button, cause: Cause | None = None
    ) -> tuple[MaterialRevision, Attachment]:
        """The file, if its bytes are still those that were approved."""
        async with self.memory.begin(cause) as work:
            revision = await self._shown(work, actor, button.subject)
            if revision.body.handout is None:
                raise LostRace("material.gone")
            try:
                content = await work.materials.content(revision.body.handout)
            except Tampered:
                raise Refusal("material.not_as_submitted") from None
            await work.commit()
        return revision, revision.body.handout.holding(content)

    async def _shown(self, work: Work, actor: Actor, material_id: str) -> MaterialRevision:
        day = local_day(self.clock.now())
        found = await work.materials.shown(_places(actor), day, material_id)
        if not found:
            raise LostRace("material.gone")
        return found[0].revision

    async def _view(
        self,
        work: Work,
        actor: Actor,
        revision: MaterialRevision,
        ways: Sequence[tuple[str, str]],
        number: int = 0,
    ) -> MaterialView:
        buttons = tuple(self._button(actor, revision.material_id, *way) for way in ways)
        await work.buttons.add(buttons)
        audience = await work.units.get(revision.body.audience_unit_id)
        return MaterialView(revision, audience, buttons, number)

    def _button(self, actor: Actor, subject: str, action: str, choice: str = "") -> Button:
        (button,) = own_buttons(self, actor.id, [(action, choice)], subject)
        return button


async def _panel(work: Work, actor: Actor, revision: MaterialRevision) -> list[tuple[str, str]]:
    """What can be done with it: by whoever reads it, its author, whoever may withdraw it."""
    body = revision.body
    ways = [(FILE, "")] if body.handout else []
    if body.pairs:
        ways += [(PAIR, "0"), (PAIRS, "")]
    if revision.author_id == actor.id:
        ways.append((DRAFT, ""))
    lineage = await work.units.lineage(revision.unit_id)
    if actor.may(Permission.MATERIAL_WITHDRAW, lineage):
        ways.append((ASK_WITHDRAWAL, ""))
    return ways


def _answering(
    query: str, shown: Sequence[ApprovedMaterial], field_name: FieldName
) -> tuple[ApprovedMaterial, ...]:
    """Those that answer a query, the best in front; of equals as they stand on the shelf."""
    scored = [
        (score(query, one.revision.searchable(_named(one, field_name))), one)
        for one in in_order(shown)
    ]
    found = [pair for pair in scored if pair[0]]
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0]))


def _named(one: ApprovedMaterial, field_name: FieldName) -> str:
    field = one.revision.body.field
    return field_name(field) if field else ""


def _places(actor: Actor) -> tuple[str, ...]:
    """Where the actor passes things on, or answers for them; a resident does neither."""
    places = actor.units_for(Permission.MATERIAL_READ)
    if not places:
        raise Forbidden("errors.forbidden")
    return places
