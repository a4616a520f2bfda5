"""What is kept about an account, as its owner reads it: a message, and a file with all of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.attachment import Attachment, AttachmentKind
from domain.model.resident import OpinionDraft
from domain.model.text import visible
from domain.usecases.own_cases import OwnCase
from domain.usecases.rights import Kept
from handlers.own_case_paper import OwnCasePaper

SHOWN = 20
"""Cases in one message; the file has all of them."""
FILE_NAME = "du-lieu-dang-luu.txt"


@dataclass(frozen=True, slots=True)
class OwnData:
    """The pages of a person's own data (dữ liệu của tôi)."""

    words: Words
    language: str

    def page(self, kept: Kept) -> Markup:
        """Everything but the words and the answers, which the file has."""
        return self._head(kept) + self.lines(kept.cases)

    def lines(self, cases: Sequence[OwnCase]) -> Markup:
        """A line for each case, and how many more there are."""
        lines = [self._line(one) for one in cases[:SHOWN]]
        if rest := len(cases) - SHOWN:
            lines += [self._html("own_cases.more", count=rest)] if rest > 0 else []
        return Markup("").join(lines)

    def case_file(self, one: OwnCase) -> Attachment:
        """A case alone, for whoever has its code."""
        return self._plain([self._paper.whole(one)])

    def file(self, kept: Kept) -> Attachment:
        """Plain text that opens everywhere."""
        whole = [self._paper.whole(one) for one in kept.cases]
        return self._plain([self._head(kept), *self._unsent(kept), *whole])

    def _head(self, kept: Kept) -> Markup:
        text = self.words.text
        agreed, until = kept.resident.consented_at, kept.resident.muted_until
        return self._html(
            "rights.kept",
            tongue=text(f"language.{kept.resident.language}", self.language),
            consent=self._html("rights.consented", when=self.words.moment(agreed, self.language))
            if agreed
            else self._html("rights.not_consented"),
            muted=self._html("rights.muted", until=self.words.date(until, self.language))
            if until
            else "",
            draft=text("rights.has_draft" if kept.has_draft else "rights.no_draft", self.language),
            count=len(kept.cases),
            spent=len(kept.spent.done),
            pictures=self._along(kept.draft),
        )

    def _line(self, one: OwnCase) -> Markup:
        opinion = one.opinion
        return self._html(
            "own_cases.line",
            code=opinion.code,
            filed=self.words.date(opinion.filed_at, self.language),
            due=self.words.date(opinion.due_at, self.language),
            state=self.words.text(f"case_state.{opinion.state}", self.language),
        ) + (self._paper.pictures(opinion.pictures) + self._paper.voice(opinion.voice, one.voice))

    def _along(self, draft: OpinionDraft | None) -> Markup:
        """What goes along with what is not filed yet; a recording may still wait for its yes."""
        if draft is None:
            return Markup("")
        along = self._paper.along(len(draft.pictures), draft.point)
        if draft.voice is None:
            return along
        if draft.voice.consent is None:
            return along + self._html("own_cases.voice_waits")
        return along + self._paper.voice(draft.voice.seconds, draft.voice.consent)

    def _unsent(self, kept: Kept) -> Iterator[Markup]:
        """What waits and was filed nowhere: a draft, and what was said in groups."""
        draft, text = kept.draft, self.words.text
        if draft and draft.is_begun:
            yield self._html(
                "own_cases.draft_text",
                kind=text(f"kind.{draft.kind}", self.language) if draft.kind else "–",
                field=text(f"field.{draft.about}", self.language) if draft.about else "–",
                urgent=self._html("intake.is_urgent") if draft.urgent else "",
                text=draft.text,
            )
        for reply in kept.replies:
            yield self._html(
                "own_cases.reply_text",
                group=reply.group,
                about=reply.replied_to,
                text=reply.written.text,
            )

    def _html(self, key: str, **values: object) -> Markup:
        return self.words.html(key, self.language, **values)

    @property
    def _paper(self) -> OwnCasePaper:
        return OwnCasePaper(self.words, self.language)

    def _plain(self, parts: Sequence[Markup]) -> Attachment:
        """With what it leaves out said at its end."""
        page = Markup("").join([*parts, self._html("own_cases.left_out")])
        return Attachment(AttachmentKind.DOCUMENT, FILE_NAME, visible(page).encode())
