"""`bot.py init`: the first unit, the units below it, and the first supervisor's invite."""

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass

from content.units.gazetteer import ListedUnit, UnknownProvince, province_units
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import OPERATOR
from domain.model.unit import Unit
from domain.ports import Memory
from domain.usecases.manage_access import ManageAccess
from handlers.cli.offices import as_units
from handlers.cli.terminal import Terminal


@dataclass(frozen=True, slots=True)
class Wish:
    """What the operator asked for."""

    unit_code: str
    supervisor: str | None
    province: str
    name: str | None
    kind: str | None
    under: str | None

    @classmethod
    def of(cls, options: Namespace) -> "Wish":
        return cls(**{field: getattr(options, field) for field in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Init:
    """Founding (thiết lập đơn vị)."""

    memory: Memory
    access: ManageAccess
    ids: Ids
    terminal: Terminal

    async def __call__(self, wish: Wish) -> None:
        """Found the unit, or raise a Refusal that says why nothing was changed."""
        places = _places(wish)
        above = await self._above(wish, places[0])
        if above is None and not wish.supervisor:
            raise Refusal("cli.supervisor_missing")
        units = list(as_units(places, above, self.ids, self.terminal.words))
        await self.access.found_offices(OPERATOR, units)
        self._tell(units)

    async def _above(self, wish: Wish, place: ListedUnit) -> Unit | None:
        """The unit above the new one; None if this is the first of all."""
        code = wish.under or place.parent_code or wish.unit_code.partition(".")[0]
        async with self.memory.begin() as work:
            if await work.units.by_code(wish.unit_code) is not None:
                raise Refusal("cli.unit_exists", code=wish.unit_code)
            root = await work.units.root()
            above = await work.units.by_code(code)
        if above is None and wish.under:
            raise Refusal("invite.no_such_unit", code=wish.under)
        if above is None and root is not None:
            raise Refusal("cli.second_root", root=root.name, code=root.code)
        return above

    def _tell(self, units: Sequence[Unit]) -> None:
        self.terminal.text("cli.init_done", name=units[0].name, body=units[0].issuing_body)
        if len(units) > 1:
            self.terminal.text("cli.init_below", count=len(units) - 1)


def _places(wish: Wish) -> list[ListedUnit]:
    """The place from the official list, a whole province with its communes, or a free one."""
    if wish.name and wish.kind:
        return [ListedUnit(wish.unit_code, wish.name, wish.kind, None)]
    if wish.name or wish.kind:
        raise Refusal("cli.name_and_kind")
    try:
        listed = list(province_units(wish.province))
    except (UnknownProvince, ValueError):
        raise Refusal("cli.no_such_province", code=wish.province) from None
    if wish.unit_code == listed[0].code:
        return listed
    found = [place for place in listed if place.code == wish.unit_code]
    if not found:
        raise Refusal(
            "cli.not_in_province", code=wish.unit_code, province=listed[0].name, given=wish.province
        )
    return found
