"""What the tests of the doors out share."""

import os

# Without it the Telegram library warns at every 429, and here a warning is an error.
os.environ["PTB_TIMEDELTA"] = "true"
