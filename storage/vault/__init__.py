"""The vault: sealed addresses and raw updates, in a database of their own."""
