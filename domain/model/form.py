"""The form by which sessions are logged: ordered fields, changed by whoever is in charge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.errors import Refusal
from domain.model.bulletin import Field
from domain.model.text import has_words, normalised, units_over

LONGEST_LABEL = 80
LONGEST_CHOICE = 40
MOST_CHOICES = 20
MOST_OWN_FIELDS = 10


class FieldKind(StrEnum):
    """How a field is answered."""

    MOMENT = "moment"
    MINUTES = "minutes"
    UNIT = "unit"
    PLACE = "place"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    TEXT = "text"
    BULLETIN = "bulletin"
    QUESTIONS = "questions"
    PHOTOS = "photos"
    VOICE = "voice"


class Mode(StrEnum):
    """How speaker and listeners met (hình thức tổ chức)."""

    FACE_TO_FACE = "truc_tiep"
    ONLINE = "truc_tuyen"
    BOTH = "ket_hop"


class Gathering(StrEnum):
    """What kind of gathering it was (loại hình)."""

    CONFERENCE = "hoi_nghi"
    PARTY_CELL = "sinh_hoat_chi_bo"
    RESIDENTS = "hop_dan"
    ASSOCIATION = "sinh_hoat_doan_the"
    SMALL_GROUP = "nhom_nho"
    FROM_HOUSE_TO_HOUSE = "den_tung_ho"
    WITHIN_ANOTHER = "long_ghep"
    LOUDSPEAKER = "truyen_thanh"
    SOCIAL_MEDIA = "mang_xa_hoi"


class Scale(StrEnum):
    """How many at once (quy mô)."""

    MANY = "so_dong"
    GROUP = "nhom"
    SINGLE = "ca_nhan"


class Audience(StrEnum):
    """Who an event was for; it describes the event, never a person (thành phần)."""

    OFFICIALS = "can_bo_dang_vien"
    EMPLOYEES = "cong_chuc_vien_chuc_nguoi_lao_dong"
    MEMBERS = "doan_vien_hoi_vien"
    FARMERS = "nong_dan"
    WORKERS = "cong_nhan"
    YOUTH = "thanh_nien_sinh_vien"
    WOMEN = "phu_nu"
    VETERANS = "cuu_chien_binh"
    ELDERLY = "nguoi_cao_tuoi"
    ETHNIC = "dong_bao_dan_toc"
    RELIGIOUS = "dong_bao_ton_giao"
    EVERYBODY = "nhan_dan"


class Spoken(StrEnum):
    """The language it was held in."""

    VIETNAMESE = "vi"
    KHMER = "km"
    CHINESE = "zh"
    CHAM = "cjm"


class Assessment(StrEnum):
    """How it went, in the speaker's own eyes (tự đánh giá)."""

    GOOD = "tot"
    FAIR = "kha"
    PASSED = "dat"
    FAILED = "chua_dat"


@dataclass(frozen=True, slots=True)
class FormField:
    """One thing that the form asks (mục)."""

    key: str
    kind: FieldKind
    is_required: bool = False
    is_hidden: bool = False
    choices: tuple[str, ...] = ()
    """What is stored for each choice; of an office's own field the words themselves."""
    wording: Mapping[str, str] = field(default_factory=dict)
    """An office's own field by language; empty for those that the catalogue words."""

    @property
    def is_own(self) -> bool:
        return bool(self.wording)


NEEDED = frozenset({"start", "minutes", "mode", "people"})
"""What the figures cannot do without: always asked, always required."""
NEVER_REQUIRED = frozenset({FieldKind.BULLETIN, FieldKind.QUESTIONS})
"""Where there may be nothing to answer with: nothing went out there, nobody asked anything."""


@dataclass(frozen=True, slots=True)
class Form:
    """All fields in their order, as one version (biểu mẫu)."""

    version: int
    fields: tuple[FormField, ...]

    @property
    def shown(self) -> tuple[FormField, ...]:
        return tuple(one for one in self.fields if not one.is_hidden)

    def field(self, key: str) -> FormField:
        """The field of this key; Refusal if this version does not ask it."""
        found = next((one for one in self.shown if one.key == key), None)
        if found is None:
            raise Refusal("session.no_such_field")
        return found

    def with_hidden(self, key: str, is_hidden: bool) -> "Form":
        """The next version, in which a field is left out, or asked again."""
        if key in NEEDED and is_hidden:
            raise Refusal("form.needed")
        return self._with(replace(self.any_field(key), is_hidden=is_hidden))

    def with_required(self, key: str, is_required: bool) -> "Form":
        """The next version, in which a field must be answered, or may be left empty."""
        if key in NEEDED and not is_required:
            raise Refusal("form.needed")
        asked = self.any_field(key)
        if is_required and asked.kind in NEVER_REQUIRED:
            raise Refusal("form.never_required")
        return self._with(replace(asked, is_required=is_required))

    def with_moved(self, key: str, steps: int) -> "Form":
        """The next version, in which a field stands so many places further down."""
        order = list(self.fields)
        here = self._place(key)
        order.insert(max(0, here + steps), order.pop(here))
        return self._next(order)

    def with_own(self, wording: Mapping[str, str], choices: Sequence[str]) -> "Form":
        """The next version, with a field of the office's own at its end."""
        own = sum(one.is_own for one in self.fields)
        if own >= MOST_OWN_FIELDS:
            raise Refusal("form.too_many", limit=MOST_OWN_FIELDS)
        kind = FieldKind.CHOICE if choices else FieldKind.TEXT
        added = FormField(f"own_{own + 1}", kind, choices=tuple(choices), wording=wording)
        return self._next([*self.fields, added])

    def with_later(self) -> "Form":
        """This version with what came to be offered since, hidden, so that it can be shown."""
        known = {one.key for one in self.fields}
        later = [one for one in FIRST_FORM.fields if one.key not in known]
        hidden = tuple(replace(one, is_hidden=True) for one in later)
        return replace(self, fields=self.fields + hidden)

    def _with(self, changed: FormField) -> "Form":
        return self._next([changed if one.key == changed.key else one for one in self.fields])

    def any_field(self, key: str) -> FormField:
        """The field of this key, hidden or not; Refusal if there is none."""
        return self.fields[self._place(key)]

    def _place(self, key: str) -> int:
        found = [n for n, one in enumerate(self.fields) if one.key == key]
        if not found:
            raise Refusal("session.no_such_field")
        return found[0]

    def _next(self, order: Sequence[FormField]) -> "Form":
        return Form(self.version + 1, tuple(order))


def read_own_field(typed: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """An own field as a supervisor types it: the question, perhaps `km:` and `en:` lines with its
    translations, and one `-` line for each choice; no choice makes it a field for words.
    """
    wording, choices = dict[str, str](), list[str]()
    for line in (normalised(one) for one in typed.splitlines()):
        language = line[:2].lower() if line[2:3] == ":" else ""
        if line.startswith(("-", "•", "+")):
            choices.append(normalised(line[1:]))
        elif language in ("km", "en", "vi"):
            wording[language] = normalised(line[3:])
        elif has_words(line):
            wording["vi"] = f"{wording['vi']} {line}" if "vi" in wording else line
    _require_usable(wording, choices)
    return wording, tuple(choices)


def _require_usable(wording: Mapping[str, str], choices: Sequence[str]) -> None:
    if not has_words(wording.get("vi", "")):
        raise Refusal("form.no_question")
    if any(units_over(label, LONGEST_LABEL) for label in wording.values()):
        raise Refusal("form.label_too_long", limit=LONGEST_LABEL)
    if len(choices) == 1 or len(choices) > MOST_CHOICES or len(set(choices)) < len(choices):
        raise Refusal("form.wrong_choices", limit=MOST_CHOICES)
    if not all(has_words(one) and not units_over(one, LONGEST_CHOICE) for one in choices):
        raise Refusal("form.choice_too_long", limit=LONGEST_CHOICE)


FIRST_FORM = Form(
    1,
    (
        FormField("start", FieldKind.MOMENT, is_required=True),
        FormField("minutes", FieldKind.MINUTES, is_required=True),
        FormField("place", FieldKind.PLACE, is_required=True),
        FormField("unit", FieldKind.UNIT),
        FormField("topic", FieldKind.TEXT, is_required=True),
        FormField("bulletin", FieldKind.BULLETIN),
        FormField("field", FieldKind.CHOICE, is_required=True, choices=tuple(Field)),
        FormField("mode", FieldKind.CHOICE, is_required=True, choices=tuple(Mode)),
        FormField("form", FieldKind.CHOICE, is_required=True, choices=tuple(Gathering)),
        FormField("people", FieldKind.NUMBER, is_required=True),
        FormField("households", FieldKind.NUMBER),
        FormField("scale", FieldKind.CHOICE, choices=tuple(Scale)),
        FormField("audience", FieldKind.CHOICES, choices=tuple(Audience)),
        FormField("language", FieldKind.CHOICES, choices=tuple(Spoken)),
        FormField("materials", FieldKind.TEXT),
        FormField("questions", FieldKind.QUESTIONS),
        FormField("photos", FieldKind.PHOTOS),
        FormField("voice", FieldKind.VOICE),
        FormField("self_assessment", FieldKind.CHOICE, choices=tuple(Assessment)),
        FormField("difficulties", FieldKind.TEXT),
        FormField("proposals", FieldKind.TEXT),
    ),
)
"""The form that every office begins with; who logs it, and as what, is known without asking."""
