"""One's own sessions in words: the month, and the list of what was handed in."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from content.catalog import LOCAL_TIME, Words
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.own_sessions import OwnPage, Thanks
from domain.model.session import OutreachSession, SessionState
from domain.usecases.list_own_sessions import OPEN, HistoryPage
from handlers.activities import month_shown
from handlers.commendations import thanks_line
from handlers.faces import face, paired, shortened
from handlers.session_pages import draft_name

EXCERPT = 60
MARKS = {
    SessionState.CONFIRMED: "✅",
    SessionState.SUBMITTED: "⏳",
    SessionState.RETURNED: "↩️",
}


def own_page(words: Words, page: OwnPage, language: str) -> Markup:
    """This month beside the plan."""
    this = page.this
    expected = words.html("own.no_plan", language)
    if page.planned_at is not None:
        said = {"sessions": this.expected, "unit": page.planned_at.name}
        expected = words.html("own.plan", language, **said)
    month = words.html(
        "own.page",
        language,
        month=month_shown(this.first_on),
        sessions=this.count.sessions,
        plan=expected,
        waiting=this.count.waiting,
        returned=page.returned,
        people=this.count.people,
        questions=page.questions.raised,
        answered=page.questions.answered,
    )
    if page.attended:
        month += "\n" + words.html("own.attended", language, count=page.attended)
    if not page.thanks:
        return month
    return Markup("\n\n").join([month, thanks_page(words, page.thanks, language)])


def thanks_page(words: Words, thanks: Sequence[Thanks], language: str) -> Markup:
    """Good words, one below the other."""
    lines = [thanks_line(words, one, language) for one in thanks]
    return Markup("\n").join([words.html("commendation.own", language), *lines])


def history_page(words: Words, page: HistoryPage, language: str) -> Markup:
    """The sessions of one page, month by month."""
    if not page.sessions:
        return words.html("own.nothing_yet" if page.number == 0 else "own.no_more", language)
    parts = [words.html("own.history", language, page=page.number + 1)]
    for month, sessions in groupby(page.sessions, _month):
        lines = [_line(words, one, language) for one in sessions]
        parts.append(Markup("\n").join([Markup("<b>{}</b>").format(month), *lines]))
    parts.append(words.html("own.marks", language))
    return Markup("\n\n").join(parts)


def history_rows(words: Words, page: HistoryPage, language: str) -> ButtonRows:
    """Each session by its name, then the pages around."""
    buttons = page.buttons
    named = {one.id: _named(words, one, language) for one in page.sessions}
    into = [(ButtonFace(named[b.choice], press=b.id),) for b in buttons if b.action == OPEN]
    around = paired(face(words, b, language) for b in buttons if b.action != OPEN)
    return (*into, *around)


def _month(session: OutreachSession) -> str:
    start = session.start_at or session.begun_at
    return month_shown(start.astimezone(LOCAL_TIME).date())


def _named(words: Words, session: OutreachSession, language: str) -> str:
    return f"{MARKS[session.state]} {draft_name(words, session, language)}"


def _line(words: Words, session: OutreachSession, language: str) -> Markup:
    return words.html(
        "own.line",
        language,
        session=shortened(_named(words, session, language), EXCERPT),
        people=session.number("people"),
    )
