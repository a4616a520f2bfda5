"""Lists of groups that fit in one message, however many there are and whatever they are called."""

from collections.abc import Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.chat import GROUPS_NAMED
from domain.model.delivery import EntryState, ReceiptLine
from domain.model.withdrawal import Recalled
from handlers.faces import shortened

LONGEST_TITLE = 60
MARKS = {
    EntryState.SENT: "✅",
    EntryState.UNCERTAIN: "❓",
    EntryState.FAILED: "❌",
    EntryState.QUEUED: "⏳",
    EntryState.SENDING: "⏳",
    EntryState.CANCELLED: "⏹",
    EntryState.EXPIRED: "⌛",
}


def groups_named(words: Words, titles: Sequence[str], total: int) -> Markup:
    """The first groups by name, one below the other, and how many more there are of them all."""
    lines = [Markup("• {}").format(shortened(t, LONGEST_TITLE)) for t in titles[:GROUPS_NAMED]]
    return _cut(words, lines, total)


def receipts(words: Words, lines: Sequence[ReceiptLine], total: int) -> Markup:
    """How these groups' sends ended, and how many more there are."""
    return _cut(words, [_receipt(words, line) for line in lines], total)


def remains(words: Words, recalled: Recalled) -> Markup:
    """The messages that may still stand in groups, and why; how many more there are."""
    lines = [
        Markup("• {} – {}").format(
            linked(one.chat_title, one.link), words.text(f"removal.{one.why}")
        )
        for one in recalled.remains
    ]
    return _cut(words, lines, recalled.left)


def _receipt(words: Words, line: ReceiptLine) -> Markup:
    named = Markup("{} {}").format(MARKS[line.state], linked(line.chat_title, line.link))
    if line.state is EntryState.SENT:  # the card's first line says what the mark means
        return named
    return Markup("{} – {}").format(named, words.text(f"delivery_state.{line.state}"))


def linked(title: str, link: str) -> Markup:
    """A group's name, leading to a message in it if its place is known."""
    shown = Markup("{}").format(shortened(title, LONGEST_TITLE))
    return Markup('<a href="{}">{}</a>').format(link, shown) if link else shown


def _cut(words: Words, lines: Sequence[Markup], total: int) -> Markup:
    left_out = total - len(lines)
    more = [words.html("review.more_groups", count=left_out)] if left_out else []
    return Markup("\n").join([*lines, *more])
