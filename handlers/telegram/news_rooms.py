"""The use cases of those who write, approve and plan what the groups get."""

from dataclasses import dataclass
from functools import cached_property

from domain.usecases.compose import Compose
from domain.usecases.correct import Correct
from domain.usecases.count_polls import CountPolls
from domain.usecases.emergency import Emergency
from domain.usecases.enclose import Enclose
from domain.usecases.follow_poll import FollowPoll
from domain.usecases.keep_calendar import KeepCalendar
from domain.usecases.lateness import Lateness
from domain.usecases.line_up import LineUp
from domain.usecases.list_doubts import ListDoubts
from domain.usecases.note_review import NoteReview
from domain.usecases.open_files import OpenFiles
from domain.usecases.open_planned import OpenPlanned
from domain.usecases.pick_bulletin import PickBulletin
from domain.usecases.release import Release
from domain.usecases.remind_approvers import RemindApprovers
from domain.usecases.resume import Resume
from domain.usecases.review import Review
from domain.usecases.schedule import Schedule
from domain.usecases.set_review_rule import SetReviewRule
from domain.usecases.set_time import SetTime
from domain.usecases.show_plan import ShowPlan
from domain.usecases.submit import Submit
from domain.usecases.withdraw import Withdraw
from domain.usecases.write_version import WriteVersion
from handlers.telegram.case_rooms import CaseRooms


@dataclass(frozen=True)
class NewsRooms(CaseRooms):
    """The part of the rooms that is theirs (tin bài)."""

    @cached_property
    def compose(self) -> Compose:
        return Compose(
            self.memory, self.clock, self.ids, self.letterhead, self.gateway.capabilities
        )

    @cached_property
    def pick_bulletin(self) -> PickBulletin:
        return PickBulletin(self.compose)

    @cached_property
    def enclose(self) -> Enclose:
        return Enclose(self.memory, self.clock, self.ids, self.gateway)

    @cached_property
    def open_files(self) -> OpenFiles:
        return OpenFiles(self.memory)

    @cached_property
    def submit(self) -> Submit:
        return Submit(self.memory, self.clock, self.ids, self.letterhead, self.gateway.capabilities)

    @cached_property
    def review(self) -> Review:
        return Review(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def note_review(self) -> NoteReview:
        return NoteReview(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def remind_approvers(self) -> RemindApprovers:
        return RemindApprovers(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def review_rules(self) -> SetReviewRule:
        return SetReviewRule(self.memory, self.clock, self.ids)

    @cached_property
    def release(self) -> Release:
        return Release(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def resume(self) -> Resume:
        return Resume(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def withdraw(self) -> Withdraw:
        return Withdraw(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def doubts(self) -> ListDoubts:
        return ListDoubts(self.memory, self.clock, self.ids)

    @cached_property
    def correct(self) -> Correct:
        return Correct(self.memory, self.clock, self.ids)

    @cached_property
    def lateness(self) -> Lateness:
        return Lateness(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def calendar(self) -> KeepCalendar:
        return KeepCalendar(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def plan(self) -> ShowPlan:
        return ShowPlan(self.memory, self.clock, self.ids)

    @cached_property
    def planned(self) -> OpenPlanned:
        return OpenPlanned(self.memory, self.clock, self.ids)

    @cached_property
    def set_time(self) -> SetTime:
        return SetTime(self.compose)

    @cached_property
    def write_version(self) -> WriteVersion:
        return WriteVersion(self.compose)

    @cached_property
    def emergency(self) -> Emergency:
        return Emergency(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def schedule(self) -> Schedule:
        return Schedule(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def count_polls(self) -> CountPolls:
        return CountPolls(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def follow_poll(self) -> FollowPoll:
        return FollowPoll(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def line_up(self) -> LineUp:
        return LineUp(self.memory, self.clock)
