"""What an opinion is may also be an objection to how data is worked with."""

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0071"
down_revision = "main_0068"

KINDS = (
    "'phan_anh', 'kien_nghi', 'hoi_dap', 'gop_y', 'khen_ngoi',"
    " 'xem_du_lieu', 'sua_du_lieu', 'xoa_du_lieu', 'rut_dong_y', 'phan_doi_xu_ly'"
)


def upgrade() -> None:
    # A complaint or a denunciation is filed elsewhere: no row of ours may say that it is one.
    for act in ("INSERT ON opinion", "UPDATE OF kind ON opinion"):
        verb = act.partition(" ")[0].lower()
        no_longer_refuse(f"a_kind_is_one_of_nine_{verb}", "opinion")
        name = f"a_kind_is_one_of_ten_{verb}"
        refuse(name, act, f"NEW.kind IS NOT NULL AND NEW.kind NOT IN ({KINDS})")
