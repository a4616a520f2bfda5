"""A correction's way back to the message that it corrects: the one thing that differs by group."""

import re
from html import escape

OLD_MESSAGE = "#old"
"""Stands in the frozen words where a group's own link to its old message comes."""
_OLD = re.compile(rf'<a href="{OLD_MESSAGE}">(.*?)</a>', re.DOTALL)


def pointing_at(markup: str, link: str) -> str:
    """The frozen words with this link in their place; without one, the words alone."""
    opening = f'<a href="{escape(link)}">' if link else ""
    return _OLD.sub(lambda old: f"{opening}{old[1]}{'</a>' if link else ''}", markup)
