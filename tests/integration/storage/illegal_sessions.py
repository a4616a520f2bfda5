"""What the databases must refuse about outreach sessions."""

AT = "2026-11-20 02:00:00.000000"
LOGGED = "UPDATE outreach_session SET {} WHERE id = 's2'"
"""One that Dung has submitted, and nobody has confirmed."""


def logged(change: str) -> str:
    return LOGGED.format(change)


def fresh(**changed: object) -> str:
    """A session more, as its communicator begins it, but for these columns."""
    row: dict[str, object] = {
        "id": "s9",
        "unit_id": "kv",
        "person_id": "dung",
        "role": "communicator",
        "form_version": 1,
        "state": "draft",
        "version": 1,
        "begun_at": AT,
        "answers": "{}",
        "note": "",
    }
    row |= changed
    values = ", ".join(repr(value) for value in row.values())
    return f"INSERT INTO outreach_session ({', '.join(row)}) VALUES ({values})"


def plan(number: int = 2, sessions: int = 4) -> str:
    """Another plan of the ward."""
    values = f"'nk', {number}, '2026-11-01', {sessions}, 'hanh', '{AT}'"
    return f"INSERT INTO monthly_plan VALUES ({values})"


def praise(author: str = "hanh", text: str = "Hay.") -> str:
    """Another good word for Dung."""
    return f"INSERT INTO commendation VALUES ('c9', 'dung', 'kv', '{author}', '{text}', '{AT}')"


def medium(**changed: object) -> str:
    """A photo more for the draft s1, but for these columns."""
    row: dict[str, object] = {
        "id": "m9",
        "session_id": "s1",
        "kind": "photo",
        "number": 2,
        "content": "x",
        "added_at": AT,
    }
    row |= changed
    values = ", ".join(repr(value) for value in row.values())
    return f"INSERT INTO session_media ({', '.join(row)}) VALUES ({values})"


CONFIRMED = f"state = 'confirmed', confirmed_at = '{AT}', confirmed_by = "

SESSIONS = {
    "a session of less than no people": (logged("people = -5"), "people"),
    "a session of a thousand million people": (logged("people = 1000000000"), "people"),
    "a session of less than no households": (logged("households = -1"), "households"),
    "a session of no length": (logged("minutes = 0"), "minutes"),
    "a session of eleven hours": (logged("minutes = 660"), "minutes"),
    "a session held in no way": (logged("mode = 'bay'"), "mode"),
    "a session in the future": (logged(f"start_at = '2027{AT[4:]}'"), "not_in_the_future"),
    "a submitted session without its length": (logged("minutes = NULL"), "complete"),
    "a session that its communicator confirms": (logged(CONFIRMED + "'dung'"), "second_person"),
    "a session that nobody confirms": (logged("state = 'confirmed'"), "confirmed"),
    "a session that a stranger confirms": (logged(CONFIRMED + "'khach'"), "FOREIGN KEY"),
    "a session that becomes another's": (
        logged("person_id = 'an'"),
        "a session keeps its communicator and form",
    ),
    "a session that was returned is confirmed": (
        logged("state = 'returned'") + ";" + logged(CONFIRMED + "'hanh'"),
        "only what was submitted is confirmed",
    ),
    "a confirmed session is changed": (
        "UPDATE outreach_session SET people = 3000 WHERE id = 's3'",
        "a confirmed session never changes",
    ),
    "a submitted session is removed": (
        "DELETE FROM outreach_session WHERE id = 's2'",
        "a logged session is never removed",
    ),
    "a session begins as submitted": (
        fresh(state="submitted", start_at=AT, submitted_at=AT, minutes=9, people=9, mode="ket_hop"),
        "a session begins as a draft",
    ),
    "a session under a form that nobody made": (
        fresh(form_version=9),
        "a session is logged under a form",
    ),
    "a fifth photo": (medium(number=5), "place"),
    "a second voice note": (medium(kind="voice", number=2), "place"),
    "two photos in one place": (medium(number=1), "number"),
    "a film": (medium(kind="film"), "place"),
    "a photo of nothing": (medium(content=""), "size"),
    "a photo of no session": (medium(session_id="s9"), "FOREIGN KEY"),
    "a photo for a confirmed session": (
        medium(session_id="s3"),
        "a confirmed session gets no media",
    ),
    "another photo in place of one": (
        "UPDATE session_media SET number = 3 WHERE id = 'm1'",
        "media never change",
    ),
    "a draft is removed and its photo stays": (
        "DELETE FROM session_question WHERE id = 'q1';DELETE FROM outreach_session WHERE id = 's1'",
        "FOREIGN KEY",
    ),
    "a form is changed": ("UPDATE session_form SET fields = '[]'", "a form never changes"),
    "a form is removed": ("DELETE FROM session_form", "a form is never removed"),
    "a good word to oneself": (praise(author="dung"), "second_person"),
    "a good word without words": (praise(text=""), "text"),
    "a good word longer than it may be": (praise(text="a" * 301), "text"),
    "a good word is changed": (
        "UPDATE commendation SET text = 'khác'",
        "a commendation never changes",
    ),
    "a plan of less than no sessions": (plan(sessions=-5), "sessions"),
    "a plan of a thousand million sessions": (plan(sessions=10**9), "sessions"),
    "a plan under a number that is taken": (plan(number=1), "UNIQUE"),
    "a plan is changed": (
        "UPDATE monthly_plan SET sessions = 9",
        "a monthly plan never changes",
    ),
    "a plan is removed": ("DELETE FROM monthly_plan", "a monthly plan is never removed"),
    "a question is filed in other words": (
        "UPDATE session_question SET text = 'Mọi việc đều tốt.' WHERE id = 'q1'",
        "a raised question is filed as it was asked",
    ),
    "a question is marked as filed and keeps its words": (
        f"UPDATE session_question SET filed_at = '{AT}' WHERE id = 'q1'",
        "words_once",
    ),
    "a filed question is removed": (
        "DELETE FROM session_question WHERE id = 'q2'",
        "a filed question is never removed",
    ),
}

EMPTIED_SESSIONS = {
    "plans are emptied": ("TRUNCATE monthly_plan", "a monthly plan is never removed"),
    "forms are emptied": ("TRUNCATE session_form", "a form is never removed"),
    "sessions are emptied": (
        "TRUNCATE outreach_session CASCADE",
        "a logged session is never removed",
    ),
    "questions are emptied": ("TRUNCATE session_question", "a filed question is never removed"),
}
"""What PostgreSQL's TRUNCATE could do."""
