"""Bulletins come in from files: as somebody's drafts, all of them or none; never approved."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.clock import Clock
from domain.errors import Refusal
from domain.ids import Ids
from domain.model.access import Actor, Permission, Person
from domain.model.audit import AuditEvent
from domain.model.bulletin import Bulletin, BulletinState, Draft
from domain.model.capabilities import Capabilities
from domain.model.imported_bulletin import (
    CHANGING,
    BulletinFlaw,
    Fate,
    FiledBulletin,
    ImportedBulletin,
    Intake,
    Taken,
)
from domain.model.poll import Poll, flaws_by_language
from domain.model.reach import EVERYBODY, Reach, read_tags
from domain.model.text import folded_name
from domain.model.typed_poll import closing
from domain.model.typed_schedule import Typed, read_schedule
from domain.model.unit import Unit
from domain.model.version import FIRST_LANGUAGE
from domain.ports import Letterhead, Memory, Work
from domain.usecases.drafting import preview_of, require_possible, require_short

OVER = (BulletinState.SENT, BulletinState.WITHDRAWN, BulletinState.EXPIRED)
"""A file that has changed since becomes a new bulletin."""
TOO_LONG = {
    "compose.body_too_long": "issuing_body",
    "compose.source_too_long": "source",
    "compose.points_too_long": "talking_points",
    "compose.title_too_long": "title",
}
"""Which field a refusal is about, where it is not the text."""
OF_POLL = {
    "poll.no_question": "question",
    "poll.question_too_long": "question",
    "poll.explanation_too_long": "explanation",
    "poll.explanation_lines": "explanation",
    "poll.no_correct": "correct",
    "poll.only_quiz": "kind",
    "poll.closes_before_opening": "closes",
    "poll.too_short": "closes",
    "poll.too_long": "closes",
}
"""The same of its poll, where it is not the options."""


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
        self, actor: Actor, unit_code: str, name: str, filed: Sequence[FiledBulletin]
    ) -> Intake:
        """Make them drafts of whoever has this name; with a flaw nothing of it stays."""
        async with self.memory.begin() as work:
            intake = await self._take_all(work, actor, unit_code, name, filed)
            if not intake.flaws and not intake.changes_nothing:
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
        desk = _Desk(self, work, actor, author, unit, self.clock.now())
        for one in filed:
            await desk.take(one)
        return Intake(author, unit, tuple(desk.taken), tuple(desk.flaws))


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

    rooms: ImportBulletins
    work: Work
    actor: Actor
    author: Person
    unit: Unit
    now: datetime
    taken: list[Taken] = field(default_factory=list)
    flaws: list[BulletinFlaw] = field(default_factory=list)

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
        bulletin = Bulletin(
            self.rooms.ids.new(), self.unit.id, self.author.id, BulletinState.DRAFT, 0
        )
        await self._write(filed, bulletin, None)

    async def _write(self, filed: FiledBulletin, bulletin: Bulletin, was: Draft | None) -> None:
        """The draft as the file has it, unless a rule says no: then what it says is noted."""
        before = len(self.flaws)
        draft = await self._draft(filed, bulletin, was)
        await self._check(filed, bulletin, draft)
        if len(self.flaws) > before:
            return
        if was is None:
            await self.work.bulletins.add(bulletin, draft)
        else:
            await self.work.bulletins.save_draft(draft)
        await self.work.imported_bulletins.keep(
            ImportedBulletin(self.author.id, filed.name, bulletin.id, filed.hash, draft.version)
        )
        action, note = Permission.BULLETIN_IMPORT, f"{filed.name} {self.author.id} {filed.hash}"
        await self.work.audit.append(AuditEvent(self.now, self.actor.id, action, bulletin.id, note))
        await self._note(filed, Fate.CHANGED if was else Fate.NEW, draft)

    async def _draft(self, filed: FiledBulletin, bulletin: Bulletin, was: Draft | None) -> Draft:
        audience, reach, typed = self.unit, EVERYBODY, Typed()
        with self._noting(filed, "audience"):
            audience = await self._audience(filed.audience)
        with self._noting(filed, "tags"):
            reach = Reach(tags=read_tags(filed.tags))
        with self._noting(filed, "send_at"):
            typed = read_schedule(filed.send_at, self.now) if filed.send_at else Typed()
        poll = self._poll(filed)
        first, *translations = filed.versions
        return Draft(
            bulletin.id,
            self.unit.id,
            audience.id,
            title=first.title,
            text=first.text,
            marks=first.marks,
            translations=tuple(translations),
            field=filed.field,
            bulletin_class=filed.bulletin_class,
            issuing_body=filed.issuing_body or self.unit.issuing_body,
            source=filed.source,
            version=was.version + 1 if was else 1,
            send_at=typed.moment,
            recurrence=typed.recurrence,
            talking_points=filed.talking_points,
            reach=reach,
            poll=poll,
        )

    def _poll(self, filed: FiledBulletin) -> Poll | None:
        if (asked := filed.poll) is None:
            return None
        if FIRST_LANGUAGE not in asked.words:
            for language in asked.words:
                self._fault(filed, "poll", Refusal("poll.no_vietnamese"), language)
            return None
        poll = Poll(asked.words, asked.kind, asked.correct)
        try:
            return closing(poll, asked.closes, self.now) if asked.closes else poll
        except Refusal as refusal:
            why = refusal.__cause__
            if not isinstance(why, Refusal) or why.key == "moment.not_understood":
                why = Refusal("cli.bulletins_closes", typed=asked.closes)
            self._fault(filed, "closes", why)
            return poll

    def _check_poll(self, filed: FiledBulletin, draft: Draft) -> None:
        """Everything that is wrong with the poll, each flaw where it stands."""
        if draft.poll is None:
            return
        if not self.rooms.capabilities.polls:
            self._fault(filed, "poll", Refusal("poll.channel_has_none"))
        if draft.recurrence is not None:
            self._fault(filed, "poll", Refusal("poll.goes_out_once"))
        for language, why in flaws_by_language(draft.poll, draft.send_at or self.now):
            self._fault(filed, OF_POLL.get(why.key, "options"), why, language)

    async def _check(self, filed: FiledBulletin, bulletin: Bulletin, draft: Draft) -> None:
        with self._noting(filed, "send_at"):
            await require_possible(self.work, replace(draft, poll=None), self.now)
        self._check_poll(filed, draft)
        takes = self.rooms.capabilities
        room = takes.caption_limit if filed.pictures else takes.text_limit
        letterhead = self.rooms.letterhead
        preview = await preview_of(self.work, letterhead, bulletin, draft, self.now, room)
        for language, over in preview.over.items():
            why = Refusal(f"compose.too_long_{language}", over=over, limit=room)
            self._fault(filed, "text", why, language)
        for one in preview.misprints:
            if one.is_refused:
                why = Refusal(f"proof.{one.kind}", passage=one.passage, detail=one.detail)
                self._fault(filed, "text", why, one.language)
        with self._noting(filed, "text"):
            require_short(draft)

    async def _audience(self, named: str) -> Unit:
        """The unit of this name or code, among the one that writes and all below it."""
        if not named:
            return self.unit
        places, wanted = await self.work.units.subtree(self.unit.id), folded_name(named)
        found = [one for one in places if one.code == named or folded_name(one.name) == wanted]
        if len(found) == 1:
            return found[0]
        codes = ", ".join(one.code for one in found)
        key = "which_audience" if found else "no_audience"
        raise Refusal(f"cli.bulletins_{key}", name=named, unit=self.unit.name, codes=codes)

    async def _note(self, filed: FiledBulletin, fate: Fate, draft: Draft) -> None:
        bulletin = await self.work.bulletins.get(draft.bulletin_id)
        preview = await preview_of(self.work, self.rooms.letterhead, bulletin, draft, self.now)
        self.taken.append(Taken(filed, fate, draft, preview.audience, len(preview.chats)))

    @contextmanager
    def _noting(self, filed: FiledBulletin, name: str) -> Iterator[None]:
        try:
            yield
        except Refusal as why:
            self._fault(filed, TOO_LONG.get(why.key, name), why)

    def _fault(
        self, filed: FiledBulletin, name: str, why: Refusal, language: str = FIRST_LANGUAGE
    ) -> None:
        self.flaws.append(BulletinFlaw(filed.name, name, why, language))


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
