"""Statements about units that ended which the databases must refuse."""

ENDED = "UPDATE unit SET ended_on = '2026-11-20', successor_id = 'cr' WHERE id = 'kv'"
UNITS = {
    "a unit ends and nothing stands for it": (
        "UPDATE unit SET ended_on = '2026-11-20' WHERE id = 'kv'",
        "a unit that ended has one that stands for it",
    ),
    "what stands for a unit has ended itself": (
        f"{ENDED};UPDATE unit SET ended_on = '2026-11-20', successor_id = 'kv' WHERE id = 'nk'",
        "a unit that ended has one that stands for it",
    ),
    "a case goes to a unit that ended": (
        f"{ENDED};UPDATE opinion SET unit_id = 'kv'",
        "no case goes to a unit that ended",
    ),
}
