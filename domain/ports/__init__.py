"""What the rules need from outside, as protocols; the other rooms implement them."""

from domain.ports.activity import Activity
from domain.ports.cases import Opinions
from domain.ports.checks import Checks
from domain.ports.conferences import Attendance, Conferences
from domain.ports.gateway import Gateway
from domain.ports.keys import KeyChest
from domain.ports.memory import Caller, Cause, Memory, Offer, Work
from domain.ports.mornings import Mornings
from domain.ports.news import Broadcasts, Bulletins
from domain.ports.outbox import Outbox, Withdrawals
from domain.ports.outside import Letterhead, NoSteps, Retention, Steps
from domain.ports.plan import Plan
from domain.ports.polls import Polls
from domain.ports.publications import Publications
from domain.ports.reviews import Reviews
from domain.ports.roster import Roster
from domain.ports.sessions import Forms, Media, Sessions
from domain.ports.staff import Audit, Buttons, Calendar, Chats, Dialogs, Duties, People, Units
from domain.ports.vault import Inbox, Received, Vault, Waiting

__all__ = [
    "Activity",
    "Attendance",
    "Audit",
    "Broadcasts",
    "Bulletins",
    "Buttons",
    "Calendar",
    "Caller",
    "Cause",
    "Chats",
    "Checks",
    "Conferences",
    "Dialogs",
    "Duties",
    "Forms",
    "Gateway",
    "Inbox",
    "KeyChest",
    "Letterhead",
    "Media",
    "Memory",
    "Mornings",
    "NoSteps",
    "Offer",
    "Opinions",
    "Outbox",
    "People",
    "Plan",
    "Polls",
    "Publications",
    "Received",
    "Retention",
    "Reviews",
    "Roster",
    "Sessions",
    "Steps",
    "Units",
    "Vault",
    "Waiting",
    "Withdrawals",
    "Work",
]
