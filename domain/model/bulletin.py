"""A short message from draft to approval: what it says, to whom, when, and who agreed."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from domain.errors import LostRace
from domain.model.attached import Enclosed
from domain.model.marks import Mark
from domain.model.office_days import OfficeDays
from domain.model.poll import Poll
from domain.model.reach import EVERYBODY, Reach
from domain.model.recurrence import Recurrence
from domain.model.series import Series
from domain.model.version import Version, Worded


class Field(StrEnum):
    """What a bulletin or an opinion is about (lĩnh vực)."""

    TRAFFIC = "giao_thong_do_thi"
    ENVIRONMENT = "moi_truong_rac_thai"
    LAND = "dat_dai_xay_dung"
    POWER_AND_WATER = "dien_nuoc"
    HEALTH = "y_te_bhyt"
    EDUCATION = "giao_duc"
    SOCIAL_SECURITY = "an_sinh_xa_hoi"
    FARMING = "nong_nghiep_thuy_loi"
    ECONOMY = "kinh_te_gia_ca_viec_lam"
    PUBLIC_SERVICE = "thu_tuc_hanh_chinh_cong_vu"
    CULTURE = "van_hoa_the_thao_du_lich"
    PUBLIC_ORDER = "an_ninh_trat_tu"
    DEFENCE = "quoc_phong_quan_su"
    DISASTERS = "thien_tai_pccc_dich_benh"
    ONLINE_SAFETY = "chuyen_doi_so_lua_dao_mang"
    GOVERNANCE = "xay_dung_dang_chinh_quyen"
    ETHNIC_AND_RELIGIOUS = "dan_toc_ton_giao"
    OTHER = "khac"


class BulletinClass(StrEnum):
    """How urgent a bulletin is; emergencies go only from templates approved beforehand."""

    ORDINARY = "thong_thuong"
    PRIORITY = "uu_tien"
    EMERGENCY = "khan_cap"


class BulletinState(StrEnum):
    """Where a bulletin stands between its author and the groups."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    STOPPED = "stopped"
    """One person stopped it; one person can let it go on."""
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


ALLOWED_MOVES: dict[BulletinState, frozenset[BulletinState]] = {
    BulletinState.DRAFT: frozenset({BulletinState.IN_REVIEW, BulletinState.WITHDRAWN}),
    BulletinState.IN_REVIEW: frozenset(
        {BulletinState.DRAFT, BulletinState.APPROVED, BulletinState.WITHDRAWN}
    ),
    BulletinState.APPROVED: frozenset(
        {
            BulletinState.DRAFT,
            BulletinState.STOPPED,
            BulletinState.SENT,
            BulletinState.WITHDRAWN,
            BulletinState.EXPIRED,
        }
    ),
    BulletinState.STOPPED: frozenset({BulletinState.APPROVED, BulletinState.WITHDRAWN}),
    BulletinState.SENT: frozenset({BulletinState.WITHDRAWN}),
    BulletinState.WITHDRAWN: frozenset(),
    BulletinState.EXPIRED: frozenset(),
}


class Misfire(StrEnum):
    """What becomes of a bulletin whose time went by unnoticed (khi lỡ giờ)."""

    LATE = "late"
    """It is sent late, and its author and approver are told how late."""
    SKIP = "skip"
    ASK = "ask"
    """Its author or approver decides."""


GOOD_FOR = timedelta(hours=24)
"""How long after its time a bulletin may still be sent, unless it says otherwise."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A short message and its place in the workflow (bản tin)."""

    id: str
    unit_id: str
    author_id: str
    state: BulletinState
    revision: int
    """The number of the newest revision; 0 while nothing was submitted."""

    def moved_to(self, state: BulletinState) -> "Bulletin":
        """This bulletin in another state; LostRace if the table does not allow the move."""
        if state not in ALLOWED_MOVES[self.state]:
            raise LostRace("bulletin.moved_on")
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class Draft(Worded):
    """What an author is still writing; every field may be missing until submission."""

    bulletin_id: str
    unit_id: str
    audience_unit_id: str
    text: str = ""
    field: Field | None = None
    bulletin_class: BulletinClass = BulletinClass.ORDINARY
    issuing_body: str = ""
    source: str = ""
    version: int = 1
    """Counts the changes, so that a stale button can be told from a fresh one."""
    send_at: datetime | None = None
    """With neither a time nor a recurrence: as soon as it is approved."""
    recurrence: Recurrence | None = None
    good_for: timedelta = GOOD_FOR
    misfire: Misfire = Misfire.LATE
    corrects: str | None = None
    """The revision that went out wrong, if this is its correction."""
    corrected_at: datetime | None = None
    """When that went out."""
    talking_points: str = ""
    """What to say about it, for those who pass it on; never sent to a group (ý chính để nói)."""
    title: str = ""
    """Empty in what was written before bulletins had one."""
    marks: tuple[Mark, ...] = ()
    """How stretches of the Vietnamese text look."""
    translations: tuple[Version, ...] = ()
    """The same in other languages, in the order of TRANSLATIONS."""
    reach: Reach = EVERYBODY
    """Which groups of the audience's places are meant."""
    series: Series | None = None
    poll: Poll | None = None
    """The question that follows the words into each group."""
    follows: str | None = None
    """The revision with the poll whose result it tells, or what was done about it."""
    attachments: Enclosed = ()

    @property
    def is_template(self) -> bool:
        return self.bulletin_class is BulletinClass.EMERGENCY


@dataclass(frozen=True, slots=True)
class Revision(Worded):
    """A bulletin's content as one person submitted it and another may approve it (phiên bản)."""

    id: str
    bulletin_id: str
    unit_id: str
    number: int
    author_id: str
    text: str
    field: Field
    bulletin_class: BulletinClass
    issuing_body: str
    source: str
    audience_unit_id: str
    send_at: datetime | None
    good_for: timedelta = GOOD_FOR
    recurrence: Recurrence | None = None
    misfire: Misfire = Misfire.LATE
    corrects: str | None = None
    corrected_at: datetime | None = None
    talking_points: str = ""
    approvals_needed: int = 1
    """How many people besides its author have to agree; as the rules stood at submission."""
    title: str = ""
    marks: tuple[Mark, ...] = ()
    translations: tuple[Version, ...] = ()
    reach: Reach = EVERYBODY
    series: Series | None = None
    poll: Poll | None = None
    follows: str | None = None
    attachments: Enclosed = ()

    @property
    def is_template(self) -> bool:
        """It is approved beforehand and goes out whenever somebody releases it."""
        return self.bulletin_class is BulletinClass.EMERGENCY

    @property
    def goes_out_once(self) -> bool:
        return self.recurrence is None and not self.is_template

    def planned_at(self, approved_at: datetime, office: OfficeDays) -> datetime:
        """When it falls due first: its next fire, the chosen time, or at once if that is past."""
        if self.recurrence:
            return self.recurrence.preview(approved_at, office, 1)[0]
        return max(self.send_at, approved_at) if self.send_at else approved_at

    def expired_by(self, now: datetime) -> bool:
        """Whether the chosen time lies so far back that it may no longer be sent at all."""
        return self.send_at is not None and now >= self.send_at + self.good_for
