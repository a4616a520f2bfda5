"""Opinions that read like real ones, in Vietnamese and Khmer: the same ones for the same seed.

Few words come often and most hardly ever (`tests/bench/lexicon.py`), so that what is looked for
may be in every third text, or in a handful of a million.
"""

from random import Random

from tests.bench.lexicon import places, runs, shops, syllables

OPENINGS = (
    "Kính gửi Ủy ban nhân dân", "Tôi là người dân sống ở đây", "Bà con xóm tôi phản ánh",
    "Xin cho tôi hỏi", "Đề nghị các cấp xem xét", "Gia đình tôi kiến nghị",
    "Mấy tháng nay", "Từ đầu mùa mưa đến giờ", "Tôi xin góp ý một việc", "Nhờ địa phương kiểm tra",
)  # fmt: skip
THINGS = (
    "đường sá", "đèn đường", "cống thoát nước", "rác thải", "nước sinh hoạt", "điện sinh hoạt",
    "cầu khỉ", "bờ kè", "vỉa hè", "chợ tự phát", "quán nhậu", "loa kéo", "bãi xe", "trạm y tế",
    "thẻ bảo hiểm", "sổ đỏ", "giấy khai sinh", "trường mầm non", "học phí", "xe buýt", "cây xanh",
    "dây điện", "kênh rạch", "đê bao", "lúa hè thu", "phân bón", "giá heo hơi", "muỗi vằn",
    "chó thả rông", "trộm cắp", "đua xe", "mạng di động", "tin nhắn lừa đảo", "hộ nghèo",
    "trợ cấp người cao tuổi", "nhà văn hóa", "sân bóng", "phòng cháy", "triều cường", "sạt lở",
)  # fmt: skip
TROUBLES = (
    "xuống cấp nặng", "bị hư từ lâu", "ngập sâu mỗi khi mưa lớn", "bốc mùi rất khó chịu",
    "chưa ai đến sửa", "gây mất an toàn cho trẻ em đi học", "làm bà con mất ngủ",
    "thường xuyên bị cúp", "chờ mãi không thấy trả lời", "thu tiền không có biên lai",
    "lấn chiếm lối đi chung", "chảy tràn ra mặt lộ", "giải quyết quá chậm",
    "mỗi nơi hướng dẫn một kiểu", "gãy đổ rất nguy hiểm", "tối om không thấy đường",
    "xả thẳng xuống sông", "kéo dài nhiều tuần", "ảnh hưởng tới buôn bán", "khiến người già té ngã",
)  # fmt: skip
PLACES = (
    "hẻm", "đường", "ấp", "khu vực", "chợ", "cầu", "bến đò", "ngã tư", "tổ", "kênh",
)  # fmt: skip
NAMES = (
    "Ba Láng", "Cái Răng", "Trà Nóc", "Phong Điền", "Thới Lai", "Ô Môn", "Thốt Nốt", "Vĩnh Thạnh",
    "Cờ Đỏ", "Bình Thủy", "An Khánh", "Xuân Khánh", "Hưng Lợi", "Tân An", "Mỹ Khánh", "Giai Xuân",
    "Trường Lạc", "Định Môn", "Đông Hiệp", "Nhơn Ái", "Long Tuyền", "Phú Thứ", "Kế Sách",
    "Ninh Thới", "Mỹ Xuyên", "Trần Đề", "Vĩnh Châu", "Ngã Năm", "Long Mỹ", "Vị Thanh",
    "Phụng Hiệp", "Châu Thành",
)  # fmt: skip
WISHES = (
    "Mong sớm được giải quyết", "Xin cảm ơn", "Đề nghị cho biết bao giờ làm xong",
    "Rất mong cán bộ xuống xem tận nơi", "Bà con sẵn sàng góp công", "Chúng tôi chờ trả lời",
    "Nếu được xin gắn thêm biển báo", "Xin hướng dẫn thủ tục cho rõ ràng", "Mong được quan tâm hơn",
)  # fmt: skip
LINKS = ("và", "rồi", "nên", "mà", "còn", "vì vậy", "thêm nữa", "ngoài ra", "lại thêm")
_OF_LIFE = (
    "anh chị ông bà cháu con em nhà cửa ruộng vườn sông nước mưa nắng gió bão sáng trưa chiều tối"
    " hôm qua tuần tháng năm lớn nhỏ dài ngắn cao thấp xa gần mới cũ tốt xấu nhanh chậm đông vắng"
    " ăn uống ngủ nghỉ đi đứng chạy nhảy học hành làm lụng mua bán vay mượn trả góp xây sửa đào lấp"
    " chặt trồng tưới bón thu hoạch chở kéo đẩy nâng hạ treo móc buộc cột giăng che chắn khóa mở"
    " thịt cá tôm cua gạo muối đường sữa trứng rau củ quả trái cam xoài bưởi dừa chuối mía khoai"
)
SAID = syllables(_OF_LIFE.split())
NAMED = places(NAMES)
SHOPS, SHOP_SHARE = shops(), 0.3
KHMER = (
    "ផ្លូវនេះខូចណាស់", "ទឹកជន់លិចផ្ទះ", "សូមជួយជួសជុល", "ភ្លើងបំភ្លឺផ្លូវមិនភ្លឺ", "សំរាមច្រើនពេក",
    "កូនខ្ញុំទៅសាលារៀនពិបាក", "សូមអរគុណ", "ពួកយើងរង់ចាំចម្លើយ", "ទឹកស្អាតមិនគ្រប់គ្រាន់", "ស្ពានចាស់គ្រោះថ្នាក់",
    "ប័ណ្ណធានារ៉ាប់រង", "តើត្រូវធ្វើដូចម្តេច", "អ្នកភូមិទាំងអស់", "ក្នុងរដូវភ្លៀង", "សូមមកមើលដោយផ្ទាល់",
)  # fmt: skip
KHMER_SAID = runs(KHMER)
KHMER_SHARE = 0.08


def opinion(number: int, seed: int = 7) -> str:
    """One opinion; most have forty to ninety syllables."""
    chance = Random(f"{seed}.{number}")
    if chance.random() < KHMER_SHARE:
        return " ".join(KHMER_SAID.one(chance) for _ in range(chance.randint(3, 9)))
    sentences = [f"{chance.choice(OPENINGS)}, {_trouble(chance)}."]
    sentences += [_more(chance) for _ in range(chance.randint(1, 4))]
    return " ".join([*sentences, f"{chance.choice(WISHES)}."])


def _trouble(chance: Random) -> str:
    return f"{chance.choice(THINGS)} ở {_place(chance)} {chance.choice(TROUBLES)}"


def _more(chance: Random) -> str:
    said = " ".join(SAID.one(chance) for _ in range(chance.randint(2, 7)))
    more = f"{_trouble(chance)}, {chance.choice(LINKS)} {chance.choice(TROUBLES)}, {said}"
    return f"{more[0].upper()}{more[1:]}."


def _place(chance: Random) -> str:
    place = f"{chance.choice(PLACES)} {NAMED.one(chance)} số {chance.randint(1, 200)}"
    shop = f" gần tiệm {SHOPS.one(chance)}" if chance.random() < SHOP_SHARE else ""
    return place + shop
