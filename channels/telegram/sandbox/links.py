"""Which addresses Telegram takes as links."""

from urllib.parse import urlsplit

WEB = ("http", "https")
OWN = ("tg", "ton", "tonsite")


def checked_url(address: str) -> str:
    """The address as Telegram writes it, or nothing if it would refuse it."""
    address = address.strip()
    if not address or any(c.isspace() for c in address):
        return ""
    if "://" not in address and not address.startswith("tg:"):
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme.lower() in OWN:
        return address
    # A host without a dot, such as localhost, is refused by the real server.
    if parts.scheme.lower() not in WEB or "." not in host.strip("."):
        return ""
    return address if parts.path else f"{address}/"
