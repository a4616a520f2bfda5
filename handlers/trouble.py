"""What keeps a command from doing its work, as a key for one sentence that names the way out."""


class CannotStart(Exception):
    """Nothing can be done before a person has put something right; ends with exit code 2."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


CANNOT_START = 2
"""The exit code of a process whose one sentence was printed: starting it again changes nothing."""
WRONG = 1
"""The exit code of a command that worked and found something wrong, or was refused by a rule."""
