"""Bulletins come in from files: as somebody's drafts, all of them or none; never approved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinState, Draft
from domain.model.capabilities import Capabilities
from domain.model.imported_bulletin import (
    CHANGING,
    Fate,
    FiledBulletin,
    ImportedBulletin,
    Intake,
    Taken,
)
from domain.model.text import folded_name
from domain.model.unit import Unit
from domain.ports import Letterhead, Memory, Work
from domain.usecases.drafting import preview_of
from domain.usecases.filed_drafts import FiledDrafts

OVER = (BulletinState.SENT, BulletinState.WITHDRAWN, BulletinState.EXPIRED)
"""A file that has changed since becomes a new bulletin."""


@dataclass(frozen=True, slots=True)
class ImportBulletins:
    """Taking over bulletins from files (nhập bản tin)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    capabilities: Capabilities

    async def look(
        self, actor: Actor, unit_code: str, name: str, filed: Sequence[FiledBulletin]
    ) -> Intake:
        """What an import would do; it does nothing."""
        async with self.memory.begin() as work:
            return await self._take_all(work, actor, unit_code, name, filed)

    async def import_bulletins(
        self,
        actor: Actor,
        unit_code: str,
        name: str,
        filed: Sequence[FiledBulletin],
        contents: Mapping[str, bytes],
    ) -> Intake:
        """Make them drafts of whoever has this name; with a flaw nothing of it stays.

        `contents` are the files that go along, by their hash.
        """
        async with self.memory.begin() as work:
            intake = await self._take_all(work, actor, unit_code, name, filed)
            if not intake.flaws and not intake.changes_nothing:
                for sha256 in intake.files:
                    await work.bulletin_media.keep(sha256, contents[sha256], self.clock.now())
                await work.commit()
        return intake

    async def _take_all(
        self, work: Work, actor: Actor, unit_code: str, name: str, filed: Sequence[FiledBulletin]
    ) -> Intake:
        """All of it, up to the commit, so that a look sees what the import would refuse."""
        unit = await (work.units.by_code(unit_code) if unit_code else work.units.root())
        if unit is None:
            raise Refusal("cli.bulletins_no_unit", code=unit_code)
        lineage = await work.units.lineage(unit.id)
        actor.require(Permission.BULLETIN_IMPORT, lineage)
        writers = await work.people.holding(Permission.BULLETIN_COMPOSE, lineage)
        author = _author(writers, name, unit)
        drafts = FiledDrafts(work, self.letterhead, self.capabilities, unit, self.clock.now())
        desk = _Desk(work, actor, author, drafts, self.ids)
        for one in filed:
            await desk.take(one)
        return Intake(author, unit, tuple(desk.taken), tuple(drafts.flaws))


def _author(writers: Sequence[Person], name: str, unit: Unit) -> Person:
    """The one who writes for the unit under this name or id, or the only one who does."""
    wanted = folded_name(name)
    named = [
        one for one in writers if not name or name == one.id or folded_name(one.name) == wanted
    ]
    if len(named) == 1:
        return named[0]
    if not writers:
        raise Refusal("cli.bulletins_no_author", unit=unit.name)
    names = ", ".join(f"{one.name} ({one.id})" for one in named or writers)
    key = "which_author" if named else "not_an_author"
    raise Refusal(f"cli.bulletins_{key}", name=name, unit=unit.name, names=names)


@dataclass(slots=True)
class _Desk:
    """One author's desk while files are laid on it."""

    work: Work
    actor: Actor
    author: Person
    drafts: FiledDrafts
    ids: Ids
    taken: list[Taken] = field(default_factory=list)

    async def take(self, filed: FiledBulletin) -> None:
        known = await self.work.imported_bulletins.of(self.author.id, filed.name)
        if known is not None:
            bulletin = await self.work.bulletins.get(known.bulletin_id)
            present = await self.work.bulletins.draft(known.bulletin_id)
            fate = _fate(filed, known, bulletin, present)
            if fate not in CHANGING:
                await self._note(filed, fate, present)
                return
            if fate is Fate.CHANGED:
                await self._write(filed, bulletin, present)
                return
        unit_id, author_id = self.drafts.unit.id, self.author.id
        bulletin = Bulletin(self.ids.new(), unit_id, author_id, BulletinState.DRAFT, 0)
        await self._write(filed, bulletin, None)

    async def _write(self, filed: FiledBulletin, bulletin: Bulletin, was: Draft | None) -> None:
        """The draft as the file has it, unless a rule says no: then what it says is noted."""
        before = len(self.drafts.flaws)
        draft = await self.drafts.read(filed, bulletin, was)
        if len(self.drafts.flaws) > before:
            return
        if was is None:
            await self.work.bulletins.add(bulletin, draft)
        else:
            await self.work.bulletins.save_draft(draft)
        await self.work.imported_bulletins.keep(
            ImportedBulletin(self.author.id, filed.name, bulletin.id, filed.hash, draft.version)
        )
        action, note = Permission.BULLETIN_IMPORT, f"{filed.name} {self.author.id} {filed.hash}"
        event = AuditEvent(self.drafts.now, self.actor.id, action, bulletin.id, note)
        await self.work.audit.append(event)
        await self._note(filed, Fate.CHANGED if was else Fate.NEW, draft)

    async def _note(self, filed: FiledBulletin, fate: Fate, draft: Draft) -> None:
        bulletin = await self.work.bulletins.get(draft.bulletin_id)
        letterhead, now = self.drafts.letterhead, self.drafts.now
        preview = await preview_of(self.work, letterhead, bulletin, draft, now)
        self.taken.append(Taken(filed, fate, draft, preview.audience, len(preview.chats)))


def _fate(
    filed: FiledBulletin, known: ImportedBulletin, bulletin: Bulletin, present: Draft
) -> Fate:
    """What becomes of a file that was imported before."""
    if filed.hash == known.hash:
        return Fate.SAME
    if bulletin.state in OVER:
        return Fate.NEW
    if bulletin.state is not BulletinState.DRAFT:
        return Fate.HANDED_IN
    return Fate.CHANGED if present.version == known.version else Fate.WRITTEN_ON
