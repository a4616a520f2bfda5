"""What the databases must refuse about conferences."""

AT = "2026-11-20 02:00:00.000000"


def called(change: str) -> str:
    """Of c2, to which people are called."""
    return f"UPDATE conference SET {change} WHERE id = 'c2'"


def guest(change: str) -> str:
    """Of Dung, who is called to c2 and has not answered."""
    return f"UPDATE conference_guest SET {change} WHERE conference_id = 'c2'"


BORN_CANCELLED = f"""
INSERT INTO conference (id, unit_id, made_by, made_at, state, version, asked, kind, title, place,
    audience, secret, invited, yes, declined, came)
VALUES ('c9', 'nk', 'hanh', '{AT}', 'cancelled', 1, 1, '', '', '', '', '', 0, 0, 0, 0)
"""

CONFERENCES = {
    "a conference that has begun before it was prepared": (
        BORN_CANCELLED,
        "a conference begins as a draft",
    ),
    "a conference is held that nobody was called to": (
        "UPDATE conference SET state = 'held' WHERE id = 'c1'",
        "a conference may not move so",
    ),
    "a cancelled conference comes back": (
        called("state = 'cancelled', secret = ''") + ";" + called("state = 'called', secret = 'x'"),
        "a conference may not move so",
    ),
    "a conference becomes another unit's": (
        called("unit_id = 'cr'"),
        "a conference stays its units",
    ),
    "a conference is removed": (
        "DELETE FROM conference WHERE id = 'c2'",
        "a conference is never removed once called",
    ),
    "a conference of five minutes": (called("minutes = 5"), "minutes"),
    "a conference of a month": (called("minutes = 43200"), "minutes"),
    "a conference without a place": (called("place = ''"), "complete"),
    "a conference of no kind": (called("kind = 'lien_hoan'"), "kind"),
    "a conference without a secret": (called("secret = ''"), "secret_while_called"),
    "a secret that outlives its conference": (called("state = 'held'"), "secret_while_called"),
    "an answer that is none": (guest("reply = 'maybe'"), "reply"),
    "somebody who came some other way": (guest("came = 'car'"), "came"),
    "somebody who was neither called nor there": (guest("invited = FALSE"), "called_or_there"),
    "what was sent is changed": (
        "UPDATE conference_material SET text = 'khác'",
        "what was sent of a conference stays",
    ),
}

EMPTIED_CONFERENCES = {
    "conferences are emptied": (
        "TRUNCATE conference CASCADE",
        "a conference is never removed once called",
    ),
}
"""What PostgreSQL's TRUNCATE could do."""
