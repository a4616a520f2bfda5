"""`bot.py` unpaced, on a clock that the test sets, and looked at by every tick each second.

`python -m tests.e2e.hurried run post`; CLOCK_IS_AHEAD names the file that says how far.
"""

import sys
from functools import partial

import bot
from channels.telegram import gateway
from handlers.ticks import timetable
from tests.bench.ours.send import UNPACED
from tests.chaos.planted import a_clock_that_jumps

if __name__ == "__main__":
    vars(gateway)["open_gateway"] = partial(gateway.open_gateway, limits=UNPACED)
    vars(timetable)["EVERY_MINUTE"] = timetable.EVERY_SECOND
    a_clock_that_jumps()
    sys.exit(bot.main())
