"""`bot.py purge`: what is forgotten on time, shown before it happens, or done at once."""

from argparse import Namespace
from dataclasses import asdict, dataclass

from domain.usecases.purge import Purge
from handlers.cli.doors import Doors
from handlers.cli.terminal import Terminal
from handlers.settings import VaultSettings


@dataclass(frozen=True)
class PurgeNow:
    """A round of forgetting by hand (xóa khi hết hạn); `post` makes one each minute."""

    doors: Doors
    terminal: Terminal

    async def __call__(self, options: Namespace, settings: VaultSettings) -> int:
        doors = self.doors
        async with doors.main(settings) as memory, doors.vault(settings) as (vault, inbox):
            purge = Purge(memory, vault, inbox, doors.clock)
            found = await (purge.would_forget() if options.dry_run else purge.forget_expired())
        counted = asdict(found)
        if options.json:
            self.terminal.json({"dry_run": options.dry_run, **counted})
            return 0
        self.terminal.text("cli.purge_would" if options.dry_run else "cli.purge_done")
        heads = [self.terminal.sentence(f"cli.purge_{head}") for head in ("what", "count")]
        rows = [[self.terminal.sentence(f"cli.purge_{n}"), str(c)] for n, c in counted.items()]
        self.terminal.table(heads, rows)
        return 0
