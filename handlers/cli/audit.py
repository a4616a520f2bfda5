"""`bot.py audit`: the newest acts on the record, or a walk along the whole chain."""

from collections.abc import AsyncIterator

from domain.model.audit import GENESIS, AuditEntry, first_break
from domain.ports import Memory
from handlers.cli.terminal import Terminal
from handlers.trouble import WRONG

NEWEST = 20
PAGE = 1000


async def show(memory: Memory, terminal: Terminal, as_json: bool) -> int:
    """The last acts: when, who, what, on what; none of it says what was written."""
    newest = [entry async for entry in _entries(memory)][-NEWEST:]
    if as_json:
        terminal.json([_line(entry) for entry in newest])
    for entry in newest if not as_json else ():
        event = entry.event
        terminal.text(
            "cli.audit_line",
            seq=entry.seq,
            at=event.at.isoformat(timespec="seconds"),
            actor=event.actor_id,
            action=event.action,
            subject=event.subject,
        )
    return 0


async def verify(memory: Memory, terminal: Terminal, as_json: bool) -> int:
    """Walk the chain from the first act on; the exit code tells whether it holds."""
    entries = [entry async for entry in _entries(memory)]
    broken = first_break(entries)
    head = entries[-1].hash if entries else GENESIS
    if as_json:
        terminal.json(
            {"sound": broken is None, "acts": len(entries), "broken_at": broken, "head": head}
        )
    elif broken is None:
        terminal.text("cli.audit_sound", count=len(entries), head=head)
    else:
        terminal.text("cli.audit_broken", place=broken, count=len(entries))
    return 0 if broken is None else WRONG


async def _entries(memory: Memory) -> AsyncIterator[AuditEntry]:
    """All of them, a page at a time, so that a running system is not held up."""
    after = 0
    while True:
        async with memory.begin() as work:
            page = await work.audit.entries(after, PAGE)
        for entry in page:
            yield entry
        if len(page) < PAGE:
            return
        after = page[-1].seq


def _line(entry: AuditEntry) -> dict[str, object]:
    event = entry.event
    return {
        "seq": entry.seq,
        "at": event.at.isoformat(),
        "actor": event.actor_id,
        "action": event.action,
        "subject": event.subject,
        "detail": event.detail,
        "hash": entry.hash,
    }
