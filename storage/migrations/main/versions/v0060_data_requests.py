"""What an opinion is may also be a request about data: which of them, each with its days by law."""

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0060"
down_revision = "main_0059"

KINDS = (
    "'phan_anh', 'kien_nghi', 'hoi_dap', 'gop_y', 'khen_ngoi',"
    " 'xem_du_lieu', 'sua_du_lieu', 'xoa_du_lieu', 'rut_dong_y'"
)


def upgrade() -> None:
    # A complaint or a denunciation is filed elsewhere: no row of ours may say that it is one.
    for act in ("INSERT ON opinion", "UPDATE OF kind ON opinion"):
        verb = act.partition(" ")[0].lower()
        no_longer_refuse(f"a_kind_is_one_of_five_{verb}", "opinion")
        name = f"a_kind_is_one_of_nine_{verb}"
        refuse(name, act, f"NEW.kind IS NOT NULL AND NEW.kind NOT IN ({KINDS})")
