"""One case as its own writer may have it: every word, and how it was filed and went on."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from content.catalog import Words
from domain.model.locality import Point
from domain.model.opinion import Answer, Opinion
from domain.model.opinion_voice import VoiceConsent
from domain.model.unit import Unit
from domain.usecases.own_cases import OwnCase


@dataclass(frozen=True, slots=True)
class OwnCasePaper:
    """A case in the file of one's own data (ý kiến trong tệp dữ liệu).

    What it leaves out, and why, stands in `tests/unit/handlers/test_own_case_paper.py`.
    """

    words: Words
    language: str

    def whole(self, one: OwnCase) -> Markup:
        added = (
            self._html(
                "own_cases.addition",
                when=self.words.moment(addition.added_at, self.language),
                text=addition.text or self._text("own_cases.text_gone"),
            )
            for addition in one.additions
        )
        noted = (
            self._html(
                "own_cases.note",
                when=self.words.moment(note.noted_at, self.language),
                text=note.text,
            )
            for note in one.notes
        )
        said = (self._answer(answer) for answer in one.answers)
        about = (self._labels(one), self._matter(one))
        return Markup("").join([self._head(one), *added, *said, *noted, *about])

    def _labels(self, one: OwnCase) -> Markup:
        """What staff sort it under."""
        names = ", ".join(label.name for label in one.labels)
        return self._html("own_cases.labels", labels=names) if names else Markup("")

    def _matter(self, one: OwnCase) -> Markup:
        """Under what they gathered it with others."""
        return self._html("own_cases.matter", title=one.matter) if one.matter else Markup("")

    def pictures(self, count: int) -> Markup:
        """How many go along; nothing if none do."""
        return self._html("own_cases.with_pictures", count=count) if count else Markup("")

    def along(self, pictures: int, point: Point | None) -> Markup:
        """All that goes along with the words."""
        return self.pictures(pictures) + self.point(point)

    def point(self, point: Point | None) -> Markup:
        """Where it says that it is; nothing if it does not."""
        return self._html("own_cases.with_point", point=point.written()) if point else Markup("")

    def voice(self, seconds: int, consent: VoiceConsent | None) -> Markup:
        """How long the recording is, and what was agreed to for it; nothing if there is none."""
        if consent is None:
            return Markup("")
        when = self.words.moment(consent.agreed_at, self.language)
        said = {"seconds": seconds, "when": when, "version": consent.version}
        return self._html("own_cases.with_voice", **said)

    def _head(self, one: OwnCase) -> Markup:
        opinion = one.opinion
        return (
            self._html(
                "own_cases.whole",
                code=opinion.code,
                number=opinion.number,
                filed=self.words.moment(opinion.filed_at, self.language),
                place=one.unit.name,
                body=one.unit.issuing_body,
                kind=self._chosen("kind", opinion.kind),
                field=self._chosen("field", opinion.field),
                urgent=self._html("intake.is_urgent") if opinion.urgent else "",
                source=self._text(f"own_cases.source_{opinion.source}"),
                tongue=self._text(f"language.{opinion.language}"),
                state=self._text(f"case_state.{opinion.state}"),
                due=self.words.moment(opinion.due_at, self.language),
                more=self._before(one.formerly) + Markup("").join(self._further(opinion)),
                text=opinion.text or self._text("own_cases.text_gone"),
            )
            + self.along(opinion.pictures, one.point)
            + self.voice(opinion.voice, one.voice)
        )

    def _before(self, unit: Unit | None) -> Markup:
        return self._html("own_cases.formerly", place=unit.name) if unit else Markup("")

    def _further(self, opinion: Opinion) -> Iterator[Markup]:
        """What is so of some cases only, a line each."""
        if opinion.is_public or opinion.replied_to:
            yield self._html("own_cases.public", about=opinion.replied_to)
        if opinion.spread and opinion.interest:
            yield self._html(
                "own_cases.heard",
                spread=self._text(f"spread.{opinion.spread}"),
                interest=self._text(f"interest.{opinion.interest}"),
            )
        if opinion.bearer_id:
            yield self._html("own_cases.named")
        if opinion.forwardings:
            yield self._html("own_cases.forwarded", count=opinion.forwardings)
        if opinion.master_id:
            yield self._html("own_cases.joined")
        yield from self._moments(opinion)
        if opinion.satisfied is not None:
            yield self._html(f"own_cases.{'solved' if opinion.satisfied else 'not_solved'}")
        if opinion.objection:
            yield self._html("own_cases.why", why=self._text(f"objection.{opinion.objection}"))

    def _moments(self, opinion: Opinion) -> Iterator[Markup]:
        for name in ("arrived_at", "answered_at", "moved_at", "closed_at"):
            if moment := getattr(opinion, name):
                shown = self.words.moment(moment, self.language)
                yield self._html(f"own_cases.{name}", when=shown)
        if opinion.waits_until:
            last_day = self.words.date(opinion.waits_until, self.language)
            yield self._html("own_cases.waits_until", when=last_day)

    def _answer(self, answer: Answer) -> Markup:
        said = self._html(
            "follow.answer",
            body=answer.signed_as,
            said=self._text(f"letter_said.{answer.kind}"),
            when=self.words.date(answer.answered_at, self.language),
            text=answer.text or self._text("own_cases.text_gone"),
        )
        return said + self._html("answer.shared") if answer.shared else said

    def _chosen(self, name: str, value: str | None) -> str:
        return self._text(f"{name}.{value}" if value else "intake.left_open")

    def _text(self, key: str) -> str:
        return self.words.text(key, self.language)

    def _html(self, key: str, **values: object) -> Markup:
        return self.words.html(key, self.language, **values)
