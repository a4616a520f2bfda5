"""The words of the generator: a few that everybody uses, and a long tail that hardly anybody does.

A word of rank r comes about 1/r as often as the first, as in any language (Zipf). The tail is made
of what Vietnamese syllables are made of, of names from the syllables of which places are named, of
such in one word without marks as shops paint them, and of Khmer words side by side; seeded, so
that they are the same in every run.
"""

from bisect import bisect
from collections.abc import Iterable, Sequence
from itertools import accumulate, product
from random import Random
from unicodedata import normalize

from domain.model.search import folded

ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
OPEN_RIMES = (
    "a ai am an ang anh ao au ay âm ân âng âu ây ăm ăn ăng e em en eng eo ê êm ên ênh"
    " êu ia iêm iên iêng iêu im in inh iu o oa oai oan oang oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn"
    " u ua uân ui um un ung uôi uôm uôn uông uy uyên ư ưa ưi ưng ươi ươm ươn ương ươu ưu"
)
STOPPED_RIMES = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich iêc iêp iêt ip it oc oac oat op ot ôc ôp"
    " ôt ơp ơt uc uât uôc uôt up ut uyêt ưc ươc ươp ươt ưt"
)
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
STOPPED_TONES = ("\u0301", "\u0323")
OF_PLACES = (
    "An Bình Châu Đông Hòa Hưng Khánh Lạc Long Lộc Lợi Mỹ Nam Nghĩa Nhơn Ninh Phong Phú Phước Quới"
    " Quý Sơn Tân Tây Thạnh Thành Thiện Thới Thuận Tiên Trung Trường Vĩnh Xuân Giang Hậu Điền Định"
    " Đức Thọ Tường Viễn Ân Hiệp Hội Kiên Thắng Thịnh Trạch Trị Yên Nhuận Phụng Quang Tam Ngãi Mai"
    " Sen Dừa Tràm Bần Sáo Cồn Rạch Vàm Xẻo Cái Bàu Láng Gò Giồng Mương Lung Bưng Trảng"
)
KHMER_WORDS = (
    "ផ្លូវ ទឹក ផ្ទះ ភូមិ សាលា ភ្លើង ស្ពាន សំរាម កូន ចាស់ ថ្មី ជួយ ជុល សូម អរគុណ មើល ច្រើន តិច លិច ខូច ក្រុម"
    " ស្រែ ដី ផ្សារ ពេទ្យ ឆ្នាំ ខែ ថ្ងៃ យប់ ព្រឹក ល្ងាច ឃុំ ស្រុក ខេត្ត វត្ត ព្រះ លោក គ្រូ សិស្ស ឈើ ទូក ត្រី"
    " អង្ករ លុយ ថ្លៃ ធ្វើ រង់ចាំ ឆ្លើយ សួរ ប្រាប់ ដឹង ឮ ដើរ រត់ ទិញ លក់ ជាង កម្មករ មេ ឪពុក ម្តាយ បង ប្អូន"
)
EVENED = 2.7
"""How much the first ranks are evened out (Mandelbrot)."""
SYLLABLES, PLACES, RUNS, SHOPS = 6_000, 4_000, 2_500, 20_000


class Ranked:
    """Words in the order of how often they come."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self._until = list(accumulate(1 / (rank + EVENED) for rank in range(1, len(words) + 1)))

    def one(self, chance: Random) -> str:
        return self.words[bisect(self._until, chance.random() * self._until[-1])]


def syllables(common: Iterable[str], seed: int = 1) -> Ranked:
    """The common ones first, then the tail."""
    made = {
        onset + _toned(rime, tone)
        for rimes, tones in ((OPEN_RIMES, TONES), (STOPPED_RIMES, STOPPED_TONES))
        for onset, rime, tone in product(ONSETS.split(), rimes.split(), tones)
    }
    return _ranked(common, made, SYLLABLES, seed)


def places(common: Iterable[str], seed: int = 2) -> Ranked:
    made = {f"{one} {other}" for one, other in product(OF_PLACES.split(), repeat=2) if one != other}
    return _ranked(common, made, PLACES, seed)


def shops(seed: int = 4) -> Ranked:
    plain = [folded(word) for word in OF_PLACES.split()]
    made = {
        "".join(three) for three in product(plain, plain[:20], plain) if len({*three}) == len(three)
    }
    return _ranked((), made, SHOPS, seed)


def runs(common: Iterable[str], seed: int = 3) -> Ranked:
    """Of Khmer, which has no spaces between its words."""
    made = {one + other for one, other in product(KHMER_WORDS.split(), repeat=2) if one != other}
    return _ranked(common, made, RUNS, seed)


def _ranked(common: Iterable[str], made: set[str], most: int, seed: int) -> Ranked:
    first = list(dict.fromkeys(common))
    tail = sorted(made - set(first))
    Random(seed).shuffle(tail)
    return Ranked([*first, *tail[: most - len(first)]])


def _toned(rime: str, tone: str) -> str:
    """The mark stands on the vowel before the end, or on the last one."""
    vowels = [at for at, sign in enumerate(rime) if sign in VOWELS]
    at = vowels[-2] if len(vowels) > 1 and vowels[-1] == len(rime) - 1 else vowels[-1]
    return normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :])
