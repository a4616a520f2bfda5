"""A practice Telegram: the Bot API over HTTP, a control API, and a page where a person plays users.

It knows nothing of the product; nothing here may import the rest of the project.
"""
