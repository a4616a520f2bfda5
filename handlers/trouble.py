"""What keeps a command from doing its work, as a key for one sentence that names the way out."""

WRONG = 1
"""The exit code of a command that worked and found something wrong, or was refused by a rule."""
CANNOT_START = 2
"""The exit code of a process whose one sentence was printed: starting it again changes nothing."""
NOT_NOW = 3
"""The same, but it may pass by itself: a network, a full disk."""


class CannotStart(Exception):
    """Nothing can be done before a person has put something right."""

    code = CANNOT_START

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
        self.others: tuple[CannotStart, ...] = ()
        """What else has to be put right: it is all said at once."""


class CannotStartNow(CannotStart):
    """Nothing can be done now; a later try may find it mended."""

    code = NOT_NOW
