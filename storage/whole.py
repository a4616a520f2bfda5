"""What is done with whole databases: moved to a server, kept as a backup."""

from storage.backup import back_up
from storage.copy import copy

__all__ = ["back_up", "copy"]
