"""Why a resident is not satisfied with what the office said or did."""

from enum import StrEnum


class Objection(StrEnum):
    """Why a resident is not satisfied, as they choose it (lý do chưa xong)."""

    NOTHING_DONE = "chua_lam"
    HALF_DONE = "lam_do_dang"
    BESIDE_THE_POINT = "khong_dung_y"
    CAME_BACK = "lai_xay_ra"
    OTHER = "khac"
