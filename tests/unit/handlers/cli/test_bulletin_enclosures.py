"""All files of one import together have a limit; the one that goes beyond it is named."""

from pathlib import Path

from channels.telegram.offline import Offline
from content.bulletins import sheet
from content.records import Reading
from handlers.cli.bulletin_enclosures import Enclosures
from tests.integration.usecases.pictures import PAPER

HEAD = "---\nid: a\ntitle: A\nfield: khac\nclass: uu_tien\nsource: B\ndocument:\n"


async def reasons(folder: Path, enclosures: Enclosures, *papers: bytes) -> list[list[str]]:
    """What is wrong with each of some bulletins of one import that have these files."""
    found = []
    for number, paper in enumerate(papers):
        (folder / f"{number}.pdf").write_bytes(paper)
        written = folder / f"{number}.md"
        written.write_text(f"{HEAD}  file: {number}.pdf\n  alt: Lời dặn\n---\nChữ")
        _, flaws = await enclosures.read(sheet.read(Reading(written)))
        found.append([flaw.reason for flaw in flaws])
    return found


async def test_files_of_one_import_have_a_limit_together(tmp_path: Path) -> None:
    enclosures = Enclosures(Offline(), most=2 * len(PAPER) + 1)
    found = await reasons(tmp_path, enclosures, PAPER, PAPER + b" ", PAPER + b"  ")
    assert found == [[], [], ["file_too_much_at_once"]]


async def test_the_same_file_in_two_bulletins_counts_once(tmp_path: Path) -> None:
    enclosures = Enclosures(Offline(), most=len(PAPER))
    assert await reasons(tmp_path, enclosures, PAPER, PAPER) == [[], []]
