"""What a staffer is offered on a case: the usual moves first, all others one press further."""

from dataclasses import dataclass

from domain.model.access import Actor, Permission
from domain.model.mute import OWN_WORDS, top_of
from domain.model.opinion import OPEN_CASES, Opinion, OpinionState
from domain.model.unit import Lineage

Moves = tuple[Permission, ...]


@dataclass(frozen=True, slots=True)
class CaseMenu:
    """Moves on one case, on two levels (các việc có thể làm)."""

    usual: Moves = ()
    further: Moves = ()


_UNTAKEN = CaseMenu(
    (Permission.OPINION_TAKE, Permission.OPINION_ASSIGN),
    (Permission.OPINION_FORWARD, Permission.OPINION_MERGE),
)
_JOINED = CaseMenu((Permission.OPINION_SET_APART,))
_OWN = {
    OpinionState.IN_PROGRESS: CaseMenu(
        (Permission.OPINION_ANSWER, Permission.OPINION_ASK_BACK),
        (
            Permission.OPINION_ASSIGN,
            Permission.OPINION_GIVE_BACK,
            Permission.OPINION_FORWARD,
            Permission.OPINION_REFER,
            Permission.OPINION_DECLINE,
            Permission.OPINION_MERGE,
        ),
    ),
    OpinionState.MORE_INFO_ASKED: CaseMenu((Permission.OPINION_TAKE, Permission.OPINION_ASSIGN)),
    OpinionState.ANSWERED: CaseMenu((Permission.OPINION_CLOSE,)),
}
_FREE = {
    OpinionState.NEW: _UNTAKEN,
    OpinionState.RECEIVED: _UNTAKEN,
    OpinionState.FORWARDED: _UNTAKEN,
    OpinionState.IN_PROGRESS: _UNTAKEN,
    OpinionState.MORE_INFO_ASKED: CaseMenu((Permission.OPINION_TAKE, Permission.OPINION_ASSIGN)),
    OpinionState.ANSWERED: CaseMenu((Permission.OPINION_CLOSE,)),
    OpinionState.DUPLICATE_OF: _JOINED,
}
_ANOTHERS = {
    OpinionState.IN_PROGRESS: CaseMenu(
        (Permission.OPINION_ASSIGN,), (Permission.OPINION_FORWARD, Permission.OPINION_MERGE)
    ),
    OpinionState.MORE_INFO_ASKED: CaseMenu((Permission.OPINION_ASSIGN,)),
}
"""Of what a colleague has in hand; only for whoever may take it from them."""

_WHOEVER_HAS_IT = (Permission.OPINION_ALARM,)
_OF_ITS_WRITER = (Permission.OPINION_MUTE,)
_OF_ITS_MUTED_WRITER = (Permission.OPINION_MUTE, Permission.OPINION_UNMUTE)
_MAY_BE_URGENT = OPEN_CASES | {OpinionState.DUPLICATE_OF}


def menu_for(actor: Actor, lineage: Lineage, opinion: Opinion) -> CaseMenu:
    """The moves that are open to this staffer now; one whom the table forgets may do nothing."""
    if opinion.owner_id is None:
        menus = _FREE
    elif opinion.owner_id == actor.id:
        menus = _OWN
    else:
        menus = _ANOTHERS if actor.may(Permission.OPINION_REASSIGN, lineage) else {}
    menu = menus.get(opinion.state, CaseMenu())
    further = (*menu.further, *_WHOEVER_HAS_IT) if opinion.state in _MAY_BE_URGENT else menu.further
    if opinion.state in OPEN_CASES:
        further += (Permission.MATTER_GATHER,)
    if opinion.text:
        further += (Permission.OPINION_NOTE, Permission.OPINION_LABEL)
    if opinion.handle and opinion.source in OWN_WORDS:
        of_writer = _OF_ITS_MUTED_WRITER if opinion.muted_until else _OF_ITS_WRITER
        further += _may(actor, top_of(lineage), of_writer)
    return CaseMenu(_may(actor, lineage, menu.usual), _may(actor, lineage, further))


def _may(actor: Actor, lineage: Lineage, moves: Moves) -> Moves:
    return tuple(move for move in moves if actor.may(move, lineage))
