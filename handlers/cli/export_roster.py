"""`bot.py export roster FILE`: everybody on the roster, as a file that an import takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.model.access import OPERATOR
from domain.model.roster import Line
from domain.usecases.export_roster import ExportRoster
from handlers.cli.new_file import require_place, write_file
from handlers.cli.roster_columns import Columns
from handlers.cli.roster_written import writer_for
from handlers.cli.terminal import Terminal


@dataclass(frozen=True, slots=True)
class RosterExport:
    """Writing the roster to a file (xuất danh sách)."""

    use: ExportRoster
    terminal: Terminal

    async def __call__(self, path: Path, as_json: bool) -> None:
        require_place(path)
        lines = await self.use.export_roster(OPERATOR)
        write_file(path, writer_for(path.suffix)(Columns(self.terminal.words), lines))
        told = _told(lines)
        if as_json:
            self.terminal.json(told | {"file": str(path)})
        else:
            self.terminal.text("cli.roster_exported", file=path, **told)


def _told(lines: Sequence[Line]) -> dict[str, int]:
    people = {line.person_code for line in lines if line.says_somebody}
    return {
        "units": len({line.unit_code for line in lines}),
        "people": len(people),
        "rows": len(lines),
    }
