"""What stands at the head of a bulletin's file, and what each of it may be."""

from content.bulletins.enclosures import ENCLOSING
from content.catalog import FIRST_LANGUAGE, LANGUAGES
from content.records import Rule

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

_OF_EVERY_LANGUAGE = {
    "id": Rule(pattern=r"[a-z0-9]+(-[a-z0-9]+)*"),
    "language": Rule(among=LANGUAGES, required=False),
    "title": Rule(),
    "poll": Rule(required=False, is_record=True),
}
RULES = {
    **_OF_EVERY_LANGUAGE,
    "field": Rule(among=FIELDS),
    "class": Rule(among=CLASSES),
    "issuing_body": Rule(required=False),
    "source": Rule(),
    "source_url": Rule(required=False, pattern=r"https://\S+"),
    "audience": Rule(required=False),
    "tags": Rule(required=False),
    "send_at": Rule(required=False),
    "talking_points": Rule(required=False),
    **ENCLOSING,
}
"""Of the bulletin itself, which is the one in the first language."""
TRANSLATION = {**_OF_EVERY_LANGUAGE, "language": Rule(among=LANGUAGES[1:])}
"""Of the same in another language: the words, and nothing that is decided."""

assert LANGUAGES[0] == FIRST_LANGUAGE  # noqa: S101 - the rules above rely on it
