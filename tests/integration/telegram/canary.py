"""Somebody with a mark in every field of an account, and how such a mark is found again."""

import re
from dataclasses import dataclass

from tests.integration.telegram.house import Json, presses, says
from tests.unit.channels.ogg import RATE, SAMPLES, frames, recording, tags

FIRST = 7_313_000_017
STEP = 7_919
"""Account ids lie far apart: no number that counts comes by chance near one of them."""
SECONDS = 14
"""How long somebody speaks."""


@dataclass(frozen=True)
class Canary:
    """Somebody whose account can be told from every other in any byte of it (chim báo)."""

    number: int

    @property
    def account(self) -> int:
        return FIRST + self.number * STEP

    @property
    def person(self) -> Json:
        return {
            "id": self.account,
            "is_bot": False,
            "first_name": f"CanaryZq{self.number:05}",
            "last_name": f"HoangYen{self.number:05}",
            "username": f"chimzq{self.number:05}",
            "language_code": "vi",
            "is_premium": True,
        }

    @property
    def phone(self) -> str:
        return f"+84{self.own_digits}"

    @property
    def own_digits(self) -> str:
        return f"977{self.number:05}313"

    def says(self, text: str, message: int, **more: object) -> Json:
        chat = {name: self.person[name] for name in ("id", "first_name", "last_name", "username")}
        said = {"chat": chat | {"type": "private"}, "from": self.person}
        return says(text, self.account, message, **said, **more)

    def presses(self, data: str) -> Json:
        query = presses(data, self.account)
        query["callback_query"]["from"] = self.person
        return query

    @property
    def contact(self) -> Json:
        """Somebody shares their own card, telephone number and all."""
        names = {name: self.person[name] for name in ("first_name", "last_name")}
        card = names | {"phone_number": self.phone, "user_id": self.account}
        return self._sends(2, contact=card)

    @property
    def voice(self) -> Json:
        """A voice note; whoever made the file has put more into it than a phone would."""
        names = {"file_id": self.file, "file_name": f"{self.person['first_name']}.ogg"}
        told = {"file_unique_id": str(self.account), "duration": SECONDS}
        return self._sends(3, voice=names | told | {"mime_type": "audio/ogg"})

    @property
    def file(self) -> str:
        """The name it is fetched under."""
        return f"{self.person['username']}.ogg"

    @property
    def recording(self) -> bytes:
        """What lies under it: the notes name who spoke, on which telephone."""
        notes = (f"ARTIST={self.person['first_name']}", f"CONTACT={self.phone}")
        program = f"{self.person['username']} of {self.account}"
        written = tags(*(note.encode() for note in notes), vendor=program.encode())
        return recording(frames(round(SECONDS * RATE / SAMPLES)), written)

    @property
    def place(self) -> Json:
        """A place under somebody's name."""
        point = {"latitude": 10.0338471, "longitude": 105.7842193}
        named = {"title": self.person["last_name"], "address": self.phone}
        return self._sends(4, location=point, venue=named | {"location": point})

    def _sends(self, message: int, **what: object) -> Json:
        update = self.says("", message, **what)
        del update["message"]["text"]
        return update

    @property
    def traces(self) -> tuple[str, ...]:
        person = self.person
        names = (person["first_name"], person["last_name"], person["username"])
        return (*names, str(self.account), self.own_digits)


_LETTERS = {
    "canaryzq": rb"\d{5}",
    "hoangyen": rb"\d{5}",
    "chimzq": rb"\d{5}",
    "977": rb"\d{5}313",
    "73": rb"\d{8}",
}
"""How each trace begins, and what has to follow."""
_SHAPES = {
    head: re.compile(head.encode() + b"(?=(" + rest + b"))") for head, rest in _LETTERS.items()
}
"""A plain beginning is looked for at the speed of memory; the rest only where there is one."""
_NUMBER = re.compile(rb"\0\x01(?=([\xb3-\xb6][\s\S]{3}))")
"""An account as SQLite writes a whole number of its size: six bytes, the highest first."""


def found_in(content: bytes, people: list[Canary]) -> set[str]:
    """Every trace of anybody in these bytes, as letters in any case or as a number."""
    traces = {trace.lower() for who in people for trace in who.traces}
    small = content.lower()
    shapes = {
        head + rest.decode() for head, shape in _SHAPES.items() for rest in shape.findall(small)
    }
    numbers = {int.from_bytes(b"\0\x01" + rest, "big") for rest in _NUMBER.findall(content)}
    accounts = {who.account for who in people}
    return (shapes & traces) | {f"{number} in binary" for number in numbers & accounts}
