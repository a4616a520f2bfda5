"""The door to a unit's groups, behind /donvi: what each is, in which language, with which tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from domain.model.button import Button
from domain.model.chat import Chat, ChatState, GroupKind, GroupLine
from domain.model.delivery import ButtonFace, ButtonRows
from domain.model.dialog import Dialog
from domain.usecases.describe_group import (
    KIND,
    LANGUAGE,
    LIST,
    ON_A_PAGE,
    SHOW,
    UNIT,
    DescribeGroup,
    GroupPage,
    GroupsPage,
)
from handlers.faces import label, paired, shortened
from handlers.telegram.presses import Route
from handlers.telegram.rooms import Rooms
from handlers.telegram.speak import Speak
from handlers.telegram.turn import Turn

LONGEST_LABEL = 40
ASKED = {
    "group:ask_kind": "groups.ask_kind",
    "group:ask_language": "groups.ask_language",
    "group:ask_tags": "groups.ask_tags",
}


@dataclass(frozen=True, slots=True)
class GroupsDoor:
    """The unit's groups in the chat (nhóm của đơn vị)."""

    rooms: Rooms
    speak: Speak

    def presses(self) -> dict[str, Route]:
        """The buttons on these pages; each page takes the place of the one before."""
        chosen = ("group:kind", "group:language", "group:no_tags")
        return {
            "group:list": self.list_groups,
            "group:show": self.show_group,
            **dict.fromkeys(ASKED, self.ask),
            **dict.fromkeys(chosen, self.choose),
        }

    async def list_groups(self, turn: Turn, button: Button) -> None:
        page = await self._use.list_groups(turn.actor, button, turn.cause)
        key = "groups.list" if page.lines else "groups.none"
        lines = [self._line(turn, line) for line in page.lines]
        said = self._words(
            turn,
            key,
            unit=page.unit.name,
            count=page.count,
            part=self._part(turn, page) if page.count > len(lines) else "",
            lines=Markup("\n\n").join(lines),
        )
        titles = {line.chat.id: line.chat.title for line in page.lines}
        await self.speak.turn_page(turn, said, self._list_rows(turn, page, titles))

    def _part(self, turn: Turn, page: GroupsPage) -> Markup:
        """Which of them are shown, where not all are."""
        first = page.page * ON_A_PAGE + 1
        last = first + len(page.lines) - 1
        return self._words(turn, "groups.part", first=first, last=last)

    async def show_group(self, turn: Turn, button: Button) -> None:
        chat_id, home = button.choice or button.subject, button.subject
        page = await self._use.show_group(turn.actor, chat_id, turn.cause, home)
        await self.speak.turn_page(turn, self._group(turn, page), self._rows(turn, page.buttons))

    async def ask(self, turn: Turn, button: Button) -> None:
        page = await self._use.ask(turn.actor, button, turn.cause)
        said = self._words(turn, ASKED[button.action], title=page.chat.title)
        await self.speak.turn_page(turn, said, self._rows(turn, page.buttons))

    async def choose(self, turn: Turn, button: Button) -> None:
        page = await self._use.choose(turn.actor, button, turn.cause)
        await self.speak.turn_page(turn, self._group(turn, page), self._rows(turn, page.buttons))

    async def take_tags(self, turn: Turn, dialog: Dialog) -> None:
        """A plain message: the tags, parted by commas."""
        page = await self._use.set_tags(
            turn.actor, dialog.subject, turn.text, turn.cause, dialog.note
        )
        await self.speak.show(turn, self._group(turn, page), self._rows(turn, page.buttons))

    async def introduce(self, turn: Turn, chat: Chat) -> None:
        """Right after a group was bound: what it is, until somebody says otherwise."""
        page = await self._use.show_group(turn.actor, chat.id)
        await self.speak.show(turn, self._group(turn, page), self._rows(turn, page.buttons))

    def _group(self, turn: Turn, page: GroupPage) -> Markup:
        chat, words = page.chat, self.rooms.words
        none = words.text("groups.no_tags", turn.language)
        return self._words(
            turn,
            "groups.group",
            title=chat.title,
            unit=page.unit.name,
            kind=words.text(f"group_kind.{chat.kind}", turn.language),
            spoken=words.text(f"group_language.{chat.language}", turn.language),
            tags=", ".join(chat.tags) or none,
            decision=chat.decision,
            bound=words.date(chat.bound_at, turn.language),
            stands=self._stands(turn, page.line),
        )

    def _line(self, turn: Turn, line: GroupLine) -> Markup:
        words, chat = self.rooms.words, line.chat
        said = [
            words.text(f"group_kind.{chat.kind}", turn.language),
            words.text(f"group_language.{chat.language}", turn.language),
            *(f"#{tag}" for tag in chat.tags),
        ]
        return self._words(
            turn,
            "groups.line",
            title=shortened(chat.title, LONGEST_LABEL),
            said=" · ".join(said),
            stands=self._stands(turn, line),
        )

    def _stands(self, turn: Turn, line: GroupLine) -> Markup:
        """Whether it can be written to, and when something last arrived."""
        words = self.rooms.words
        if line.chat.state is ChatState.LOST:
            return self._words(turn, "groups.silenced" if line.silenced else "groups.lost")
        if line.last_sent_at is None:
            return self._words(turn, "groups.nothing_yet")
        return self._words(
            turn, "groups.last_message", when=words.moment(line.last_sent_at, turn.language)
        )

    def _list_rows(self, turn: Turn, page: GroupsPage, titles: dict[str, str]) -> ButtonRows:
        shown = [b for b in page.buttons if b.action == SHOW]
        turned = [b for b in page.buttons if b.action == LIST]
        back = [b for b in page.buttons if b.action == UNIT]
        faces = [ButtonFace(shortened(titles[b.choice], LONGEST_LABEL), press=b.id) for b in shown]
        ways = [ButtonFace(label(self.rooms.words, b, turn.language), press=b.id) for b in turned]
        home = self.rooms.words.text("button.group_unit", turn.language)
        return (
            *((face,) for face in faces),
            *((tuple(ways),) if ways else ()),
            *((ButtonFace(home, press=b.id),) for b in back),
        )

    def _rows(self, turn: Turn, buttons: Sequence[Button]) -> ButtonRows:
        return paired(ButtonFace(self._label(turn, button), press=button.id) for button in buttons)

    def _label(self, turn: Turn, button: Button) -> str:
        """A kind and a language are called what they are called everywhere."""
        words = self.rooms.words
        match button.action:
            case action if action == KIND:
                return words.text(f"group_kind.{GroupKind(button.choice)}", turn.language)
            case action if action == LANGUAGE:
                return words.text(f"group_language.{button.choice}", turn.language)
            case action if action == SHOW:
                return words.text("button.group_back", turn.language)
            case action if action == LIST:
                return words.text("button.group_list_0", turn.language)
            case _:
                return label(words, button, turn.language)

    def _words(self, turn: Turn, key: str, **values: object) -> Markup:
        return self.rooms.words.html(key, turn.language, **values)

    @property
    def _use(self) -> DescribeGroup:
        return DescribeGroup(self.rooms.memory, self.rooms.clock, self.rooms.ids)
