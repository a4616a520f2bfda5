"""Lists of groups that fit in one message, however many there are and whatever they are called."""

from collections.abc import Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.delivery import EntryState, ReceiptLine
from handlers.faces import shortened

GROUPS_NAMED = 40
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


def groups_named(words: Words, titles: Sequence[str]) -> Markup:
    """The groups by name, one below the other, and how many more there are."""
    lines = [Markup("• {}").format(shortened(t, LONGEST_TITLE)) for t in titles[:GROUPS_NAMED]]
    return _cut(words, lines, len(titles))


def receipts(words: Words, lines: Sequence[ReceiptLine], total: int) -> Markup:
    """How these groups' sends ended, and how many more there are."""
    return _cut(words, [_receipt(words, line) for line in lines], total)


def _receipt(words: Words, line: ReceiptLine) -> Markup:
    title = Markup("{}").format(shortened(line.chat_title, LONGEST_TITLE))
    if line.link:
        title = Markup('<a href="{}">{}</a>').format(line.link, title)
    state = words.text(f"delivery_state.{line.state}")
    return Markup("{} {} – {}").format(MARKS[line.state], title, state)


def _cut(words: Words, lines: Sequence[Markup], total: int) -> Markup:
    left_out = total - len(lines)
    more = [words.html("review.more_groups", count=left_out)] if left_out else []
    return Markup("\n").join([*lines, *more])
