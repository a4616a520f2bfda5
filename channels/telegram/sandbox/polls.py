"""Polls while they run: who voted how, and what the bot that asked is told."""

from dataclasses import dataclass

from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.records import Bot, Dialog, User
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.timeline import Timeline


@dataclass
class Polls:
    """Votes per poll; a message shows only how many there are."""

    store: Store
    mailbox: Mailbox
    timeline: Timeline

    def __post_init__(self) -> None:
        self._votes: dict[str, dict[str, list[int]]] = {
            doc["id"]: doc["votes"] for doc in self.store.everything("poll")
        }

    def vote(self, dialog: Dialog, user: User, bot: Bot, message: Json, chosen: list[int]) -> Json:
        """Counts this person's choice; none takes an earlier one back."""
        poll: Json = message["poll"]
        votes = self._votes.setdefault(poll["id"], {})
        _check(poll, chosen, again=str(user.id) in votes)
        if chosen:
            votes[str(user.id)] = chosen
        else:
            votes.pop(str(user.id), None)
        poll = _counted(poll, votes)
        self.store.put("poll", poll["id"], {"id": poll["id"], "votes": votes})
        self.timeline.redraw(dialog, message | {"poll": poll})
        self.mailbox.put(bot, "poll", poll)
        if not poll["is_anonymous"]:
            self.mailbox.put(bot, "poll_answer", _answer(poll, user, chosen))
        return poll

    def chosen(self, poll: Json, user: User) -> list[int]:
        """What this person voted for; nothing if they did not."""
        return self._votes.get(poll["id"], {}).get(str(user.id), [])

    def stop(self, dialog: Dialog, bot: Bot, message: Json) -> Json:
        poll: Json = message["poll"] | {"is_closed": True}
        shown = {key: value for key, value in message.items() if value is not None}
        self.timeline.redraw(dialog, shown | {"poll": poll})
        self.mailbox.put(bot, "poll", poll)
        return poll


def _check(poll: Json, chosen: list[int], *, again: bool) -> None:
    if poll["is_closed"]:
        raise ControlError("that poll is closed", 409)
    if any(not 0 <= index < len(poll["options"]) for index in chosen):
        raise ControlError(f"options are numbers from 0 to {len(poll['options']) - 1}")
    if len(set(chosen)) != len(chosen) or (len(chosen) > 1 and not poll["allows_multiple_answers"]):
        raise ControlError("that poll takes one answer")
    if again and not poll["allows_revoting"]:
        raise ControlError("that poll takes no second vote", 409)


def _counted(poll: Json, votes: dict[str, list[int]]) -> Json:
    options = [
        option | {"voter_count": sum(index in chosen for chosen in votes.values())}
        for index, option in enumerate(poll["options"])
    ]
    return poll | {"options": options, "total_voter_count": len(votes)}


def _answer(poll: Json, user: User, chosen: list[int]) -> Json:
    return {
        "poll_id": poll["id"],
        "user": user.as_json(),
        "option_ids": chosen,
        "option_persistent_ids": [poll["options"][index]["persistent_id"] for index in chosen],
    }
