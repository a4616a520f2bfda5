"""Somebody who was invited comes in by their link, and a supervisor confirms who it is."""

import re
from dataclasses import dataclass

from tests.e2e.town import Person, Process, Town, sentence


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is invited, as what and where (người được mời)."""

    name: str
    user: int
    role: str
    unit_code: str


async def come_in(town: Town, one: Newcomer, kept_in: dict[str, str]) -> Person:
    """By an invite that the operator makes and Hạnh confirms."""
    settings = {"DATA_DIR": str(town.folder / "data"), "SANDBOX_BIND": town.sandbox} | kept_in
    log = town.folder / f"invite-{one.user}.log"
    asked = ("--unit-code", one.unit_code, "--name", one.name, "--role", one.role)
    assert await Process(("invite", *asked), settings, log).ended() == 0, log.read_text()
    token = re.search(r"inv_[\w-]+", log.read_text())
    assert token is not None, log.read_text()
    await town.practice.post("users", id=one.user, first_name=one.name, language_code="vi")
    person = Person(town.practice, one.user, town.bot)
    await person.start(token[0])
    await town.person("Hạnh").press("Đúng người", one.name)
    await person.sees(sentence("access.welcome"))
    return person
