"""The use cases of those who carry the work among people, and of whoever looks after them."""

from dataclasses import dataclass, field
from functools import cached_property

from domain.clock import Clock
from domain.ids import Ids
from domain.model.case_times import CaseTimes
from domain.ports import Gateway, Letterhead, Memory
from domain.usecases.answer_invitation import AnswerInvitation
from domain.usecases.attach_handout import AttachHandout
from domain.usecases.attach_media import AttachMedia
from domain.usecases.attend_conference import AttendConference
from domain.usecases.call_conference import CallConference
from domain.usecases.change_conference import ChangeConference
from domain.usecases.change_form import ChangeForm
from domain.usecases.commend import Commend
from domain.usecases.confirm_sessions import ConfirmSessions
from domain.usecases.fill_session import FillSession
from domain.usecases.follow_conferences import FollowConferences
from domain.usecases.list_own_sessions import ListOwnSessions
from domain.usecases.log_session import LogSession
from domain.usecases.morning_cards import MorningCards
from domain.usecases.open_media import OpenMedia
from domain.usecases.read_material import ReadMaterial
from domain.usecases.read_morning import ReadMorning
from domain.usecases.review_activity import ReviewActivity
from domain.usecases.review_material import ReviewMaterial
from domain.usecases.review_own_sessions import ReviewOwnSessions
from domain.usecases.send_conference_note import SendConferenceNote
from domain.usecases.session_digest import SessionDigest
from domain.usecases.set_monthly_plan import SetMonthlyPlan
from domain.usecases.submit_session import SubmitSession
from domain.usecases.withdraw_material import WithdrawMaterial
from domain.usecases.write_material import WriteMaterial


@dataclass(frozen=True)
class FieldRooms:
    """The part of the rooms that is theirs (công tác ở cơ sở)."""

    memory: Memory
    clock: Clock
    ids: Ids
    letterhead: Letterhead
    gateway: Gateway
    times: CaseTimes = field(default_factory=CaseTimes, kw_only=True)

    @cached_property
    def morning(self) -> ReadMorning:
        return ReadMorning(self.memory, self.clock, self.ids)

    @cached_property
    def morning_cards(self) -> MorningCards:
        return MorningCards(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def read_material(self) -> ReadMaterial:
        return ReadMaterial(self.memory, self.clock, self.ids)

    @cached_property
    def write_material(self) -> WriteMaterial:
        return WriteMaterial(self.memory, self.clock, self.ids)

    @cached_property
    def attach_handout(self) -> AttachHandout:
        return AttachHandout(self.write_material, self.gateway)

    @cached_property
    def review_material(self) -> ReviewMaterial:
        return ReviewMaterial(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def withdraw_material(self) -> WithdrawMaterial:
        return WithdrawMaterial(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def log_session(self) -> LogSession:
        return LogSession(self.memory, self.clock, self.ids)

    @cached_property
    def fill_session(self) -> FillSession:
        return FillSession(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def attach_media(self) -> AttachMedia:
        return AttachMedia(self.memory, self.clock, self.ids, self.gateway)

    @cached_property
    def open_media(self) -> OpenMedia:
        return OpenMedia(self.memory, self.clock)

    @cached_property
    def submit_session(self) -> SubmitSession:
        return SubmitSession(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def confirm_sessions(self) -> ConfirmSessions:
        return ConfirmSessions(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def session_digest(self) -> SessionDigest:
        return SessionDigest(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def activity(self) -> ReviewActivity:
        return ReviewActivity(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def own_sessions(self) -> ReviewOwnSessions:
        return ReviewOwnSessions(self.memory, self.clock, self.ids)

    @cached_property
    def own_list(self) -> ListOwnSessions:
        return ListOwnSessions(self.memory, self.clock, self.ids)

    @cached_property
    def commend(self) -> Commend:
        return Commend(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def monthly_plan(self) -> SetMonthlyPlan:
        return SetMonthlyPlan(self.memory, self.clock, self.ids)

    @cached_property
    def call_conference(self) -> CallConference:
        return CallConference(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def change_conference(self) -> ChangeConference:
        return ChangeConference(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def send_conference_note(self) -> SendConferenceNote:
        return SendConferenceNote(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def follow_conferences(self) -> FollowConferences:
        return FollowConferences(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def invitations(self) -> AnswerInvitation:
        return AnswerInvitation(self.memory, self.clock, self.ids)

    @cached_property
    def attend(self) -> AttendConference:
        return AttendConference(self.memory, self.clock, self.ids)

    @cached_property
    def change_form(self) -> ChangeForm:
        return ChangeForm(self.memory, self.clock, self.ids)
