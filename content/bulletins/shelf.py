"""Answers for the starter bulletins: which there are, and what is wrong in their files."""

import re
from dataclasses import dataclass
from pathlib import Path

from content.catalog import LANGUAGES
from content.records import Entry, FlawedContent, Reading, Reason, Rule

SHELF = Path(__file__).parent
FENCE = "---"
TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
LONGEST = 3500
"""UTF-16 units: what is left of a Telegram message beside signature, source and footer."""

FIELDS = (
    "giao_thong_do_thi",
    "moi_truong_rac_thai",
    "dat_dai_xay_dung",
    "dien_nuoc",
    "y_te_bhyt",
    "giao_duc",
    "an_sinh_xa_hoi",
    "nong_nghiep_thuy_loi",
    "kinh_te_gia_ca_viec_lam",
    "thu_tuc_hanh_chinh_cong_vu",
    "van_hoa_the_thao_du_lich",
    "an_ninh_trat_tu",
    "quoc_phong_quan_su",
    "thien_tai_pccc_dich_benh",
    "chuyen_doi_so_lua_dao_mang",
    "xay_dung_dang_chinh_quyen",
    "dan_toc_ton_giao",
    "khac",
)
CLASSES = ("thong_thuong", "uu_tien")
"""No emergency among them: those go only from templates approved beforehand."""

RULES = {
    "id": Rule(pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
    "title": Rule(),
    "field": Rule(among=FIELDS),
    "class": Rule(among=CLASSES),
    "issuing_body": Rule(),
    "source": Rule(),
    "source_url": Rule(required=False, pattern=r"https://\S+"),
    "language": Rule(among=LANGUAGES),
}


@dataclass(frozen=True)
class StarterBulletin:
    """A bulletin shipped with the project, ready to be drafted from (bản tin mẫu)."""

    id: str
    title: str
    text: str
    field: str
    bulletin_class: str
    issuing_body: str
    source: str
    source_url: str | None
    language: str
    path: Path


def load(folder: Path = SHELF) -> tuple[StarterBulletin, ...]:
    """All bulletins of the folder by file name, or FlawedContent with all their flaws."""
    readings = [Reading(path) for path in sorted(folder.glob("*.md"))]
    drafts = [_read(reading) for reading in readings]
    _refuse_duplicates(readings, [fields for fields, _ in drafts])
    flaws = [flaw for reading in readings for flaw in reading.flaws]
    if flaws:
        raise FlawedContent(flaws)
    return tuple(
        _bulletin(reading.path, fields, text)
        for reading, (fields, text) in zip(readings, drafts, strict=True)
    )


def _read(reading: Reading) -> tuple[dict[str, Entry], str]:
    lines = reading.text().split("\n")
    if reading.flaws:
        return {}, ""
    try:
        if lines[0].rstrip() != FENCE:
            raise ValueError
        end = [line.rstrip() for line in lines].index(FENCE, 1)
    except ValueError:
        reading.flaw(1, "", Reason.NO_FRONT_MATTER)
        return {}, ""
    node = reading.tree("\n".join(lines[1:end]), above=1)
    fields = {} if reading.flaws else reading.record(node, RULES, above=1)
    return fields, _text(reading, lines[end + 1 :], above=end + 1)


def _text(reading: Reading, lines: list[str], above: int) -> str:
    for number, line in enumerate(lines, start=above + 1):
        if tag := TAG.search(line):
            reading.flaw(number, "text", Reason.HTML_TAG, tag=tag[0])
    text = "\n".join(line.rstrip() for line in lines).strip()
    first = next((n for n, line in enumerate(lines, start=above + 1) if line.strip()), above)
    if not text:
        reading.flaw(first, "text", Reason.EMPTY)
    if (length := len(text.encode("utf-16-le")) // 2) > LONGEST:
        reading.flaw(first, "text", Reason.TOO_LONG, length=length, limit=LONGEST)
    return text


def _refuse_duplicates(readings: list[Reading], drafts: list[dict[str, Entry]]) -> None:
    seen: dict[str, str] = {}
    for reading, fields in zip(readings, drafts, strict=True):
        if entry := fields.get("id"):
            place = f"{reading.path.name}:{entry.line}"
            if entry.value in seen:
                first = seen[entry.value]
                reading.flaw(entry.line, "id", Reason.DUPLICATE, value=entry.value, place=first)
            seen.setdefault(entry.value, place)


def _bulletin(path: Path, fields: dict[str, Entry], text: str) -> StarterBulletin:
    value = {name: entry.value for name, entry in fields.items()}
    return StarterBulletin(
        id=value["id"],
        title=value["title"],
        text=text,
        field=value["field"],
        bulletin_class=value["class"],
        issuing_body=value["issuing_body"],
        source=value["source"],
        source_url=value.get("source_url"),
        language=value["language"],
        path=path,
    )
