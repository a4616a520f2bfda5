"""Telegram as a way out."""
