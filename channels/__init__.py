"""Doors out: text and a chat in, an outcome back."""
