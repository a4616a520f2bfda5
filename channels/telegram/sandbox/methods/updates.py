"""Receiving: by polls or by webhook."""

import re
from typing import Any
from urllib.parse import urlsplit

from channels.telegram.sandbox.errors import WEBHOOK_ACTIVE, ApiError, Json, bad_request
from channels.telegram.sandbox.methods.call import Call

LONGEST_POLL = 50
SECRET = re.compile(r"[A-Za-z0-9_-]*")
LONGEST_SECRET = 256
USUAL_CONNECTIONS = 40
MOST_CONNECTIONS = 100


async def get_updates(call: Call) -> list[bytes]:
    """Updates as they stand in the queue, already written as JSON."""
    if call.bot.webhook:
        raise ApiError(409, WEBHOOK_ACTIVE)
    _remember_kinds(call, call.params.json("allowed_updates"))
    timeout = min(call.params.integer("timeout"), LONGEST_POLL)
    return await call.sandbox.mailbox.take(
        call.bot, call.params.integer("offset"), call.params.integer("limit", 100), timeout
    )


def _remember_kinds(call: Call, kinds: Any) -> None:
    if isinstance(kinds, list) and kinds != call.bot.allowed_updates:
        call.bot.allowed_updates = [str(kind) for kind in kinds]
        call.sandbox.world.save(call.bot)


def set_webhook(call: Call) -> bool:
    url = call.params.text("url").strip()
    if not url:
        return delete_webhook(call)
    most = call.params.integer("max_connections", USUAL_CONNECTIONS)
    webhook: Json = {
        "url": _address(url),
        "secret_token": _secret(call.params.text("secret_token")),
        "max_connections": min(max(most, 1), MOST_CONNECTIONS),
    }
    _remember_kinds(call, call.params.json("allowed_updates"))
    call.sandbox.mailbox.interrupt(call.bot)
    _change(call, webhook)
    return True


def delete_webhook(call: Call) -> bool:
    _change(call, {})
    return True


def _change(call: Call, webhook: Json) -> None:
    if call.params.flag("drop_pending_updates"):
        call.sandbox.mailbox.drop(call.bot)
    call.bot.webhook = webhook
    call.sandbox.world.save(call.bot)
    call.sandbox.webhooks.changed(call.bot)


def _address(url: str) -> str:
    """Any server may be named, over plain HTTP too, as a Bot API server of one's own allows."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise bad_request("invalid webhook URL specified") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    return url


def _secret(token: str) -> str:
    if len(token) > LONGEST_SECRET:
        raise bad_request("secret token is too long")
    if not SECRET.fullmatch(token):
        raise bad_request("secret token contains unallowed characters")
    return token


def get_webhook_info(call: Call) -> Json:
    shown = {k: v for k, v in call.bot.webhook.items() if k != "secret_token"}
    info: Json = {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": call.sandbox.mailbox.count(call.bot),
    }
    if call.bot.allowed_updates:
        info["allowed_updates"] = call.bot.allowed_updates
    return info | shown
