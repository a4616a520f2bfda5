"""Units: the demo's places, and every commune as it stands since July 2025."""
