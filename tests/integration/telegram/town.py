"""Everybody who writes in at one time, and staff who answer each of them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from domain.model.opinion import Opinion
from domain.model.sending import Done
from tests.integration.storage.cast import GIANG, WARD
from tests.integration.telegram.canary import Canary
from tests.integration.telegram.house import House, Json
from tests.integration.usecases.office import Office, actor, private
from tests.integration.usecases.story import take, write_answer
from tests.integration.usecases.voices import listening

SOME = 20
"""Of so many people one speaks as well, and another attaches a place."""
PREFERRED = (
    "intake:file",
    "intake:unit",
    "intake:field",
    "intake:kind",
    "voice:agree",
    "intake:agree",
)
"""What is pressed wherever it is offered, the furthest step first."""
MOST_STEPS = 12
FAR_NUMBERS = 10**8
"""Of what staff do: no number of an update that came in."""
AT_ONCE = 50
"""Sends in one round."""


@dataclass
class Town:
    """Everybody who writes in, and what the channel was given for them."""

    house: House
    people: list[Canary]
    shown: dict[str, list[str]] = field(default_factory=dict)
    """By chat: the buttons of what came last, and all that was ever said there."""
    said: dict[str, list[str]] = field(default_factory=dict)
    handed: list[bytes] = field(default_factory=list)
    """Every file that was put into a chat, with its name."""

    @property
    def speakers(self) -> list[Canary]:
        return self.people[1::SOME]

    @property
    def placed(self) -> list[Canary]:
        return self.people[2::SOME]

    @property
    def office(self) -> Office:
        return self.house.office

    def look(self) -> None:
        """Take note of what was sent since, and put the list aside."""
        for call in self.office.gateway.calls:
            faces = [face.press for row in call.payload.buttons for face in row if face.press]
            self.said.setdefault(call.chat, []).append(call.payload.markup)
            if call.file:
                self.handed.append(call.file.name.encode() + call.file.content)
            if faces:
                self.shown[call.chat] = faces
        self.office.gateway.calls.clear()

    async def hear(self, updates: Iterable[Json]) -> None:
        """The real way in: raw bytes, read as the webhook reads them, into the inbox and on."""
        received = []
        for update in updates:
            numbered = {"update_id": next(self.house.numbers)} | update
            read = self.house.rooms.updates.read(json.dumps(numbered).encode())
            received += [read] if read else []
        await self.house.inlet.keep(received)
        await self.house.handle_all()
        self.look()

    async def press_on(self) -> bool:
        """Everybody presses what brings their opinion further; whether anybody could."""
        stored = self.office.sql("SELECT id, action, choice FROM button WHERE used_at IS NULL")
        known = {button: (action, choice) for button, action, choice in stored}
        wishes = [(who, self._wish(who, known)) for who in self.people]
        pressed = [who.presses(wish) for who, wish in wishes if wish]
        await self.hear(pressed)
        return bool(pressed)

    def _wish(self, who: Canary, known: dict[str, tuple[str, str]]) -> str | None:
        there = [(one, *known[one]) for one in self.shown.get(str(who.account), ()) if one in known]
        ranked = sorted(
            (PREFERRED.index(action), choice != WARD.id, button)
            for button, action, choice in there
            if action in PREFERRED
        )
        return ranked[0][2] if ranked else None

    async def write_in(self) -> None:
        await self.hear(who.says(f"Việc số {who.number:05}: đèn hỏng.", 1) for who in self.people)
        await self.hear(who.contact for who in self.people)
        self.office.gateway.files |= {who.file: who.recording for who in self.speakers}
        await self.hear(who.voice for who in self.speakers)
        await self.hear(who.place for who in self.placed)
        for _ in range(MOST_STEPS):
            if not await self.press_on():
                break
        await self.send_all()
        self.look()

    async def send_all(self) -> None:
        """The sender's loop, however much is in line."""
        deliver, done, taken = self.office.deliver, list[Done](), 1
        while taken:
            claims = await deliver.go_round(done, AT_ONCE)
            done, taken = [await deliver.send(one) for one in claims.claimed], claims.taken

    async def answer_all(self) -> None:
        """Giang reads and answers each; her answer names what it is about."""
        self.office.updates = FAR_NUMBERS
        for (opinion_id,) in self.office.sql("SELECT id FROM opinion ORDER BY id"):
            async with self.office.file.begin() as work:
                opinion = await work.opinions.get(opinion_id)
            taken = await take(self.office, opinion)
            await self._look_along(taken)
            about = opinion.text.partition(":")[0]
            button = await write_answer(self.office, taken, f"Đã xong {about.lower()}.")
            await self.office.answer.send_answer(actor(GIANG), button, self.office.cause())
            await self.office.send_all()
            self.look()

    async def _look_along(self, opinion: Opinion) -> None:
        """Giang listens to the recording, and has the place shown."""
        opening = listening(self.office)
        looks = {"opinion:listen": opening.open_voice, "opinion:point": opening.open_point}
        is_there = {"opinion:listen": bool(opinion.voice), "opinion:point": opinion.has_point}
        for action in (action for action in looks if is_there[action]):
            button = await self.office.button(private(GIANG), action)
            await looks[action](actor(GIANG), button, self.office.cause())
