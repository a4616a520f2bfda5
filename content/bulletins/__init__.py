"""Starter bulletins: practical public-service information, one Markdown file each."""
