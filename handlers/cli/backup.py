"""`bot.py backup`: both files as they are at one moment, while `post` goes on working."""

from dataclasses import dataclass
from pathlib import Path

from handlers.cli.doors import Doors
from handlers.cli.manifest import Kept, Manifest, digest
from handlers.cli.terminal import Terminal
from handlers.databases import in_file
from handlers.settings import VaultSettings
from handlers.trouble import CannotStart


@dataclass(frozen=True)
class Backup:
    """A copy to start again from (sao lưu); the month keys are not in it."""

    doors: Doors
    terminal: Terminal

    async def __call__(self, folder: Path, settings: VaultSettings, as_json: bool) -> int:
        files = files_of(settings)
        _make_empty(folder)
        # From the first backup on there is a journal: a restore without one is refused.
        settings.erasures_path.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken_at = self.doors.clock.now()
        counted = await self.doors.whole().back_up(files, folder)
        copies = {name: folder / f"{name}.db" for name in files}
        revisions = await self.doors.revisions(at(settings, copies))
        kept = {
            name: Kept(sha256=digest(file), revision=revisions[name][0], rows={**counted[name]})
            for name, file in copies.items()
        }
        manifest = Manifest(taken_at=taken_at, databases=kept)
        manifest.write(folder)
        if as_json:
            self.terminal.json(manifest.model_dump(mode="json"))
            return 0
        for name, file in copies.items():
            self.terminal.text("cli.backup_file", path=file, rows=sum(kept[name].rows.values()))
        self.terminal.text("cli.backup_done", path=folder, keys=settings.keys_path)
        return 0


def files_of(settings: VaultSettings) -> dict[str, Path]:
    """Both files; CannotStart if a database is on a server, which has tools of its own."""
    files = {name: one.path for name, one in settings.databases.items() if one.path is not None}
    if len(files) < len(settings.databases):
        raise CannotStart("cli.backup_on_server")
    return files


def at(settings: VaultSettings, files: dict[str, Path]) -> VaultSettings:
    """The same settings, for databases in these files."""
    where = {"database_url": in_file(files["main"]), "vault_url": in_file(files["vault"])}
    return settings.model_copy(update=where)


def _make_empty(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CannotStart("cli.backup_not_empty", path=folder)
        folder.chmod(0o700)
    except OSError as error:
        raise CannotStart("cli.data_dir_unusable", path=folder, why=error.strerror) from error
