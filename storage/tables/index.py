"""Tables of the index of opinions' words: numbers of tokens and of cases, and no word."""

from sqlalchemy import BigInteger, Integer
from sqlmodel import Field

from storage.tables.registry import MainTable

_LONG = BigInteger().with_variant(Integer, "sqlite")
"""As a file calls whole numbers of any size."""
_GIVEN = {"autoincrement": False}


class PostingRow(MainTable, table=True):
    """Which cases have a token, as `storage/postings.py` packs them (danh sách mục từ)."""

    __tablename__ = "opinion_posting"
    # A file that keeps rows by a number of their own leaves the numbers of some that are gone on
    # the way to the others.
    __table_args__ = ({"sqlite_with_rowid": False},)

    key: int = Field(primary_key=True, sa_type=_LONG, sa_column_kwargs=_GIVEN)
    """The block of cases, and the token's number behind it."""
    cases: bytes


class UnpostedRow(MainTable, table=True):
    """A case whose tokens wait to be put on their lists (chờ lập chỉ mục)."""

    __tablename__ = "opinion_unposted"

    seq: int = Field(primary_key=True, sa_column_kwargs=_GIVEN)
    tokens: bytes
    place: int
    """In the line of those that wait."""
