"""Everything one running sandbox is made of."""

from dataclasses import dataclass
from pathlib import Path

from channels.telegram.sandbox.callbacks import Callbacks
from channels.telegram.sandbox.clock import now
from channels.telegram.sandbox.discussions import Discussions
from channels.telegram.sandbox.faults import Faults
from channels.telegram.sandbox.limits import LONGEST_WINDOW, Windows
from channels.telegram.sandbox.mailbox import Mailbox
from channels.telegram.sandbox.members import Members
from channels.telegram.sandbox.polls import Polls
from channels.telegram.sandbox.records import Bot
from channels.telegram.sandbox.road import Road
from channels.telegram.sandbox.store import Store
from channels.telegram.sandbox.streams import Streams
from channels.telegram.sandbox.timeline import Timeline
from channels.telegram.sandbox.topics import Topics
from channels.telegram.sandbox.webhooks import Webhooks
from channels.telegram.sandbox.world import World


@dataclass
class Sandbox:
    """One practice Telegram."""

    store: Store
    world: World
    mailbox: Mailbox
    streams: Streams
    timeline: Timeline
    discussions: Discussions
    members: Members
    topics: Topics
    polls: Polls
    callbacks: Callbacks
    windows: Windows
    faults: Faults
    road: Road
    webhooks: Webhooks

    def add_bot(self, bot: Bot) -> None:
        self.world.save(bot)
        self.mailbox.open(bot)

    async def release(self) -> None:
        """Ends every long poll, event stream, waiting button and webhook."""
        self.mailbox.close()
        self.streams.close()
        self.callbacks.close()
        self.polls.close()
        await self.webhooks.close()


def open_sandbox(state: Path) -> Sandbox:
    """The sandbox as it stood when its last process ended."""
    store = Store(state / "sandbox.db")
    world = World(store)
    mailbox = Mailbox(store)
    streams = Streams()
    discussions = Discussions(world, store, streams)
    timeline = Timeline(world, store, mailbox, streams, discussions)
    windows = Windows(world.settings)
    for bot in world.bots.values():
        mailbox.open(bot)
    for sent in store.receipts_since(now() - LONGEST_WINDOW):
        windows.record(sent["bot"], sent["dialog"], sent["time"])
    return Sandbox(
        store=store,
        world=world,
        mailbox=mailbox,
        streams=streams,
        timeline=timeline,
        discussions=discussions,
        members=Members(world, mailbox, timeline),
        topics=Topics(world, timeline),
        polls=Polls(store, mailbox, timeline),
        callbacks=Callbacks(store, world.settings),
        windows=windows,
        faults=Faults(store),
        road=Road(world.settings),
        webhooks=Webhooks(world, mailbox, store),
    )
