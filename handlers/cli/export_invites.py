"""`bot.py export invites --unit CODE FILE`: a sheet to print, one slip for each person."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from content.catalog import FIRST_LANGUAGE, Words
from domain.errors import Refusal
from domain.model.access import OPERATOR
from domain.model.roster import Language
from domain.usecases.invite_everybody import InviteEverybody, Slip, SlipSheet
from handlers.cli.doors import OpenGateway
from handlers.cli.new_file import require_place, write_file
from handlers.cli.terminal import Terminal
from handlers.settings import Door

TEMPLATES = Path(__file__).parent / "templates"
DeepLink = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class InvitesExport:
    """Writing the sheet (in phiếu mời)."""

    use: InviteEverybody
    terminal: Terminal
    door: Door | None
    gateway: OpenGateway

    async def __call__(self, unit_code: str, path: Path, as_json: bool) -> None:
        """Make the invites and write the sheet; Refusal if either cannot be, before any is made."""
        deep_link = await self._deep_link()
        require_place(path)
        sheet = await self.use.invite_everybody(OPERATOR, unit_code)
        if sheet.slips:
            write_file(path, paper(self.terminal.words, sheet, deep_link).encode())
        told = {"slips": len(sheet.slips), "revoked": sheet.revoked, "file": str(path)}
        if as_json:
            self.terminal.json(told)
        elif sheet.slips:
            self.terminal.text("cli.invites_written", unit=sheet.unit.name, **told)
        else:
            self.terminal.text("cli.invites_nobody", unit=sheet.unit.name)

    async def _deep_link(self) -> DeepLink:
        if self.door is None:
            raise Refusal("cli.invites_no_bot")
        try:
            async with self.gateway(self.door) as gateway:
                return gateway.deep_link
        except Exception:  # whatever it is: without the bot's name there is no link to print
            raise Refusal("cli.invites_no_bot") from None


def paper(words: Words, sheet: SlipSheet, deep_link: DeepLink) -> str:
    """The sheet as a page that stands alone: no script, nothing fetched."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    until = words.moment(sheet.expires_at)
    slips = [_shown(slip, deep_link) for slip in sheet.slips]
    return environment.get_template("invites.html").render(
        t=words.html, unit=sheet.unit, slips=slips, until=until
    )


def _shown(slip: Slip, deep_link: DeepLink) -> dict[str, object]:
    link = deep_link(f"inv_{slip.token}")
    speaks_khmer = Language.KHMER in slip.person.languages
    return {
        "person": slip.person,
        "link": link,
        "qr": Markup(drawn(link)),  # noqa: S704 - a drawing of squares: nothing of the text is in it
        "languages": (FIRST_LANGUAGE, Language.KHMER) if speaks_khmer else (FIRST_LANGUAGE,),
    }


def drawn(link: str) -> str:
    """A link as a QR code, with the white edge that readers need, in whatever size it is shown."""
    code = segno.make(link, error="m", micro=False)
    return str(code.svg_inline(border=4, omitsize=True))
