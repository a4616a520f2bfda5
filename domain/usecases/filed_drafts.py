"""What a file says as a draft, with everything that the rules say against it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.errors import Refusal
from domain.model.bulletin import Bulletin, Draft
from domain.model.capabilities import Capabilities, limit_for
from domain.model.imported_bulletin import BulletinFlaw, FiledBulletin
from domain.model.poll import Poll, flaws_by_language
from domain.model.reach import EVERYBODY, Reach, read_tags
from domain.model.text import folded_name
from domain.model.typed_poll import closing
from domain.model.typed_schedule import Typed, read_schedule
from domain.model.unit import Unit
from domain.model.version import FIRST_LANGUAGE
from domain.ports import Letterhead, Work
from domain.usecases.drafting import preview_of, require_possible, require_short

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


@dataclass(slots=True)
class FiledDrafts:
    """Drafts of one unit, read from files (bản nháp từ tệp)."""

    work: Work
    letterhead: Letterhead
    capabilities: Capabilities
    unit: Unit
    now: datetime
    flaws: list[BulletinFlaw] = field(default_factory=list)

    async def read(self, filed: FiledBulletin, bulletin: Bulletin, was: Draft | None) -> Draft:
        """The draft as the file has it; what the rules say against it is among the flaws."""
        draft = await self._draft(filed, bulletin, was)
        await self._check(filed, bulletin, draft)
        return draft

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
            attachments=filed.attachments,
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
        if not self.capabilities.polls:
            self._fault(filed, "poll", Refusal("poll.channel_has_none"))
        if draft.recurrence is not None:
            self._fault(filed, "poll", Refusal("poll.goes_out_once"))
        for language, why in flaws_by_language(draft.poll, draft.send_at or self.now):
            self._fault(filed, OF_POLL.get(why.key, "options"), why, language)

    async def _check(self, filed: FiledBulletin, bulletin: Bulletin, draft: Draft) -> None:
        with self._noting(filed, "send_at"):
            await require_possible(self.work, replace(draft, poll=None), self.now)
        self._check_poll(filed, draft)
        room = self.capabilities.text_limit
        with self._noting(filed, "pictures"):
            room = limit_for(draft, self.capabilities)
        preview = await preview_of(self.work, self.letterhead, bulletin, draft, self.now, room)
        for language in preview.pages:
            if unfit := preview.unfit(language):
                self._fault(filed, "text", unfit, language)
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
