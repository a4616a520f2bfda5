"""Figures of opinions with all fields of a month side by side, so that a year is fewer rows."""

import sqlalchemy as sa
from alembic import op

revision = "main_0084"
down_revision = "main_0083"

FIELDS = (
    "giao_thong_do_thi", "moi_truong_rac_thai", "dat_dai_xay_dung", "dien_nuoc", "y_te_bhyt",
    "giao_duc", "an_sinh_xa_hoi", "nong_nghiep_thuy_loi", "kinh_te_gia_ca_viec_lam",
    "thu_tuc_hanh_chinh_cong_vu", "van_hoa_the_thao_du_lich", "an_ninh_trat_tu",
    "quoc_phong_quan_su", "thien_tai_pccc_dich_benh", "chuyen_doi_so_lua_dao_mang",
    "xay_dung_dang_chinh_quyen", "dan_toc_ton_giao", "khac",
)  # fmt: skip
COUNTS = (*FIELDS, "no_field")
EACH = ", ".join(
    f"CAST(SUM(CASE field WHEN '{field}' THEN count ELSE 0 END) AS INTEGER) AS {name}"
    for field, name in zip((*FIELDS, ""), COUNTS, strict=True)
)
ASIDE = f"""CREATE TABLE figures_aside AS
    SELECT unit_id, month, {EACH} FROM opinion_figure GROUP BY unit_id, month"""  # noqa: S608
ALL = f"unit_id, month, {', '.join(COUNTS)}"
BACK = f"""INSERT INTO opinion_figure ({ALL})
    SELECT {ALL} FROM figures_aside ORDER BY unit_id, month"""  # noqa: S608


def upgrade() -> None:
    op.execute(ASIDE)
    op.drop_table("opinion_figure")
    op.create_table(
        "opinion_figure",
        sa.Column("unit_id", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False, server_default="0") for name in COUNTS),
        sa.PrimaryKeyConstraint("unit_id", "month"),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"]),
        sqlite_with_rowid=False,
    )
    op.execute(BACK)
    op.execute("DROP TABLE figures_aside")
