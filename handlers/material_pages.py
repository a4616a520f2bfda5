"""Material as its author, its approver and its readers see it."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from content.catalog import LANGUAGES, Words
from domain.model.bulletin import Field
from domain.model.handout import Handout
from domain.model.material import ApprovedMaterial, MaterialBody, MaterialKind, Pair
from domain.model.text import utf16_units, visible
from domain.usecases.read_material import MaterialShelf
from handlers.faces import shortened

EXCERPT = 60
"""Of a question where all of them are listed."""
KILOBYTE = 1024
EMPTY = Markup("")


def field_names(words: Words, field: Field) -> str:
    """The name of a field in every language: whoever searches may type any of them."""
    return " ".join(words.text(f"field.{field}", language) for language in LANGUAGES)


def material_page(words: Words, body: MaterialBody, language: str) -> Markup:
    """All of it but the answers of a sheet, in one message."""
    shown = words.html(
        f"material.page_{body.kind}",
        language,
        title=body.title,
        facts=_facts(words, body, language),
        parts=EMPTY.join(_parts(words, body, language)),
        body=body.issuing_body,
        source=body.source,
    )
    if body.valid_until is None:
        return shown
    last = words.date(body.valid_until, language)
    return shown + Markup("\n") + words.html("material.until", language, day=last)


def material_pair(words: Words, pairs: Sequence[Pair], number: int, language: str) -> Markup:
    """One question with its answer, counted from 1."""
    pair, count = pairs[number - 1], len(pairs)
    about = {"n": number, "count": count, "question": pair.question, "answer": pair.answer}
    return words.html("material.pair", language, **about)


def material_pairs(
    words: Words, pairs: Sequence[Pair], language: str, limit: int
) -> Iterator[Markup]:
    """All of them, in as few messages as they fit in."""
    page = EMPTY
    for number in range(1, len(pairs) + 1):
        shown = material_pair(words, pairs, number, language)
        longer = page + Markup("\n\n") + shown if page else shown
        if page and utf16_units(visible(longer)) > limit:
            yield page
            longer = shown
        page = longer
    if page:
        yield page


def material_shelf(words: Words, shelf: MaterialShelf, language: str) -> Markup:
    """What is there, by kind; or what was found, the best in front."""
    if not shelf.total:
        key = "material.not_found" if shelf.query else "material.none"
        return words.html(key, language, **({"query": shelf.query} if shelf.query else {}))
    lines = []
    above: MaterialKind | None = None
    for n, one in enumerate(shelf.lines, start=shelf.first):
        kind = one.revision.body.kind
        if not shelf.query and kind is not above:
            name = words.html(f"material_kind.{kind}", language)
            lines.append(Markup("<b>{}</b>").format(name))
            above = kind
        lines.append(_line(words, one, n, language))
    key = "material.found" if shelf.query else "material.shelf"
    about = {"query": shelf.query} if shelf.query else {}
    listed = Markup("\n").join(lines)
    return words.html(key, language, count=shelf.total, lines=listed, **about)


def file_size(words: Words, file: Handout, language: str) -> str:
    """In megabytes with one decimal, or in kilobytes."""
    if file.size < KILOBYTE * KILOBYTE:
        return words.text("material.kilobytes", language, count=max(1, file.size // KILOBYTE))
    tenths = round(file.size * 10 / (KILOBYTE * KILOBYTE))
    whole, rest = divmod(tenths, 10)
    return words.text("material.megabytes", language, whole=whole, tenth=str(rest))


def _line(words: Words, one: ApprovedMaterial, n: int, language: str) -> Markup:
    body = one.revision.body
    facts = _facts(words, body, language)
    return words.html("material.line", language, n=n, title=body.title, facts=facts)


def _facts(words: Words, body: MaterialBody, language: str) -> str:
    """The field, and how long it takes to tell."""
    facts = [words.text(f"field.{body.field}", language)] if body.field else []
    if body.minutes:
        facts.append(words.text("material.minutes", language, count=body.minutes))
    return " · ".join(facts)


def _parts(words: Words, body: MaterialBody, language: str) -> Iterator[Markup]:
    if body.text:
        yield words.html("material.part_text", language, text=body.text)
    if body.points:
        yield words.html("material.part_points", language, points=body.points)
    if body.pairs:
        asked = [f"{n}. {shortened(p.question, EXCERPT)}" for n, p in enumerate(body.pairs, 1)]
        yield words.html("material.part_pairs", language, questions="\n".join(asked))
    if body.handout:
        size = file_size(words, body.handout, language)
        yield words.html("material.part_file", language, name=body.handout.name, size=size)
