"""Receiving: polls, and what there is instead of a webhook."""

from typing import Any

from channels.telegram.sandbox.errors import Json
from channels.telegram.sandbox.methods.call import Call

LONGEST_POLL = 50


async def get_updates(call: Call) -> list[bytes]:
    """Updates as they stand in the queue, already written as JSON."""
    _remember_kinds(call, call.params.json("allowed_updates"))
    timeout = min(call.params.integer("timeout"), LONGEST_POLL)
    return await call.sandbox.mailbox.take(
        call.bot, call.params.integer("offset"), call.params.integer("limit", 100), timeout
    )


def _remember_kinds(call: Call, kinds: Any) -> None:
    if isinstance(kinds, list) and kinds != call.bot.allowed_updates:
        call.bot.allowed_updates = [str(kind) for kind in kinds]
        call.sandbox.world.save(call.bot)


def delete_webhook(call: Call) -> bool:
    if call.params.flag("drop_pending_updates"):
        call.sandbox.mailbox.drop(call.bot)
    return True


def get_webhook_info(call: Call) -> Json:
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": call.sandbox.mailbox.count(call.bot),
    }
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    return info
