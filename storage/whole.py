"""What is done with whole databases: moved to a server, kept as a backup; their keys."""

from storage.backup import back_up
from storage.copy import copy
from storage.open import how_far, open_chest

__all__ = ["back_up", "copy", "how_far", "open_chest"]
