"""Spaces a bot's sends so that no limit of the channel is ever reached, and none is left unused."""

from channels.pacer.limits import Limits, Window
from channels.pacer.pacer import NoTurnSoon, Pacer, Stopped
from channels.pacer.path import Turn

__all__ = ["Limits", "NoTurnSoon", "Pacer", "Stopped", "Turn", "Window"]
