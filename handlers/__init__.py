"""Doors in: one outside event becomes one use-case call."""
