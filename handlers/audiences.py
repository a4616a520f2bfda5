"""Whom a bulletin goes to, in words: the groups by name, their languages, who is left out."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from content.catalog import Words
from domain.model.bulletin import Draft, Revision
from domain.model.chat import GroupLine
from domain.model.plan import Meeting
from domain.model.reach import Audience, Reach
from domain.model.version import FIRST_LANGUAGE
from handlers.faces import shortened
from handlers.rosters import LONGEST_TITLE, groups_named

NAMED, MET_NAMED, HEADING = 12, 3, 48
"""Groups on a card; all of them stand in the list behind its button."""


def recipients(
    words: Words, one: Draft | Revision, audience: Audience, *, counts_languages: bool = True
) -> Markup:
    """The first groups by name; below them what was chosen, the languages, and who is left out.

    The languages are left to whatever stands beside it and counts each version's readers.
    """
    titles = [chat.title for chat in audience.chats[:NAMED]]
    named = groups_named(words, titles, audience.count)
    lines = [named] if audience.chats else []
    if not one.reach.is_everybody:
        lines.append(words.html("reach.only", reach=reach_said(words, one.reach)))
    written = {version.language for version in one.versions}
    if counts_languages and set(audience.languages) - {FIRST_LANGUAGE}:
        spoken = languages_said(words, audience.languages, written)
        lines.append(words.html("reach.languages", languages=spoken))
    if audience.left_out:
        lines.append(words.html("reach.left_out", count=len(audience.left_out)))
    return Markup("\n").join([*lines, *meetings_said(words, audience.met)])


def meetings_said(words: Words, met: Sequence[Meeting]) -> list[Markup]:
    """What else comes to some of these groups within the hour, the nearest first."""
    lines = [
        words.html(
            "plan.clash",
            when=words.moment(one.at),
            other=shortened(one.named, HEADING),
            count=one.groups,
        )
        for one in met[:MET_NAMED]
    ]
    if len(met) > MET_NAMED:
        lines.append(words.html("plan.more_clashes", count=len(met) - MET_NAMED))
    return lines


def reach_said(words: Words, reach: Reach) -> str:
    """Kinds, languages and tags, as far as they were chosen."""
    parts = [
        ", ".join(words.text(f"group_kind.{kind}") for kind in reach.kinds),
        ", ".join(words.text(f"group_language.{language}") for language in reach.languages),
        ", ".join(f"#{tag}" for tag in reach.tags),
    ]
    return "; ".join(part for part in parts if part)


def languages_said(words: Words, languages: Mapping[str, int], written: set[str]) -> str:
    """How many groups in each language; those of one that was not written get Vietnamese."""
    return ", ".join(
        words.text(
            "reach.language" if language in written else "reach.language_falls_back",
            spoken=words.text(f"group_language.{language}"),
            count=count,
        )
        for language, count in sorted(languages.items(), key=lambda one: (-one[1], one[0]))
    )


def left_out_named(words: Words, lines: Sequence[GroupLine]) -> Markup:
    """Groups that get nothing, each with the reason."""
    return Markup("\n").join(
        Markup("• {} – {}").format(
            shortened(line.chat.title, LONGEST_TITLE),
            words.text("reach.silenced" if line.silenced else "reach.lost"),
        )
        for line in lines
    )
