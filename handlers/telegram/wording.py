"""What an author types for a bulletin: its words in a language, with their formatting."""

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.button import Button
from domain.model.dialog import Awaited, Dialog
from domain.model.marks import marks_of
from domain.model.version import FIRST_LANGUAGE, TRANSLATIONS, read_version
from domain.usecases.drafting import Preview
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn


@dataclass(frozen=True, slots=True)
class Wording:
    """Taking in words and languages (nội dung, các bản ngôn ngữ)."""

    rooms: Rooms
    speak: Speak

    async def take(self, turn: Turn, dialog: Dialog) -> Preview:
        """A title, or a whole message as a version; formatting that is left out is named."""
        if dialog.awaited is Awaited.BULLETIN_TITLE:
            return await self.rooms.compose.change_draft(
                turn.actor, dialog.subject, turn.cause, title=turn.text
            )
        is_version = dialog.awaited is Awaited.BULLETIN_VERSION
        marks, dropped = marks_of(turn.text, turn.entities)
        version = read_version(dialog.note if is_version else FIRST_LANGUAGE, turn.text, marks)
        preview = await self.rooms.write_version.write(
            turn.actor, dialog.subject, version, turn.cause
        )
        if dropped:
            await self.speak.reply(turn, "compose.formatting_dropped", kinds=self._named(dropped))
        return preview

    async def remove(self, turn: Turn, button: Button) -> Preview:
        preview = await self.rooms.write_version.remove(turn.actor, button, turn.cause)
        name = self.rooms.words.text(f"language.{button.choice}")
        await self.speak.close_press(turn, "compose.version_removed", name=name)
        return preview

    def _named(self, dropped: tuple[str, ...]) -> str:
        words = self.rooms.words
        keys = [f"formatting.{name}" for name in dropped]
        known = [key if key in words.keys else "formatting.other" for key in keys]
        return words.listed(words.text(key) for key in dict.fromkeys(known))


def version_lines(words: Words, preview: Preview) -> Markup:
    """How long it is in each language and how many groups get that; which languages are missing."""
    readers, lengths = preview.readers, preview.lengths
    without = Counter(chat.language for chat in preview.chats if chat.language not in lengths)
    lines = [
        words.html(
            "compose.version",
            name=words.text(f"language.{language}"),
            length=length,
            limit=preview.limit,
            count=readers[language],
        )
        for language, length in lengths.items()
    ]
    for language in TRANSLATIONS:
        if language not in lengths:
            key = "compose.no_version" if without[language] else "compose.no_version_needed"
            name = words.text(f"language.{language}")
            lines.append(words.html(key, name=name, count=without[language]))
    return Markup("\n").join(lines)
