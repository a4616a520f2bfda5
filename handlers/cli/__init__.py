"""Operator commands behind bot.py."""
