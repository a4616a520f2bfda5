"""Statements that the databases must refuse: what is tried, and a word of what they answer."""

from tests.integration.storage.cast import BOT, frozen
from tests.integration.storage.illegal_conferences import CONFERENCES, EMPTIED_CONFERENCES
from tests.integration.storage.illegal_materials import EMPTIED_MATERIALS, MATERIALS
from tests.integration.storage.illegal_matters import MATTERS
from tests.integration.storage.illegal_pictures import EMPTIED_PICTURES, refused_pictures
from tests.integration.storage.illegal_points import EMPTIED_POINTS, POINTS
from tests.integration.storage.illegal_polls import EMPTIED_POLLS, refused_polls
from tests.integration.storage.illegal_reviews import EMPTIED_REVIEWS, refused_reviews
from tests.integration.storage.illegal_sessions import EMPTIED_SESSIONS, SESSIONS
from tests.integration.storage.illegal_units import ENDED, UNITS
from tests.integration.storage.illegal_voices import VOICES

HASH = frozen().hash
OTHER_HASH = f"{HASH}2"
"""Of r2, a second revision that nobody approved."""
AT = "2026-11-20 02:00:00.000000"
"""When the one broadcast in the file is planned."""
NAMED = (
    "id, bulletin_id, unit_id, number, author_id, text, field, bulletin_class, issuing_body,"
    " source, audience_unit_id, send_at, good_for_seconds, written, hash, submitted_at, recurrence,"
    " misfire, corrects, approvals_needed"
)
"""Every column of a revision that has no usual value."""


def insert(table: str, *values: object) -> str:
    written = ", ".join("NULL" if value is None else repr(value) for value in values)
    return f"INSERT INTO {table} VALUES ({written})"


def chat(name: str, purpose: str, number: str, thread: str) -> str:
    row = (name, "nk", purpose, "T", "telegram", BOT, number, thread, True)
    return insert("chat", *row, "vi", "active", "D", "hanh", AT, None, False, "dan_cu", "", False)


def replacing(statement: str) -> str:
    return statement.replace("INSERT", "INSERT OR REPLACE", 1)


def instead(statement: str, key: str, change: str) -> str:
    return f"{statement} ON CONFLICT ({key}) DO UPDATE SET {change}"


def approval(revision: str, text_hash: str, author: str, approver: str, name: str = "a9") -> str:
    return insert("approval", name, revision, text_hash, author, approver, AT)


def broadcast(bulletin: str, revision: str, text_hash: str, approved: str, at: str = AT) -> str:
    at_both = (at, at, "planned", False, "", None, False)
    return insert("broadcast", "bc9", bulletin, revision, text_hash, approved, *at_both)


def revision(name: str, number: str = "number", author: str = "author_id", **changed: str) -> str:
    """The revision in the file once more, with these SQL expressions in their places."""
    usual = {"id": f"'{name}'", "number": number, "author_id": author}
    fields = {column: column for column in NAMED.split(", ")} | usual
    fields |= {"corrects": "NULL", "approvals_needed": "1"} | changed
    values = ", ".join(fields.values())
    return f"INSERT INTO revision ({NAMED}) SELECT {values} FROM revision WHERE id = 'r1'"


def entry(kind: str, origin: str | None, to: str, **more: object) -> str:
    row: dict[str, object] = {
        "id": "x",
        "origin_kind": kind,
        "origin_id": origin,
        "destination": to,
        "part": 0,
        "lane": 0,
        "payload": None,
        "payload_hash": "",
        "state": "queued",
        "attempt": 1,
        "refusals": 0,
        "message_id": "",
        "link": "",
        "reason": "",
    }
    row |= more
    return insert(f"outbox ({', '.join(row)})", *row.values())


def record(seq: int, previous_hash: str) -> str:
    return insert("audit", seq, AT, "an", "bulletin:submit", "b1", "", previous_hash, "h")


def moved(name: str, *states: str) -> str:
    return ";".join(f"UPDATE outbox SET state = '{to}' WHERE id = '{name}'" for to in states)


INVITE = insert("invite", "i9", "h9", "An", "author", "nk", AT, *[None] * 4, "an", None)

NEWS = {
    "the author approves": (approval("r2", OTHER_HASH, "an", "an"), "second_person"),
    "the author approves what is said to be another's": (
        approval("r2", OTHER_HASH, "chi", "an"),
        "FOREIGN KEY",
    ),
    "a stranger approves": (approval("r2", OTHER_HASH, "an", "khach"), "FOREIGN KEY"),
    "another text is approved": (approval("r2", HASH, "an", "binh"), "FOREIGN KEY"),
    "a revision is approved twice": (approval("r1", HASH, "an", "chi"), "UNIQUE"),
    "an approval is overwritten": (
        instead(approval("r1", HASH, "an", "chi", "a1"), "id", "approver_id = 'chi'"),
        "an approval never changes",
    ),
    "an approval is given to another": (
        "UPDATE approval SET approver_id = 'chi'",
        "an approval never changes",
    ),
    "an approval is withdrawn": ("DELETE FROM approval", "an approval is never removed"),
    "a stranger writes": (revision("r9", "9", "'khach'"), "FOREIGN KEY"),
    "a submitted text is changed": (
        "UPDATE revision SET written = replace(written, 'mai', 'nay')",
        "a revision never changes",
    ),
    "a submitted text and its hash are changed": (
        "UPDATE revision SET text = 'khác', hash = 'khác'",
        "a revision never changes",
    ),
    "a revision is removed": ("DELETE FROM revision", "a revision is never removed"),
    "a revision is overwritten": (
        instead(revision("r1", text="'khác'"), "id", "text = 'khác'"),
        "a revision never changes",
    ),
    "a group is added to what was approved": (
        insert("revision_chat", "r1", "g3"),
        "a group is added only before approval",
    ),
    "a correction goes to a group that did not get what it corrects": (
        revision("r9", "9", corrects="'r1'") + ";" + insert("revision_chat", "r9", "g2"),
        "a correction goes to whoever got it",
    ),
    "a frozen group is exchanged": (
        "UPDATE revision_chat SET chat_id = 'g3' WHERE chat_id = 'g1'",
        "frozen groups never change",
    ),
    "a frozen group is removed": ("DELETE FROM revision_chat", "frozen groups are never removed"),
    "a broadcast without an approval": (broadcast("b1", "r2", OTHER_HASH, "a9"), "FOREIGN KEY"),
    "a broadcast of another text than was approved": (
        broadcast("b1", "r2", OTHER_HASH, "a1"),
        "FOREIGN KEY",
    ),
    "a broadcast under another bulletin's name": (
        ";".join(
            (
                revision("r9", "9", hash="'h9'", recurrence="'{}'"),
                approval("r9", "h9", "an", "binh"),
                broadcast("b9", "r9", "h9", "a9"),
            )
        ),
        "FOREIGN KEY",
    ),
    "two broadcasts of one revision at one time": (broadcast("b1", "r1", HASH, "a1"), "UNIQUE"),
    "a broadcast a second time, of what does not recur": (
        broadcast("b1", "r1", HASH, "a1", f"2027{AT[4:]}"),
        "only what recurs goes out again",
    ),
    "a broadcast before its time": (
        revision("r9", "9", send_at="'2027-01-01'") + ";" + broadcast("b1", "r9", HASH, "a1"),
        "a broadcast is not before its time",
    ),
    "a broadcast is postponed": (
        f"UPDATE broadcast SET planned_at = '2027{AT[4:]}'",
        "a broadcast keeps what was approved",
    ),
    "a broadcast is removed": ("DELETE FROM broadcast", "a broadcast is never removed"),
}

TEMPLATE = ";".join(
    (
        revision("r9", "9", hash="'h9'", bulletin_class="'khan_cap'"),
        insert("revision_choice", "r9", 0, "1,8 m"),
        insert("revision_choice", "r9", 0, "2,0 m"),
        approval("r9", "h9", "an", "binh"),
        broadcast("b1", "r9", "h9", "a9"),
    )
)
"""An approved template and an emergency in which nothing is chosen yet."""


def choice(slot: int, value: str) -> str:
    return insert("broadcast_choice", "bc9", slot, "r9", value)


def after_template(*statements: str) -> str:
    return ";".join((TEMPLATE, *statements))


EMERGENCIES = {
    "a value is added to an approved template": (
        after_template(insert("revision_choice", "r9", 0, "9 m")),
        "a choice is added only before approval",
    ),
    "an approved value is changed": (
        after_template("UPDATE revision_choice SET value = '9 m'"),
        "approved choices never change",
    ),
    "an approved value is removed": (
        after_template("DELETE FROM revision_choice"),
        "approved choices are never removed",
    ),
    "a value is chosen that was not approved": (
        after_template(choice(0, "9 m")),
        "FOREIGN KEY",
    ),
    "a template is released with a choice left open": (
        after_template("UPDATE broadcast SET state = 'released' WHERE id = 'bc9'"),
        "every choice is made before the release",
    ),
    "a value is chosen after the release": (
        after_template(
            choice(0, "1,8 m"),
            "UPDATE broadcast SET state = 'released' WHERE id = 'bc9'",
            choice(1, "2,0 m"),
        ),
        "a choice is made before the release",
    ),
    "a chosen value is exchanged": (
        after_template(choice(0, "1,8 m"), "UPDATE broadcast_choice SET value = '2,0 m'"),
        "a choice that was made never changes",
    ),
    "a chosen value is removed": (
        after_template(choice(0, "1,8 m"), "DELETE FROM broadcast_choice"),
        "a choice that was made is never removed",
    ),
}

SENDS = {
    "a send of a broadcast that does not exist": (
        entry("broadcast", "bc9", "chat:g1"),
        "a broadcast goes to its frozen groups",
    ),
    "a broadcast to a group that was not approved": (
        entry("broadcast", "bc1", "chat:g3"),
        "a broadcast goes to its frozen groups",
    ),
    "a broadcast with words of its own": (
        entry("broadcast", "bc1", "chat:g1", part=1, payload="{}"),
        "words_once",
    ),
    "a card to a residents' group": (
        entry("card", "k", "chat:g1"),
        "only a broadcast reaches residents groups",
    ),
    "a letter to a group that is not bound yet": (
        entry("letter", "k", "chat:g9"),
        "only a broadcast reaches residents groups",
    ),
    "a card to no known kind of place": (entry("card", "k", "CHAT:g1"), "destination"),
    "the same send a second time": (entry("broadcast", "bc1", "chat:g1"), "UNIQUE"),
    "a send under way is led elsewhere": (
        instead(entry("card", "k", "chat:s1", id="bc1.g1"), "id", "destination = 'chat:s1'"),
        "an entry keeps what it is",
    ),
    "a send without an origin": (entry("card", None, "chat:s1"), "NOT.NULL"),
    "a send that was never queued": (
        entry("card", "k", "chat:s1", state="sent"),
        "an entry starts queued",
    ),
    "a send is removed": ("DELETE FROM outbox", "an entry is never removed"),
    "a send goes elsewhere": (
        "UPDATE outbox SET destination = 'chat:g3' WHERE id = 'bc1.g1'",
        "an entry keeps what it is",
    ),
    "the words of a card are swapped": (
        "UPDATE outbox SET payload = 'khác' WHERE id = 'c1'",
        "words can only be forgotten",
    ),
    "a hash is taken off words that stay": (
        "UPDATE outbox SET payload_hash = '' WHERE id = 'c1'",
        "a hash goes with its words",
    ),
    "words go and their hash stays": (
        "UPDATE outbox SET payload = NULL WHERE id = 'c1'",
        "a hash goes with its words",
    ),
    "another hash is put on words": (
        "UPDATE outbox SET payload_hash = 'khác' WHERE id = 'c1'",
        "a hash goes with its words",
    ),
    "words go and another hash is left": (
        "UPDATE outbox SET payload = NULL, payload_hash = 'khác' WHERE id = 'c1'",
        "a hash goes with its words",
    ),
    "a hash comes back without its words": (
        "UPDATE outbox SET payload = NULL, payload_hash = ''; UPDATE outbox SET payload_hash = 'k'",
        "a hash goes with its words",
    ),
    "a sent message is queued again": (
        moved("bc1.g1", "sent", "queued"),
        "an entry may not move so",
    ),
    "a cancelled send is queued while its broadcast stands stopped": (
        "UPDATE broadcast SET state = 'stopped'; " + moved("bc1.g2", "cancelled", "queued"),
        "what was stopped waits for its broadcast",
    ),
    "a message is to be deleted that nobody withdrew": (
        "UPDATE outbox SET removal = 'wanted' WHERE id = 'bc1.g1'",
        "only what was withdrawn is taken away",
    ),
    "what was withdrawn goes out all the same": (
        ";".join(
            (
                "UPDATE broadcast SET state = 'stopped'",
                insert("withdrawal", "b1", "an", AT, False),
                "UPDATE broadcast SET state = 'released'",
            )
        ),
        "what was withdrawn goes out no more",
    ),
    "a withdrawal is taken back": (
        insert("withdrawal", "b1", "an", AT, False) + ";DELETE FROM withdrawal",
        "a withdrawal is never removed",
    ),
    "an attempt is counted without a repeat": (
        "UPDATE outbox SET attempt = 2 WHERE id = 'c1'",
        "only a repeat is a new attempt",
    ),
    "a staff group becomes a residents' group": (
        "UPDATE chat SET purpose = 'residents' WHERE id = 's1'",
        "a group keeps its purpose",
    ),
    "a residents' group is bound for staff in one of its topics": (
        chat("g9", "staff", "-1001", thread="5"),
        "a group has one purpose",
    ),
    "cards for staff are to go to a channel": (
        "UPDATE chat SET is_channel = TRUE WHERE id = 's1'",
        "cards about residents go to no channel update",
    ),
    "a channel is bound for staff": (
        chat("g9", "staff", "-1009", thread="").replace("False)", "TRUE)"),
        "cards about residents go to no channel insert",
    ),
    "what was written in private is said to be public": (
        "UPDATE opinion SET is_public = TRUE",
        "written in public is said for good",
    ),
    "a staff group moves into a residents' group": (
        "UPDATE chat SET chat = '-1001', thread = '5' WHERE id = 's1'",
        "a group moves to no other purpose",
    ),
    "a group is removed": ("DELETE FROM chat WHERE id = 's1'", "a group is never removed"),
    "one group is bound twice": ("UPDATE chat SET chat = '-1001'", "UNIQUE"),
    "a used button is made fresh": (
        "UPDATE button SET used_at = NULL",
        "a button is used once",
    ),
}

HEARD = {
    "id": "o9",
    "code": "HC-9",
    "number": "YK-9",
    "unit_id": "nk",
    "source": "private",
    "text": "Đèn hỏng.",
    "language": "vi",
    "state": "new",
    "filed_at": AT,
    "due_at": AT,
    "version": 1,
    "bearer_id": "giang",
}
ANSWERED_AT_ONCE = {"state": "answered"}
ELSEWHERE = {k: v for k, v in HEARD.items() if k != "bearer_id"} | {"unit_id": "cr"}
DENOUNCED = HEARD | {"source": "heard", "kind": "to_cao"}

CASES = {
    "an opinion is rewritten": (
        "UPDATE opinion SET text = 'Mọi việc đều tốt.'",
        "what a resident wrote can only be erased",
    ),
    "an opinion is emptied without a word": (
        "UPDATE opinion SET text = ''",
        "what a resident wrote can only be erased",
    ),
    "an opinion is marked as erased, text and all": (
        f"UPDATE opinion SET erased_at = '{AT}'",
        "erased",
    ),
    "an erasure is undone": (
        f"UPDATE opinion SET text = '', erased_at = '{AT}'; UPDATE opinion SET erased_at = NULL",
        "what was erased stays erased",
    ),
    "somebody's name is put to what was brought without one": (
        "UPDATE opinion SET bearer_id = 'giang'",
        "a bearer can only be forgotten",
    ),
    "a resident's own opinion has a bearer": (
        insert("opinion (" + ", ".join(HEARD) + ")", *HEARD.values()),
        "only what was heard has a bearer",
    ),
    "an opinion is called a complaint": (
        "UPDATE opinion SET kind = 'khieu_nai'",
        "a kind is one of ten update",
    ),
    "a denunciation is filed as an opinion": (
        insert("opinion (" + ", ".join(DENOUNCED) + ")", *DENOUNCED.values()),
        "a kind is one of ten insert",
    ),
    "a case waits for its resident without an end": (
        "UPDATE opinion SET state = 'more_info_asked'",
        "a wait has its end update",
    ),
    "a case is filed as answered without a day to object": (
        insert("opinion (" + ", ".join(ELSEWHERE) + ")", *(ELSEWHERE | ANSWERED_AT_ONCE).values()),
        "a wait has its end insert",
    ),
    "a case is closed without a day until which it can be opened again": (
        "UPDATE opinion SET state = 'closed'",
        "a wait has its end update",
    ),
    "a case that waits loses its end": (
        (
            f"UPDATE opinion SET state = 'answered', waits_until = '{AT}'; "
            "UPDATE opinion SET waits_until = NULL"
        ),
        "a wait has its end update",
    ),
    "a case is taken up and stays closed": (
        (
            f"UPDATE opinion SET state = 'closed', waits_until = '{AT}', closed_at = '{AT}'; "
            "UPDATE opinion SET state = 'in_progress'"
        ),
        "what is open is not closed update",
    ),
    "a case that nobody answered is said to be closed": (
        f"UPDATE opinion SET closed_at = '{AT}'",
        "what is open is not closed update",
    ),
    "a case is filed as closed and as new": (
        insert(
            "opinion (" + ", ".join(ELSEWHERE) + ", closed_at)",
            *(ELSEWHERE | {"closed_at": AT}).values(),
        ),
        "what is open is not closed insert",
    ),
    "a case stands where no case can stand": ("UPDATE opinion SET state = 'lost'", "state"),
    "a case is joined to none": (
        "UPDATE opinion SET state = 'duplicate_of'",
        "a case is joined to one of its unit that is not joined itself",
    ),
    "a case is joined to itself": (
        "UPDATE opinion SET state = 'duplicate_of', master_id = id",
        "a case is joined to one of its unit that is not joined itself",
    ),
    "a case is joined to one of another unit": (
        insert("opinion (" + ", ".join(ELSEWHERE) + ")", *ELSEWHERE.values())
        + "; UPDATE opinion SET state = 'duplicate_of', master_id = 'o9' WHERE id = 'o1'",
        "a case is joined to one of its unit that is not joined itself",
    ),
    "a case is filed with a unit that ended": (
        f"{ENDED};"
        + insert(
            "opinion (" + ", ".join(ELSEWHERE) + ")", *(ELSEWHERE | {"unit_id": "kv"}).values()
        ),
        "no case is filed with a unit that ended",
    ),
    "an opinion is removed": ("DELETE FROM opinion", "a case is never removed"),
    "an answer is rewritten": (
        "UPDATE answer SET text = 'Không.'",
        "an answer can only be erased with its case",
    ),
    "an answer is emptied while its case stands": (
        "UPDATE answer SET text = ''",
        "an answer can only be erased with its case",
    ),
    "a resident objects for a reason there is none of": (
        "UPDATE opinion SET objection = 'x'",
        "objection",
    ),
    "an answer is of a kind there is none of": ("UPDATE answer SET kind = 'ad'", "kind"),
    "what a resident added is rewritten": (
        "UPDATE addition SET text = 'Không.'",
        "an addition can only be erased with its case",
    ),
    "what a resident added is removed": ("DELETE FROM addition", "an addition is never removed"),
    "an answer is removed": ("DELETE FROM answer", "an answer is never removed"),
}

ON_RECORD = {
    "readers are taken off a count": (
        insert("read_count", "nk", AT[:10], 3) + ";UPDATE read_count SET readers = 2",
        "readers are counted one by one",
    ),
    "an earlier holder's term comes back": (
        "INSERT INTO duty VALUES ('bot:7', 'a', 2, 1); UPDATE duty SET term = 1",
        "a term only grows",
    ),
    "the record is changed": ("UPDATE audit SET actor_id = 'chi'", "the record never changes"),
    "the record is shortened": ("DELETE FROM audit", "nothing leaves the record"),
    "the record is overwritten": (
        instead("INSERT INTO audit SELECT * FROM audit WHERE seq = 1", "seq", "actor_id = 'chi'"),
        "the record only grows at its end",
    ),
    "two entries share a place": (record(2, "p"), "the record only grows at its end"),
    "a place is left out": (record(9, "p"), "the record only grows at its end"),
    "an entry does not follow from the one before": (
        record(3, "p"),
        "the record only grows at its end",
    ),
}

INVITES = {
    "somebody else is let in than was meant": (
        f"{INVITE};UPDATE invite SET used_at = '{AT}', person_id = 'chi'",
        "an invite lets in whom it means",
    ),
    "an invite is used once more": (
        (
            f"{INVITE};UPDATE invite SET used_at = '{AT}', person_id = 'an';"
            "UPDATE invite SET used_at = NULL, person_id = NULL"
        ),
        "an invite is used once",
    ),
    "a revoked invite is used": (
        (
            f"{INVITE};UPDATE invite SET revoked_at = '{AT}';"
            f"UPDATE invite SET used_at = '{AT}', person_id = 'an'"
        ),
        "what was revoked is not used",
    ),
    "two links lead to one person": (
        f"{INVITE};{INVITE.replace('i9', 'i8').replace('h9', 'h8')}",
        "UNIQUE",
    ),
    "a check is made as if it had not been": (
        f"{insert('roster_check', 'nk', '2026-11-01')};DELETE FROM roster_check",
        "a check is never removed",
    ),
    "somebody's last day is taken back": (
        (
            f"{insert('person_seen', 'an', '2026-11-20')};"
            "UPDATE person_seen SET seen_on = '2026-10-01' WHERE person_id = 'an'"
        ),
        "the last day only moves on",
    ),
    "a unit is checked twice in a month": (
        ";".join([insert("roster_check", "nk", "2026-11-01")] * 2),
        "UNIQUE",
    ),
    "a team has two leaders": (
        ";".join(insert("seat", who, "kv", "tổ 1", "Tổ 1", "to_truong") for who in ("an", "chi")),
        "UNIQUE",
    ),
    "an account is handed on": (
        "UPDATE person SET account = 'telegram:9' WHERE id = 'an'",
        "an account is not handed on",
    ),
}

REVIEWS = refused_reviews(insert, revision, approval)
POLLS = refused_polls(insert)
PICTURES = refused_pictures(insert)
ILLEGAL = (
    NEWS
    | REVIEWS
    | POLLS
    | PICTURES
    | MATTERS
    | POINTS
    | VOICES
    | EMERGENCIES
    | SENDS
    | CASES
    | UNITS
    | SESSIONS
    | CONFERENCES
    | MATERIALS
    | ON_RECORD
    | INVITES
)

ONLY_SQLITE = {
    "an approval is replaced": (
        replacing(approval("r1", HASH, "an", "chi", "a1")),
        "an approval is never removed",
    ),
    "a revision is replaced": (
        replacing(revision("r1", text="'khác'")),
        "a revision is never removed",
    ),
    "a send under way is replaced by a fresh one": (
        replacing(entry("broadcast", "bc1", "chat:g1", id="bc1.g1")),
        "an entry is never removed",
    ),
    "the record is replaced": (
        "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1",
        "the record only grows at its end",
    ),
}
"""What its INSERT OR REPLACE could do."""

ONLY_POSTGRESQL = (
    EMPTIED_SESSIONS
    | EMPTIED_CONFERENCES
    | EMPTIED_REVIEWS
    | EMPTIED_MATERIALS
    | EMPTIED_POLLS
    | EMPTIED_PICTURES
    | EMPTIED_POINTS
    | {
        "the record is emptied": ("TRUNCATE audit", "nothing leaves the record"),
        "approvals are emptied": ("TRUNCATE approval CASCADE", "an approval is never removed"),
        "revisions are emptied": ("TRUNCATE revision CASCADE", "a revision is never removed"),
        "frozen groups are emptied": ("TRUNCATE revision_chat", "frozen groups are never removed"),
        "broadcasts are emptied": ("TRUNCATE broadcast CASCADE", "a broadcast is never removed"),
        "approved choices are emptied": (
            "TRUNCATE revision_choice CASCADE",
            "approved choices are never removed",
        ),
        "choices that were made are emptied": (
            "TRUNCATE broadcast_choice",
            "a choice that was made is never removed",
        ),
        "withdrawals are emptied": ("TRUNCATE withdrawal", "a withdrawal is never removed"),
        "roster checks are emptied": ("TRUNCATE roster_check", "a check is never removed"),
        "sends are emptied": ("TRUNCATE outbox", "an entry is never removed"),
        "groups are emptied": ("TRUNCATE chat CASCADE", "a group is never removed"),
        "cases are emptied": ("TRUNCATE opinion CASCADE", "a case is never removed"),
        "additions are emptied": ("TRUNCATE addition", "an addition is never removed"),
        "answers are emptied": ("TRUNCATE answer", "an answer is never removed"),
        "groups of one's own are put before the real ones": (
            "CREATE TEMP TABLE chat AS SELECT 'g1' AS id, 'staff' AS purpose; "
            + entry("card", "k", "chat:g1"),
            "only a broadcast reaches residents groups",
        ),
    }
)
"""What its TRUNCATE and its temporary tables could do."""
