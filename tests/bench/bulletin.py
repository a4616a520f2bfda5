"""The words that everybody sends, and to whom."""

TEXT = (
    "<b>Phường An Bình thông báo</b>\n\n"
    "Triều cường ngày mai, đỉnh triều lúc 17 giờ. Bà con ở hẻm 12 và ven rạch kê đồ lên cao, "
    "ngắt điện tầng trệt, đưa xe ra đường lớn trước 16 giờ. Cần giúp, xin gọi trực ban phường.\n\n"
    "Nguồn: Công văn 12/UBND\n<i>Tin do máy của phường gửi tự động.</i>"
)
TOKEN = "4242:bench"
GROUPS = 10_000
FIRST_GROUP = -1_001_000_000_000


def group(number: int) -> int:
    """The address of one of the groups."""
    return FIRST_GROUP - number
