"""Conferences on paper: what those who are called get, and what their supervisor sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from content.catalog import LOCAL_TIME, Words
from domain.model.button import Button
from domain.model.conference import Conference, ConferenceState, Notice
from domain.model.delivery import ButtonRows, Payload
from domain.model.guest import Turnout
from domain.model.unit import Unit
from domain.usecases.answer_invitation import InvitationView
from domain.usecases.conference_screen import ConferenceView
from handlers.faces import face, paired, shortened

ON_A_LINE = 60


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class ConferencePapers:
    """The part of the letterhead that is about conferences (hội nghị, tập huấn)."""

    words: Words

    def conference_card(
        self,
        notice: Notice,
        conference: Conference,
        unit: Unit,
        buttons: Sequence[Button],
        language: str,
    ) -> Payload:
        about = facts(self.words, conference, language)
        by = unit.issuing_body or unit.name
        key = f"conference_notice.{notice}"
        card = self.words.html(key, language, unit=by, facts=about)
        return Payload(card, faces(self.words, buttons, language))

    def material_card(
        self, conference: Conference, unit: Unit, text: str, language: str
    ) -> Payload:
        card = self.words.html(
            "conference.material",
            language,
            unit=unit.issuing_body or unit.name,
            title=conference.title,
            text=text,
        )
        return Payload(card)


def faces(words: Words, buttons: Sequence[Button], language: str) -> ButtonRows:
    return paired(face(words, button, language) for button in buttons)


def facts(words: Words, conference: Conference, language: str) -> Markup:
    """What it is, from when to when, and where; as much of it as is known."""
    lines = [_headline(words, conference, language)]
    if conference.start_at is not None and conference.minutes:
        when = words.moment(conference.begins, language)
        until = _until(words, conference, language)
        lines.append(words.html("conference.fact_time", language, when=when, until=until))
    if conference.place:
        lines.append(words.html("conference.fact_place", language, place=conference.place))
    if conference.note:
        lines.append(words.html("conference.fact_note", language, note=conference.note))
    return Markup("\n").join(lines)


def invitation(words: Words, view: InvitationView, language: str) -> Markup:
    """What somebody is called to, and their answer."""
    by = view.unit.issuing_body or view.unit.name
    about = facts(words, view.conference, language)
    key = f"conference_reply.{view.guest.reply or 'none'}"
    answer = words.html("conference_reply.came" if view.guest.came else key, language)
    return words.html("conference.invitation", language, unit=by, facts=about, answer=answer)


def led_page(words: Words, view: ConferenceView, language: str) -> Markup:
    """The whole of it, for its supervisor."""
    conference = view.conference
    about = facts(words, conference, language)
    if conference.state is ConferenceState.DRAFT:
        page = words.html(
            "conference.preview",
            language,
            unit=view.unit.name,
            facts=about,
            audience=words.text(f"conference_audience.{conference.audience}", language),
            called=view.called,
        )
        if view.away:
            page += "\n" + words.html("conference.away", language, count=view.away)
        return page
    state = words.text(f"conference_state.{conference.state}", language)
    said = {"unit": view.unit.name, "facts": about, "state": state}
    return words.html("conference.page", language, **said, **turnout(view.turnout))


def turnout(counts: Turnout) -> dict[str, object]:
    """Its figures, as sentences name them."""
    return {
        "invited": counts.invited,
        "yes": counts.yes,
        "no": counts.no,
        "silent": counts.silent,
        "came": counts.came,
    }


def line(words: Words, conference: Conference, language: str) -> Markup:
    """One of a list: its title, its time and how it stands."""
    key = "conference.line" if conference.start_at else "conference.line_untimed"
    when = words.moment(conference.start_at, language) if conference.start_at else ""
    return words.html(
        key,
        language,
        title=shortened(conference.title, ON_A_LINE) or words.text("conference.untitled", language),
        when=when,
        state=words.text(f"conference_state.{conference.state}", language),
    )


def _headline(words: Words, conference: Conference, language: str) -> Markup:
    """Its kind and its title, unless the title says the kind itself."""
    kind = words.text(f"conference_kind.{conference.kind}", language) if conference.kind else ""
    said = conference.title.casefold().startswith(kind.casefold())
    key = "conference.fact_title_alone" if said else "conference.fact_title"
    return words.html(key, language, kind=kind, title=conference.title)


def _until(words: Words, conference: Conference, language: str) -> str:
    """The hour of its end; with the day, if that is another one."""
    begins, ends = (m.astimezone(LOCAL_TIME) for m in (conference.begins, conference.ends))
    if ends.date() == begins.date() or ends - begins < timedelta(hours=12):
        return words.clock(ends, language)
    return words.moment(ends, language)
