"""The author's door: /soan, the panel of a draft, and the plain messages that fill it."""

from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import BulletinClass, Field, Misfire
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Awaited, Dialog
from domain.model.reach import Audience
from domain.model.series import read_series
from domain.model.typed_poll import read_poll
from domain.model.typed_schedule import read_schedule
from domain.model.version import FIRST_LANGUAGE
from domain.usecases.compose import Question
from domain.usecases.drafting import Preview
from handlers.audiences import recipients
from handlers.faces import capitalised, face, label, paired, shortened, told_apart
from handlers.poll_papers import beside
from handlers.schedules import span, talking_points, when
from handlers.telegram.pick_bulletin import PickBulletinDoor
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn
from handlers.telegram.wording import Wording, version_lines

EXCERPT = 40
"""Of a draft on its button."""
PANEL_EXCERPT = 120


@dataclass(frozen=True, slots=True)
class ComposeDoor:
    """Writing bulletins in the chat (soạn bản tin)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        return {
            "compose:open": self.open,
            "compose:edit": self.edit,
            "compose:page": self.turn_page,
            "compose:field": self.choose_field,
            "compose:class": self.choose_class,
            "compose:audience": self.choose_audience,
            "compose:now": self.send_at_once,
            "compose:no_points": self.leave_out_points,
            "compose:no_version": self.remove_version,
            "compose:weekly": self.repeat,
            "compose:good_for": self.choose_good_for,
            "compose:misfire": self.choose_misfire,
            "compose:on_holiday": self.choose_holiday,
            "compose:submit": self.submit,
            "compose:discard": self.discard,
            **PickBulletinDoor(self.rooms, self.speak, self.show).presses(),
        }

    async def start(self, turn: Turn) -> None:
        """/soan"""
        preview = await self.rooms.compose.start_bulletin(turn.actor, turn.cause)
        await self.show(turn, preview)

    async def open(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.preview_bulletin(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        notes = await self.rooms.note_review.beside_draft(turn.actor, button.subject)
        if notes is not None:
            await self.speak.show(turn, notes.markup)
        await self.show(turn, preview)

    async def edit(self, turn: Turn, button: Button) -> None:
        question = await self.rooms.compose.ask_field(
            turn.actor, button.subject, button.choice, turn.cause
        )
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._ask(turn, question)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        question = await self.rooms.compose.ask_field(
            turn.actor, button.subject, "audience", turn.cause, page=int(button.choice)
        )
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._ask(turn, question)

    async def choose_field(self, turn: Turn, button: Button) -> None:
        chosen = Field(button.choice)
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, field=chosen
        )
        name = self.rooms.words.text(f"field.{chosen}")
        await self.speak.close_press(turn, "compose.chosen", choice=name)
        await self.show(turn, preview)

    async def choose_class(self, turn: Turn, button: Button) -> None:
        chosen = BulletinClass(button.choice)
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, bulletin_class=chosen
        )
        name = self.rooms.words.text(f"class.{chosen}")
        await self.speak.close_press(turn, "compose.chosen", choice=name)
        await self.show(turn, preview)

    async def choose_audience(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, audience_unit_id=button.choice
        )
        await self.speak.close_press(turn, "compose.chosen", choice=preview.audience.name)
        await self.show(turn, preview)

    async def leave_out_points(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, talking_points=""
        )
        await self.speak.close_press(turn, "compose.no_points")
        await self.show(turn, preview)

    async def remove_version(self, turn: Turn, button: Button) -> None:
        await self.show(turn, await Wording(self.rooms, self.speak).remove(turn, button))

    async def send_at_once(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, send_at=None, recurrence=None
        )
        at_once = self.rooms.words.text("compose.at_once")
        await self.speak.close_press(turn, "compose.chosen", choice=at_once)
        await self.show(turn, preview)

    async def repeat(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.set_time.repeat_weekly(turn.actor, button, turn.cause)
        await self.speak.close_press(
            turn, "compose.chosen", choice=when(self.rooms.words, preview.draft)
        )
        await self.show(turn, preview)

    async def choose_good_for(self, turn: Turn, button: Button) -> None:
        hours = timedelta(hours=int(button.choice))
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, good_for=hours
        )
        await self.speak.close_press(turn, "compose.chosen", choice=span(self.rooms.words, hours))
        await self.show(turn, preview)

    async def choose_misfire(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.compose.change_by_button(
            turn.actor, button, turn.cause, misfire=Misfire(button.choice)
        )
        await self.speak.close_press(
            turn, "compose.chosen", choice=self.rooms.words.text(f"misfire.{button.choice}")
        )
        await self.show(turn, preview)

    async def choose_holiday(self, turn: Turn, button: Button) -> None:
        preview = await self.rooms.set_time.choose_holiday_rule(turn.actor, button, turn.cause)
        name = self.rooms.words.text(f"holiday_rule.{button.choice}")
        await self.speak.close_press(turn, "compose.chosen", choice=name)
        await self.show(turn, preview)

    async def submit(self, turn: Turn, button: Button) -> None:
        submission = await self.rooms.submit.submit_by_button(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "compose.submitted_note")
        rows = tuple((face(self.rooms.words, b),) for b in submission.buttons)
        names = self.rooms.words.listed(submission.approvers)
        await self.speak.reply(turn, "compose.submitted", rows, names=names)

    async def discard(self, turn: Turn, button: Button) -> None:
        await self.rooms.compose.discard_bulletin(turn.actor, button.subject, turn.cause)
        await self.speak.close_press(turn, "compose.discarded")

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message that answers what the bot asked about a draft."""
        in_series = dialog.awaited is Awaited.BULLETIN_SERIES
        change = self._placed if in_series else self._changed
        await self.show(turn, await change(turn, dialog))

    async def _placed(self, turn: Turn, dialog: Dialog) -> Preview:
        """Which part of which series it is, as somebody typed it."""
        series = read_series(turn.text)
        change = self.rooms.compose.change_draft
        return await change(turn.actor, dialog.subject, turn.cause, series=series)

    async def _changed(self, turn: Turn, dialog: Dialog) -> Preview:
        change, draft = self.rooms.compose.change_draft, dialog.subject
        match dialog.awaited:
            case Awaited.BULLETIN_BODY:
                return await change(turn.actor, draft, turn.cause, issuing_body=turn.text)
            case Awaited.BULLETIN_SOURCE:
                return await change(turn.actor, draft, turn.cause, source=turn.text)
            case Awaited.BULLETIN_POINTS:
                return await change(turn.actor, draft, turn.cause, talking_points=turn.text)
            case Awaited.BULLETIN_POLL:
                poll = read_poll(turn.text, self.rooms.clock.now())
                return await change(turn.actor, draft, turn.cause, poll=poll)
            case Awaited.BULLETIN_TIME:
                typed = read_schedule(turn.text, self.rooms.clock.now())
                preview = await change(
                    turn.actor,
                    draft,
                    turn.cause,
                    send_at=typed.moment,
                    recurrence=typed.recurrence,
                )
                if typed.usual_time:
                    await self.speak.reply(turn, "schedule.usual_time")
                return preview
            case Awaited.BULLETIN_EXPIRY:
                return await self.rooms.set_time.type_expiry(
                    turn.actor, draft, turn.text, turn.cause
                )
            case _:
                return await Wording(self.rooms, self.speak).take(turn, dialog)

    async def _ask(self, turn: Turn, question: Question) -> None:
        names = told_apart(question.places)
        faces = [self._face(button, names) for button in question.buttons]
        await self.speak.reply(turn, f"compose.ask_{question.field}", tuple((f,) for f in faces))

    def _face(self, button: Button, names: dict[str, str]) -> ButtonFace:
        """A choice under its own name: a field's, a class's or a place's."""
        words = self.rooms.words
        match button.action:
            case "compose:field":
                return ButtonFace(words.text(f"field.{button.choice}"), press=button.id)
            case "compose:class":
                return ButtonFace(words.text(f"class.{button.choice}"), press=button.id)
            case "compose:good_for":
                hours = timedelta(hours=int(button.choice))
                return ButtonFace(span(words, hours), press=button.id)
            case "compose:misfire":
                rule = words.text(f"misfire.{button.choice}")
                return ButtonFace(capitalised(rule), press=button.id)
            case "compose:on_holiday":
                rule = words.text(f"holiday_rule.{button.choice}")
                return ButtonFace(capitalised(rule), press=button.id)
            case "compose:audience":
                return ButtonFace(names.get(button.choice, ""), press=button.id)
            case _:
                return ButtonFace(label(words, button), press=button.id)

    async def show(self, turn: Turn, preview: Preview) -> None:
        """The next question while something is missing; else the page, and a panel below it."""
        if preview.missing:
            rows = (*self._others(preview), *self._rows(preview.buttons))
            await self.speak.reply(turn, f"compose.ask_{preview.missing[0]}", rows)
            return
        for points in talking_points(self.rooms.words, preview.draft):
            await self.speak.show(turn, points)
        for language, page in preview.pages.items():
            await self._show_page(turn, preview, language, page)
        for proof in self.rooms.letterhead.proof_cards(preview.draft, preview.misprints):
            await self.speak.show(turn, proof.markup)
        await self.speak.show(turn, panel(self.rooms.words, preview), self._rows(preview.buttons))

    async def _show_page(self, turn: Turn, preview: Preview, language: str, page: str) -> None:
        """As it will look; of one that the channel would not take only why."""
        if unfit := preview.unfit(language):
            await self.speak.reply(turn, unfit.key, (), **unfit.values)
        elif preview.draft.attachments and language == FIRST_LANGUAGE:
            files = await self.rooms.open_files.of_draft(turn.actor, preview.draft.bulletin_id)
            await self.speak.show_files(turn, files, page)
        else:
            await self.speak.show(turn, page)

    def _others(self, preview: Preview) -> ButtonRows:
        """Unfinished drafts by their first words."""
        return tuple(
            (ButtonFace(f"✏️ {shortened(draft.heading, EXCERPT)}", press=button.id),)
            for draft, button in preview.others
        )

    def _rows(self, buttons: tuple[Button, ...]) -> ButtonRows:
        """Submit and discard on rows of their own, the rest two by two where they fit."""
        faces = [
            (b.action in ("compose:submit", "compose:discard"), self._face(b, {})) for b in buttons
        ]
        wide = [(f,) for alone, f in faces if alone]
        narrow = [f for alone, f in faces if not alone]
        return (*wide[:-1], *paired(narrow), *wide[-1:])


def panel(words: Words, preview: Preview) -> Markup:
    """What stands below the page: all that the groups do not see of a draft."""
    draft = preview.draft
    audience = Audience.of(preview.chats, preview.left_out, preview.met)
    return words.html(
        "compose.panel",
        excerpt=shortened(draft.heading, PANEL_EXCERPT),
        field=words.text(f"field.{draft.field}"),
        bulletin_class=words.text(f"class.{draft.bulletin_class}"),
        audience=preview.audience.name,
        versions=version_lines(words, preview),
        conditions=beside(words, draft, preview.fires),
        count=len(preview.chats),
        chats=recipients(words, draft, audience, counts_languages=False),
    )
