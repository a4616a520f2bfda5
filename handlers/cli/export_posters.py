"""`bot.py export posters`: A4 pages to print, one for each place, as one PDF or as PNG files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from domain.errors import Refusal
from domain.model.access import OPERATOR
from domain.model.case_times import CaseTimes
from domain.model.place_link import place_start
from domain.usecases.list_places import ListPlaces, Placed
from handlers.cli.doors import OpenGateway
from handlers.cli.new_file import require_place, write_file
from handlers.cli.terminal import Terminal
from handlers.posters import DPI, draw
from handlers.settings import Door

DeepLink = Callable[[str], str]
QUALITY = 92


@dataclass(frozen=True, slots=True)
class PostersExport:
    """Writing posters (in áp phích)."""

    use: ListPlaces
    terminal: Terminal
    door: Door | None
    gateway: OpenGateway
    times: CaseTimes

    async def __call__(self, unit_code: str, path: Path, kind: str, as_json: bool) -> None:
        """One PDF with a page for each place, or a folder with a PNG for each."""
        deep_link = await self._deep_link()
        places = await self.use.list_places(OPERATOR, unit_code)
        links = [deep_link(place_start(one.unit.code)) for one in places]
        if kind == "png":
            self._write_pictures(path, places, links)
        else:
            require_place(path)
            write_file(path, bound(list(self._pages(places, links))))
        told = {"posters": len(places), "file": str(path)}
        if as_json:
            self.terminal.json(told)
        else:
            self.terminal.text("cli.posters_written", **told)

    def _pages(self, places: Sequence[Placed], links: Sequence[str]) -> Iterator[bytes]:
        """Each as a JPEG, so that hundreds of them can be held."""
        for place, link in zip(places, links, strict=True):
            file = BytesIO()
            self._page(place, link).save(file, "JPEG", quality=QUALITY)
            yield file.getvalue()

    def _write_pictures(self, path: Path, places: Sequence[Placed], links: Sequence[str]) -> None:
        try:
            path.mkdir(exist_ok=True)
        except OSError:
            raise Refusal("cli.export_no_place", path=path) from None
        for place, link in zip(places, links, strict=True):
            file = BytesIO()
            self._page(place, link).save(file, "PNG", dpi=(DPI, DPI), optimize=True)
            write_file(path / f"{place.unit.code}.png", file.getvalue())

    def _page(self, place: Placed, link: str) -> Image.Image:
        return draw(self.terminal.words, place, link, self.times)

    async def _deep_link(self) -> DeepLink:
        if self.door is None:
            raise Refusal("cli.invites_no_bot")
        try:
            async with self.gateway(self.door) as gateway:
                return gateway.deep_link
        except Exception:  # whatever it is: without the bot's name there is no link to print
            raise Refusal("cli.invites_no_bot") from None


def bound(pages: Sequence[bytes]) -> bytes:
    """All pages as one PDF, in A4."""
    first, *others = (Image.open(BytesIO(page)) for page in pages)
    file = BytesIO()
    first.save(file, "PDF", resolution=DPI, save_all=True, append_images=others, quality=QUALITY)
    return file.getvalue()
