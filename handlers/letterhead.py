"""Words on paper: how everything that is owed to somebody looks, in the catalogue's words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markupsafe import Markup

from content.catalog import LANGUAGES, Words
from domain.model.access import Person, Role
from domain.model.broadcast import Broadcast
from domain.model.bulletin import Draft, Revision
from domain.model.button import Button
from domain.model.chat import Chat, ChatNews
from domain.model.delivery import ButtonFace, Payload, ReceiptLine, Tally
from domain.model.frozen import FrozenText
from domain.model.invite import Invite
from domain.model.marks import marked_up
from domain.model.post_foot import PostFoot
from domain.model.reach import Audience
from domain.model.unit import Unit
from domain.model.version import Version
from handlers.activities import ActivityPapers
from handlers.audiences import recipients
from handlers.commendations import CommendationPapers
from handlers.conference_papers import ConferencePapers
from handlers.enclosures import feet_shown, files_cards
from handlers.faces import face, one_a_row, shortened
from handlers.material_papers import MaterialPapers
from handlers.mornings import MorningPapers
from handlers.move_papers import MovePapers
from handlers.poll_papers import COMMENT, PollPapers, beside
from handlers.proofs import ProofPapers
from handlers.retractions import RetractionCards
from handlers.review_papers import ReviewPapers
from handlers.roster_papers import RosterPapers
from handlers.rosters import LONGEST_TITLE, receipts
from handlers.schedules import series_said, span, talking_points, when
from handlers.session_papers import SessionPapers

EXCERPT = 120


@dataclass(frozen=True, slots=True)
class CatalogLetterhead(
    MovePapers,
    RetractionCards,
    ReviewPapers,
    MorningPapers,
    MaterialPapers,
    SessionPapers,
    CommendationPapers,
    ConferencePapers,
    RosterPapers,
    PollPapers,
    ActivityPapers,
    ProofPapers,
):
    """The office's letterhead; staff are written to in Vietnamese, residents in their language."""

    words: Words
    deep_link: Callable[[str], str]

    def languages(self) -> tuple[str, ...]:
        return LANGUAGES

    def bulletin(self, revision: Revision, language: str) -> str:
        """The bulletin as the group gets it: who issues it, the words, the source, who sent it."""
        version = revision.in_language(language)
        page = self.words.html(
            "bulletin.page",
            version.language,
            body=revision.issuing_body,
            text=self._part_said(revision, version),
            source=revision.source,
            link=self.deep_link("gopy"),
        )
        said = version.language
        head = self.correction_head(revision, said) + self.follow_head(revision, said)
        return head + page + self.poll_note(revision, said)

    def post_foot(self, revision: Revision, language: str) -> PostFoot:
        said = revision.in_language(language).language
        start = COMMENT + revision.bulletin_id if revision.poll else "gopy"
        label = self.words.text("button.post_foot", said)
        return PostFoot(label, self.deep_link(start), self.words.text("bulletin.post_foot", said))

    def review_card(
        self,
        frozen: FrozenText,
        author: Person,
        audience: Audience,
        fires: Sequence[datetime],
        buttons: Sequence[Button],
        agreed: Person | None = None,
    ) -> tuple[Payload, ...]:
        """What is said about it, the page in each language as groups will see it, who asks."""
        total = frozen.audience.count
        frame = self.words.html(
            "review.card",
            author=author.name,
            excerpt=self._excerpt(frozen),
            field=self.words.text(f"field.{frozen.revision.field}"),
            bulletin_class=self.words.text(f"class.{frozen.revision.bulletin_class}"),
            conditions=beside(self.words, frozen.revision, fires),
            count=total,
            chats=recipients(self.words, frozen.revision, audience),
        )
        frame += self.approvals_said(frozen, agreed)
        rows = (
            tuple(face(self.words, b) for b in buttons[:2]),
            *one_a_row(self.words, buttons[2:]),
        )
        points = [Payload(one) for one in talking_points(self.words, frozen.revision)]
        pages = [Payload(frozen.in_language(one.language)) for one in frozen.revision.versions]
        pages += feet_shown(self.words, frozen)
        return *points, *pages, Payload(frame, rows)

    def files_cards(self, frozen: FrozenText) -> tuple[Payload, ...]:
        return files_cards(self.words, frozen.revision)

    def returned_card(
        self, frozen: FrozenText, approver: Person, reason: str, buttons: Sequence[Button]
    ) -> Payload:
        excerpt = self._excerpt(frozen)
        card = self.words.html(
            "review.returned", name=approver.name, reason=reason, excerpt=excerpt
        )
        return Payload(card, one_a_row(self.words, buttons))

    def approved_card(
        self, frozen: FrozenText, approver: Person, planned_at: datetime | None
    ) -> Payload:
        if planned_at is None:
            return self._card(
                "emergency.approved", name=approver.name, excerpt=self._excerpt(frozen)
            )
        return self._card(
            "review.approved",
            name=approver.name,
            when=self._first_time(frozen, planned_at),
            count=frozen.audience.count,
            excerpt=self._excerpt(frozen),
        )

    def receipts_card(
        self,
        frozen: FrozenText,
        late_by: timedelta,
        tally: Tally,
        lines: Sequence[ReceiptLine],
        buttons: Sequence[Button],
    ) -> Payload:
        shown = {line.entry_id: line.chat_title for line in lines}
        kept = [button for button in buttons if button.subject in shown]
        card = self.words.html(
            "release.receipts",
            excerpt=self._excerpt(frozen),
            sent=tally.sent,
            total=tally.total,
            lines=receipts(self.words, lines, tally.total),
            late=self._late(late_by),
            note=self.words.html("release.uncertain_note") if tally.uncertain else "",
        )
        return Payload(card.rstrip(), tuple((self._named(b, shown[b.subject]),) for b in kept))

    def tampered_card(self, planned_at: datetime, tally: Tally) -> Payload:
        """Without the words: what is stored of them cannot be trusted any more."""
        when = self.words.moment(planned_at)
        return self._card("release.tampered", when=when, sent=tally.sent)

    def audience_left_card(self, draft: Draft) -> Payload:
        return self._card("release.audience_left", heading=draft.heading)

    def expired_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        """Of what recurs, only this one time is over."""
        once = frozen.revision.recurrence is None
        key = "release.expired" if once else "release.expired_this_time"
        when = self.words.moment(planned_at)
        return self._card(key, when=when, excerpt=self._excerpt(frozen))

    def emergency_card(self, frozen: FrozenText, person: Person) -> Payload:
        excerpt, count = self._excerpt(frozen), frozen.audience.count
        return self._card("emergency.released", name=person.name, excerpt=excerpt, count=count)

    def day_off_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        when = self.words.moment(planned_at)
        return self._card("lateness.day_off", when=when, excerpt=self._excerpt(frozen))

    def skipped_card(self, frozen: FrozenText, planned_at: datetime) -> Payload:
        when = self.words.moment(planned_at)
        return self._card("lateness.skipped", when=when, excerpt=self._excerpt(frozen))

    def late_card(
        self, frozen: FrozenText, broadcast: Broadcast, buttons: Sequence[Button]
    ) -> Payload:
        card = self.words.html(
            "lateness.ask",
            when=self.words.moment(broadcast.planned_at),
            until=self.words.moment(broadcast.not_after),
            excerpt=self._excerpt(frozen),
        )
        return Payload(card, one_a_row(self.words, buttons))

    def decided_card(self, frozen: FrozenText, person: Person, goes_out: bool) -> Payload:
        key = "lateness.other_sent" if goes_out else "lateness.other_skipped"
        return self._card(key, name=person.name, excerpt=self._excerpt(frozen))

    def channel_card(self, title: str, button: Button) -> Payload:
        card = self.words.html("bind.channel_met", title=title)
        return Payload(card, one_a_row(self.words, [button]))

    def chat_card(self, chat: Chat, news: ChatNews) -> Payload:
        if chat.address.is_channel:
            return self._card(f"channel_news.{news}", title=chat.title)
        return self._card(f"chat_news.{news}", title=chat.title)

    def invite_card(
        self, invite: Invite, roles: Sequence[Role], unit: Unit, buttons: Sequence[Button]
    ) -> Payload:
        card = self.words.html(
            "access.invite_used",
            name=invite.name,
            role=self.words.listed(self.words.text(f"role.{role}") for role in roles),
            unit=unit.name,
        )
        return Payload(card, (tuple(face(self.words, button) for button in buttons),))

    def welcome_card(self, person: Person, role: Role, unit: Unit) -> Payload:
        role_name = self.words.text(f"role.{role}")
        return self._card("access.welcome", name=person.name, role=role_name, unit=unit.name)

    def possible_repeat(self, payload: Payload) -> Payload:
        warning = self.words.html("release.possible_repeat")
        return replace(payload, markup=f"{warning}\n\n{payload.markup}")

    def _card(self, key: str, **values: object) -> Payload:
        return Payload(self.words.html(key, "vi", **values))

    def _named(self, button: Button, title: str) -> ButtonFace:
        shown = face(self.words, button)
        return replace(shown, label=f"{shown.label}: {shortened(title, LONGEST_TITLE)}")

    def _first_time(self, frozen: FrozenText, planned_at: datetime) -> str:
        first = self.words.moment(planned_at)
        if frozen.revision.recurrence is None:
            return first
        rule = when(self.words, frozen.revision)
        return self.words.text("schedule.rule_and_first", rule=rule, first=first)

    def _late(self, late_by: timedelta) -> Markup:
        if not late_by:
            return Markup("")
        return "\n" + self.words.html("lateness.note", span=span(self.words, late_by))

    def _part_said(self, revision: Revision, version: Version) -> Markup:
        """Its words, with which part of a series it is above them."""
        if revision.series is None:
            return self._said(version)
        part = series_said(self.words, revision.series, version.language)
        return Markup("<i>{}</i>\n{}").format(part, self._said(version))

    def _said(self, version: Version) -> Markup:
        text = Markup(marked_up(version.text, version.marks))  # noqa: S704 - it escapes the text
        if not version.title:
            return text
        return self.words.html("bulletin.titled", title=version.title, text=text)

    def _excerpt(self, frozen: FrozenText) -> str:
        return shortened(frozen.revision.heading, EXCERPT)
