"""What was stopped can go back in line, once its broadcast was let go on."""

from storage.migrations.refusing import no_longer_refuse, refuse

revision = "main_0011"
down_revision = "main_0010"

MOVES = {
    "queued": "sending cancelled expired",
    "sending": "queued sent uncertain failed cancelled expired",
    "uncertain": "queued sent",
    "cancelled": "queued",
}


def upgrade() -> None:
    no_longer_refuse("an_entry_may_not_move_so", "outbox")
    moves = ", ".join(f"'{old}>{new}'" for old, ends in MOVES.items() for new in ends.split())
    refuse(
        "an_entry_may_not_move_so",
        "UPDATE OF state ON outbox",
        f"NEW.state <> OLD.state AND OLD.state || '>' || NEW.state NOT IN ({moves})",
    )
    refuse(
        "what_was_stopped_waits_for_its_broadcast",
        "UPDATE OF state ON outbox",
        "OLD.state = 'cancelled' AND NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM broadcast"
        " WHERE broadcast.id = NEW.origin_id AND NEW.origin_kind = 'broadcast'"
        " AND broadcast.state = 'released')",
    )
