"""The words of a broadcast at the moment of sending, if they still are what was approved."""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from domain.errors import Missing, Tampered
from domain.model.attached import Attached
from domain.model.attachment import Attachment
from domain.model.broadcast import Broadcast, BroadcastState
from domain.model.delivery import (
    CASE_SHOWN,
    POINT_SHOWN,
    VOICE_SHOWN,
    EntryState,
    Payload,
    Rejected,
)
from domain.model.frozen import FrozenText
from domain.model.opinion_picture import as_shown
from domain.model.opinion_voice import voice_shown
from domain.model.poll import Ballot
from domain.model.poll_copy import POLL_PART
from domain.model.post_foot import FOOT_PART
from domain.model.sending import Parcel, Ready
from domain.model.template import with_choices
from domain.ports import Work

NOT_APPROVED = Rejected("words do not match their approval")
CHANGED = Rejected("words forgotten or changed")
AUDIENCES_KEPT = 8
SHORTEST_OPEN = timedelta(minutes=2)
"""A poll that was held up for longer than that leaves nobody the time to answer."""
FILES_KEPT = 40 * 1024 * 1024
"""Bytes: two bulletins with all that a channel takes."""


@dataclass(frozen=True, slots=True)
class FrozenWords:
    """Re-hashes what was approved before it is sent (băm lại)."""

    # The text is read and hashed again for every round of claims. Its groups, of which there may
    # be a hundred thousand, are read once and kept under the digest that stands in that text: what
    # is kept can only be what was approved, whatever happens to the file meanwhile.

    # Files are read and hashed for every round, too, and once for all the groups in it. Their bytes
    # are then let go for a copy that an earlier round has read, as long as both are the same: what
    # is under way from many rounds is in memory once.

    groups: OrderedDict[str, frozenset[str]] = field(default_factory=OrderedDict)
    """The groups of the latest broadcasts, by their digest."""
    files: OrderedDict[str, Attachment] = field(default_factory=OrderedDict)
    """The latest files, by their SHA-256."""

    def during(self, work: Work) -> "ThisRound":
        """For the claims of one transaction."""
        return ThisRound(work, self)

    async def includes(self, work: Work, text: FrozenText, chat_id: str) -> bool:
        """Whether this group was approved; Tampered if the groups are not those of the digest."""
        digest = text.audience.sha256
        if digest not in self.groups:
            frozen = await work.bulletins.revision(text.revision.id)
            self.groups[digest] = frozenset(frozen.chat_ids)
            while len(self.groups) > AUDIENCES_KEPT:
                self.groups.popitem(last=False)
        return chat_id in self.groups[digest]

    async def file(self, work: Work, one: Attached) -> Attachment:
        """The file, of the approved bytes; Tampered if what lies there is anything else."""
        try:
            read = one.holding(await work.bulletin_media.read(one.sha256))
        except Missing:
            raise Tampered(one.sha256) from None
        known = self.files.get(one.sha256)
        if known == read:
            return known
        self.files[one.sha256] = read
        while sum(len(file.content) for file in self.files.values()) > FILES_KEPT:
            self.files.popitem(last=False)
        return read


@dataclass(frozen=True, slots=True)
class ThisRound:
    """The broadcasts that one round of claims has to do with, each of them read once."""

    work: Work
    frozen: FrozenWords
    broadcasts: dict[str, Broadcast] = field(default_factory=dict)
    texts: dict[str, FrozenText] = field(default_factory=dict)
    files: dict[str, tuple[Attachment, ...]] = field(default_factory=dict)
    """By the revision that they go along with."""

    async def parcel(
        self, ready: Ready, now: datetime
    ) -> Parcel | EntryState | Rejected | datetime:
        """What this very group may be sent, or why not, or not before when."""
        broadcast = await self._broadcast(ready.entry.origin.id)
        if broadcast.state is not BroadcastState.RELEASED:
            return EntryState.CANCELLED
        try:
            text = await self._text(broadcast)
            if ready.quiet is not None and not text.revision.is_template:
                allowed = ready.quiet.over_at(now)
                if allowed > now:
                    return allowed
            return await self._approved(broadcast, text, ready, now)
        except Tampered:
            return NOT_APPROVED

    async def card(self, payload: Payload) -> Parcel | Rejected:
        """A card with the files that it shows, if it shows any."""
        if not payload.shows:
            return Parcel(payload)
        if payload.shows.startswith(CASE_SHOWN):
            return await self._case_shown(payload)
        if payload.shows.startswith(POINT_SHOWN):
            return await self._point_shown(payload)
        if payload.shows.startswith(VOICE_SHOWN):
            return await self._voice_shown(payload)
        try:
            text = await self.work.bulletins.frozen_text(payload.shows)
            return Parcel(payload, await self._files(text))
        except Tampered:
            return CHANGED

    async def _case_shown(self, payload: Payload) -> Parcel | Rejected:
        """The pictures of a case, unless they were erased since somebody asked for them."""
        found = await self.work.opinions.pictures(payload.shows.removeprefix(CASE_SHOWN))
        shown = tuple(as_shown(number, content) for number, content in enumerate(found, 1))
        return Parcel(payload, shown) if shown else CHANGED

    async def _point_shown(self, payload: Payload) -> Parcel | Rejected:
        """Where a case is, guarded, unless that was erased since somebody asked for it."""
        point = await self.work.opinions.point(payload.shows.removeprefix(POINT_SHOWN))
        return Parcel(replace(payload, point=point, is_guarded=True)) if point else CHANGED

    async def _voice_shown(self, payload: Payload) -> Parcel | Rejected:
        """The recording of a case, unless it was erased since somebody asked for it."""
        content = await self.work.voices.of(payload.shows.removeprefix(VOICE_SHOWN))
        return Parcel(payload, (voice_shown(content),)) if content else CHANGED

    async def _approved(
        self, broadcast: Broadcast, text: FrozenText, ready: Ready, now: datetime
    ) -> Parcel | EntryState | Rejected:
        chat_id = ready.entry.destination.removeprefix("chat:")
        same = text.hash == broadcast.revision_hash
        if not same or not await self.frozen.includes(self.work, text, chat_id):
            return NOT_APPROVED
        foot = text.foot_in(ready.language) if _in_channel(ready) else None
        below = foot.rows if foot else ()
        match ready.entry.part:
            case part if part == POLL_PART:
                ballot = _ballot(broadcast, text, ready.language, now)
                if not isinstance(ballot, Ballot):
                    return ballot
                return Parcel(replace(ballot, buttons=below))
            case part if part == FOOT_PART:
                return Parcel(Payload(foot.line, below)) if foot else NOT_APPROVED
        files = await self._files(text)
        # What is changed in place needs no link to itself; an album can have no button.
        old_link = "" if ready.entry.edits else ready.entry.old_link
        markup = text.in_language(ready.language, old_link)
        return Parcel(Payload(markup, below if len(files) <= 1 else ()), files)

    async def _files(self, text: FrozenText) -> tuple[Attachment, ...]:
        """What goes along, byte for byte as it was approved, or Tampered."""
        revision = text.revision
        if revision.id not in self.files:
            found = [await self.frozen.file(self.work, one) for one in revision.attachments]
            self.files[revision.id] = tuple(found)
        return self.files[revision.id]

    async def _broadcast(self, broadcast_id: str) -> Broadcast:
        if broadcast_id not in self.broadcasts:
            broadcast = await self.work.broadcasts.get(broadcast_id)
            if broadcast.state is not BroadcastState.RELEASED:
                # Its sends are cancelled now, which whoever lets it go on has to see, or has done.
                broadcast = await self.work.broadcasts.get_unchanging(broadcast_id)
            self.broadcasts[broadcast_id] = broadcast
        return self.broadcasts[broadcast_id]

    async def _text(self, broadcast: Broadcast) -> FrozenText:
        if broadcast.id not in self.texts:
            text = await self.work.bulletins.frozen_text(broadcast.revision_id)
            if text.revision.is_template:
                text = with_choices(text, await self.work.broadcasts.chosen(broadcast.id))
            self.texts[broadcast.id] = text
        return self.texts[broadcast.id]


def _in_channel(ready: Ready) -> bool:
    return ready.address is not None and ready.address.is_channel


def _ballot(
    broadcast: Broadcast, text: FrozenText, language: str, now: datetime
) -> Ballot | EntryState | Rejected:
    """The approved question for a group; none that would close as it opens."""
    poll = text.revision.poll
    if poll is None:
        return NOT_APPROVED
    closes_at = poll.closes(broadcast.went_out_at)
    if now + SHORTEST_OPEN > closes_at:
        return EntryState.EXPIRED
    asked_by = f"{text.revision.issuing_body}\n{text.revision.source}"
    words = poll.in_language(language)
    return Ballot(asked_by, words=words, kind=poll.kind, correct=poll.correct, closes_at=closes_at)
