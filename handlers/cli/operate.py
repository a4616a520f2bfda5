"""The operator's commands, each with the rooms that it needs and nothing more."""

from argparse import Namespace
from dataclasses import dataclass

from domain.model.access import Role
from domain.ports import Memory
from domain.usecases.manage_access import ManageAccess
from handlers.cli.arguments import Commands
from handlers.cli.data_dir import require_whole
from handlers.cli.doors import Doors
from handlers.cli.invite import Invitation
from handlers.cli.terminal import Terminal
from handlers.letterhead import CatalogLetterhead
from handlers.settings import DataSettings, OperatorSettings, VaultSettings
from handlers.trouble import CannotStart


@dataclass(frozen=True)
class Operate:
    """What an operator can ask for (vận hành); every command returns its exit code."""

    doors: Doors
    terminal: Terminal

    def commands(self) -> Commands:
        """Each command with the settings that it reads."""
        return {
            "migrate": (VaultSettings, self.migrate),
            "seed": (OperatorSettings, self.seed),
            "init": (OperatorSettings, self.init),
            "invite": (OperatorSettings, self.invite),
            "import": (DataSettings, self.take_over),
            "export": (OperatorSettings, self.hand_out),
            "audit": (DataSettings, self.audit),
            "doctor": (OperatorSettings, self.doctor),
            "backup": (VaultSettings, self.backup),
            "restore": (VaultSettings, self.restore),
            "keys": (VaultSettings, self.keys),
            "purge": (VaultSettings, self.purge),
        }

    async def migrate(self, settings: VaultSettings, options: Namespace) -> int:
        if options.copy_from is not None:
            from handlers.cli.move import Move

            return await Move(self.doors, self.terminal)(options.copy_from, settings)
        await self._bring_up_to_date(settings)
        self.terminal.text("cli.migrated", main=settings.main, vault=settings.vault)
        return 0

    async def _bring_up_to_date(self, settings: VaultSettings) -> None:
        require_whole(settings.data_dir)
        await self.doors.migrate(settings)

    async def seed(self, settings: OperatorSettings, _: Namespace) -> int:
        if settings.bot_token is not None:
            raise CannotStart("cli.seed_only_practice")
        await self._bring_up_to_date(settings)
        if settings.seeded_path.exists():
            self.terminal.text("cli.seed_there")
            return 0
        from handlers.cli.seed import Seed

        doors = self.doors
        async with doors.main(settings) as memory:
            rooms = (memory, doors.clock, doors.ids, self.terminal)
            await Seed(*rooms, self._access(memory), doors.gateway)(settings)
        return 0

    async def init(self, settings: OperatorSettings, options: Namespace) -> int:
        from handlers.cli.init import Init, Wish

        await self._bring_up_to_date(settings)
        async with self.doors.main(settings) as memory:
            await Init(memory, self._access(memory), self.doors.ids, self.terminal)(
                Wish.of(options)
            )
            if options.supervisor:
                send = self._invitation(settings, memory)
                await send(options.unit_code, options.supervisor, Role.SUPERVISOR)
        self.terminal.text("cli.init_next")
        return 0

    async def invite(self, settings: OperatorSettings, options: Namespace) -> int:
        async with self.doors.main(settings) as memory:
            send = self._invitation(settings, memory)
            if options.revoke:
                await send.revoke(options.unit_code, options.name)
            else:
                await send(options.unit_code, options.name, Role(options.role))
        return 0

    async def take_over(self, settings: DataSettings, options: Namespace) -> int:
        async with self.doors.main(settings) as memory:
            rooms = (memory, self.doors.clock, self.doors.ids, self.terminal)
            if options.what == "bulletins":
                from handlers.cli.import_bulletins import BulletinImport

                return await BulletinImport(*rooms, self.doors.channel())(options)
            if options.what == "units":
                from handlers.cli.import_units import UnitsImport

                units = UnitsImport(*rooms, self._letterhead())
                return await units(options.file, options.dry_run, options.json)
            from handlers.cli.import_roster import RosterImport

            return await RosterImport(*rooms)(options.file, options.dry_run, options.json)

    async def hand_out(self, settings: OperatorSettings, options: Namespace) -> int:
        give = {"roster": self._roster, "reading": self._reading, "invites": self._invites}
        give["posters"] = self._posters
        async with self.doors.main(settings) as memory:
            await give[options.what](memory, settings, options)
        return 0

    async def _roster(self, memory: Memory, _: OperatorSettings, options: Namespace) -> None:
        from domain.usecases.export_roster import ExportRoster
        from handlers.cli.export_roster import RosterExport

        roster = ExportRoster(memory, self.doors.clock)
        await RosterExport(roster, self.terminal)(options.file, options.json)

    async def _reading(self, memory: Memory, _: OperatorSettings, options: Namespace) -> None:
        from domain.usecases.export_reading import ExportReading
        from handlers.cli.export_reading import ReadingExport

        reading = ReadingExport(ExportReading(memory, self.doors.clock), self.terminal)
        await reading(options.unit_code, options.on, options.file, options.json)

    async def _invites(
        self, memory: Memory, settings: OperatorSettings, options: Namespace
    ) -> None:
        from domain.usecases.invite_everybody import InviteEverybody
        from handlers.cli.export_invites import InvitesExport

        use = InviteEverybody(memory, self.doors.clock, self.doors.ids)
        sheet = InvitesExport(use, self.terminal, settings.door(), self.doors.gateway)
        await sheet(options.unit_code, options.file, options.json)

    async def _posters(
        self, memory: Memory, settings: OperatorSettings, options: Namespace
    ) -> None:
        from domain.usecases.list_places import ListPlaces
        from handlers.cli.export_posters import PostersExport

        doors = (settings.door(), self.doors.gateway)
        sheet = PostersExport(ListPlaces(memory), self.terminal, *doors, settings.case_times)
        await sheet(options.unit_code, options.file, options.format, options.json)

    async def audit(self, settings: DataSettings, options: Namespace) -> int:
        from handlers.cli.audit import show, verify

        async with self.doors.main(settings) as memory:
            look = verify if options.act == "verify" else show
            return await look(memory, self.terminal, options.json)

    async def doctor(self, settings: OperatorSettings, options: Namespace) -> int:
        from handlers.cli.doctor import Doctor

        return await Doctor(self.doors, self.terminal, settings)(options.json)

    async def backup(self, settings: VaultSettings, options: Namespace) -> int:
        from handlers.cli.backup import Backup

        return await Backup(self.doors, self.terminal)(options.folder, settings, options.json)

    async def restore(self, settings: VaultSettings, options: Namespace) -> int:
        from handlers.cli.restore import BringBack

        return await BringBack(self.doors, self.terminal)(options, settings)

    async def keys(self, settings: VaultSettings, options: Namespace) -> int:
        from handlers.cli.keys import Keys

        return await Keys(self.doors, self.terminal)(options, settings)

    async def purge(self, settings: VaultSettings, options: Namespace) -> int:
        from handlers.cli.purge import PurgeNow

        return await PurgeNow(self.doors, self.terminal)(options, settings)

    def _invitation(self, settings: OperatorSettings, memory: Memory) -> Invitation:
        door = settings.door()
        return Invitation(self._access(memory), self.terminal, door, self.doors.gateway)

    def _access(self, memory: Memory) -> ManageAccess:
        return ManageAccess(memory, self.doors.clock, self.doors.ids, self._letterhead())

    def _letterhead(self) -> CatalogLetterhead:
        # None of these commands puts anything on paper that would need the bot's address.
        return CatalogLetterhead(self.terminal.words, deep_link=str)
