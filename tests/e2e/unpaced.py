"""`bot.py` as it is, but with the pacer's limits off: `python -m tests.e2e.unpaced run post`."""

import sys
from functools import partial

import bot
from channels.telegram import gateway
from tests.bench.ours.send import UNPACED

if __name__ == "__main__":
    vars(gateway)["open_gateway"] = partial(gateway.open_gateway, limits=UNPACED)
    sys.exit(bot.main())
