"""The control API: makes the world, acts as its people, reads what happened, plans faults."""
