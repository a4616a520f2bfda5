"""/start with whatever its link brings along, /trogiup, and words that fit nowhere else."""

from collections.abc import Awaitable
from dataclasses import dataclass, replace

from markupsafe import Markup

from domain.errors import Forbidden, LostRace, Missing
from domain.model.access import Role
from domain.model.delivery import ButtonFace
from domain.model.dialog import Awaited, Dialog
from domain.model.place_link import PLACE, place_code
from domain.model.roster import ROSTER_ROLES
from handlers.matter_papers import MATTER
from handlers.poll_papers import COMMENT, VOTE
from handlers.telegram.access import AccessDoor
from handlers.telegram.calendar import CalendarDoor
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.conferences import ConferencesDoor
from handlers.telegram.correct_case import CorrectCaseDoor
from handlers.telegram.enclose import TAKES_FILES, EncloseDoor
from handlers.telegram.invitations import HALL
from handlers.telegram.materials import MaterialsDoor
from handlers.telegram.matters import MattersDoor
from handlers.telegram.menu import first_commands, set_own_menu
from handlers.telegram.opinion_pictures import OpinionPicturesDoor
from handlers.telegram.opinion_points import OpinionPointsDoor
from handlers.telegram.own_cases import MINE, MORE, OwnCasesDoor
from handlers.telegram.polls import PollsDoor
from handlers.telegram.questions import drop_question, open_question
from handlers.telegram.replies import OPINION, REPLY, RepliesDoor
from handlers.telegram.residents import CORRECT, ResidentsDoor
from handlers.telegram.review import ReviewDoor
from handlers.telegram.rights import RIGHT, RightsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.sessions import SessionsDoor
from handlers.telegram.speak import Speak
from handlers.telegram.triage import TriageDoor
from handlers.telegram.turn import Turn
from handlers.telegram.units import UnitsDoor

INVITE, CASE = "inv_", "case_"
"""What a link may bring along, beside a place and what other doors name."""


@dataclass(frozen=True, slots=True)
class StartDoor:
    """The first door, and the last one (bắt đầu, trợ giúp)."""

    rooms: Rooms
    speak: Speak
    compose: ComposeDoor
    review: ReviewDoor
    triage: TriageDoor
    access: AccessDoor
    residents: ResidentsDoor
    calendar: CalendarDoor
    sessions: SessionsDoor
    units: UnitsDoor
    conferences: ConferencesDoor
    materials: MaterialsDoor
    polls: PollsDoor
    enclose: EncloseDoor
    replies: RepliesDoor
    pictures: OpinionPicturesDoor
    points: OpinionPointsDoor
    matters: MattersDoor

    async def start(self, turn: Turn) -> None:
        """/start, alone or from a link"""
        brought = turn.arguments
        if brought.startswith(INVITE):
            await self.access.accept(turn, brought.removeprefix(INVITE))
        elif brought.startswith((CASE, MATTER)):
            await self._from_card(turn, brought)
        elif brought.startswith((PLACE, MINE, CORRECT, RIGHT, MORE)):
            await self._of_resident(turn, brought)
        elif brought.startswith(HALL):
            await self.conferences.invitations.check_in(turn, brought.removeprefix(HALL))
        elif brought.startswith((VOTE, COMMENT)):
            await self._about_poll(turn, brought)
        elif brought in (OPINION, REPLY):
            await self._write_in(turn, brought)
        elif turn.actor.may_be_asked:
            await self.help(turn)
        else:
            await self.residents.greet(turn)

    async def _of_resident(self, turn: Turn, brought: str) -> None:
        """From a poster that names a place, from one's own cases, or from one's rights."""
        if brought.startswith(CORRECT):
            turn = replace(turn, text=f"/sua {brought.removeprefix(CORRECT)}")
            await CorrectCaseDoor(self.rooms, self.residents).correct(turn)
            return
        if brought.startswith(MINE):
            await self.residents.open_case(turn, brought.removeprefix(MINE))
        elif brought.startswith(MORE):
            await OwnCasesDoor(self.rooms, self.speak).show(turn, brought.removeprefix(MORE))
        elif brought.startswith(RIGHT):
            await RightsDoor(self.rooms, self.speak).open(turn, brought.removeprefix(RIGHT))
        else:
            await self.residents.greet(turn, place_code(brought))

    async def _from_card(self, turn: Turn, brought: str) -> None:
        """From a card to staff: the case or the matter that it is about."""
        if brought.startswith(CASE):
            await self.triage.open(turn, brought.removeprefix(CASE))
        else:
            await self.matters.open(turn, brought.removeprefix(MATTER))

    async def _about_poll(self, turn: Turn, brought: str) -> None:
        if brought.startswith(VOTE):
            await self.polls.vote(turn, brought.removeprefix(VOTE))
        else:
            await self.polls.comment(turn, brought.removeprefix(COMMENT))

    async def _write_in(self, turn: Turn, brought: str) -> None:
        if brought == REPLY:
            await self.replies.open(turn)
        else:
            await self.residents.begin(replace(turn, text=""))

    async def help(self, turn: Turn) -> None:
        """/trogiup: what this person can do here, by role."""
        words = self.rooms.words
        roles = sorted({grant.role for grant in turn.actor.grants if grant.role in ROSTER_ROLES})
        parts = [self._part(role, turn.language) for role in roles]
        parts.append(words.html("help.resident", turn.language))
        name = turn.person.name if turn.person else ""
        hello = words.html("help.hello_staff", turn.language, name=name) if roles else ""
        await self.speak.show(turn, Markup("\n\n").join(part for part in [hello, *parts] if part))
        if roles:
            await set_own_menu(self.rooms, turn.who.chat, roles)

    async def words(self, turn: Turn) -> None:
        """Plain words in private: an answer to what was asked, else an opinion."""
        dialog = open_question(turn)
        if dialog is None:
            await self._no_question(turn)
            return
        await self._while_it_stands(turn, self._answer(turn, dialog))

    async def _while_it_stands(self, turn: Turn, answering: Awaitable[None]) -> None:
        """Whatever answers a question that nobody can answer any more ends it."""
        try:
            await answering
        except (Forbidden, LostRace, Missing):
            await drop_question(self.rooms, turn)
            raise

    async def _answer(self, turn: Turn, dialog: Dialog) -> None:
        match dialog.awaited:
            case Awaited.RETURN_REASON:
                await self.review.take_reason(turn, dialog)
            case Awaited.REVIEW_NOTE:
                await self.review.take_note(turn, dialog)
            case (
                Awaited.ANSWER_TEXT
                | Awaited.TEMPLATE_BODY
                | Awaited.CASE_QUESTION
                | Awaited.CASE_REFUSAL
                | Awaited.CASE_REFERRAL
                | Awaited.LETTER_REASON
                | Awaited.CASE_NOTE
                | Awaited.MATTER_TITLE
            ):
                await self._answer_about_case(turn, dialog)
            case Awaited.OFFICE_DAY:
                await self.calendar.take_day(turn)
            case Awaited.GROUP_DECISION:
                await self.access.take_decision(turn)
            case (
                Awaited.MONTHLY_PLAN
                | Awaited.DEPUTY_TERM
                | Awaited.LETTER_TEMPLATE
                | Awaited.LABEL
                | Awaited.POPULATION
                | Awaited.COMMENDATION
                | Awaited.GROUP_TAGS
            ):
                await self.units.take_words(turn, dialog)
            case (
                Awaited.SESSION_NOTE
                | Awaited.FORM_FIELD
                | Awaited.SESSION_ANSWER
                | Awaited.CONFERENCE
                | Awaited.MATERIAL
            ):
                await self._answer_from_the_field(turn, dialog)
            case _:
                await self._write(turn, dialog)

    async def _answer_about_case(self, turn: Turn, dialog: Dialog) -> None:
        if dialog.awaited is Awaited.MATTER_TITLE:
            await self.matters.take_title(turn, dialog)
        else:
            await self.triage.take_words(turn, dialog)

    async def _write(self, turn: Turn, dialog: Dialog) -> None:
        """Words for a draft, or about what goes along with it."""
        if dialog.awaited in (Awaited.BULLETIN_MEDIA, Awaited.BULLETIN_ALT):
            await self.enclose.take_words(turn, dialog)
        else:
            await self.compose.take_words(turn, dialog)

    async def _answer_from_the_field(self, turn: Turn, dialog: Dialog) -> None:
        match dialog.awaited:
            case Awaited.SESSION_NOTE:
                await self.sessions.confirming.take_note(turn, dialog)
            case Awaited.FORM_FIELD:
                await self.sessions.changing.take_field(turn)
            case Awaited.MATERIAL:
                await self.materials.take_words(turn, dialog)
            case Awaited.CONFERENCE:
                await self.conferences.take_words(turn, dialog)
            case _:
                await self.sessions.take_words(turn, dialog)

    async def in_group(self, turn: Turn) -> None:
        """Words or a command said to the bot in a group: a reply to a bulletin is taken there,
        all else is answered where nobody listens.
        """
        if await self.replies.take(turn) or not self.speak.may_answer_in(turn.chat):
            return
        turn = await self.replies.in_its_language(turn)
        if turn.text.startswith("/start") and turn.arguments.startswith(INVITE):
            await self.access.refuse_in_public(turn)
            return
        key = "errors.faceless" if turn.faceless else "start.in_group"
        await self.speak.reply(turn, key, ((self._private(turn.language),),))

    async def point(self, turn: Turn) -> None:
        """A point on the map: where a session was, or what an opinion is about."""
        dialog = open_question(turn)
        if dialog and (dialog.awaited, dialog.note) == (Awaited.SESSION_ANSWER, "place"):
            await self.sessions.take_point(turn, dialog)
        elif dialog is None and self._may_add_pictures(turn):
            await self.points.take(turn)
        else:
            await self.unreadable(turn)

    async def file(self, turn: Turn) -> None:
        """A picture, a recording, a paper: it may belong to a session, material, a bulletin or an
        opinion.
        """
        dialog, file = open_question(turn), turn.file
        if file and dialog and dialog.awaited is Awaited.MATERIAL:
            await self._while_it_stands(turn, self.materials.take_file(turn, dialog, file))
        elif file and dialog and dialog.awaited is Awaited.SESSION_ANSWER:
            await self._while_it_stands(turn, self.sessions.media.take(turn, dialog, file))
        elif file and dialog and dialog.awaited in TAKES_FILES:
            await self._while_it_stands(turn, self.enclose.take(turn, dialog, file))
        elif file and dialog is None and self._may_add_pictures(turn):
            await self.pictures.take(turn, file)
        else:
            await self.unreadable(turn)

    async def unreadable(self, turn: Turn) -> None:
        """A sticker, or a file that belongs to nothing: not taken, and said so."""
        key = "intake.only_pictures" if self._may_add_pictures(turn) else "start.text_only"
        await self.speak.reply(turn, key)

    async def unknown_command(self, turn: Turn) -> None:
        await self.speak.reply(turn, "start.unknown_command")

    async def _no_question(self, turn: Turn) -> None:
        """A resident's words are an opinion; staff first say that they speak as one."""
        if self._writes_in(turn):
            await self.residents.take_words(turn)
        else:
            roles = {grant.role for grant in turn.actor.grants}
            own = first_commands(self.rooms, roles, turn.language)
            await self.speak.reply(turn, "start.staff_words", own=own)

    def _may_add_pictures(self, turn: Turn) -> bool:
        """Whoever is registered has sent it too late, or to no purpose, unless they write in."""
        return turn.person is None or turn.known.draft is not None

    def _writes_in(self, turn: Turn) -> bool:
        """Whether what is sent is an opinion; of staff only once they have said so."""
        return not turn.actor.is_staff or turn.known.draft is not None

    def _part(self, role: Role, language: str) -> Markup:
        return self.rooms.words.html(f"help.{role}", language)

    def _private(self, language: str) -> ButtonFace:
        link = self.rooms.gateway.deep_link(OPINION)
        return ButtonFace(self.rooms.words.text("button.write_privately", language), url=link)
