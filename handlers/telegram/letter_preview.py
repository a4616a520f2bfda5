"""A letter to a resident as its author sees it last: shown at once, and taken away again."""

from markupsafe import Markup

from domain.model.delivery import Sent
from domain.usecases.preview_letter import LetterPreview
from handlers.faces import one_a_row
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


async def show_preview(rooms: Rooms, speak: Speak, turn: Turn, preview: LetterPreview) -> None:
    """The letter with its buttons; the message does not outlive its case."""
    letter = Markup(preview.letter.markup)  # noqa: S704 - rendered and escaped by the letterhead
    said = rooms.words.html("moves.letter_preview", turn.language, letter=letter)
    shown = await speak.show(turn, said, one_a_row(rooms.words, preview.buttons))
    if isinstance(shown, Sent):
        await rooms.keep_shown.keep(turn.actor, preview.opinion.id, shown)
