"""PostgreSQL goes away and comes back, has roles and locales of its own, and many writers."""

import asyncio
from collections.abc import Iterator

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from domain.model.audit import AuditEvent, first_break
from domain.model.chat import Address, Chat
from domain.model.duty import STILL
from storage.chats import SqlChats
from storage.engine import READING
from storage.errors import StorageUnusable, Unusable
from storage.migrate import bring_up_to_date
from storage.open import open_main
from storage.postgres import IDLE_LIMIT, SETTINGS
from storage.revisions import Which
from storage.unit_of_work import SqlMemory
from tests.conftest import IDLE_AS_RUN
from tests.databases import Databases, ServerWay, only_servers
from tests.integration.storage.cast import GROUP, NOW, OPINION, WARD, FrozenClock
from tests.integration.storage.test_canary import logged
from tests.postgres import Cluster

pytestmark = only_servers

OTHER_CONNECTIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


async def reason_for(url: str) -> Unusable:
    with pytest.raises(StorageUnusable) as raised:
        await open_main(url, FrozenClock())
    assert "canary" not in logged(raised.value)
    return raised.value.reason


async def test_a_server_that_is_not_there_is_unreachable(kind: str) -> None:
    nobody = "postgresql://an:canary@127.0.0.1:1/main"

    assert await reason_for(nobody) is Unusable.UNREACHABLE


async def test_an_unknown_role_is_denied(databases: Databases) -> None:
    stranger = str(databases.main).replace("postgres@", "khach:canary@")

    assert await reason_for(stranger) is Unusable.DENIED


async def test_a_database_that_nobody_made_is_named(databases: Databases) -> None:
    nowhere = str(databases.main).replace("_main?", "_nowhere?")

    assert await reason_for(nowhere) is Unusable.NO_DATABASE


async def test_a_database_of_another_encoding_is_refused(
    postgres: Cluster, databases: Databases
) -> None:
    options = "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
    databases.sql("DROP DATABASE IF EXISTS ascii", which="postgres")
    databases.sql(f"CREATE DATABASE ascii {options}", which="postgres")

    with pytest.raises(StorageUnusable, match="wrong_locale"):
        await bring_up_to_date(postgres.url("ascii"), Which.MAIN)


async def run(memory: SqlMemory, statement: str, **values: str) -> None:
    """A statement of the test's own, in a transaction of ours, with an opinion after it."""
    async with memory.begin() as work:
        await (await work._session.connection()).execute(text(statement), values)
        await work.opinions.add(OPINION)
        await work.commit()


async def test_a_database_that_may_only_be_read_is_reported(memory: SqlMemory) -> None:
    with pytest.raises(StorageUnusable, match="unwritable"):
        await run(memory, "SET TRANSACTION READ ONLY")


@pytest.mark.parametrize(
    ("code", "reason"), [("53100", "full"), ("40P01", "locked"), ("XX001", "damaged")]
)
async def test_what_a_server_complains_of_is_told_apart(
    memory: SqlMemory, code: str, reason: str
) -> None:
    complaint = f"DO $$ BEGIN RAISE EXCEPTION 'canary' USING ERRCODE = '{code}'; END $$"
    with pytest.raises(StorageUnusable, match=reason):
        await run(memory, complaint)


async def test_a_connection_lost_in_the_middle_keeps_nothing(
    memory: SqlMemory, databases: Databases
) -> None:
    async def be_cut_off() -> None:
        async with memory.begin() as work:
            await work.opinions.add(OPINION)
            databases.sql(OTHER_CONNECTIONS)
            await work.commit()

    with pytest.raises(StorageUnusable, match="unreachable"):
        await be_cut_off()

    async with memory.begin() as work:
        assert await work.opinions.by_code(OPINION.code) is None


async def test_a_transaction_that_stands_still_ends_before_anybody_may_take_over(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SETTINGS, IDLE_LIMIT, IDLE_AS_RUN)
    memory = await open_main(databases.main, FrozenClock())
    setting = "SELECT setting::int FROM pg_settings WHERE name = :name"
    async with memory.begin() as work:
        values = {"name": IDLE_LIMIT}
        milliseconds = await (await work._session.connection()).scalar(text(setting), values)
    await memory.close()

    assert 0 < milliseconds < STILL * 1000


@pytest.fixture
def own_cluster(kind: str, postgres: Cluster) -> Iterator[Cluster]:
    """One that a test may stop."""
    cluster = Cluster.make(postgres.programs)
    cluster.start()
    way = ServerWay(cluster.url("postgres"))
    way.run("CREATE DATABASE main TEMPLATE template0")
    way.close()
    yield cluster
    cluster.stop()
    cluster.remove()


@pytest.mark.parametrize("noticed", [True, False])
async def test_a_server_that_comes_back_is_used_again(own_cluster: Cluster, noticed: bool) -> None:
    await bring_up_to_date(own_cluster.url("main"), Which.MAIN)
    memory = await open_main(own_cluster.url("main"), FrozenClock())
    async with memory.begin() as work:
        await work.units.root()
    await asyncio.to_thread(own_cluster.stop)
    if noticed:
        with pytest.raises(StorageUnusable, match="unreachable"):
            await run(memory, "SELECT 1")
    await asyncio.to_thread(own_cluster.start)

    async with memory.begin() as work:
        assert await work.units.root() is None
    await memory.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE opinion SET erased_at = now() WHERE text = :words",
        "SELECT CAST(:words AS integer)",
        "INSERT INTO opinion (id) VALUES (:words)",
    ],
)
async def test_what_a_server_refuses_is_not_quoted(memory: SqlMemory, statement: str) -> None:
    await run(memory, "SELECT 1")
    with pytest.raises(DBAPIError) as refused:
        await run(memory, statement, words=OPINION.text)

    assert OPINION.text not in logged(refused.value)


@pytest.fixture
def clerk(databases: Databases) -> Iterator[str]:
    """The address of main for a role that owns nothing there."""
    rights = "SELECT, INSERT, UPDATE, DELETE"
    databases.sql("CREATE ROLE clerk LOGIN")
    # A schema that another test made anew is not open to everybody, as the first one is.
    databases.sql("GRANT USAGE ON SCHEMA public TO clerk")
    databases.sql(f"GRANT {rights} ON ALL TABLES IN SCHEMA public TO clerk")
    databases.sql("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clerk")
    yield str(databases.main).replace("postgres@", "clerk@")
    databases.sql("DROP OWNED BY clerk")
    databases.sql("DROP ROLE clerk")


async def test_a_role_that_owns_nothing_can_do_all_the_work(clerk: str) -> None:
    await bring_up_to_date(clerk, Which.MAIN)
    memory = await open_main(clerk, FrozenClock())
    async with memory.begin() as work:
        await work.audit.append(AuditEvent(NOW, "an", "bulletin:submit", "b1"))
        await work.commit()
    await memory.close()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "DROP TRIGGER the_record_never_changes ON audit",
        "SET session_replication_role = replica",
        "ALTER FUNCTION the_record_never_changes() RENAME TO gone",
        "TRUNCATE audit",
    ],
)
def test_a_role_that_owns_nothing_cannot_switch_a_rule_off(clerk: str, statement: str) -> None:
    way = ServerWay(clerk)
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            way.run(statement)
    finally:
        way.close()


async def test_a_crowded_transaction_waits_for_nobody(
    memory: SqlMemory, databases: Databases
) -> None:
    other = await open_main(databases.main, FrozenClock())
    async with memory.begin(), other.begin(crowded=True) as work, memory.begin(crowded=True):
        assert await work.units.get(WARD.id) == WARD
    await other.close()


async def append(memory: SqlMemory, times: int) -> None:
    for _ in range(times):
        async with memory.begin(crowded=True) as work:
            await work.audit.append(AuditEvent(NOW, "an", "bulletin:submit", "b1"))
            await work.commit()


async def test_a_crowd_writes_one_chain(memory: SqlMemory, databases: Databases) -> None:
    other = await open_main(databases.main, FrozenClock())
    await asyncio.gather(*(append(one, 10) for one in (memory, other, memory, other)))
    async with memory.begin() as work:
        entries = await work.audit.entries()
    await other.close()

    assert len(entries) == 40
    assert first_break(entries) is None


async def test_two_who_hear_of_a_move_at_once_both_find_the_group_moved(
    memory: SqlMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = SqlChats.at

    async def look_when_another_has_moved_it(chats: SqlChats, there: Address) -> tuple[Chat, ...]:
        monkeypatch.setattr(SqlChats, "at", look)
        async with memory.begin() as other:
            assert await other.chats.move(GROUP.id, there.chat)
            await other.commit()
        return await look(chats, there)

    monkeypatch.setattr(SqlChats, "at", look_when_another_has_moved_it)
    async with memory.begin(crowded=True) as work:
        assert await work.chats.move(GROUP.id, "-1009990001")


async def test_a_connection_that_only_reads_may_write_again_afterwards(memory: SqlMemory) -> None:
    """One of the pool's: what it was told for one transaction does not hold for the next."""
    changing = text("CREATE TEMPORARY TABLE nothing (id integer)")
    told = text("SELECT current_setting('transaction_isolation')")
    async with memory.engine.connect() as plain:
        reading = await plain.execution_options(**READING)
        assert (await reading.execute(told)).scalar() == "repeatable read"
        with pytest.raises(StorageUnusable) as raised:
            await reading.execute(changing)
    assert raised.value.reason is Unusable.UNWRITABLE

    async with memory.engine.connect() as writing:
        assert (await writing.execute(told)).scalar() == "read committed"
        await writing.execute(changing)
