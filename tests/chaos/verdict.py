"""What became of everything, by the other side's own records; one line of JSON."""

import json
import logging
from collections import Counter
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime

from domain.model.chat import Address
from tests.chaos.office import ARRIVED, DRAFTS, ENTRIES, OPEN, OPINIONS, Office
from tests.chaos.people import RESIDENTS, People
from tests.chaos.scene import UNKNOWN, Scene
from tests.integration.storage.cast import BOT

log = logging.getLogger(__name__)

SAYS_SO = frozenset({"uncertain", "queued", "sending"})
"""States that tell somebody that it may not have arrived, whatever happened."""
CALLED_OFF = frozenset({"cancelled", "expired"})
PERSON = {"an": 101, "binh": 102, "giang": 104, "hanh": 105}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The counts of one run on one database."""

    database: str
    kills: int
    messages: int
    """Bulletins times groups, and every other entry of the outbox."""
    lost: int
    """Owed, not accepted, and in no state that says so."""
    doubled: int
    """Bulletins that a group got more than once; nobody said "again"."""
    uncertain: int
    may_be_uncertain: int
    """Sends under way at the kills, and sends that met a fault which leaves it unknown."""
    stuck: int
    updates: int
    updates_lost: int
    """Told to Telegram to be ours and not stored, or stored and without their effect."""
    updates_doubled: int
    """Acts of people with their effect more than once."""
    ended_well: bool
    """Whether the last process ended in good order when it was told to."""
    seed: int

    @property
    def holds(self) -> bool:
        """Whether every bound was kept."""
        wrong = (self.lost, self.doubled, self.stuck, self.updates_lost, self.updates_doubled)
        return self.ended_well and not any(wrong) and self.uncertain <= self.may_be_uncertain

    def __add__(self, other: "Verdict") -> "Verdict":
        counts = [each.name for each in fields(self) if each.type is int and each.name != "seed"]
        return replace(
            self, **{name: getattr(self, name) + getattr(other, name) for name in counts}
        )

    def line(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class Run:
    """What was done to it."""

    database: str
    seed: int
    kills: int
    under_way: int
    """Sends to groups that were under way at the kills, all together."""
    ended_well: bool


async def judge(run: Run, scene: Scene, office: Office, people: People) -> Verdict:
    """Count, once everything is quiet or was given its time."""
    entries = await office.rows(ENTRIES)
    copies = Counter(
        (scene.moved.get(each["chat"], each["chat"]), each["sha256"])
        for each in await scene.lines("receipts")
    )
    owed = {(bc, place): copies[place, sha] for bc, sha in office.written.items()
            for place in scene.groups}  # fmt: skip
    said = {
        (one.origin_id, int(one.destination.removeprefix("chat:n"))): one.state
        for one in entries
        if one.origin_kind == "broadcast"
    }
    silent = [key for key, times in owed.items()
              if not times and not _is_known(scene, office, *key, said.get(key, ""))]  # fmt: skip
    other = [one for one in entries if one.origin_kind != "broadcast"]
    lost_updates, doubled_updates = await _inbound(scene, office, people)
    return Verdict(
        database=run.database,
        kills=run.kills,
        messages=len(owed) + len(other),
        lost=len(silent) + await _unreceipted(scene, office),
        doubled=sum(times > 1 for times in owed.values()),
        uncertain=sum(state == "uncertain" for state in said.values()),
        may_be_uncertain=run.under_way + await _unknown(scene),
        stuck=await office.count(OPEN) + await office.waiting(),
        updates=people.acts,
        updates_lost=lost_updates,
        updates_doubled=doubled_updates,
        ended_well=run.ended_well,
        seed=run.seed,
    )


def _is_known(scene: Scene, office: Office, broadcast: str, place: int, state: str) -> bool:
    """Whether nobody is left to believe that it arrived, and nothing was given up for no reason."""
    if state in CALLED_OFF or not state:
        return broadcast in office.called_off
    return state in SAYS_SO or (state == "failed" and place in scene.gone)


async def _unreceipted(scene: Scene, office: Office) -> int:
    """Cards and letters that count as sent, and whose message nobody accepted."""
    accepted = {(each["chat"], str(each["message_id"])) for each in await scene.lines("receipts")}
    staff = [
        (PERSON[one.destination.removeprefix("person:")], one.message_id)
        for one in await office.rows(ENTRIES)
        if one.state == "sent" and one.destination.startswith("person:")
    ]
    return sum(each not in accepted for each in staff)


async def _unknown(scene: Scene) -> int:
    """Sends to groups whose outcome nobody could know."""
    groups = {str(place) for place in scene.groups}
    calls = await scene.lines("calls")
    return sum(each["chat"] in groups and each["fault"] in UNKNOWN for each in calls)


async def in_drafts(office: Office) -> list[str]:
    """What residents have written and not sent."""
    now = datetime.now(UTC)
    found = [
        await office.vault.known(Address("telegram", BOT, str(user)), now) for user in RESIDENTS
    ]
    return [known.draft.text for known in found if known.draft]


async def _inbound(scene: Scene, office: Office, people: People) -> tuple[int, int]:
    """Updates that were lost, and effects that came twice."""
    arrived = {one.update_id: one.state for one in await office.vault_rows(ARRIVED)}
    owed = range(scene.first_update, scene.first_update + people.acts)
    missing = [number for number in owed if arrived.get(number) in (None, "parked")]
    opinions = [one.text for one in await office.rows(OPINIONS)]
    filed = [sum(opinion.count(text) for opinion in opinions) for text in people.texts]
    unfiled = [text for text, times in zip(people.texts, filed, strict=True) if not times]
    drafts = await office.count(DRAFTS) - people.drafts
    lost = len(missing) + len(unfiled) + max(0, -drafts)
    if lost:
        log.warning("not stored: %s; not filed: %s; drafts: %s", missing, unfiled, drafts)
        log.warning("in drafts: %s", await in_drafts(office))
    return lost, sum(times > 1 for times in filed) + max(0, drafts)
