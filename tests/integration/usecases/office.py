"""An office with everybody in it: real databases, and time and ids in the test's hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from content.catalog import Words
from domain.ids import CODE_ALPHABET
from domain.model.access import Actor, Person
from domain.model.audit import AuditEntry
from domain.model.button import Button
from domain.model.case_times import CaseTimes
from domain.model.chat import Address
from domain.model.delivery import EntryState, OutboxEntry
from domain.model.office_days import OfficeDays
from domain.model.resident import Known, Written
from domain.model.sending import Done
from domain.ports import Cause, Memory
from domain.usecases.answer import AnswerCase
from domain.usecases.answer_invitation import AnswerInvitation
from domain.usecases.answer_matter import AnswerMatter
from domain.usecases.approve_letter import ApproveLetter
from domain.usecases.attach_handout import AttachHandout
from domain.usecases.attach_media import AttachMedia
from domain.usecases.attend_conference import AttendConference
from domain.usecases.bind_group import BindGroup
from domain.usecases.call_conference import CallConference
from domain.usecases.change_conference import ChangeConference
from domain.usecases.change_form import ChangeForm
from domain.usecases.check_roster import CheckRoster
from domain.usecases.claim_replies import ClaimReplies
from domain.usecases.close_polls import ClosePolls
from domain.usecases.commend import Commend
from domain.usecases.compose import Compose
from domain.usecases.confirm_sessions import ConfirmSessions
from domain.usecases.correct import Correct
from domain.usecases.count_polls import CountPolls
from domain.usecases.deliver import Deliver
from domain.usecases.describe_opinion import DescribeOpinion
from domain.usecases.emergency import Emergency
from domain.usecases.enclose import Enclose
from domain.usecases.fill_session import FillSession
from domain.usecases.follow import Follow
from domain.usecases.follow_conferences import FollowConferences
from domain.usecases.follow_poll import FollowPoll
from domain.usecases.forward import Forward
from domain.usecases.gather_cases import GatherCases
from domain.usecases.hand_over import HandOver
from domain.usecases.hear import Hear
from domain.usecases.join_cases import JoinCases
from domain.usecases.keep_calendar import KeepCalendar
from domain.usecases.keep_labels import KeepLabels
from domain.usecases.keep_people import KeepPeople
from domain.usecases.keep_templates import KeepTemplates
from domain.usecases.label_case import LabelCase
from domain.usecases.lateness import Lateness
from domain.usecases.line_up import LineUp
from domain.usecases.list_doubts import ListDoubts
from domain.usecases.list_own_sessions import ListOwnSessions
from domain.usecases.log_session import LogSession
from domain.usecases.manage_access import ManageAccess
from domain.usecases.morning_cards import MorningCards
from domain.usecases.mute import Mute
from domain.usecases.name_deputy import NameDeputy
from domain.usecases.note_case import NoteCase
from domain.usecases.note_review import NoteReview
from domain.usecases.open_by_code import OpenByCode
from domain.usecases.open_media import OpenMedia
from domain.usecases.open_planned import OpenPlanned
from domain.usecases.purge import Purge
from domain.usecases.read_material import ReadMaterial
from domain.usecases.read_morning import ReadMorning
from domain.usecases.receive import Receive
from domain.usecases.release import Release
from domain.usecases.remind_approvers import RemindApprovers
from domain.usecases.remind_staff import RemindStaff
from domain.usecases.reply import Reply
from domain.usecases.reseal import Reseal
from domain.usecases.restore import Restore
from domain.usecases.resume import Resume
from domain.usecases.review import Review
from domain.usecases.review_activity import ReviewActivity
from domain.usecases.review_material import ReviewMaterial
from domain.usecases.review_own_sessions import ReviewOwnSessions
from domain.usecases.rights import Rights
from domain.usecases.schedule import Schedule
from domain.usecases.send_conference_note import SendConferenceNote
from domain.usecases.session_digest import SessionDigest
from domain.usecases.set_monthly_plan import SetMonthlyPlan
from domain.usecases.set_review_rule import SetReviewRule
from domain.usecases.set_time import SetTime
from domain.usecases.share_poll import SharePoll
from domain.usecases.show_matter import ShowMatter
from domain.usecases.show_plan import ShowPlan
from domain.usecases.show_queue import ShowQueue
from domain.usecases.sound_alarm import SoundAlarm
from domain.usecases.submit import Submit
from domain.usecases.submit_session import SubmitSession
from domain.usecases.take_back import TakeBack
from domain.usecases.take_reply import TakeReply
from domain.usecases.triage import Triage
from domain.usecases.use_template import UseTemplate
from domain.usecases.visit import Visit
from domain.usecases.withdraw import Withdraw
from domain.usecases.withdraw_material import WithdrawMaterial
from domain.usecases.write_back import WriteBack
from domain.usecases.write_material import WriteMaterial
from domain.usecases.write_version import WriteVersion
from handlers.letterhead import CatalogLetterhead
from storage.calendar import public_holidays
from storage.engine import make_engine
from storage.erasures import ErasureJournal
from storage.open import open_main, open_vault
from storage.unit_of_work import SqlMemory
from storage.vault.inbox import SqlInbox
from storage.vault.keys import KeyRing
from storage.vault.residents import SqlVault
from tests.databases import Databases
from tests.integration.storage.cast import BOT, EM, SENDER, CountingIds, FrozenClock
from tests.integration.usecases.gateway import RecordingGateway, deep_link

CALENDAR = OfficeDays(public_holidays())
NUMBERS = count(1)


@dataclass
class ForeseeableIds(CountingIds):
    """Ids that count, and codes that differ."""

    def code(self) -> str:
        self.made += 1
        return f"HC-7K3MQ-{_letters(self.made, '9T')}"

    def number(self) -> str:
        self.made += 1
        return f"YK-7K3{_letters(self.made, 'MQ')[0]}-{_letters(self.made, 'MQ')[1:]}"


def _letters(made: int, first: str) -> str:
    """Five letters of a code, others for each number; the first two change only after thousands."""
    size, letters, rest = len(CODE_ALPHABET), "", made
    for _ in range(3):
        rest, letter = divmod(rest, size)
        letters = CODE_ALPHABET[letter] + letters
    for start in reversed(first):
        rest, letter = divmod(rest, size)
        letters = CODE_ALPHABET[(CODE_ALPHABET.index(start) + letter) % size] + letters
    return letters


@dataclass(frozen=True)
class Premises:
    """A place for one office after the other; its engines remember their statements."""

    databases: Databases
    main: AsyncEngine
    vault: AsyncEngine

    @classmethod
    def at(cls, databases: Databases) -> "Premises":
        return cls(databases, make_engine(databases.main), make_engine(databases.vault))


@dataclass(repr=False)  # asyncio writes out what a fixture returns, each time a loop is left
class Office:
    """Every use case, on one pair of databases (cơ quan)."""

    databases: Databases
    letterhead: CatalogLetterhead
    file: SqlMemory
    vault: SqlVault
    inbox: SqlInbox
    clock: FrozenClock
    ids: ForeseeableIds
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    updates: int = 0
    crashing: Memory | None = None
    """Stands in front of the file while a test lets the process die."""

    @classmethod
    def open(cls, premises: Premises, words: Words) -> "Office":
        clock, ids = FrozenClock(), ForeseeableIds()
        keys = KeyRing(premises.databases.folder / "keys", clock)
        erasures = ErasureJournal(premises.databases.folder / "erasures", clock)
        return cls(
            premises.databases,
            CatalogLetterhead(words, deep_link),
            SqlMemory(premises.main, clock, erasures),
            SqlVault(premises.vault, keys, erasures),
            SqlInbox(premises.vault, keys, clock, ids),
            clock,
            ids,
        )

    async def close(self) -> None:
        await self.file.close()
        await self.vault.close()

    async def restart(self) -> None:
        """The process ends and starts again: only the databases are left."""
        await self.close()
        keys, erasures = (self.databases.folder / name for name in ("keys", "erasures"))
        self.file = await open_main(self.databases.main, self.clock, erasures)
        places = (self.databases.vault, keys)
        self.vault, self.inbox = await open_vault(*places, self.clock, self.ids, erasures)

    @property
    def memory(self) -> Memory:
        return self.crashing or self.file

    @property
    def times(self) -> CaseTimes:
        """Those that its letters name."""
        return self.letterhead.times

    @property
    def compose(self) -> Compose:
        return Compose(
            self.memory, self.clock, self.ids, self.letterhead, self.gateway.capabilities
        )

    @property
    def enclose(self) -> Enclose:
        return Enclose(self.memory, self.clock, self.ids, self.gateway)

    @property
    def submit(self) -> Submit:
        return Submit(self.memory, self.clock, self.ids, self.letterhead, self.gateway.capabilities)

    @property
    def review(self) -> Review:
        return Review(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def deputies(self) -> NameDeputy:
        return NameDeputy(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def note_review(self) -> NoteReview:
        return NoteReview(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def remind_approvers(self) -> RemindApprovers:
        return RemindApprovers(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def review_rules(self) -> SetReviewRule:
        return SetReviewRule(self.memory, self.clock, self.ids)

    @property
    def release(self) -> Release:
        return Release(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def resume(self) -> Resume:
        return Resume(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def withdraw(self) -> Withdraw:
        return Withdraw(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def doubts(self) -> ListDoubts:
        return ListDoubts(self.memory, self.clock, self.ids)

    @property
    def correct(self) -> Correct:
        return Correct(self.memory, self.clock, self.ids)

    @property
    def lateness(self) -> Lateness:
        return Lateness(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def calendar(self) -> KeepCalendar:
        return KeepCalendar(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def plan(self) -> ShowPlan:
        return ShowPlan(self.memory, self.clock, self.ids)

    @property
    def planned(self) -> OpenPlanned:
        return OpenPlanned(self.memory, self.clock, self.ids)

    @property
    def set_time(self) -> SetTime:
        return SetTime(self.compose)

    @property
    def write_version(self) -> WriteVersion:
        return WriteVersion(self.compose)

    @property
    def emergency(self) -> Emergency:
        return Emergency(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def activity(self) -> ReviewActivity:
        return ReviewActivity(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def own_sessions(self) -> ReviewOwnSessions:
        return ReviewOwnSessions(self.memory, self.clock, self.ids)

    @property
    def own_list(self) -> ListOwnSessions:
        return ListOwnSessions(self.memory, self.clock, self.ids)

    @property
    def commend(self) -> Commend:
        return Commend(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def monthly_plan(self) -> SetMonthlyPlan:
        return SetMonthlyPlan(self.memory, self.clock, self.ids)

    @property
    def morning(self) -> ReadMorning:
        return ReadMorning(self.memory, self.clock, self.ids)

    @property
    def morning_cards(self) -> MorningCards:
        return MorningCards(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def read_material(self) -> ReadMaterial:
        return ReadMaterial(self.memory, self.clock, self.ids)

    @property
    def write_material(self) -> WriteMaterial:
        return WriteMaterial(self.memory, self.clock, self.ids)

    @property
    def attach_handout(self) -> AttachHandout:
        return AttachHandout(self.write_material, self.gateway)

    @property
    def review_material(self) -> ReviewMaterial:
        return ReviewMaterial(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def withdraw_material(self) -> WithdrawMaterial:
        return WithdrawMaterial(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def close_polls(self) -> ClosePolls:
        return ClosePolls(self.memory, self.gateway, self.clock, SENDER)

    @property
    def count_polls(self) -> CountPolls:
        return CountPolls(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def share_poll(self) -> SharePoll:
        return SharePoll(self.memory, self.gateway, self.clock, SENDER)

    @property
    def follow_poll(self) -> FollowPoll:
        return FollowPoll(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def schedule(self) -> Schedule:
        return Schedule(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def line_up(self) -> LineUp:
        return LineUp(self.memory, self.clock)

    @property
    def deliver(self) -> Deliver:
        rooms = (self.memory, self.vault, self.gateway, self.clock, self.ids, self.letterhead)
        return Deliver(*rooms, SENDER)

    @property
    def take_back(self) -> TakeBack:
        return TakeBack(self.memory, self.gateway, self.clock, SENDER)

    @property
    def receive(self) -> Receive:
        rooms = (self.memory, self.vault, self.clock, self.ids)
        return Receive(*rooms, self.letterhead, times=self.times)

    @property
    def describe_opinion(self) -> DescribeOpinion:
        return DescribeOpinion(self.receive)

    @property
    def take_reply(self) -> TakeReply:
        rooms = (self.memory, self.vault, self.clock, self.ids)
        return TakeReply(*rooms, self.letterhead, times=self.times)

    @property
    def claim_replies(self) -> ClaimReplies:
        return ClaimReplies(self.take_reply)

    @property
    def hear(self) -> Hear:
        return Hear(self.receive)

    @property
    def queue(self) -> ShowQueue:
        return ShowQueue(self.memory, self.clock, self.ids)

    @property
    def triage(self) -> Triage:
        return Triage(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def remind_staff(self) -> RemindStaff:
        return RemindStaff(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def sound_alarm(self) -> SoundAlarm:
        return SoundAlarm(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def join_cases(self) -> JoinCases:
        return JoinCases(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def gather_cases(self) -> GatherCases:
        return GatherCases(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def show_matter(self) -> ShowMatter:
        return ShowMatter(self.memory, self.clock, self.ids)

    @property
    def answer_matter(self) -> AnswerMatter:
        return AnswerMatter(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def approve_letter(self) -> ApproveLetter:
        return ApproveLetter(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def mute(self) -> Mute:
        return Mute(self.memory, self.vault, self.clock, self.ids)

    @property
    def keep_templates(self) -> KeepTemplates:
        return KeepTemplates(self.memory, self.clock, self.ids)

    @property
    def keep_labels(self) -> KeepLabels:
        return KeepLabels(self.memory, self.clock, self.ids)

    @property
    def label_case(self) -> LabelCase:
        return LabelCase(self.memory, self.clock, self.ids)

    @property
    def use_template(self) -> UseTemplate:
        return UseTemplate(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def note_case(self) -> NoteCase:
        return NoteCase(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def write_back(self) -> WriteBack:
        return WriteBack(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def reply(self) -> Reply:
        return Reply(self.receive)

    @property
    def hand_over(self) -> HandOver:
        return HandOver(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def forward(self) -> Forward:
        return Forward(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def answer(self) -> AnswerCase:
        return AnswerCase(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def follow(self) -> Follow:
        rooms = (self.memory, self.vault, self.clock, self.ids)
        return Follow(*rooms, self.letterhead, self.times)

    @property
    def log_session(self) -> LogSession:
        return LogSession(self.memory, self.clock, self.ids)

    @property
    def fill_session(self) -> FillSession:
        return FillSession(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def attach_media(self) -> AttachMedia:
        return AttachMedia(self.memory, self.clock, self.ids, self.gateway)

    @property
    def open_media(self) -> OpenMedia:
        return OpenMedia(self.memory, self.clock)

    @property
    def submit_session(self) -> SubmitSession:
        return SubmitSession(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @property
    def confirm_sessions(self) -> ConfirmSessions:
        return ConfirmSessions(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def session_digest(self) -> SessionDigest:
        return SessionDigest(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def change_form(self) -> ChangeForm:
        return ChangeForm(self.memory, self.clock, self.ids)

    @property
    def call_conference(self) -> CallConference:
        return CallConference(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def change_conference(self) -> ChangeConference:
        return ChangeConference(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def send_conference_note(self) -> SendConferenceNote:
        return SendConferenceNote(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def follow_conferences(self) -> FollowConferences:
        return FollowConferences(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def invitations(self) -> AnswerInvitation:
        return AnswerInvitation(self.memory, self.clock, self.ids)

    @property
    def attend(self) -> AttendConference:
        return AttendConference(self.memory, self.clock, self.ids)

    @property
    def open_by_code(self) -> OpenByCode:
        return OpenByCode(self.memory, self.vault, self.clock, self.follow)

    @property
    def access(self) -> ManageAccess:
        return ManageAccess(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def roster_check(self) -> CheckRoster:
        return CheckRoster(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def staff(self) -> KeepPeople:
        return KeepPeople(self.memory, self.clock, self.ids, self.letterhead)

    @property
    def binding(self) -> BindGroup:
        return BindGroup(self.memory, self.clock, self.ids)

    @property
    def rights(self) -> Rights:
        return Rights(self.memory, self.vault, self.clock)

    @property
    def purge(self) -> Purge:
        return Purge(self.memory, self.vault, self.inbox, self.clock)

    @property
    def reseal(self) -> Reseal:
        return Reseal(self.memory, self.vault.chest, self.clock)

    @property
    def restore(self) -> Restore:
        rooms = (self.memory, self.vault, self.purge, self.clock, self.ids)
        return Restore(*rooms, self.letterhead)

    def cause(self) -> Cause:
        """The next update."""
        self.updates += 1
        return Cause(BOT, self.updates)

    async def visit(self, who: Address = EM) -> Visit:
        """The next update, by a resident."""
        return await self.visit_of(self.cause(), who)

    async def visit_of(self, cause: Cause, who: Address = EM) -> Visit:
        """This update, by a resident."""
        return Visit(who, cause, f"h{cause.update_id}", await self.known(who))

    async def known(self, who: Address = EM) -> Known:
        """What the vault knows of a resident now."""
        return await self.vault.known(who, self.clock.now())

    def words(self, key: str, **values: Any) -> str:
        """A sentence as staff read it."""
        return self.letterhead.words.text(key, **values)

    def wait(self, **span: float) -> None:
        self.clock.moment += timedelta(**span)

    async def send_all(self) -> None:
        """The sender's loop, until nothing is ready."""
        deliver, done = self.deliver, list[Done]()
        for _ in range(200):
            claims = await deliver.go_round(done, 1)
            done = [await deliver.send(claimed) for claimed in claims.claimed]
            if not claims.taken:
                return
        raise AssertionError("the sender never comes to rest")

    async def send_one(self) -> OutboxEntry:
        """The first that is ready, from its claim to its end."""
        deliver = self.deliver
        (claimed,) = (await deliver.go_round([], 1)).claimed
        await deliver.go_round([await deliver.send(claimed)], 0)
        return claimed.entry

    async def let_go(self) -> int:
        """What is due is released, and stands in line."""
        due = await self.release.release_due()
        await self.line_up.line_up_released()
        return due

    async def go_round(self) -> None:
        """Every tick of a broadcast, and the sender between them."""
        await self.let_go()
        await self.send_all()
        await self.line_up.line_up_polls()
        await self.send_all()
        await self.release.finish_settled()
        await self.schedule.plan_next()
        await self.send_all()

    async def button(self, chat: str, action: str, choice: str = "") -> Button:
        """The newest such button that was sent to a chat."""
        for call in reversed(self.gateway.shown_in(chat)):
            presses = [face.press for row in call.payload.buttons for face in row]
            async with self.file.begin() as work:
                stored = [await work.buttons.get(press) for press in presses if press]
            if found := pick([button for button in stored if button], action, choice):
                return found
        raise AssertionError(f"no {action} was sent to {chat}")

    async def states(self, kind: str = "broadcast") -> dict[str, EntryState]:
        """Where the sends of one kind stand, by destination; the newest counts."""
        newest_last = "SELECT destination, state FROM outbox WHERE origin_kind = ? ORDER BY seq"
        rows = self.sql(newest_last, kind)
        return {destination: EntryState(state) for destination, state in rows}

    async def record(self) -> tuple[AuditEntry, ...]:
        async with self.file.begin() as work:
            return await work.audit.entries()

    def sql(self, statement: str, *values: object, which: str = "main") -> list[Any]:
        """Straight into a database, past every rule of ours."""
        return self.databases.sql(statement, *values, which=which)

    def past_the_rules(self, rule: str, statement: str, *values: object) -> None:
        """Straight into main, past this rule of its own as well."""
        self.databases.past_the_rules(rule, statement, *values)


def pick(buttons: Iterable[Button], action: str, choice: str = "") -> Button | None:
    """The first button with this action, and with this choice if one is given."""
    fits = (b for b in buttons if b.action == action and choice in ("", b.choice))
    return next(fits, None)


def press(buttons: Iterable[Button], action: str, choice: str = "") -> Button:
    found = pick(buttons, action, choice)
    assert found is not None, f"no {action} among the buttons"
    return found


def message(text: str) -> Written:
    """Somebody's next message."""
    return Written(next(NUMBERS), text)


def actor(person: Person) -> Actor:
    return Actor(person.id, person.grants)


def private(person: Person) -> str:
    """The chat in which the bot talks to this person."""
    return (person.account or "").partition(":")[2]
