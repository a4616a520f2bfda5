"""What a rule answers when it says no: a key for the sentence, never the sentence."""


class Refusal(Exception):
    """A rule said no; `key` names the sentence in the catalogue, `values` fill it."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Repeated(Refusal):
    """No once more, to somebody who was told so already: nothing is said."""


class TooLong(Refusal):
    """These words do not fit beside what is written already; that still stands."""


class Forbidden(Refusal):
    """The actor has no right to do this here."""


class LostRace(Refusal):
    """Somebody else was first, or the thing has changed since it was shown."""


class Missing(Refusal):
    """There is nothing behind this name: a link or a button from another time or place."""

    def __init__(self, name: str) -> None:
        super().__init__("errors.missing", name=name)

    def __str__(self) -> str:
        return f"nothing is called {self.values['name']}"


class MemoryLost(Exception):
    """The database cannot be worked with right now; nothing was decided, and nothing is lost."""


class AlreadyProcessed(Exception):
    """This update's effect is already in the database; there is nothing left to do."""


class Overtaken(Exception):
    """Somebody else has written it since it was read: whoever reads it again goes on from there."""


class Tampered(Exception):
    """Stored text no longer matches the hash that was approved; nothing of it may be sent."""


class Unreadable(Exception):
    """What was sealed can never be opened again; trying once more mends nothing."""


class CredentialsRefused(Exception):
    """The channel no longer accepts the bot's token; every send stays queued."""
