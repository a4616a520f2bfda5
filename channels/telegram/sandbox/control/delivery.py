"""Hands webhook updates over again, as a network that repeats itself does."""

from channels.telegram.sandbox.control.wishes import need, number
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.sandbox import Sandbox


async def redeliver(sandbox: Sandbox, wish: Json) -> Json:
    """Each named update, or the newest, `times` times, all at once and out of order."""
    bot = sandbox.world.bot(need(wish, "bot"))
    if not bot.webhook:
        raise ControlError(f"{bot.username} has no webhook", 409)
    recent = sandbox.mailbox.recent(bot)
    wanted = wish.get("updates") or [update_id for update_id, _ in recent[-1:]]
    chosen = [parcel for parcel in recent if parcel[0] in wanted]
    if not chosen or len(chosen) < len(wanted):
        raise ControlError("not all of these updates are remembered", 404)
    parcels = chosen * number(wish, "times", 5)
    return {"handed": await sandbox.webhooks.redeliver(bot, parcels, number(wish, "seed"))}
