"""Telegram updates coming in."""
