"""What may be done with cases, by those who handle them and by those who look after these."""

from domain.model.permission import Permission

WITH_CASES = frozenset(
    {
        Permission.OPINION_OPEN,
        Permission.OPINION_LISTEN,
        Permission.OPINION_RECORD,
        Permission.OPINION_SEARCH,
        Permission.OPINION_TAKE,
        Permission.OPINION_ANSWER,
        Permission.OPINION_CLOSE,
        Permission.OPINION_ASSIGN,
        Permission.OPINION_GIVE_BACK,
        Permission.OPINION_FORWARD,
        Permission.OPINION_ASK_BACK,
        Permission.OPINION_DECLINE,
        Permission.OPINION_REFER,
        Permission.OPINION_ALARM,
        Permission.OPINION_NOTE,
        Permission.OPINION_LABEL,
        Permission.OPINION_MERGE,
        Permission.OPINION_SET_APART,
        Permission.MATTER_OPEN,
        Permission.MATTER_GATHER,
        Permission.MATTER_TAKE_OUT,
        Permission.MATTER_CLOSE,
        Permission.OPINION_APPROVE_LETTER,
        Permission.OPINION_RETURN_LETTER,
    }
)
"""A triager's (cán bộ xử lý)."""
OVER_CASES = frozenset(
    {
        Permission.OPINION_OPEN,
        Permission.OPINION_LISTEN,
        Permission.OPINION_RECORD,
        Permission.OPINION_SEARCH,
        Permission.OPINION_ASSIGN,
        Permission.OPINION_REASSIGN,
        Permission.WORKLOAD_READ,
        Permission.FIGURES_READ,
        Permission.OPINION_FORWARD,
        Permission.OPINION_ALARM,
        Permission.OPINION_NOTE,
        Permission.OPINION_MUTE,
        Permission.OPINION_UNMUTE,
        Permission.OPINION_MERGE,
        Permission.OPINION_SET_APART,
        Permission.MATTER_OPEN,
        Permission.MATTER_GATHER,
        Permission.MATTER_TAKE_OUT,
        Permission.MATTER_CLOSE,
        Permission.OPINION_APPROVE_LETTER,
        Permission.OPINION_RETURN_LETTER,
    }
)
"""A supervisor's (người phụ trách), who sees to it that somebody answers."""
