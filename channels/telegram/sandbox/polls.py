"""Polls while they run: who voted how, wherever they were forwarded, and what the bot is told."""

import asyncio
from dataclasses import dataclass

from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.errors import ControlError, Json
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.records import Bot, Dialog, User
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.timeline import Timeline


@dataclass
class Polls:
    """Votes per poll; a message shows only how many there are, or not even that until the end."""

    store: Store
    mailbox: Mailbox
    timeline: Timeline

    def __post_init__(self) -> None:
        self._asked: dict[str, Json] = {doc["id"]: doc for doc in self.store.everything("poll")}
        self._timers: list[asyncio.TimerHandle] = []

    def start(self) -> None:
        """Closes by itself what has a date, also what was asked by an earlier process."""
        for poll_id, doc in self._asked.items():
            self._await_end(poll_id, doc)

    def close(self) -> None:
        for timer in self._timers:
            timer.cancel()

    def asked(self, bot: Bot, poll: Json, *, hides: bool) -> None:
        """Whose poll it is, and whether nobody sees how it stands before it closes."""
        doc = {"id": poll["id"], "votes": {}, "bot": bot.id, "hides": hides}
        self._keep(doc | {"ends": poll.get("close_date")})
        self._await_end(poll["id"], self._asked[poll["id"]])

    def asker(self, poll: Json) -> Bot | None:
        return self.timeline.world.bots.get(self._doc(poll).get("bot", 0))

    def hides(self, poll: Json) -> bool:
        """Whether how it stands is not shown yet."""
        return bool(self._doc(poll).get("hides")) and not poll["is_closed"]

    def vote(self, user: User, poll: Json, chosen: list[int]) -> Json:
        """Counts this person's choice, in whichever chat; none takes an earlier one back."""
        doc = self._doc(poll)
        votes = doc["votes"]
        _check(poll, chosen, again=str(user.id) in votes)
        if chosen:
            votes[str(user.id)] = chosen
        else:
            votes.pop(str(user.id), None)
        self._keep(doc)
        poll = poll if self.hides(poll) else _counted(poll, votes)
        self._redraw(poll)
        bot = self.asker(poll)
        if bot and not self.hides(poll):
            self.mailbox.put(bot, "poll", poll)
        if bot and not poll["is_anonymous"]:
            self.mailbox.put(bot, "poll_answer", _answer(poll, user, chosen))
        return poll

    def chosen(self, poll: Json, user: User) -> list[int]:
        """What this person voted for; nothing if they did not."""
        votes: dict[str, list[int]] = self._doc(poll)["votes"]
        return votes.get(str(user.id), [])

    def stop(self, dialog: Dialog, bot: Bot, message: Json) -> Json:
        poll = _counted(message["poll"], self._doc(message["poll"])["votes"]) | {"is_closed": True}
        shown = {key: value for key, value in message.items() if value is not None}
        self.timeline.redraw(dialog, shown | {"poll": poll})
        self._redraw(poll)
        self.mailbox.put(bot, "poll", poll)
        return poll

    def _await_end(self, poll_id: str, doc: Json) -> None:
        if ends := doc.get("ends"):
            loop = asyncio.get_running_loop()
            self._timers.append(loop.call_later(max(0.0, ends - now()), self._end, poll_id))

    def _end(self, poll_id: str) -> None:
        """Its date has come: whoever asked is told how it ended, unless it was closed before."""
        shown = [message["poll"] for _, message in self.timeline.showing(poll_id)]
        if shown and not shown[0]["is_closed"]:
            poll = _counted(shown[0], self._doc(shown[0])["votes"]) | {"is_closed": True}
            self._redraw(poll)
            if bot := self.asker(poll):
                self.mailbox.put(bot, "poll", poll)

    def _doc(self, poll: Json) -> Json:
        return self._asked.setdefault(poll["id"], {"id": poll["id"], "votes": {}})

    def _keep(self, doc: Json) -> None:
        self._asked[doc["id"]] = doc
        self.store.put("poll", doc["id"], doc)

    def _redraw(self, poll: Json) -> None:
        """It is one poll, wherever it was forwarded."""
        for dialog, message in self.timeline.showing(poll["id"]):
            if message["poll"] != poll:
                self.timeline.redraw(dialog, message | {"poll": poll})


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
