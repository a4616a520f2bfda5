"""What an author sees of material in the making: the next question, or the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.clock import Clock
from domain.errors import Forbidden
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.bulletin import Field
from domain.model.button import Button, one_page
from domain.model.dialog import Awaited, Dialog
from domain.model.material import EDITABLE, WANTED, Material, MaterialBody, MaterialDraft
from domain.model.morning import local_day
from domain.model.proofreading import Misprint, proofread_material
from domain.model.unit import Unit
from domain.ports import Work
from domain.usecases.own_buttons import own_buttons

BEGIN, KIND, DRAFT, EDIT = "material:begin", "material:kind", "material:draft", "material:edit"
FIELD, MINUTES, AUDIENCE = "material:field", "material:minutes", "material:audience"
PLACES, LEAVE, DROP_PAIR = "material:places", "material:leave", "material:drop_pair"
DISCARD, SUBMIT = "material:discard", Permission.MATERIAL_SUBMIT
MINUTES_OFFERED = (5, 10, 15, 20, 30, 45)
UNITS_ON_A_PAGE = 20
Asked = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class MaterialScreen:
    """A draft as its author sees it (màn hình soạn tài liệu)."""

    draft: MaterialDraft
    audience: Unit
    asked: str
    """What is being asked; empty once nothing is missing."""
    buttons: tuple[Button, ...]
    places: tuple[Unit, ...] = ()
    misprints: tuple[Misprint, ...] = ()
    """What looks wrong in it, once nothing is missing."""

    @property
    def body(self) -> MaterialBody:
        return self.draft.body


@dataclass(frozen=True, slots=True)
class MaterialScreens:
    """Makes screens; what is asked becomes a row, so that a restart loses nothing."""

    clock: Clock
    ids: Ids

    async def next_of(
        self, work: Work, actor: Actor, material: Material, draft: MaterialDraft
    ) -> MaterialScreen:
        """The first question that is open, else the panel."""
        missing = draft.body.missing
        return await self.asking(work, actor, material, draft, missing[0] if missing else "")

    async def asking(
        self,
        work: Work,
        actor: Actor,
        material: Material,
        draft: MaterialDraft,
        asked: str,
        page: int = 0,
    ) -> MaterialScreen:
        """This question, whatever else is missing."""
        places: tuple[Unit, ...] = ()
        if asked == "audience":
            places = await work.units.subtree(material.unit_id)
        if asked:
            await work.dialogs.open(Dialog(actor.id, Awaited.MATERIAL, material.id, asked))
        else:
            await work.dialogs.close(actor.id)
        choices = _choices(asked, draft.body, places, page) if asked else _panel(draft.body)
        buttons = self.offered(actor, material.id, draft.version, [*choices, (DISCARD, "")])
        await work.buttons.add(buttons)
        audience = await work.units.get(draft.body.audience_unit_id)
        today = local_day(self.clock.now())
        misprints = () if asked else proofread_material(draft.body, today)
        return MaterialScreen(draft, audience, asked, buttons, places, misprints)

    def offered(
        self, actor: Actor, subject: str, version: int, asked: Sequence[tuple[str, str]]
    ) -> tuple[Button, ...]:
        return own_buttons(self, actor.id, asked, subject, version)


async def own_material(work: Work, actor: Actor, material_id: str) -> Material:
    """The material, if this author may still write it."""
    material = await work.materials.get(material_id)
    lineage = await work.units.lineage(material.unit_id)
    actor.require(Permission.MATERIAL_COMPOSE, lineage)
    if material.author_id != actor.id:
        raise Forbidden("material.not_yours")
    return material


def _panel(body: MaterialBody) -> Asked:
    """The ways on from what is complete."""
    return [(SUBMIT, ""), *((EDIT, name) for name in EDITABLE[body.kind])]


def _choices(asked: str, body: MaterialBody, places: Sequence[Unit], page: int) -> Asked:
    """The buttons beside a question."""
    choices: Asked = []
    match asked:
        case "field":
            choices = [(FIELD, value) for value in Field]
        case "minutes":
            choices = [(MINUTES, str(minutes)) for minutes in MINUTES_OFFERED]
        case "audience":
            choices = one_page(AUDIENCE, PLACES, [u.id for u in places], page, UNITS_ON_A_PAGE)
        case "pairs" if body.pairs:
            choices = [(DROP_PAIR, "")]
    may_stay_empty = asked not in (*WANTED[body.kind], "audience")
    leave = [(LEAVE, asked)] if may_stay_empty and getattr(body, asked) else []
    # Back to the panel, once there is one; a sheet may get further pairs first.
    return choices + leave + ([] if body.missing else [(DRAFT, "")])
