"""The author's door to material: piece by piece, in the chat, with its file."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.model.button import Button
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Dialog
from domain.model.handout import LARGEST
from domain.model.material import MaterialKind
from domain.usecases.material_screen import (
    AUDIENCE,
    BEGIN,
    DISCARD,
    DRAFT,
    DROP_PAIR,
    EDIT,
    FIELD,
    KIND,
    LEAVE,
    MINUTES,
    PLACES,
    SUBMIT,
    MaterialScreen,
)
from handlers.faces import face, one_a_row, paired, shortened, told_apart
from handlers.material_pages import material_page, material_pairs
from handlers.telegram.incoming import FileKind, Incoming
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

TITLE = 40
"""Of a draft on its button."""
NAMELESS = "tai-lieu"


@dataclass(frozen=True, slots=True)
class WriteMaterialDoor:
    """Writing material in the chat (soạn tài liệu tuyên truyền)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons, by the action that their rows name."""
        chosen = (FIELD, MINUTES, AUDIENCE, LEAVE, DROP_PAIR)
        return {
            BEGIN: self.begin,
            KIND: self.start,
            DRAFT: self.open,
            EDIT: self.edit,
            PLACES: self.turn_page,
            **dict.fromkeys(chosen, self.choose),
            SUBMIT: self.submit,
            DISCARD: self.discard,
        }

    async def begin(self, turn: Turn, _: Button) -> None:
        begun = await self.rooms.write_material.begin(turn.actor, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        unfinished = tuple(
            (ButtonFace(f"✏️ {shortened(draft.body.title, TITLE)}", press=way.id),)
            for draft, way in begun.unfinished
        )
        rows = (*one_a_row(self.rooms.words, begun.kinds, turn.language), *unfinished)
        await self.speak.reply(turn, "material.ask_kind", rows)

    async def start(self, turn: Turn, button: Button) -> None:
        kind = MaterialKind(button.choice)
        screen = await self.rooms.write_material.start(turn.actor, kind, turn.cause)
        name = self.rooms.words.text(f"material_kind.{kind}", turn.language)
        await self.speak.close_press(turn, "compose.chosen", choice=name)
        await self._show(turn, screen)

    async def open(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.write_material.open(turn.actor, button.subject, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def edit(self, turn: Turn, button: Button) -> None:
        ask = self.rooms.write_material.ask
        screen = await ask(turn.actor, button, button.choice, turn.cause)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def turn_page(self, turn: Turn, button: Button) -> None:
        ask, page = self.rooms.write_material.ask, int(button.choice)
        screen = await ask(turn.actor, button, "audience", turn.cause, page)
        await self.rooms.gateway.acknowledge(turn.press_id)
        await self._show(turn, screen)

    async def choose(self, turn: Turn, button: Button) -> None:
        screen = await self.rooms.write_material.choose(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "compose.chosen", choice=self._chosen(screen, button))
        await self._show(turn, screen)

    async def submit(self, turn: Turn, button: Button) -> None:
        names = await self.rooms.review_material.submit(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "compose.submitted_note")
        listed = self.rooms.words.listed(names, turn.language)
        await self.speak.reply(turn, "material.submitted", names=listed)

    async def discard(self, turn: Turn, button: Button) -> None:
        await self.rooms.write_material.discard(turn.actor, button, turn.cause)
        await self.speak.close_press(turn, "material.discarded")

    async def take_words(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message that answers what was asked."""
        about = (dialog.subject, dialog.note, turn.text)
        await self._show(turn, await self.rooms.write_material.type(turn.actor, *about, turn.cause))

    async def take_file(self, turn: Turn, dialog: Dialog, file: Incoming) -> None:
        """A document or a picture while a draft is open."""
        if file.size > LARGEST:
            raise Refusal("file.too_large", limit=LARGEST // 1024 // 1024)
        if file.kind not in (FileKind.PHOTO, FileKind.DOCUMENT):
            raise Refusal("material.not_taken")
        name = "" if file.kind is FileKind.PHOTO else file.name or NAMELESS
        add = self.rooms.attach_handout.add_file
        screen = await add(turn.actor, dialog.subject, file.id, name, turn.cause)
        key = "material.file_kept_alone" if file.has_words else "material.file_kept"
        kept = screen.body.handout
        await self.speak.reply(turn, key, name=kept.name if kept else "")
        await self._show(turn, screen)

    async def _show(self, turn: Turn, screen: MaterialScreen) -> None:
        """The question that is open; else all of it as its readers will see it, and a panel."""
        words, rows = self.rooms.words, self._rows(turn, screen)
        if screen.asked:
            known = len(screen.body.pairs) if screen.asked == "pairs" else 0
            if known:
                await self.speak.reply(turn, "material.ask_more_pairs", rows, count=known)
            else:
                await self.speak.reply(turn, f"material.ask_{screen.asked}", rows)
            return
        page = material_page(words, screen.body, turn.language)
        await self.speak.show(turn, page, is_guarded=True)
        limit = self.rooms.gateway.capabilities.text_limit
        for some in material_pairs(words, screen.body.pairs, turn.language, limit):
            await self.speak.show(turn, some, is_guarded=True)
        proofs = self.rooms.letterhead.material_proof_cards(screen.body, screen.misprints)
        for proof in proofs:
            await self.speak.show(turn, proof.markup, is_guarded=True)
        await self.speak.reply(turn, "material.panel", rows, audience=screen.audience.name)

    def _rows(self, turn: Turn, screen: MaterialScreen) -> ButtonRows:
        """Submitting and throwing away on rows of their own, all others two by two."""
        names = told_apart(screen.places)
        faces = [(b.action, self._face(turn, b, names)) for b in screen.buttons]
        alone = {SUBMIT, DISCARD}
        first = tuple((one,) for action, one in faces if action == SUBMIT)
        last = tuple((one,) for action, one in faces if action == DISCARD)
        return (*first, *paired(one for action, one in faces if action not in alone), *last)

    def _face(self, turn: Turn, button: Button, names: dict[str, str]) -> ButtonFace:
        if button.action == AUDIENCE:
            return ButtonFace(names.get(button.choice, ""), press=button.id)
        if button.action in (FIELD, MINUTES):
            return ButtonFace(self._choice(button, turn.language), press=button.id)
        return face(self.rooms.words, button, turn.language)

    def _choice(self, button: Button, language: str) -> str:
        words = self.rooms.words
        if button.action == MINUTES:
            return words.text("material.minutes", language, count=int(button.choice))
        return words.text(f"field.{button.choice}", language)

    def _chosen(self, screen: MaterialScreen, button: Button) -> str:
        """What was chosen, by its name."""
        if button.action == AUDIENCE:
            return screen.audience.name
        if button.action in (FIELD, MINUTES):
            return self._choice(button, "vi")
        return face(self.rooms.words, button).label
