"""The use cases of those who move cases along."""

from dataclasses import dataclass
from functools import cached_property

from domain.usecases.answer_matter import AnswerMatter
from domain.usecases.approve_letter import ApproveLetter
from domain.usecases.forward import Forward
from domain.usecases.gather_cases import GatherCases
from domain.usecases.hand_over import HandOver
from domain.usecases.join_cases import JoinCases
from domain.usecases.keep_labels import KeepLabels
from domain.usecases.keep_shown import KeepShown
from domain.usecases.keep_templates import KeepTemplates
from domain.usecases.label_case import LabelCase
from domain.usecases.note_case import NoteCase
from domain.usecases.remind_staff import RemindStaff
from domain.usecases.show_matter import ShowMatter
from domain.usecases.sound_alarm import SoundAlarm
from domain.usecases.use_template import UseTemplate
from domain.usecases.write_back import WriteBack
from handlers.telegram.field_rooms import FieldRooms


@dataclass(frozen=True)
class CaseRooms(FieldRooms):
    """The part of the rooms that is theirs (xử lý ý kiến)."""

    @cached_property
    def hand_over(self) -> HandOver:
        return HandOver(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def forward(self) -> Forward:
        return Forward(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def sound_alarm(self) -> SoundAlarm:
        return SoundAlarm(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def join_cases(self) -> JoinCases:
        return JoinCases(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def gather_cases(self) -> GatherCases:
        return GatherCases(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def show_matter(self) -> ShowMatter:
        return ShowMatter(self.memory, self.clock, self.ids)

    @cached_property
    def answer_matter(self) -> AnswerMatter:
        return AnswerMatter(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def approve_letter(self) -> ApproveLetter:
        return ApproveLetter(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def keep_templates(self) -> KeepTemplates:
        return KeepTemplates(self.memory, self.clock, self.ids)

    @cached_property
    def keep_labels(self) -> KeepLabels:
        return KeepLabels(self.memory, self.clock, self.ids)

    @cached_property
    def label_case(self) -> LabelCase:
        return LabelCase(self.memory, self.clock, self.ids)

    @cached_property
    def use_template(self) -> UseTemplate:
        return UseTemplate(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def note_case(self) -> NoteCase:
        return NoteCase(self.memory, self.clock, self.ids, self.letterhead)

    @cached_property
    def write_back(self) -> WriteBack:
        return WriteBack(self.memory, self.clock, self.ids, self.letterhead, self.times)

    @cached_property
    def keep_shown(self) -> KeepShown:
        return KeepShown(self.memory, self.clock, self.ids)

    @cached_property
    def remind_staff(self) -> RemindStaff:
        return RemindStaff(self.memory, self.clock, self.ids, self.letterhead, self.times)
