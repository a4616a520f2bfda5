"""Each test begins as if everybody had just moved in, whatever the last one left behind."""

from tests.databases import Databases


def test_what_a_test_made_is_gone_before_the_next(databases: Databases) -> None:
    databases.sql("CREATE TABLE left_behind (n integer)")
    databases.sql("INSERT INTO left_behind VALUES (1)")

    databases.refresh()

    assert "left_behind" not in databases.tables("main")
