"""Cards about matters, and the bulletin as the words of a letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from content.catalog import Words
from domain.model.delivery import ButtonFace, Payload
from domain.model.frozen import FrozenText
from domain.model.links import spelled_out
from domain.model.matter import Matter, MatterNews
from domain.model.opinion import Opinion
from domain.model.text import units_over
from domain.model.version import LONGEST_TITLE

MATTER = "matter_"
"""What a link to a matter brings along, before its id."""


@dataclass(frozen=True)  # parts with slots of their own cannot be put together
class MatterPapers:
    """The part of the letterhead that is about matters (việc chung)."""

    words: Words
    deep_link: Callable[[str], str]

    def matter_heading(self, matter: Matter) -> str:
        heading = self.words.text("matter.heading", title=matter.title)
        return matter.title if units_over(heading, LONGEST_TITLE) else heading

    def matter_card(self, news: MatterNews, matter: Matter, count: int) -> Payload:
        told = self.words.html(f"matter.card_{news}", title=matter.title, count=count)
        link = self.deep_link(MATTER + matter.id)
        return Payload(told, ((ButtonFace(self.words.text("button.matter_show"), url=link),),))

    def matter_view(self, opinion: Opinion, matter: Matter) -> Payload:
        told = self.words.html("matter.view", code=opinion.number, title=matter.title)
        link = self.deep_link(MATTER + matter.id)
        return Payload(told, ((ButtonFace(self.words.text("button.matter_show"), url=link),),))

    def public_answer(self, text: FrozenText, said_at: datetime, language: str) -> str:
        revision = text.revision
        version = revision.in_language(language)
        said = "\n\n".join(part for part in (version.title, spelled_out(version)) if part)
        return self.words.text(
            "matter.letter",
            language,
            body=revision.issuing_body,
            when=self.words.date(said_at, language),
            said=said,
            source=revision.source,
        )
