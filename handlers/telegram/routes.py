"""Where every update goes: one list, read from the top, and one table of buttons."""

from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    MessageHandler,
    PollHandler,
    filters,
)

from domain.errors import Refusal, Repeated
from domain.usecases.keep_seen import KeepSeen
from handlers.telegram.access import AccessDoor
from handlers.telegram.albums import Albums
from handlers.telegram.audience import AudienceDoor
from handlers.telegram.calendar import CalendarDoor
from handlers.telegram.change_form import ChangeFormDoor
from handlers.telegram.compose import ComposeDoor
from handlers.telegram.conferences import ConferencesDoor
from handlers.telegram.confirm_sessions import ConfirmSessionsDoor
from handlers.telegram.correct_case import CorrectCaseDoor
from handlers.telegram.emergency import EmergencyDoor
from handlers.telegram.enclose import EncloseDoor
from handlers.telegram.hear import HearDoor
from handlers.telegram.identify import Identify
from handlers.telegram.invitations import InvitationsDoor
from handlers.telegram.materials import MaterialsDoor
from handlers.telegram.matters import MattersDoor
from handlers.telegram.morning import MorningDoor
from handlers.telegram.opinion_pictures import OpinionPicturesDoor
from handlers.telegram.opinion_points import OpinionPointsDoor
from handlers.telegram.opinion_voices import OpinionVoicesDoor
from handlers.telegram.own_cases import OwnCasesDoor
from handlers.telegram.own_sessions import OwnSessionsDoor
from handlers.telegram.plan import PlanDoor
from handlers.telegram.polls import PollsDoor
from handlers.telegram.presses import Presses, Route
from handlers.telegram.queue import QueueDoor
from handlers.telegram.release import ReleaseDoor
from handlers.telegram.replies import PublicLine, RepliesDoor
from handlers.telegram.residents import ResidentsDoor
from handlers.telegram.retract import RetractDoor
from handlers.telegram.review import ReviewDoor
from handlers.telegram.rights import RightsDoor
from handlers.telegram.rooms import Rooms
from handlers.telegram.series import SeriesDoor
from handlers.telegram.session_media import SessionMediaDoor
from handlers.telegram.sessions import SessionsDoor
from handlers.telegram.speak import Speak
from handlers.telegram.standing import StandingDoor
from handlers.telegram.start import StartDoor
from handlers.telegram.triage import TriageDoor
from handlers.telegram.turn import Turn
from handlers.telegram.units import UnitsDoor
from handlers.telegram.walk_in import WalkInDoor

Door = Callable[[Turn], Awaitable[None]]
Handler = BaseHandler[Any, Any, Any]

PRIVATE = filters.ChatType.PRIVATE
GROUPS = filters.ChatType.GROUPS
NEW = filters.UpdateType.MESSAGE
EDITED = filters.UpdateType.EDITED_MESSAGE


@dataclass(frozen=True, slots=True)
class Doors:
    """All doors onto the same rooms."""

    start: StartDoor
    compose: ComposeDoor
    review: ReviewDoor
    release: ReleaseDoor
    plan: PlanDoor
    retract: RetractDoor
    calendar: CalendarDoor
    emergency: EmergencyDoor
    morning: MorningDoor
    hear: HearDoor
    own: OwnSessionsDoor
    triage: TriageDoor
    residents: ResidentsDoor
    rights: RightsDoor
    own_cases: OwnCasesDoor
    access: AccessDoor
    sessions: SessionsDoor
    conferences: ConferencesDoor
    units: UnitsDoor
    materials: MaterialsDoor
    polls: PollsDoor
    enclose: EncloseDoor
    replies: RepliesDoor
    pictures: OpinionPicturesDoor
    points: OpinionPointsDoor
    matters: MattersDoor


def doors_to(rooms: Rooms, speak: Speak) -> Doors:
    materials = MaterialsDoor.to(rooms, speak)
    compose, review = ComposeDoor(rooms, speak), ReviewDoor(rooms, speak, materials.reviewing)
    triage, residents = TriageDoor(rooms, speak), ResidentsDoor(rooms, speak)
    access = AccessDoor(rooms, speak)
    plan, calendar = PlanDoor(rooms, speak, compose), CalendarDoor(rooms, speak)
    deciding = (ConfirmSessionsDoor(rooms, speak), ChangeFormDoor(rooms, speak))
    sessions = SessionsDoor(rooms, speak, *deciding, SessionMediaDoor(rooms, speak, Albums(speak)))
    staff = (compose, review, triage, access)
    units, asking = UnitsDoor(rooms, speak), PollsDoor(rooms, speak, compose, residents)
    called = ConferencesDoor(rooms, speak, InvitationsDoor(rooms, speak))
    enclose = EncloseDoor(rooms, speak, compose, Albums(speak))
    replies = RepliesDoor(rooms, speak, residents, PublicLine(rooms, speak))
    places, written = (units, called, materials), (asking, enclose, replies)
    desks = (residents, calendar, sessions)
    voices = OpinionVoicesDoor(rooms, speak, residents)
    pictures = OpinionPicturesDoor(rooms, speak, residents, Albums(speak), voices)
    along = (pictures, OpinionPointsDoor(rooms, speak, residents))
    last = (*along, MattersDoor(rooms, speak, compose))
    start = StartDoor(rooms, speak, *staff, *desks, *places, *written, *last)
    release, retract = ReleaseDoor(rooms, speak), RetractDoor(rooms, speak, compose)
    news = (compose, review, release, plan, retract)
    hear, own = HearDoor(rooms, speak, residents), OwnSessionsDoor(rooms, speak)
    field = (MorningDoor(rooms, speak), hear)
    rights = RightsDoor(rooms, speak)
    desk = (calendar, EmergencyDoor(rooms, speak))
    care = (triage, residents)
    mine = (rights, OwnCasesDoor(rooms, speak))
    doors = (*news, *desk, *field, own, *care, *mine, access, sessions, called, units)
    return Doors(start, *doors, materials, asking, enclose, replies, *last)


def commands(doors: Doors) -> dict[str, Door]:
    """The commands of the private chat."""
    return {
        "start": doors.start.start,
        "trogiup": doors.start.help,
        "ngonngu": doors.rights.languages,
        "quyenriengtu": doors.rights.privacy,
        "gopy": doors.residents.begin,
        "tracuu": doors.residents.look_up,
        "ykiencuatoi": doors.own_cases.show,
        "xem": doors.rights.view,
        "sua": CorrectCaseDoor(doors.residents.rooms, doors.residents).correct,
        "xoa": doors.rights.erase,
        "rutdongy": doors.rights.withdraw,
        "soan": doors.compose.start,
        "duyet": doors.review.waiting,
        "lich": doors.plan.plan,
        "hangdoi": QueueDoor(doors.triage.rooms, doors.triage.speak).show,
        "homnay": doors.morning.today,
        "tailieu": doors.materials.reading.shelf,
        "nghe": doors.hear.begin,
        "ghiho": _desk(doors).begin,
        "ketnoi": doors.access.propose_group,
        "phien": doors.sessions.start,
        "phiencuatoi": doors.own.show,
        "hoinghi": doors.conferences.start,
        "donvi": doors.units.open,
    }


def presses(doors: Doors) -> dict[str, Route]:
    """The buttons, by the action that their rows name."""
    return {
        **doors.compose.presses(),
        **AudienceDoor(doors.compose.rooms, doors.compose.speak).presses(),
        **doors.polls.presses(),
        **SeriesDoor(doors.compose.rooms, doors.compose.speak, doors.compose).presses(),
        **doors.enclose.presses(),
        **doors.plan.presses(),
        **doors.emergency.presses(),
        **doors.calendar.presses(),
        **doors.review.presses(),
        **doors.release.presses(),
        **doors.retract.presses(),
        **doors.morning.presses(),
        **doors.hear.presses(),
        **_desk(doors).presses(),
        **doors.residents.presses(),
        **doors.replies.presses(),
        **doors.triage.presses(),
        **QueueDoor(doors.triage.rooms, doors.triage.speak).presses(),
        **doors.pictures.presses(),
        **doors.points.presses(),
        **doors.matters.presses(),
        **doors.access.presses(),
        **doors.sessions.presses(),
        **doors.own.presses(),
        **doors.conferences.presses(),
        **doors.units.presses(),
        **doors.materials.presses(),
    }


def _desk(doors: Doors) -> WalkInDoor:
    return WalkInDoor(doors.residents.rooms, doors.residents.speak, doors.residents)


@dataclass(frozen=True, slots=True)
class Reception:
    """Turns an update into a turn, leads it to its door, and words what the rules refuse."""

    identify: Identify
    speak: Speak
    seen: KeepSeen

    def to(self, door: Door) -> Callable[[Update, Any], Coroutine[Any, Any, None]]:
        async def receive(update: Update, context: object) -> None:
            turn = await self.identify(update)
            if turn.person is not None:
                await self.seen.note(turn.person)
            try:
                await door(turn)
            except Repeated:
                return
            except Refusal as refusal:
                if turn.is_private or self.speak.may_answer_in(turn.chat):
                    await self.speak.refuse(turn, refusal)

        return receive


def routes(rooms: Rooms) -> list[Handler]:
    """The list; the first that fits takes the update."""
    speak, identify = Speak(rooms), Identify(rooms)
    doors, standing = doors_to(rooms, speak), StandingDoor(identify, speak)
    to = Reception(identify, speak, KeepSeen(rooms.memory, rooms.clock)).to
    return [
        CallbackQueryHandler(to(Presses(rooms, speak, presses(doors)).press)),
        CommandHandler("ketnoi", to(_faceful(doors, doors.access.propose_group)), GROUPS & NEW),
        ChatMemberHandler(standing.changed, ChatMemberHandler.MY_CHAT_MEMBER),
        PollHandler(doors.polls.ended),
        MessageHandler(filters.StatusUpdate.MIGRATE & GROUPS, standing.moved),
        MessageHandler(filters.StatusUpdate.ALL, _nothing),
        MessageHandler(GROUPS & NEW, to(doors.start.in_group)),
        MessageHandler(GROUPS & EDITED, to(doors.replies.edited)),
        MessageHandler(GROUPS, _nothing),
        *(CommandHandler(name, to(door), PRIVATE & NEW) for name, door in commands(doors).items()),
        MessageHandler(PRIVATE & EDITED, to(doors.residents.correct)),
        MessageHandler(PRIVATE & NEW & filters.COMMAND, to(doors.start.unknown_command)),
        MessageHandler(PRIVATE & NEW & filters.TEXT, to(doors.start.words)),
        MessageHandler(PRIVATE & NEW & filters.LOCATION, to(doors.start.point)),
        MessageHandler(PRIVATE & NEW, to(doors.start.file)),
    ]


def _faceful(doors: Doors, door: Door) -> Door:
    """A door that somebody who hides behind the group or a channel is kept out of."""

    async def checked(turn: Turn) -> None:
        await (doors.start.in_group if turn.faceless else door)(turn)

    return checked


async def _nothing(update: Update, context: object) -> None:
    """Telegram's own notes: nobody expects an answer."""
