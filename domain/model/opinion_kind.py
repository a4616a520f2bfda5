"""What an opinion is, as its writer calls it; and what the law wants filed elsewhere."""

import re
from enum import StrEnum

from domain.model.bulletin import Field
from domain.model.text import normalised


class OpinionKind(StrEnum):
    """What its writer calls it (loại ý kiến); the last five ask for what the law on data owes."""

    REPORT = "phan_anh"
    PROPOSAL = "kien_nghi"
    QUESTION = "hoi_dap"
    SUGGESTION = "gop_y"
    PRAISE = "khen_ngoi"
    SEE_DATA = "xem_du_lieu"
    CORRECT_DATA = "sua_du_lieu"
    ERASE_DATA = "xoa_du_lieu"
    END_CONSENT = "rut_dong_y"
    OBJECT = "phan_doi_xu_ly"
    """To how their data is worked with, or to some use of it (phản đối việc xử lý)."""


DATA_REQUESTS = frozenset(
    {
        OpinionKind.SEE_DATA,
        OpinionKind.CORRECT_DATA,
        OpinionKind.ERASE_DATA,
        OpinionKind.END_CONSENT,
        OpinionKind.OBJECT,
    }
)
"""What the bot could not do at once, and the office is asked to do (yêu cầu về dữ liệu)."""
KINDS_ASKED = tuple(kind for kind in OpinionKind if kind not in DATA_REQUESTS)
"""Of an opinion."""


class FormalMatter(StrEnum):
    """What the law has a way of its own for (khiếu nại, tố cáo): nothing of it is kept here."""

    COMPLAINT = "khieu_nai"
    DENUNCIATION = "to_cao"


FIELDS_ASKED = (
    Field.TRAFFIC,
    Field.ENVIRONMENT,
    Field.POWER_AND_WATER,
    Field.LAND,
    Field.PUBLIC_ORDER,
    Field.PUBLIC_SERVICE,
    Field.HEALTH,
    Field.SOCIAL_SECURITY,
    Field.EDUCATION,
    Field.ECONOMY,
    Field.DISASTERS,
    Field.FARMING,
    Field.ONLINE_SAFETY,
    Field.CULTURE,
    Field.GOVERNANCE,
    Field.ETHNIC_AND_RELIGIOUS,
    Field.DEFENCE,
    Field.OTHER,
)
"""In the order in which residents are asked: what most write about comes first."""

_FORMAL = re.compile(r"\b(khi[eế]u n[aạ]i|t[oố] c[aá]o)\b", re.IGNORECASE)


def names_formal_matter(text: str) -> bool:
    """Whether one of the two words stands there, with its marks or without.

    It only leads to a question, whose answer is the writer's; that the words stood there is kept
    nowhere.
    """
    return _FORMAL.search(normalised(text)) is not None
