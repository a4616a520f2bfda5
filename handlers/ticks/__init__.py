"""The clock's knocks: what is done because a moment came."""
