"""After a poll: its result as a bulletin, and what was done about it."""

import re
from dataclasses import dataclass, replace

from domain.clock import Clock
from domain.errors import LostRace, Tampered
from domain.ids import Ids
from domain.model.access import Actor, Permission
from domain.model.audit import AuditEvent
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Bulletin, BulletinState, Draft
from domain.model.button import Button
from domain.model.frozen import FrozenText
from domain.model.text import units_over
from domain.model.version import FIRST_LANGUAGE, LONGEST_TITLE, TRANSLATIONS, Version
from domain.ports import Cause, Letterhead, Memory, Work

PUBLISH = "poll:publish"


@dataclass(frozen=True, slots=True)
class FollowPoll:
    """Drafts that follow a poll (tiếp theo thăm dò): nothing goes out without its own approval."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead

    async def start(self, actor: Actor, button: Button, cause: Cause | None) -> str:
        """A draft for the groups that were asked, with the result if that is wanted; its id."""
        async with self.memory.begin(cause) as work:
            broadcast = await work.broadcasts.get(button.subject)
            asked = await work.bulletins.get(broadcast.bulletin_id)
            lineage = await work.units.lineage(asked.unit_id)
            actor.require(Permission.BULLETIN_COMPOSE, lineage)
            if asked.state is BulletinState.WITHDRAWN:
                raise LostRace("bulletin.moved_on")
            text = await _sound(work, broadcast)
            bulletin = Bulletin(self.ids.new(), asked.unit_id, actor.id, BulletinState.DRAFT, 0)
            draft = _draft(bulletin, text)
            if button.action == PUBLISH:
                draft = await self._with_result(work, broadcast, text, draft)
                await _require_first(work, draft, actor)
            await work.bulletins.add(bulletin, draft)
            await work.buttons.use(button.id, self.clock.now())
            action = Permission.BULLETIN_COMPOSE
            event = AuditEvent(self.clock.now(), actor.id, action, bulletin.id, broadcast.id)
            await work.audit.append(event)
            await work.commit()
        return bulletin.id

    async def _with_result(
        self, work: Work, broadcast: Broadcast, text: FrozenText, draft: Draft
    ) -> Draft:
        """In each language in which it was asked, so that each group reads its own."""
        table = await work.polls.result(broadcast.id)
        if table is None:
            raise LostRace("bulletin.moved_on")
        ended = await work.polls.ended(broadcast.id)
        asked_in = text.revision.poll.words if text.revision.poll else ()
        first, *others = (
            _titled(language, self.letterhead.poll_result(text, table, ended, language))
            for language in (FIRST_LANGUAGE, *TRANSLATIONS)
            if language == FIRST_LANGUAGE or language in asked_in
        )
        return replace(draft, title=first.title, text=first.text, translations=tuple(others))


def _draft(bulletin: Bulletin, text: FrozenText) -> Draft:
    asked = text.revision
    return Draft(
        bulletin.id,
        bulletin.unit_id,
        asked.audience_unit_id,
        field=asked.field,
        issuing_body=asked.issuing_body,
        source=asked.source,
        follows=asked.id,
    )


async def _require_first(work: Work, draft: Draft, actor: Actor) -> None:
    """LostRace, naming whoever it is, if a colleague has drafted this very result."""
    for author_id, other in await work.bulletins.following(draft.follows or ""):
        if author_id != actor.id and (other.title == draft.title or other.text == draft.text):
            author = await work.people.get(author_id)
            raise LostRace("poll.drafted_already", name=author.name)


def _titled(language: str, result: str) -> Version:
    """The result's first line as the title; a question too long for that stays in the text."""
    head, _, rest = result.partition("\n\n")
    if not units_over(head, LONGEST_TITLE):
        return Version(language, head, rest)
    return Version(language, re.split("[:៖]", head, maxsplit=1)[0], result)


async def _sound(work: Work, broadcast: Broadcast) -> FrozenText:
    try:
        return await work.bulletins.frozen_text(broadcast.revision_id)
    except Tampered:
        raise LostRace("release.not_as_approved") from None
