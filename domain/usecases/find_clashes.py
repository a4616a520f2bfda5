"""What else comes to the same groups within the hour, whoever wrote it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from itertools import takewhile

from domain.model.access import EVERYWHERE
from domain.model.bulletin import Draft, Revision
from domain.model.office_days import OfficeDays
from domain.model.plan import HOUR, Clash, Fire, Meeting, PlanRule, clashes, near
from domain.ports import Work

AHEAD = timedelta(days=31)
"""How far the times of a draft that recurs are looked at."""


async def all_fires(work: Work, begin: datetime, end: datetime, now: datetime) -> list[Fire]:
    """What comes to any group in this time: planned already, or by a rule."""
    planned = await work.plan.fires(begin, end)
    known = {(one.bulletin_id, one.at) for one in planned}
    office = await work.calendar.office_days()
    later = [
        fire
        for rule in await work.plan.rules([EVERYWHERE])
        for fire in fires_of(rule, office, max(begin, now), end)
        if (fire.bulletin_id, fire.at) not in known
    ]
    return [*planned, *later]


def fires_of(rule: PlanRule, office: OfficeDays, begin: datetime, end: datetime) -> list[Fire]:
    """The times of what recurs, from one moment to before another."""
    times = rule.recurrence.next_fires(begin - timedelta(seconds=1), office)
    return [
        Fire(at, rule.bulletin_id, rule.revision_id) for at in takewhile(lambda at: at < end, times)
    ]


async def clashes_of(
    work: Work,
    mine: Sequence[Fire],
    now: datetime,
    own_groups: Collection[str] | None = None,
) -> tuple[Clash, ...]:
    """Whatever meets one of these; the groups of a draft are given, those of others looked up."""
    if not mine:
        return ()
    begin, end = min(fire.at for fire in mine), max(fire.at for fire in mine)
    others = near(mine, await all_fires(work, begin - HOUR, end + HOUR, now))
    wanted = {fire.revision_id for fire in others}
    if own_groups is None:
        wanted |= {fire.revision_id for fire in mine}
    groups: dict[str, Collection[str]] = {**await work.plan.groups(wanted)}
    if own_groups is not None:
        groups |= {fire.revision_id: frozenset(own_groups) for fire in mine}
    return clashes(mine, others, groups)


async def meetings_of(
    work: Work, one: Draft | Revision, chat_ids: Collection[str], now: datetime
) -> tuple[Meeting, ...]:
    """Whatever meets a draft or a revision at its time, or at its times of the next month."""
    name = one.id if isinstance(one, Revision) else "draft"
    times = [one.send_at] if one.send_at and one.send_at > now else []
    if one.recurrence is not None:
        office = await work.calendar.office_days()
        fires = one.recurrence.next_fires(now, office)
        times = list(takewhile(lambda at: at < now + AHEAD, fires))
    mine = [Fire(at, one.bulletin_id, name) for at in times]
    met = await clashes_of(work, mine, now, chat_ids)
    return await named(work, met, one.unit_id)


async def named(work: Work, met: Sequence[Clash], unit_id: str) -> tuple[Meeting, ...]:
    """By their headings if they were written at this unit or below it, else by who issues them."""
    found: list[Meeting] = []
    for clash in met:
        bulletin = await work.bulletins.get(clash.other.bulletin_id)
        if unit_id in (await work.units.lineage(bulletin.unit_id)).unit_ids:
            name = (await work.bulletins.draft(bulletin.id)).heading
        else:
            name = (await work.units.get(bulletin.unit_id)).issuing_body
        found.append(Meeting(clash.other.at, name, clash.groups))
    return tuple(found)
